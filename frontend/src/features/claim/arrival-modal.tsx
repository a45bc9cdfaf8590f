import { App, Form, Input } from 'antd';

import { api } from '@/api/client';
import type { Input as Body } from '@/api/types';
import { useApiForm } from '@/shared/ui/api-form';
import { DateInput } from '@/shared/ui/date-input';
import { FormModal } from '@/shared/ui/form-modal';
import { Money } from '@/shared/ui/money';

import { stepParams, type ClaimModalProps } from './modal-props';

type Values = Body<'/claims/{id}/claw-back', 'post'>;

/** The compensation ordered back has arrived in the custody account. */
export function ArrivalModal({ claim, open, onClose }: ClaimModalProps) {
  const { message } = App.useApp();
  const form = useApiForm<Values>();
  const clawBack = api.useMutation('post', '/claims/{id}/claw-back');
  return (
    <FormModal<Values>
      open={open}
      onClose={onClose}
      title="登记退回款到账"
      api={form}
      submitting={clawBack.isPending}
      submitText="提交复核"
      onFinish={(body) =>
        clawBack.mutate(
          { params: stepParams(claim), body },
          {
            onSuccess: () => {
              void message.success('已提交复核，签署后入账');
              onClose();
            },
            onError: form.refuse,
          },
        )
      }
    >
      <p>
        应退回 <Money value={claim.clawback_amount} variant="exact" />
      </p>
      <Form.Item name="on" label="到账日期" rules={[{ required: true, message: '请填写到账日期' }]}>
        <DateInput />
      </Form.Item>
      <Form.Item
        name="voucher"
        label="入账凭证号"
        rules={[{ required: true, message: '请填写入账凭证号' }]}
      >
        <Input maxLength={100} />
      </Form.Item>
    </FormModal>
  );
}
