import { App, Alert, Form, Input, InputNumber, Select } from 'antd';
import { useNavigate, useParams } from 'react-router';

import { api } from '@/api/client';
import { methodOptions } from '@/shared/market-words';
import { FormGrid, FormWide, useApiForm } from '@/shared/ui/api-form';
import { FileUpload } from '@/shared/ui/file-upload';
import { MoneyInput } from '@/shared/ui/money-input';
import { PageHeader } from '@/shared/ui/page-header';
import { QueryView } from '@/shared/ui/query-view';
import { RateInput } from '@/shared/ui/rate-input';
import { StepForm } from '@/shared/ui/step-form';

import { PortfolioPicker } from './portfolio-picker';
import { purposeOptions, type Need, type NeedInput } from './status';

type Values = Omit<NeedInput, 'document_ids'> & { documents?: { id: string }[] };

function bodyOf({ documents, ...values }: Values): NeedInput {
  const ids = documents?.map((file) => file.id) ?? [];
  return ids.length > 0 ? { ...values, document_ids: ids } : values;
}

/** Asking for credit: how much, what for, on which rights. It is saved as a draft first. */
export function NeedCreatePage() {
  const { message } = App.useApp();
  const navigate = useNavigate();
  const create = api.useMutation('post', '/needs');
  return (
    <>
      <PageHeader
        title="发布融资需求"
        description="先存为草稿，可查看哪些银行产品适合；确认后提交签署人签署，再由知识产权局核验发布。"
        back={{ to: '/console/needs', label: '融资需求' }}
      />
      <NeedForm
        initial={{
          bid_days_wd: 5,
          method: 'interest_only_bullet',
          purpose_kind: 'working_capital',
          term_months: 12,
          asset_ids: [],
        }}
        onCancel={() => void navigate(-1)}
        onSave={async (values) => {
          const made = await create.mutateAsync({ body: bodyOf(values) });
          void message.success('已存为草稿，请查看适合的产品后提交签署');
          void navigate(`/console/needs/${made.id}?tab=matches`);
        }}
      />
    </>
  );
}

/** Changing a draft, or mending what was sent back. */
export function NeedEditPage() {
  const { id = '' } = useParams();
  const query = api.useQuery('get', '/needs/{id}', { params: { path: { id } } });
  return <QueryView query={query}>{(need) => <EditForm need={need} />}</QueryView>;
}

function EditForm({ need }: { need: Need }) {
  const { message } = App.useApp();
  const navigate = useNavigate();
  const edit = api.useMutation('put', '/needs/{id}');
  const { title, amount, term_months, purpose, purpose_kind, method, rate_ceiling, bid_days_wd } =
    need;
  return (
    <>
      <PageHeader
        title="修改融资需求"
        number={need.number}
        description="保存后为草稿，须重新提交签署。"
        back={{ to: `/console/needs/${need.id}`, label: need.title }}
      />
      <NeedForm
        initial={{
          title,
          amount,
          term_months,
          purpose,
          purpose_kind: purpose_kind,
          method,
          rate_ceiling,
          bid_days_wd,
          asset_ids: need.assets.map((asset) => asset.id),
        }}
        onCancel={() => void navigate(-1)}
        onSave={async (values) => {
          await edit.mutateAsync({
            params: { path: { id: need.id }, header: { 'If-Match': String(need.version) } },
            body: bodyOf(values),
          });
          void message.success('已保存');
          void navigate(`/console/needs/${need.id}`);
        }}
      />
    </>
  );
}

interface Props {
  initial: Partial<Values>;
  onSave: (values: Values) => Promise<void>;
  onCancel: () => void;
}

function NeedForm({ initial, onSave, onCancel }: Props) {
  const form = useApiForm<Values>();
  return (
    <StepForm<Values>
      api={form}
      initialValues={initial}
      submitText="存为草稿"
      onCancel={onCancel}
      onFinish={onSave}
      steps={[
        {
          key: 'terms',
          title: '金额与条件',
          fields: ['title', 'amount', 'term_months', 'method', 'rate_ceiling', 'bid_days_wd'],
          content: <TermFields />,
        },
        {
          key: 'purpose',
          title: '用途与材料',
          fields: ['purpose_kind', 'purpose', 'documents'],
          content: <PurposeFields />,
        },
        {
          key: 'assets',
          title: '质押组合',
          fields: ['asset_ids'],
          content: (
            <>
              <Alert
                type="info"
                showIcon
                style={{ marginBottom: 16 }}
                title="可选已核验或已上架的权利；提交签署前须全部上架。同一权利同一时间只能用于一笔需求。"
              />
              <Form.Item
                name="asset_ids"
                label="用于质押的知识产权"
                rules={[{ required: true, type: 'array', min: 1, message: '请至少选择一项' }]}
              >
                <PortfolioPicker />
              </Form.Item>
            </>
          ),
        },
      ]}
    />
  );
}

function TermFields() {
  return (
    <FormGrid>
      <FormWide>
        <Form.Item
          name="title"
          label="需求名称"
          rules={[{ required: true, message: '请填写需求名称' }]}
        >
          <Input maxLength={60} placeholder="如：智能磨床扩产流动资金" />
        </Form.Item>
      </FormWide>
      <Form.Item
        name="amount"
        label="融资金额"
        rules={[{ required: true, message: '请填写融资金额' }]}
      >
        <MoneyInput />
      </Form.Item>
      <Form.Item
        name="term_months"
        label="期限（月）"
        rules={[{ required: true, message: '请填写期限' }]}
      >
        <InputNumber min={1} max={120} precision={0} style={{ width: '100%' }} suffix="个月" />
      </Form.Item>
      <Form.Item
        name="method"
        label="希望的还款方式"
        rules={[{ required: true, message: '请选择还款方式' }]}
      >
        <Select options={methodOptions} />
      </Form.Item>
      <Form.Item
        name="rate_ceiling"
        label="可承受的最高年利率"
        extra="银行报价不得高于此利率，也不得高于政策上限。"
        rules={[{ required: true, message: '请填写可承受的最高年利率' }]}
      >
        <RateInput />
      </Form.Item>
      <Form.Item
        name="bid_days_wd"
        label="报价期（工作日）"
        extra="发布次日起算，至少 5 个工作日，末日 17:30 截止。"
        rules={[{ required: true, message: '请填写报价期' }]}
      >
        <InputNumber min={5} max={30} precision={0} style={{ width: '100%' }} suffix="个工作日" />
      </Form.Item>
    </FormGrid>
  );
}

function PurposeFields() {
  return (
    <>
      <Form.Item
        name="purpose_kind"
        label="用途类别"
        rules={[{ required: true, message: '请选择用途类别' }]}
      >
        <Select options={purposeOptions} />
      </Form.Item>
      <Form.Item
        name="purpose"
        label="用途说明"
        rules={[{ required: true, min: 5, message: '请说明资金用途，至少五个字' }]}
      >
        <Input.TextArea rows={4} maxLength={1000} showCount />
      </Form.Item>
      <Form.Item
        name="documents"
        label="附件"
        extra="购销合同、财务报表、订单等，银行可在报价前查看。"
      >
        <FileUpload maxCount={10} />
      </Form.Item>
    </>
  );
}
