import { Button, Form, Input as TextInput, Select } from 'antd';
import { useNavigate, useParams, useSearchParams } from 'react-router';

import { api } from '@/api/client';
import type { Answer, Input } from '@/api/types';
import type { StoredDocument } from '@/api/upload';
import { formatMoney } from '@/shared/format/money';
import { ApiFormView, FormWide, useApiForm } from '@/shared/ui/api-form';
import { DateInput } from '@/shared/ui/date-input';
import { EmptyState } from '@/shared/ui/empty-state';
import { FileUpload } from '@/shared/ui/file-upload';
import { MoneyInput } from '@/shared/ui/money-input';
import { PageHeader } from '@/shared/ui/page-header';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';

import styles from './pledge.module.css';
import { ASSET_KIND, type Pledge } from './status';

type Content = Input<'/pledges/{id}', 'put'>;
type Values = Omit<Content, 'document_ids'> & { document_ids?: StoredDocument[] };
type Need = Answer<'/needs/{id}', 'get'>;

const bodyOf = (values: Values): Content => ({
  ...values,
  document_ids: (values.document_ids ?? []).map((file) => file.id),
});

/** A contract for a bid whose credit is approved. */
export function PledgeNewPage() {
  const [search, setSearch] = useSearchParams();
  const navigate = useNavigate();
  const form = useApiForm<Values>();
  const create = api.useMutation('post', '/pledges', {
    onSuccess: (pledge) => navigate(`/console/pledges/${pledge.id}`),
  });
  const bidID = search.get('bid') ?? '';
  const bids = api.useQuery('get', '/bids', {
    params: { query: { status: 'credit_approved', limit: 100 } },
  });
  const contracted = api.useQuery('get', '/bids', {
    params: { query: { status: 'contracted', limit: 100 } },
  });
  const options = [...(bids.data?.items ?? []), ...(contracted.data?.items ?? [])];
  return (
    <>
      <PageHeader
        title="起草质押合同"
        description="选择授信已批的报价，再从企业提供的知识产权中确定质押组合。"
        back={{ to: '/console/pledges', label: '质押登记' }}
      />
      <Panel title="为哪一笔融资">
        <Select
          aria-label="报价"
          style={{ width: '100%' }}
          placeholder="请选择授信已批的报价"
          loading={bids.isPending}
          value={bidID || undefined}
          notFoundContent="没有授信已批的报价"
          onChange={(id: string) => setSearch({ bid: id }, { replace: true })}
          options={options.map((bid) => ({
            value: bid.id,
            label: `${bid.enterprise_name}，${bid.need_title}，${formatMoney(bid.awarded_amount ?? bid.amount)}`,
          }))}
        />
      </Panel>
      {bidID ? (
        <BidForm
          key={bidID}
          bidID={bidID}
          form={form}
          submitting={create.isPending}
          onFinish={(values) =>
            create.mutate({ body: { bid_id: bidID, ...bodyOf(values) } }, { onError: form.refuse })
          }
          onCancel={() => void navigate(-1)}
        />
      ) : null}
    </>
  );
}

interface FormProps {
  form: ReturnType<typeof useApiForm<Values>>;
  submitting: boolean;
  onFinish: (values: Values) => void;
  onCancel: () => void;
}

function BidForm({ bidID, ...rest }: FormProps & { bidID: string }) {
  const query = api.useQuery('get', '/bids/{id}', { params: { path: { id: bidID } } });
  return (
    <QueryView query={query}>
      {(bid) => (
        <NeedForm
          needID={bid.need_id}
          {...rest}
          initial={{
            kind: 'specific',
            secured_amount: bid.awarded_amount ?? bid.amount,
            allocations: [],
          }}
        />
      )}
    </QueryView>
  );
}

/** A draft that is written again; the pledgor signs again afterwards. */
export function PledgeEditPage() {
  const { id = '' } = useParams();
  const query = api.useQuery('get', '/pledges/{id}', { params: { path: { id } } });
  return <QueryView query={query}>{(pledge) => <EditForm pledge={pledge} />}</QueryView>;
}

function EditForm({ pledge }: { pledge: Pledge }) {
  const navigate = useNavigate();
  const form = useApiForm<Values>();
  const edit = api.useMutation('put', '/pledges/{id}', {
    onSuccess: () => navigate(`/console/pledges/${pledge.id}`),
  });
  return (
    <>
      <PageHeader
        title="修改质押合同"
        number={pledge.number}
        back={{ to: `/console/pledges/${pledge.id}`, label: '质押详情' }}
      />
      <NeedForm
        needID={pledge.need_id}
        form={form}
        submitting={edit.isPending}
        onCancel={() => void navigate(-1)}
        initial={{
          kind: pledge.kind,
          contract_no: pledge.contract_no,
          secured_amount: pledge.secured_amount,
          debt_due_on: pledge.debt_due_on,
          ...(pledge.claims_from ? { claims_from: pledge.claims_from } : {}),
          ...(pledge.claims_to ? { claims_to: pledge.claims_to } : {}),
          allocations: pledge.assets.map((line) => ({
            asset_id: line.asset_id,
            amount: line.allocated_amount,
          })),
        }}
        onFinish={(values) =>
          edit.mutate(
            {
              params: {
                path: { id: pledge.id },
                header: { 'If-Match': String(pledge.version) },
              },
              body: bodyOf(values),
            },
            { onError: form.refuse },
          )
        }
      />
    </>
  );
}

