import { Alert, App, Form, Input as TextInput, Select } from 'antd';

import { api } from '@/api/client';
import type { Input } from '@/api/types';
import type { StoredDocument } from '@/api/upload';
import { FormWide, useApiForm } from '@/shared/ui/api-form';
import { DateInput } from '@/shared/ui/date-input';
import { FileUpload } from '@/shared/ui/file-upload';
import { FormModal } from '@/shared/ui/form-modal';
import { MoneyInput } from '@/shared/ui/money-input';

import { RELEASE_REASON, type Pledge } from './status';

export type StepName = 'register' | 'change' | 'extend' | 'cancel' | 'confirm_cancel' | 'revoke';

type Step = Input<'/pledges/{id}/register', 'post'>;
type Values = Omit<Step, 'document_ids'> & { document_ids?: StoredDocument[] };

const TITLES: Record<StepName, string> = {
  register: '登记质押登记结果',
  change: '变更登记',
  extend: '延期登记',
  cancel: '申请注销质押',
  confirm_cancel: '确认质押注销',
  revoke: '登记质押撤销',
};

const REASONS = (
  ['debt_performed', 'pledge_realised', 'waived', 'contract_void', 'other'] as const
).map((value) => ({ value, label: RELEASE_REASON[value] }));

interface Props {
  pledge: Pledge;
  step: StepName | undefined;
  onClose: () => void;
}

/** What a loan officer enters from the office's papers; a colleague checks it. */
export function StepModal({ pledge, step, onClose }: Props) {
  const { message } = App.useApp();
  const form = useApiForm<Values>();
  const register = api.useMutation('post', '/pledges/{id}/register');
  const change = api.useMutation('post', '/pledges/{id}/change');
  const extend = api.useMutation('post', '/pledges/{id}/extend');
  const cancel = api.useMutation('post', '/pledges/{id}/cancel');
  const confirm = api.useMutation('post', '/pledges/{id}/confirm-cancel');
  const revoke = api.useMutation('post', '/pledges/{id}/revoke');
  const mutations = { register, change, extend, cancel, confirm_cancel: confirm, revoke };
  const busy = Object.values(mutations).some((mutation) => mutation.isPending);
  const send = (values: Values) => {
    if (!step) return;
    mutations[step].mutate(
      {
        params: { path: { id: pledge.id }, header: { 'If-Match': String(pledge.version) } },
        body: { ...values, document_ids: (values.document_ids ?? []).map((file) => file.id) },
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
      title={step ? TITLES[step] : ''}
      api={form}
      columns={2}
      danger={step === 'revoke'}
      submitting={busy}
      submitText="提交复核"
      initialValues={step === 'register' ? { registered_amount: pledge.secured_amount } : {}}
      onFinish={send}
    >
      {step ? <Fields step={step} /> : null}
    </FormModal>
  );
}

function Fields({ step }: { step: StepName }) {
  const certificate = step === 'register' || step === 'change' || step === 'extend';
  return (
    <>
      {certificate ? (
        <Form.Item
          name="registration_no"
          label={step === 'register' ? '质押登记号' : '新登记号（有变动时填写）'}
          rules={step === 'register' ? [{ required: true, message: '请填写质押登记号' }] : []}
        >
          <TextInput className="num" maxLength={60} />
        </Form.Item>
      ) : null}
      {step === 'register' ? (
        <Form.Item
          name="registered_on"
          label="登记日期"
          rules={[{ required: true, message: '请选择登记日期' }]}
        >
          <DateInput />
        </Form.Item>
      ) : null}
      {step === 'register' || step === 'change' ? (
        <Form.Item
          name="registered_amount"
          label="登记簿上的担保金额"
          rules={[{ required: true, message: '请填写登记金额' }]}
        >
          <MoneyInput />
        </Form.Item>
      ) : null}
      {certificate ? (
        <Form.Item name="registration_ends_on" label="登记期限届满日" extra="商标质权登记须填写。">
          <DateInput />
        </Form.Item>
      ) : null}
      {step === 'extend' ? (
        <Form.Item name="debt_due_on" label="延期后的主债权到期日">
          <DateInput />
        </Form.Item>
      ) : null}
      {step === 'cancel' ? (
        <Form.Item
          name="release_reason"
          label="注销原因"
          rules={[{ required: true, message: '请选择注销原因' }]}
        >
          <Select options={[...REASONS]} />
        </Form.Item>
      ) : null}
      {step === 'confirm_cancel' || step === 'revoke' ? (
        <Form.Item
          name="cancelled_on"
          label={step === 'revoke' ? '撤销日期' : '注销日期'}
          extra="不填为今天。"
        >
          <DateInput />
        </Form.Item>
      ) : null}
      <FormWide>
        <Form.Item name="note" label="说明">
          <TextInput.TextArea rows={2} maxLength={500} showCount />
        </Form.Item>
        <Form.Item
          name="document_ids"
          label={step === 'cancel' ? '清偿证明等材料' : '登记机关出具的证书或通知书'}
          rules={step === 'cancel' ? [] : [{ required: true, message: '请上传扫描件' }]}
        >
          <FileUpload maxCount={5} />
        </Form.Item>
        {step === 'cancel' ? (
          <Alert
            type="info"
            showIcon
            title="以债务履行完毕为由注销的，须贷款已经结清；放弃质权的，请说明并告知其他担保人。"
          />
        ) : null}
      </FormWide>
    </>
  );
}
