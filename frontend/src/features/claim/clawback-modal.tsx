import { App, Form, Input } from 'antd';

import { api } from '@/api/client';
import type { StoredDocument } from '@/api/upload';
import { useApiForm } from '@/shared/ui/api-form';
import { FileUpload } from '@/shared/ui/file-upload';
import { FormModal } from '@/shared/ui/form-modal';
import { MoneyInput } from '@/shared/ui/money-input';

import { stepParams, type ClaimModalProps } from './modal-props';

interface Values {
  amount: string;
  reason: string;
  documents?: StoredDocument[];
}

/** Orders compensation back that wasn't due. */
export function ClawbackModal({ claim, open, onClose }: ClaimModalProps) {
  const { message } = App.useApp();
  const form = useApiForm<Values>();
  const order = api.useMutation('post', '/claims/{id}/order-clawback');
  return (
    <FormModal<Values>
      open={open}
      onClose={onClose}
      title="责令退回补偿款"
      danger
      api={form}
      initialValues={{ amount: claim.paid }}
      submitting={order.isPending}
      submitText="提交复核"
      onFinish={({ documents, ...values }) =>
        order.mutate(
          {
            params: stepParams(claim),
            body: { ...values, document_ids: (documents ?? []).map((file) => file.id) },
          },
          {
            onSuccess: () => {
              void message.success('已提交复核');
              onClose();
            },
            onError: form.refuse,
          },
        )
      }
    >
      <Form.Item
        name="amount"
        label="应退回金额"
        rules={[{ required: true, message: '请填写应退回金额' }]}
      >
        <MoneyInput />
      </Form.Item>
      <Form.Item name="reason" label="事由" rules={[{ required: true, message: '请填写事由' }]}>
        <Input.TextArea rows={4} maxLength={1000} />
      </Form.Item>
      <Form.Item name="documents" label="认定材料">
        <FileUpload maxCount={5} />
      </Form.Item>
    </FormModal>
  );
}
