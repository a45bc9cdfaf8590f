import { App, Form, Input, Radio } from 'antd';

import { api } from '@/api/client';
import { useApiForm } from '@/shared/ui/api-form';
import { FormModal } from '@/shared/ui/form-modal';

import { stepParams, type RecoveryModalProps } from './modal-props';

interface Values {
  agreed: boolean;
  opinion: string;
}

/** The bureau's half of the decision on a write-off. */
export function VerdictModal({ recovery, open, onClose }: RecoveryModalProps) {
  const { message } = App.useApp();
  const form = useApiForm<Values>();
  const decide = api.useMutation('post', '/recoveries/{id}/decide-writeoff');
  return (
    <FormModal<Values>
      open={open}
      onClose={onClose}
      title="审定核销"
      api={form}
      initialValues={{ agreed: true }}
      submitting={decide.isPending}
      submitText="提交复核"
      onFinish={(body) =>
        decide.mutate(
          { params: stepParams(recovery), body },
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
      <Form.Item name="agreed" label="结论" extra="同意的，签署后由财政局会签。">
        <Radio.Group
          options={[
            { value: true, label: '同意核销' },
            { value: false, label: '退回' },
          ]}
        />
      </Form.Item>
      <Form.Item name="opinion" label="意见" rules={[{ required: true, message: '请填写意见' }]}>
        <Input.TextArea rows={4} maxLength={2000} />
      </Form.Item>
    </FormModal>
  );
}
