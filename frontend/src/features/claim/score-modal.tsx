import { App, Form, Input, InputNumber, Radio } from 'antd';

import { api } from '@/api/client';
import { FormWide, useApiForm } from '@/shared/ui/api-form';
import { FormModal } from '@/shared/ui/form-modal';
import { Money } from '@/shared/ui/money';
import { MoneyInput } from '@/shared/ui/money-input';

import { stepParams, type ClaimModalProps } from './modal-props';

interface Values {
  scores: Record<string, number>;
  verdict: 'pass' | 'adjust' | 'reject';
  amount?: string;
  opinion: string;
}

/** An expert's form: points by criterion, a verdict, an amount where another is advised. */
export function ScoreModal({ claim, open, onClose }: ClaimModalProps) {
  const { message } = App.useApp();
  const form = useApiForm<Values>();
  const score = api.useMutation('post', '/claims/{id}/score');
  const options = api.useQuery('get', '/claims/options', {}, { enabled: open });
  const verdict = Form.useWatch('verdict', form.form) as Values['verdict'] | undefined;
  return (
    <FormModal<Values>
      open={open}
      onClose={onClose}
      title="专家评分"
      api={form}
      columns={2}
      initialValues={{ verdict: 'pass' }}
      submitting={score.isPending}
      submitText="提交评分"
      onFinish={(values) =>
        score.mutate(
          { params: stepParams(claim), body: values },
          {
            onSuccess: () => {
              void message.success('已提交评分');
              onClose();
            },
            onError: form.refuse,
          },
        )
      }
    >
      {(options.data?.criteria ?? []).map((each) => (
        <Form.Item
          key={each.code}
          name={['scores', each.code]}
          label={`${each.text}（满分 ${each.most}）`}
          rules={[{ required: true, message: `请评分，0 到 ${each.most}` }]}
        >
          <InputNumber min={0} max={each.most} precision={0} style={{ width: '100%' }} />
        </Form.Item>
      ))}
      <FormWide>
        <Form.Item
          name="verdict"
          label="评审结论"
          rules={[{ required: true, message: '请选择结论' }]}
          extra={
            <>
              目前金额 <Money value={claim.adjusted ?? claim.asked} variant="exact" />
              。评分提交后不能修改。
            </>
          }
        >
          <Radio.Group
            options={[
              { value: 'pass', label: '同意补偿' },
              { value: 'adjust', label: '建议调整金额' },
              { value: 'reject', label: '不同意补偿' },
            ]}
          />
        </Form.Item>
      </FormWide>
      {verdict === 'adjust' ? (
        <Form.Item
          name="amount"
          label="建议金额"
          rules={[{ required: true, message: '请填写建议金额' }]}
        >
          <MoneyInput />
        </Form.Item>
      ) : null}
      <FormWide>
        <Form.Item
          name="opinion"
          label="评审意见"
          rules={[{ required: true, message: '请填写评审意见' }]}
        >
          <Input.TextArea rows={4} maxLength={2000} />
        </Form.Item>
      </FormWide>
    </FormModal>
  );
}
