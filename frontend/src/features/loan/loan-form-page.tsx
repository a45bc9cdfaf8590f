import { Checkbox, Form, Input as TextInput, InputNumber, Select } from 'antd';
import { useNavigate, useSearchParams } from 'react-router';

import { api } from '@/api/client';
import type { Answer, Input } from '@/api/types';
import { formatMoney } from '@/shared/format/money';
import { ApiFormView, FormWide, useApiForm } from '@/shared/ui/api-form';
import { MoneyInput } from '@/shared/ui/money-input';
import { PageHeader } from '@/shared/ui/page-header';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';
import { RateInput } from '@/shared/ui/rate-input';

import { METHOD } from './status';

type Values = Omit<Input<'/loans', 'post'>, 'bid_id'>;
type Bid = Answer<'/bids/{id}', 'get'>;

/** The bank's credit decision on an awarded bid. */
export function LoanNewPage() {
  const [search, setSearch] = useSearchParams();
  const bidID = search.get('bid') ?? '';
  const bids = api.useQuery('get', '/bids', {
    params: { query: { status: 'credit_approved', limit: 100 } },
  });
  return (
    <>
      <PageHeader
        title="登记授信审批结果"
        description="授信审批通过的报价，登记授信额度、价格和合同金额后进入签约。"
        back={{ to: '/console/loans', label: '贷款' }}
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
          options={(bids.data?.items ?? []).map((bid) => ({
            value: bid.id,
            label: `${bid.enterprise_name}，${bid.need_title}，${formatMoney(bid.awarded_amount ?? bid.amount)}`,
          }))}
        />
      </Panel>
      {bidID ? <BidForm key={bidID} bidID={bidID} /> : null}
    </>
  );
}

function BidForm({ bidID }: { bidID: string }) {
  const query = api.useQuery('get', '/bids/{id}', { params: { path: { id: bidID } } });
  return <QueryView query={query}>{(bid) => <ApprovalForm bid={bid} />}</QueryView>;
}

function ApprovalForm({ bid }: { bid: Bid }) {
  const navigate = useNavigate();
  const form = useApiForm<Values>();
  const create = api.useMutation('post', '/loans', {
    onSuccess: (loan) => navigate(`/console/loans/${loan.id}`),
  });
  const awarded = bid.awarded_amount ?? bid.amount;
  return (
    <Panel title="授信与合同条件">
      <ApiFormView<Values>
        api={form}
        columns={2}
        submitting={create.isPending}
        submitText="登记"
        onCancel={() => void navigate(-1)}
        initialValues={{
          credit_line: awarded,
          principal: awarded,
          annual_rate: bid.rate,
          term_months: bid.term_months,
          method: bid.method,
          day_count: 'act_360',
          due_date_rule: 'extend',
          penalty_markup: '50.00',
          grace_days: 0,
          ip_share: '100.00',
        }}
        onFinish={(values) =>
          create.mutate({ body: { bid_id: bid.id, ...values } }, { onError: form.refuse })
        }
      >
        <Form.Item
          name="contract_no"
          label="借款合同编号"
          rules={[{ required: true, message: '请填写合同编号' }]}
        >
          <TextInput maxLength={60} />
        </Form.Item>
        <Form.Item
          name="credit_line"
          label="授信额度"
          rules={[{ required: true, message: '请填写授信额度' }]}
        >
          <MoneyInput />
        </Form.Item>
        <Form.Item
          name="principal"
          label="合同金额"
          extra={`企业选定 ${formatMoney(awarded)}，合同金额不得超过。`}
          rules={[{ required: true, message: '请填写合同金额' }]}
        >
          <MoneyInput />
        </Form.Item>
        <Form.Item
          name="annual_rate"
          label="年利率"
          extra="不高于报价，也不高于政策上限（今天的 1 年期 LPR 加政策允许的基点）。"
        >
          <RateInput />
        </Form.Item>
        <Form.Item name="term_months" label="期限（月）">
          <InputNumber min={1} max={120} precision={0} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="method" label="还款方式">
          <Select options={Object.entries(METHOD).map(([value, label]) => ({ value, label }))} />
        </Form.Item>
        <Form.Item
          name="payment_day"
          label="每月还款日"
          extra="不填：按月付息为 21 日，其他为放款日。"
        >
          <InputNumber min={1} max={28} precision={0} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="day_count" label="计息基准">
          <Select
            options={[
              { value: 'act_360', label: '实际天数 / 360' },
              { value: 'act_365', label: '实际天数 / 365' },
              { value: '30_360', label: '每月 30 天 / 360' },
            ]}
          />
        </Form.Item>
        <Form.Item name="due_date_rule" label="遇节假日">
          <Select
            options={[
              { value: 'extend', label: '顺延到下一工作日' },
              { value: 'none', label: '不顺延' },
            ]}
          />
        </Form.Item>
        <Form.Item name="penalty_markup" label="罚息加收比例">
          <RateInput />
        </Form.Item>
        <Form.Item name="grace_days" label="宽限期（天）">
          <InputNumber min={0} max={15} precision={0} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="ip_share" label="知识产权质押对应的份额">
          <RateInput />
        </Form.Item>
        <FormWide>
          <Form.Item name="first_loan" valuePropName="checked">
            <Checkbox>首贷：该企业此前没有银行贷款</Checkbox>
          </Form.Item>
        </FormWide>
      </ApiFormView>
    </Panel>
  );
}
