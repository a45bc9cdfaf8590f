import { Form, Input, Radio, Select } from 'antd';
import { useNavigate } from 'react-router';

import { api } from '@/api/client';
import type { Answer, Input as Body, Query } from '@/api/types';
import type { StoredDocument } from '@/api/upload';
import { formatMoney } from '@/shared/format/money';
import { ApiFormView, FormWide, useApiForm } from '@/shared/ui/api-form';
import { DateInput } from '@/shared/ui/date-input';
import { FileUpload } from '@/shared/ui/file-upload';
import { MoneyInput } from '@/shared/ui/money-input';
import { Panel } from '@/shared/ui/panel';

import { Preview } from './preview';
import { KIND, type Kind } from './status';
import styles from './subsidy.module.css';

type Request = Body<'/subsidies', 'post'>;
type Loan = Answer<'/subsidies/loans', 'get'>['items'][number];

export interface Values extends Partial<Omit<Request, 'documents'>> {
  documents?: StoredDocument[];
}

interface Props {
  initial: Values;
  /** An application that is mended may keep its own loan and kind. */
  own?: boolean;
  submitting: boolean;
  onFinish: (body: Request, refuse: (error: unknown) => void) => void;
}

/** What an enterprise writes, with the amount worked out beside it. */
export function SubsidyForm({ initial, own = false, submitting, onFinish }: Props) {
  const form = useApiForm<Values>();
  const navigate = useNavigate();
  const values = { ...initial, ...(Form.useWatch([], form.form) as Values | undefined) };
  const calls = api.useQuery('get', '/subsidy-calls', {
    params: { query: own ? { limit: 100 } : { open: true, limit: 100 } },
  });
  const call = calls.data?.items.find((each) => each.id === values.call_id);
  const loans = api.useQuery(
    'get',
    '/subsidies/loans',
    { params: { query: { call_id: values.call_id ?? '' } } },
    { enabled: !!values.call_id },
  );
  const fee = values.kind !== undefined && values.kind !== 'interest';
  return (
    <div className={styles.split}>
      <Panel>
        <ApiFormView<Values>
          api={form}
          columns={2}
          submitting={submitting}
          submitText="保存"
          onCancel={() => void navigate(-1)}
          initialValues={initial}
          onFinish={(written) => {
            const body = requestOf(written);
            if (body) onFinish(body, form.refuse);
          }}
        >
          <FormWide>
            <Form.Item
              name="call_id"
              label="补助征集"
              rules={[{ required: true, message: '请选择补助征集' }]}
            >
              <Select
                placeholder="选择正在受理的征集"
                loading={calls.isFetching}
                notFoundContent="当前没有正在受理的征集"
                options={(calls.data?.items ?? []).map((each) => ({
                  value: each.id,
                  label: `${each.title}（${each.closes_on} 截止）`,
                }))}
              />
            </Form.Item>
          </FormWide>
          <FormWide>
            <Form.Item
              name="kind"
              label="补助种类"
              rules={[{ required: true, message: '请选择补助种类' }]}
            >
              <Radio.Group
                options={(call?.kinds ?? []).map((kind) => ({ value: kind, label: KIND[kind] }))}
              />
            </Form.Item>
          </FormWide>
          <FormWide>
            <Form.Item
              name="loan_id"
              label="贷款"
              rules={[{ required: true, message: '请选择贷款' }]}
              extra="只列出本单位在补助年度及以前放款的贷款。"
            >
              <Select
                placeholder="请选择贷款"
                loading={loans.isFetching}
                notFoundContent={values.call_id ? '没有可申请的贷款' : '请先选择补助征集'}
                options={(loans.data?.items ?? []).map((loan) => optionOf(loan, values.kind, own))}
              />
            </Form.Item>
          </FormWide>
          {fee ? <FeeFields /> : null}
          <FormWide>
            <Form.Item
              name="other_subsidy"
              label="同一事项已获其他层级补助"
              extra="省级或县市区已补助的，请如实填写；没有则不填。"
            >
              <MoneyInput />
            </Form.Item>
          </FormWide>
          <Form.Item
            name="payee_bank"
            label="收款开户银行"
            rules={[{ required: true, message: '请填写开户银行' }]}
          >
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item
            name="payee_account"
            label="收款账号"
            rules={[{ required: true, message: '请填写银行账号' }]}
          >
            <Input maxLength={40} inputMode="numeric" />
          </Form.Item>
          <FormWide>
            <Form.Item
              name="documents"
              label="材料"
              extra={`${fee ? '发票与付款凭证' : '银行出具的付息凭证'}；提交签署前须已上传。`}
            >
              <FileUpload maxCount={10} />
            </Form.Item>
          </FormWide>
          <FormWide>
            <Form.Item name="note" label="说明">
              <Input.TextArea maxLength={500} rows={2} />
            </Form.Item>
          </FormWide>
        </ApiFormView>
      </Panel>
      <Panel title="补助金额测算">
        <Preview asked={askedOf(values)} />
      </Panel>
    </div>
  );
}

function FeeFields() {
  return (
    <>
      <Form.Item
        name="fee_paid"
        label="实际支付的费用"
        rules={[{ required: true, message: '请填写实际支付的费用' }]}
      >
        <MoneyInput />
      </Form.Item>
      <Form.Item
        name="fee_paid_on"
        label="付款日期"
        rules={[{ required: true, message: '请选择付款日期' }]}
      >
        <DateInput />
      </Form.Item>
      <FormWide>
        <Form.Item
          name="invoice_no"
          label="发票号码"
          rules={[{ required: true, message: '请填写发票号码' }]}
        >
          <Input maxLength={60} />
        </Form.Item>
      </FormWide>
    </>
  );
}

function optionOf(loan: Loan, kind: Kind | undefined, own: boolean) {
  const applied = !own && kind !== undefined && loan.applied.includes(kind);
  return {
    value: loan.id,
    disabled: applied,
    label: `${loan.number} ${loan.bank_name} ${formatMoney(loan.principal)}（${loan.disbursed_on} 放款）${applied ? ' 已申请' : ''}`,
  };
}

/** What the API is asked for the live amount; undefined until enough is known. */
function askedOf(values: Values): Query<'/subsidies/preview', 'get'> | undefined {
  const { call_id, loan_id, kind, fee_paid, fee_paid_on, other_subsidy } = values;
  if (!call_id || !loan_id || !kind) return undefined;
  if (kind !== 'interest' && (!fee_paid || !fee_paid_on)) return undefined;
  return {
    call_id,
    loan_id,
    kind,
    ...(kind !== 'interest' && fee_paid && fee_paid_on ? { fee_paid, fee_paid_on } : {}),
    ...(other_subsidy ? { other_subsidy } : {}),
  };
}

function requestOf(values: Values): Request | undefined {
  const asked = askedOf(values);
  if (!asked?.call_id || !asked.loan_id || !values.kind) return undefined;
  const { kind, invoice_no, fee_paid, fee_paid_on, other_subsidy, note, documents } = values;
  const fee = kind !== 'interest';
  return {
    call_id: asked.call_id,
    loan_id: asked.loan_id,
    kind,
    payee_bank: values.payee_bank ?? '',
    payee_account: values.payee_account ?? '',
    ...(fee && fee_paid ? { fee_paid } : {}),
    ...(fee && fee_paid_on ? { fee_paid_on } : {}),
    ...(fee && invoice_no ? { invoice_no } : {}),
    ...(other_subsidy ? { other_subsidy } : {}),
    ...(note ? { note } : {}),
    ...(documents?.length ? { documents: documents.map((each) => each.id) } : {}),
  };
}
