import { App, Form, Input, Radio, Select } from 'antd';

import { api } from '@/api/client';
import { useApiForm } from '@/shared/ui/api-form';
import { FormModal } from '@/shared/ui/form-modal';
import { MoneyInput } from '@/shared/ui/money-input';

import { stepParams, type ClaimModalProps } from './modal-props';

interface Values {
  objection_id: string;
  upheld: boolean;
  answer: string;
  amount?: string;
}

/** Answers one objection; an upheld one may change the amount. */
export function AnswerModal({ claim, open, onClose }: ClaimModalProps) {
  const { message } = App.useApp();
  const form = useApiForm<Values>();
  const answer = api.useMutation('post', '/claims/{id}/answer');
  const waiting = claim.objections.filter((objection) => !objection.answered_at);
  const upheld = Form.useWatch('upheld', form.form) as boolean | undefined;
  return (
    <FormModal<Values>
      open={open}
      onClose={onClose}
      title="答复异议"
      api={form}
      initialValues={{ upheld: false, ...(waiting[0] ? { objection_id: waiting[0].id } : {}) }}
      submitting={answer.isPending}
      submitText="提交复核"
      onFinish={(body) =>
        answer.mutate(
          { params: stepParams(claim), body },
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
        name="objection_id"
        label="异议"
        rules={[{ required: true, message: '请选择要答复的异议' }]}
      >
        <Select
          options={waiting.map((objection) => ({
            value: objection.id,
            label: `${objection.receipt_no} ${objection.content.slice(0, 30)}`,
          }))}
        />
      </Form.Item>
      <Form.Item name="upheld" label="结论" rules={[{ required: true, message: '请选择结论' }]}>
        <Radio.Group
          options={[
            { value: false, label: '异议不成立' },
            { value: true, label: '异议成立（须重新公示）' },
          ]}
        />
      </Form.Item>
      {upheld ? (
        <Form.Item name="amount" label="调整后的金额" extra="不调整则不填。">
          <MoneyInput />
        </Form.Item>
      ) : null}
      <Form.Item
        name="answer"
        label="答复内容"
        rules={[{ required: true, message: '请填写答复内容' }]}
      >
        <Input.TextArea rows={4} maxLength={2000} />
      </Form.Item>
    </FormModal>
  );
}
