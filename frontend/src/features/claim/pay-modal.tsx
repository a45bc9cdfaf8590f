import { App, Form, Input } from 'antd';

import { api } from '@/api/client';
import type { Input as Body } from '@/api/types';
import { formatYuan } from '@/shared/format/money';
import { useApiForm } from '@/shared/ui/api-form';
import { DateInput } from '@/shared/ui/date-input';
import { FormModal } from '@/shared/ui/form-modal';
import { MoneyInput } from '@/shared/ui/money-input';

import { stepParams, type ClaimModalProps } from './modal-props';

type Values = Body<'/claims/{id}/pay', 'post'>;

/** Records what the custody bank paid, whole or in part. */
export function PayModal({ claim, open, onClose }: ClaimModalProps) {
  const { message } = App.useApp();
  const form = useApiForm<Values>();
  const pay = api.useMutation('post', '/claims/{id}/pay');
  return (
    <FormModal<Values>
      open={open}
      onClose={onClose}
      title="登记拨付"
      api={form}
      initialValues={{ amount: claim.pay_room ?? claim.unpaid }}
      submitting={pay.isPending}
      submitText="提交复核"
      onFinish={(body) =>
        pay.mutate(
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
      <Form.Item
        name="amount"
        label="拨付金额"
        extra={`尚未拨付 ${formatYuan(claim.unpaid)}，按托管余额与核准先后本次最多可拨付 ${formatYuan(claim.pay_room ?? claim.unpaid)}。`}
        rules={[{ required: true, message: '请填写拨付金额' }]}
      >
        <MoneyInput />
      </Form.Item>
      <Form.Item
        name="paid_on"
        label="拨付日期"
        rules={[{ required: true, message: '请填写拨付日期' }]}
      >
        <DateInput />
      </Form.Item>
      <Form.Item
        name="voucher"
        label="付款凭证号"
        rules={[{ required: true, message: '请填写付款凭证号' }]}
      >
        <Input maxLength={100} />
      </Form.Item>
    </FormModal>
  );
}
