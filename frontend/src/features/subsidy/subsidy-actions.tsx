import { Form, Input, Radio } from 'antd';
import { useState } from 'react';

import { api } from '@/api/client';
import type { Answer, Input as Body } from '@/api/types';
import { ActionBar } from '@/shared/ui/action-bar';
import { FormWide, useApiForm } from '@/shared/ui/api-form';
import { FormModal } from '@/shared/ui/form-modal';
import { MoneyInput } from '@/shared/ui/money-input';

type SubsidyDetail = Answer<'/subsidies/{id}', 'get'>;
type Open = 'review' | 'object' | 'answer' | undefined;

interface ModalProps {
  subsidy: SubsidyDetail;
  open: boolean;
  onClose: () => void;
}

function paramsOf(subsidy: SubsidyDetail) {
  return { path: { id: subsidy.id }, header: { 'If-Match': String(subsidy.version) } };
}

/** What this person may do with the application now. */
export function SubsidyActions({ subsidy }: { subsidy: SubsidyDetail }) {
  const submit = api.useMutation('post', '/subsidies/{id}/submit');
  const withdraw = api.useMutation('post', '/subsidies/{id}/withdraw');
  const back = api.useMutation('post', '/subsidies/{id}/return');
  const [open, setOpen] = useState<Open>();
  const params = paramsOf(subsidy);
  const close = () => setOpen(undefined);
  const show = (modal: Open) => () => setOpen(modal);
  return (
    <>
      <ActionBar
        available={subsidy.available_actions}
        actions={{
          withdraw: {
            label: '撤回',
            danger: true,
            confirm: { title: '撤回这份申请？', description: '撤回后可在受理期内重新申请。' },
            run: () => withdraw.mutateAsync({ params }),
            done: '已撤回',
          },
          return: {
            label: '退回补正',
            danger: true,
            reason: { title: '退回补正', label: '需要补正的内容', required: true },
            run: (reason) => back.mutateAsync({ params, body: { reason } }),
            done: '已退回企业',
          },
          object: { label: '登记异议', run: show('object') },
          edit: { label: '修改', to: `/console/subsidies/${subsidy.id}/edit` },
          submit: {
            label: '提交签署',
            primary: true,
            confirm: { title: '提交本单位签署人？', description: '签署后即提交知识产权局审核。' },
            run: () => submit.mutateAsync({ params }),
            done: '已提交签署',
          },
          review: { label: '提出审核意见', primary: true, run: show('review') },
          answer: { label: '处理异议', primary: true, run: show('answer') },
        }}
      />
      <ReviewModal subsidy={subsidy} open={open === 'review'} onClose={close} />
      <ObjectModal subsidy={subsidy} open={open === 'object'} onClose={close} />
      <AnswerModal subsidy={subsidy} open={open === 'answer'} onClose={close} />
    </>
  );
}

function ReviewModal({ subsidy, open, onClose }: ModalProps) {
  const form = useApiForm<Body<'/subsidies/{id}/review', 'post'>>();
  const review = api.useMutation('post', '/subsidies/{id}/review', { onSuccess: onClose });
  const grant = Form.useWatch('grant', form.form) ?? true;
  return (
    <FormModal<Body<'/subsidies/{id}/review', 'post'>>
      open={open}
      onClose={onClose}
      title="提出审核意见"
      submitText="提交复核"
      api={form}
      submitting={review.isPending}
      initialValues={{ grant: true, ...(subsidy.proposed ? { amount: subsidy.proposed } : {}) }}
      onFinish={({ grant, amount, reason }) =>
        review.mutate(
          {
            params: paramsOf(subsidy),
            body: {
              grant,
              ...(grant && amount ? { amount } : {}),
              ...(reason ? { reason } : {}),
            },
          },
          { onError: form.refuse },
        )
      }
    >
      <FormWide>
        <Form.Item name="grant" label="意见">
          <Radio.Group
            options={[
              { value: true, label: '同意补助' },
              { value: false, label: '不予补助' },
            ]}
          />
        </Form.Item>
      </FormWide>
      {grant ? (
        <FormWide>
          <Form.Item
            name="amount"
            label="核定金额"
            rules={[{ required: true, message: '请填写核定金额' }]}
            extra="不得高于申请金额与现行测算；复核签署时按当时的预算余额再次核对。"
          >
            <MoneyInput />
          </Form.Item>
        </FormWide>
      ) : null}
      <FormWide>
        <Form.Item
          name="reason"
          label={grant ? '调减理由' : '不予补助的理由'}
          rules={grant ? [] : [{ required: true, message: '请填写理由' }]}
        >
          <Input.TextArea maxLength={500} rows={3} />
        </Form.Item>
      </FormWide>
    </FormModal>
  );
}

function ObjectModal({ subsidy, open, onClose }: ModalProps) {
  const form = useApiForm<Body<'/subsidies/{id}/object', 'post'>>();
  const object = api.useMutation('post', '/subsidies/{id}/object', { onSuccess: onClose });
  return (
    <FormModal<Body<'/subsidies/{id}/object', 'post'>>
      open={open}
      onClose={onClose}
      title="登记公示异议"
      submitText="登记"
      api={form}
      submitting={object.isPending}
      onFinish={(body) =>
        object.mutate({ params: paramsOf(subsidy), body }, { onError: form.refuse })
      }
    >
      <FormWide>
        <Form.Item
          name="objector"
          label="异议人"
          rules={[{ required: true, message: '请填写异议人' }]}
          extra="异议人只对知识产权局和财政局显示。"
        >
          <Input maxLength={60} />
        </Form.Item>
      </FormWide>
      <FormWide>
        <Form.Item
          name="text"
          label="异议内容"
          rules={[{ required: true, message: '请填写异议内容' }]}
        >
          <Input.TextArea maxLength={1000} rows={4} />
        </Form.Item>
      </FormWide>
    </FormModal>
  );
}

function AnswerModal({ subsidy, open, onClose }: ModalProps) {
  const form = useApiForm<Body<'/subsidies/{id}/answer', 'post'>>();
  const answer = api.useMutation('post', '/subsidies/{id}/answer', { onSuccess: onClose });
  return (
    <FormModal<Body<'/subsidies/{id}/answer', 'post'>>
      open={open}
      onClose={onClose}
      title="处理异议"
      submitText="提交复核"
      api={form}
      submitting={answer.isPending}
      initialValues={{ uphold: false }}
      onFinish={(body) =>
        answer.mutate({ params: paramsOf(subsidy), body }, { onError: form.refuse })
      }
    >
      <FormWide>
        <Form.Item name="uphold" label="处理意见">
          <Radio.Group
            options={[
              { value: false, label: '异议不成立，恢复公示结果' },
              { value: true, label: '异议成立，撤销补助' },
            ]}
          />
        </Form.Item>
      </FormWide>
      <FormWide>
        <Form.Item
          name="reason"
          label="理由"
          rules={[{ required: true, message: '请填写处理理由' }]}
        >
          <Input.TextArea maxLength={1000} rows={4} />
        </Form.Item>
      </FormWide>
    </FormModal>
  );
}