function NeedForm(props: FormProps & { needID: string; initial: Partial<Values> }) {
  const { needID, ...rest } = props;
  const query = api.useQuery('get', '/needs/{id}', { params: { path: { id: needID } } });
  return <QueryView query={query}>{(need) => <ContractForm need={need} {...rest} />}</QueryView>;
}

function ContractForm(props: FormProps & { need: Need; initial: Partial<Values> }) {
  const { need, initial, form, submitting, onFinish, onCancel } = props;
  const kind = Form.useWatch('kind', form.form);
  return (
    <Panel title="合同内容">
      <ApiFormView<Values>
        api={form}
        columns={2}
        initialValues={initial}
        submitting={submitting}
        submitText="保存"
        onFinish={onFinish}
        onCancel={onCancel}
      >
        <Form.Item
          name="contract_no"
          label="质押合同编号"
          rules={[{ required: true, message: '请填写合同编号' }]}
        >
          <TextInput maxLength={60} />
        </Form.Item>
        <Form.Item name="kind" label="质押种类" rules={[{ required: true }]}>
          <Select
            options={[
              { value: 'specific', label: '一般质押' },
              { value: 'max_amount', label: '最高额质押' },
            ]}
          />
        </Form.Item>
        <Form.Item
          name="secured_amount"
          label={kind === 'max_amount' ? '最高债权额' : '担保金额'}
          rules={[{ required: true, message: '请填写担保金额' }]}
        >
          <MoneyInput />
        </Form.Item>
        <Form.Item
          name="debt_due_on"
          label="主债权到期日"
          rules={[{ required: true, message: '请选择主债权到期日' }]}
        >
          <DateInput />
        </Form.Item>
        {kind === 'max_amount' ? (
          <>
            <Form.Item
              name="claims_from"
              label="债权确定期间起"
              rules={[{ required: true, message: '请选择起日' }]}
            >
              <DateInput />
            </Form.Item>
            <Form.Item
              name="claims_to"
              label="债权确定期间止"
              rules={[{ required: true, message: '请选择止日' }]}
            >
              <DateInput />
            </Form.Item>
          </>
        ) : null}
        <FormWide>
          <Allocations need={need} form={form} />
          <Form.Item name="document_ids" label="质押合同扫描件">
            <FileUpload maxCount={5} />
          </Form.Item>
        </FormWide>
      </ApiFormView>
    </Panel>
  );
}

/** Which rights, and how much of the sum each of them stands for. */
function Allocations({ need, form }: { need: Need; form: FormProps['form'] }) {
  // A line begins with the right alone, for which no field is shown: without preserve it
  // wouldn't be seen.
  const chosen = Form.useWatch('allocations', { form: form.form, preserve: true }) ?? [];
  if (need.assets.length === 0) return <EmptyState compact title="该需求没有质押组合" />;
  return (
    <Form.List name="allocations">
      {(fields, { add, remove }, { errors }) => (
        <div>
          <p>质押组合及各项分担的担保金额（合计应等于担保金额）</p>
          {need.assets.map((asset) => {
            const at = chosen.findIndex((line) => line?.asset_id === asset.id);
            const field = fields[at];
            return (
              <div key={asset.id} className={styles.line}>
                <div className={styles.name}>
                  <strong>{asset.title}</strong>
                  <small>
                    {ASSET_KIND[asset.kind]}，<span className="num">{asset.right_no}</span>，评估值{' '}
                    {asset.value ? formatMoney(asset.value) : '暂无数据'}
                  </small>
                </div>
                {field ? (
                  <div>
                    <Form.Item name={[field.name, 'asset_id']} hidden>
                      <input type="hidden" />
                    </Form.Item>
                    <Form.Item
                      name={[field.name, 'amount']}
                      rules={[{ required: true, message: '请填写分担金额' }]}
                      style={{ marginBottom: 0 }}
                    >
                      <MoneyInput aria-label={`${asset.title}分担的担保金额`} />
                    </Form.Item>
                  </div>
                ) : (
                  <span />
                )}
                <Button
                  onClick={() => (field ? remove(field.name) : add({ asset_id: asset.id }))}
                  aria-pressed={!!field}
                >
                  {field ? '移出组合' : '加入组合'}
                </Button>
              </div>
            );
          })}
          <Form.ErrorList errors={errors} />
        </div>
      )}
    </Form.List>
  );
}
