import { Checkbox, Form, Input, Result } from 'antd';
import { useState } from 'react';

import { api } from '@/api/client';
import type { Answer } from '@/api/types';
import { formatDate } from '@/shared/format/date';
import { ApiFormView, FormWide, useApiForm } from '@/shared/ui/api-form';

type Receipt = Answer<'/portal/publicity/{id}/objections', 'post'>;

interface Values {
  name: string;
  contact: string;
  content: string;
  consent?: boolean;
}

/** Takes an objection from anybody and gives its receipt number. */
export function ObjectionForm({ notice }: { notice: string }) {
  const form = useApiForm<Values>();
  const [receipt, setReceipt] = useState<Receipt>();
  const send = api.useMutation('post', '/portal/publicity/{id}/objections', {
    onSuccess: setReceipt,
  });
  if (receipt) {
    return (
      <Result
        status="success"
        title={`异议已提交，回执号 ${receipt.receipt_no}`}
        subTitle={`受理单位将于 ${formatDate(receipt.due_on)} 前答复。请记下回执号，凭回执号和联系方式后四位可在“补偿公示”页查询处理结果。`}
      />
    );
  }
  return (
    <ApiFormView<Values>
      api={form}
      columns={2}
      submitting={send.isPending}
      submitText="提交异议"
      onFinish={({ consent = false, ...values }) =>
        send.mutate(
          { params: { path: { id: notice } }, body: { ...values, consent } },
          { onError: form.refuse },
        )
      }
    >
      <Form.Item
        name="name"
        label="姓名或单位名称"
        rules={[{ required: true, message: '请填写姓名或单位名称' }]}
      >
        <Input maxLength={40} autoComplete="name" />
      </Form.Item>
      <Form.Item
        name="contact"
        label="联系电话或邮箱"
        rules={[{ required: true, message: '请填写联系电话或邮箱' }]}
      >
        <Input maxLength={100} />
      </Form.Item>
      <FormWide>
        <Form.Item
          name="content"
          label="事实与理由"
          rules={[{ required: true, message: '请写明事实与理由' }]}
        >
          <Input.TextArea rows={5} maxLength={2000} showCount />
        </Form.Item>
      </FormWide>
      <FormWide>
        <Form.Item name="consent" valuePropName="checked">
          <Checkbox>
            我同意受理单位为处理本异议使用所填姓名和联系方式；平台对外展示时脱敏，查看须说明事由并留痕。
          </Checkbox>
        </Form.Item>
      </FormWide>
    </ApiFormView>
  );
}
