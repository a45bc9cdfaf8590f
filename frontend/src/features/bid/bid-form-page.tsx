import { App, Form, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';

import { api } from '@/api/client';
import { methodOptions } from '@/shared/market-words';
import { ApiFormView, FormWide, useApiForm, type ApiForm } from '@/shared/ui/api-form';
import { DateInput } from '@/shared/ui/date-input';
import { MoneyInput } from '@/shared/ui/money-input';
import { PageHeader } from '@/shared/ui/page-header';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';
import { RateInput } from '@/shared/ui/rate-input';

import styles from './bid-form-page.module.css';
import { CostPreview } from './cost-preview';
import type { Bid, BidInput, Need } from './status';

type Values = Omit<BidInput, 'need_id'>;

/** Drafting the bank's bid on an open need, with what it costs worked out as one types. */
export function BidCreatePage() {
  const [search] = useSearchParams();
  const id = search.get('need_id') ?? '';
  const query = api.useQuery('get', '/needs/{id}', { params: { path: { id } } });
  return <QueryView query={query}>{(need) => <CreateForm need={need} />}</QueryView>;
}

function CreateForm({ need }: { need: Need }) {
  const { message } = App.useApp();
  const navigate = useNavigate();
  const form = useApiForm<Values>();
  const create = api.useMutation('post', '/bids');
  return (
    <>
      <PageHeader
        title="起草报价"
        number={need.number}
        description={`${need.enterprise_name}，${need.title}`}
        back={{ to: `/console/needs/${need.id}`, label: need.title }}
      />
      <BidForm
        form={form}
        needID={need.id}
        initial={{
          amount: need.amount,
          term_months: need.term_months,
          method: need.method,
          fees: '0.00',
          conditions: '',
        }}
        busy={create.isPending}
        onCancel={() => void navigate(-1)}
        onSave={(values) =>
          create.mutate(
            { body: { ...values, need_id: need.id } },
            {
              onSuccess: (made) => {
                void message.success('已存为草稿，请核对后提交复核人签署');
                void navigate(`/console/bids/${made.id}`);
              },
              onError: form.refuse,
            },
          )
        }
      />
    </>
  );
}

/** Changing a draft; the signature asked for is void afterwards. */
export function BidEditPage() {
  const { id = '' } = useParams();
  const query = api.useQuery('get', '/bids/{id}', { params: { path: { id } } });
  return <QueryView query={query}>{(bid) => <EditForm bid={bid} />}</QueryView>;
}

function EditForm({ bid }: { bid: Bid }) {
  const { message } = App.useApp();
  const navigate = useNavigate();
  const form = useApiForm<Values>();
  const edit = api.useMutation('put', '/bids/{id}');
  const { amount, rate, term_months, method, fees, ltv, conditions, valid_until } = bid;
  return (
    <>
      <PageHeader
        title="修改报价"
        number={bid.number}
        description="修改后须重新提交复核人签署。"
        back={{ to: `/console/bids/${bid.id}`, label: '报价详情' }}
      />
      <BidForm
        form={form}
        needID={bid.need_id}
        initial={{
          amount,
          rate,
          term_months,
          method,
          fees,
          ltv,
          valid_until,
          conditions: conditions ?? '',
          ...(bid.product_id ? { product_id: bid.product_id } : {}),
        }}
        busy={edit.isPending}
        onCancel={() => void navigate(-1)}
        onSave={(values) =>
          edit.mutate(
            {
              params: { path: { id: bid.id }, header: { 'If-Match': String(bid.version) } },
              body: values,
            },
            {
              onSuccess: () => {
                void message.success('已保存');
                void navigate(`/console/bids/${bid.id}`);
              },
              onError: form.refuse,
            },
          )
        }
      />
    </>
  );
}

interface Props {
  form: ApiForm<Values>;
  needID: string;
  initial: Partial<Values>;
  busy: boolean;
  onSave: (values: Values) => void;
  onCancel: () => void;
}

function BidForm({ form, needID, initial, busy, onSave, onCancel }: Props) {
  const [typed, setTyped] = useState<Partial<Values>>(initial);
  const products = api.useQuery('get', '/products', {
    params: { query: { mine: true, status: 'published', limit: 100 } },
  });
  return (
    <div className={styles.columns}>
      <Panel>
        <ApiFormView<Values>
          api={form}
          columns={2}
          submitText="存为草稿"
          submitting={busy}
          initialValues={initial}
          onValuesChange={(_changed, all) => setTyped(all)}
          onFinish={onSave}
          onCancel={onCancel}
        >
          <FormWide>
            <Form.Item name="product_id" label="依据的本行产品">
              <Select
                allowClear
                placeholder="不依据产品"
                options={(products.data?.items ?? []).map((product) => ({
                  value: product.id,
                  label: product.name,
                }))}
              />
            </Form.Item>
          </FormWide>
          <OfferFields />
        </ApiFormView>
      </Panel>
      <CostPreview needID={needID} values={typed} />
    </div>
  );
}

const required = (message: string) => [{ required: true, message }];

function OfferFields() {
  return (
    <>
      <Form.Item name="amount" label="报价金额" rules={required('请填写报价金额')}>
        <MoneyInput />
      </Form.Item>
      <Form.Item name="rate" label="年利率" rules={required('请填写年利率')}>
        <RateInput />
      </Form.Item>
      <Form.Item name="term_months" label="期限" rules={required('请填写期限')}>
        <InputNumber min={1} max={120} precision={0} style={{ width: '100%' }} suffix="个月" />
      </Form.Item>
      <Form.Item name="method" label="还款方式" rules={required('请选择还款方式')}>
        <Select options={methodOptions} />
      </Form.Item>
      <Form.Item
        name="fees"
        label="利息以外的费用"
        extra="政策不允许时须为 0.00。"
        rules={required('没有费用请填 0.00')}
      >
        <MoneyInput />
      </Form.Item>
      <Form.Item name="ltv" label="质押率" rules={required('请填写质押率')}>
        <RateInput />
      </Form.Item>
      <Form.Item
        name="valid_until"
        label="报价有效期至"
        extra="须晚于报价截止日，给企业留出比选时间。"
        rules={required('请选择有效期')}
      >
        <DateInput />
      </Form.Item>
      <FormWide>
        <Form.Item name="conditions" label="附加条件">
          <Input.TextArea rows={3} maxLength={1000} showCount />
        </Form.Item>
      </FormWide>
    </>
  );
}
