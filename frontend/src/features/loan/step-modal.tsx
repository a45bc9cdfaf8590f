import { App, Checkbox, Form, Input as TextInput, Select } from 'antd';
import type { ReactNode } from 'react';

import { api } from '@/api/client';
import type { Input } from '@/api/types';
import type { StoredDocument } from '@/api/upload';
import { FormWide, useApiForm } from '@/shared/ui/api-form';
import { DateInput } from '@/shared/ui/date-input';
import { FileUpload } from '@/shared/ui/file-upload';
import { FormModal } from '@/shared/ui/form-modal';
import { MoneyInput } from '@/shared/ui/money-input';
import { statusOptions } from '@/shared/ui/status-tag';

import { LOAN_CLASS, MEASURE, type Loan } from './status';

export type LoanStepName =
  | 'disburse'
  | 'add_cost'
  | 'reclassify'
  | 'extend'
  | 'accelerate'
  | 'default'
  | 'recover'
  | 'write_off';

type Step = Input<'/loans/{id}/disburse', 'post'>;
type Values = Omit<Step, 'document_ids' | 'conditions'> & { documents?: StoredDocument[] };

interface Form {
  title: string;
  danger?: boolean;
  hint?: string;
  fields: (loan: Loan) => ReactNode;
}

const reason = (label: string) => (
  <FormWide>
    <Form.Item name="reason" label={label} rules={[{ required: true, message: '请填写理由' }]}>
      <TextInput.TextArea rows={3} maxLength={500} showCount />
    </Form.Item>
  </FormWide>
);

const MEASURES = (['litigation', 'arbitration', 'bankruptcy', 'disposal'] as const).map(
  (value) => ({ value, label: MEASURE[value] }),
);

const FORMS: Record<LoanStepName, Form> = {
  disburse: {
    title: '登记放款',
    hint: '放款金额等于合同金额，利息和费用不得预先从本金中扣除。',
    fields: (loan) => (
      <>
        <Form.Item name="on" label="放款日" extra="不填为今天。">
          <DateInput {...(loan.signed_on ? { min: loan.signed_on } : {})} />
        </Form.Item>
        <Form.Item name="amount" label="放款金额">
          <MoneyInput />
        </Form.Item>
      </>
    ),
  },
  add_cost: {
    title: '登记垫付费用',
    hint: '为实现债权垫付的诉讼费、评估费等，还款时先冲费用。',
    fields: () => (
      <>
        <Form.Item
          name="amount"
          label="费用金额"
          rules={[{ required: true, message: '请填写金额' }]}
        >
          <MoneyInput />
        </Form.Item>
        {reason('费用说明')}
      </>
    ),
  },
  reclassify: {
    title: '调整五级分类',
    hint: '分类只能比逾期天数对应的级别更差，不能更好。',
    fields: () => (
      <>
        <Form.Item name="class" label="调整为" rules={[{ required: true, message: '请选择分类' }]}>
          <Select options={statusOptions(LOAN_CLASS)} />
        </Form.Item>
        {reason('理由')}
      </>
    ),
  },
  extend: {
    title: '展期',
    hint: '须在到期日之前办理，由授信审批人批准；质押登记期限须先延长。已入库备案的贷款，展期后须在期限内重新备案，否则展期不予承保。',
    fields: (loan) => (
      <>
        <Form.Item
          name="matures_on"
          label="展期后的到期日"
          rules={[{ required: true, message: '请选择到期日' }]}
        >
          <DateInput min={loan.matures_on} />
        </Form.Item>
        <FormWide>
          <Form.Item name="consents" valuePropName="checked">
            <Checkbox>保证人（如有）、出质人已书面同意展期</Checkbox>
          </Form.Item>
        </FormWide>
        <FormWide>
          <Form.Item name="reason" label="说明">
            <TextInput.TextArea rows={2} maxLength={500} />
          </Form.Item>
        </FormWide>
      </>
    ),
  },
  accelerate: {
    title: '宣布提前到期',
    danger: true,
    hint: '宣布后全部本金即日到期，不能撤回。',
    fields: () => (
      <>
        <Form.Item name="on" label="宣布日" extra="不填为今天。">
          <DateInput />
        </Form.Item>
        {reason('依据合同的哪一项情形')}
      </>
    ),
  },
  default: {
    title: '认定不良',
    danger: true,
    hint: '五级分类为次级及以下，或已宣布提前到期的贷款，可以认定不良。',
    fields: () => (
      <FormWide>
        <Form.Item name="reason" label="说明">
          <TextInput.TextArea rows={2} maxLength={500} />
        </Form.Item>
      </FormWide>
    ),
  },
  recover: {
    title: '启动追偿',
    fields: () => (
      <>
        <Form.Item
          name="measure"
          label="追偿方式"
          rules={[{ required: true, message: '请选择追偿方式' }]}
        >
          <Select options={[...MEASURES]} />
        </Form.Item>
        <Form.Item name="reference" label="案号或编号">
          <TextInput maxLength={100} />
        </Form.Item>
        <Form.Item name="on" label="受理或启动日期" extra="不填为今天。">
          <DateInput />
        </Form.Item>
      </>
    ),
  },
  write_off: {
    title: '核销',
    danger: true,
    hint: '核销只是账务处理，账销案存，追偿不停止。由授信审批人批准。',
    fields: () => reason('核销依据'),
  },
};

interface Props {
  loan: Loan;
  step: LoanStepName | undefined;
  onClose: () => void;
}

/** A step of the bank that a colleague checks. */
export function LoanStepModal({ loan, step, onClose }: Props) {
  const { message } = App.useApp();
  const form = useApiForm<Values>();
  const disburse = api.useMutation('post', '/loans/{id}/disburse');
  const cost = api.useMutation('post', '/loans/{id}/costs');
  const reclassify = api.useMutation('post', '/loans/{id}/reclassify');
  const extend = api.useMutation('post', '/loans/{id}/extend');
  const accelerate = api.useMutation('post', '/loans/{id}/accelerate');
  const declare = api.useMutation('post', '/loans/{id}/default');
  const recover = api.useMutation('post', '/loans/{id}/recover');
  const writeOff = api.useMutation('post', '/loans/{id}/write-off');
  const mutations = {
    disburse,
    add_cost: cost,
    reclassify,
    extend,
    accelerate,
    default: declare,
    recover,
    write_off: writeOff,
  };
  const shown = step ? FORMS[step] : undefined;
  const send = ({ documents, ...values }: Values) => {
    if (!step) return;
    mutations[step].mutate(
      {
        params: { path: { id: loan.id }, header: { 'If-Match': String(loan.version) } },
        body: { ...values, document_ids: (documents ?? []).map((file) => file.id) },
      },
      {
        onSuccess: () => {
          void message.success('已提交复核');
          onClose();
        },
        onError: form.refuse,
      },
    );
  };
  return (
    <FormModal<Values>
      open={!!step}
      onClose={onClose}
      title={shown?.title ?? ''}
      api={form}
      columns={2}
      danger={shown?.danger ?? false}
      submitting={Object.values(mutations).some((mutation) => mutation.isPending)}
      submitText="提交复核"
      initialValues={step === 'disburse' ? { amount: loan.principal } : {}}
      onFinish={send}
    >
      {shown?.hint ? (
        <FormWide>
          <p style={{ margin: 0 }}>{shown.hint}</p>
        </FormWide>
      ) : null}
      {shown?.fields(loan)}
      <FormWide>
        <Form.Item name="documents" label="凭证与文书">
          <FileUpload maxCount={5} />
        </Form.Item>
      </FormWide>
    </FormModal>
  );
}
