import { Form, Input, Segmented } from 'antd';
import { useNavigate } from 'react-router';

import { api } from '@/api/client';
import type { Answer, Input as Body } from '@/api/types';
import { FormWide, useApiForm } from '@/shared/ui/api-form';
import { DateInput } from '@/shared/ui/date-input';
import { FormModal } from '@/shared/ui/form-modal';
import { MoneyInput } from '@/shared/ui/money-input';

import { PayerSelect } from './payer-select';
import { MOVEMENT_KIND } from './status';

type Fund = Answer<'/funds/{id}', 'get'>;
type Values = Body<'/funds/{id}/movements', 'post'>;

interface Props {
  fund: Fund;
  open: boolean;
  onClose: () => void;
}

/** Money that moved at the custody bank, entered by the treasurer. */
export function MovementModal({ fund, open, onClose }: Props) {
  const form = useApiForm<Values>();
  const navigate = useNavigate();
  const move = api.useMutation('post', '/funds/{id}/movements', {
    onSuccess: (movement) => navigate(`/console/funds/movements/${movement.id}`),
  });
  const kind = Form.useWatch('kind', form.form) ?? 'contribute';
  const hasPayer = kind === 'contribute' || kind === 'return_capital';
  return (
    <FormModal<Values>
      open={open}
      onClose={onClose}
      title={`登记收支：${fund.name}`}
      submitText="提交复核"
      columns={2}
      api={form}
      submitting={move.isPending}
      initialValues={{ kind: 'contribute', payer: 'municipal' }}
      onFinish={({ payer, ...values }) =>
        move.mutate(
          {
            params: { path: { id: fund.id } },
            body: { ...values, ...(hasPayer && payer ? { payer } : {}) },
          },
          { onError: form.refuse },
        )
      }
    >
      <FormWide>
        <Form.Item name="kind" label="类别" rules={[{ required: true }]}>
          <Segmented
            options={Object.entries(MOVEMENT_KIND).map(([value, label]) => ({ value, label }))}
          />
        </Form.Item>
      </FormWide>
      {hasPayer ? (
        <FormWide>
          <Form.Item
            name="payer"
            label={kind === 'contribute' ? '出资方' : '退回给'}
            rules={[{ required: true, message: '请选择出资方' }]}
          >
            <PayerSelect />
          </Form.Item>
        </FormWide>
      ) : null}
      <Form.Item name="amount" label="金额" rules={[{ required: true, message: '请填写金额' }]}>
        <MoneyInput />
      </Form.Item>
      <Form.Item
        name="on_date"
        label="到账（支付）日期"
        rules={[{ required: true, message: '请选择日期' }]}
      >
        <DateInput />
      </Form.Item>
      <FormWide>
        <Form.Item
          name="voucher"
          label="银行回单号"
          rules={[{ required: true, message: '请填写银行回单号' }]}
        >
          <Input maxLength={100} />
        </Form.Item>
      </FormWide>
      <FormWide>
        <Form.Item name="note" label="说明">
          <Input.TextArea maxLength={300} rows={2} />
        </Form.Item>
      </FormWide>
    </FormModal>
  );
}
