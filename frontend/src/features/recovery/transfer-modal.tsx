import { App, Form, Input, Select } from 'antd';

import { api } from '@/api/client';
import { formatMoney } from '@/shared/format/money';
import { useApiForm } from '@/shared/ui/api-form';
import { DateInput } from '@/shared/ui/date-input';
import { FormModal } from '@/shared/ui/form-modal';

import { stepParams, type RecoveryModalProps } from './modal-props';

interface Values {
  receipt_id: string;
  on: string;
  voucher: string;
}

/** The fund's part of a receipt has arrived in the custody account. */
export function TransferModal({ recovery, open, onClose }: RecoveryModalProps) {
  const { message } = App.useApp();
  const form = useApiForm<Values>();
  const confirm = api.useMutation('post', '/recoveries/{id}/confirm-transfer');
  const waiting = recovery.receipts.filter(
    (receipt) => !receipt.transferred_on && receipt.fund_part !== '0.00',
  );
  return (
    <FormModal<Values>
      open={open}
      onClose={onClose}
      title="确认追偿款到账"
      api={form}
      initialValues={waiting[0] ? { receipt_id: waiting[0].id } : {}}
      submitting={confirm.isPending}
      submitText="提交复核"
      onFinish={(body) =>
        confirm.mutate(
          { params: stepParams(recovery), body },
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
      <Form.Item name="receipt_id" label="回款" rules={[{ required: true, message: '请选择回款' }]}>
        <Select
          options={waiting.map((receipt) => ({
            value: receipt.id,
            label: `${receipt.number} 基金应得 ${formatMoney(receipt.fund_part)}`,
          }))}
        />
      </Form.Item>
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
