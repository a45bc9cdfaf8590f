import { App, Form, Input, Select } from 'antd';

import { api } from '@/api/client';
import type { StoredDocument } from '@/api/upload';
import { FormWide, useApiForm } from '@/shared/ui/api-form';
import { DateInput } from '@/shared/ui/date-input';
import { FileUpload } from '@/shared/ui/file-upload';
import { FormModal } from '@/shared/ui/form-modal';

import { stepParams, type RecoveryModalProps } from './modal-props';
import { RULING } from './status';

interface Values {
  kind: 'terminated' | 'bankruptcy_ended';
  no: string;
  on: string;
  opinion: string;
  documents?: StoredDocument[];
}

/** The ruling after which nothing more is to be had for now. */
export function ExhaustModal({ recovery, open, onClose }: RecoveryModalProps) {
  const { message } = App.useApp();
  const form = useApiForm<Values>();
  const exhaust = api.useMutation('post', '/recoveries/{id}/exhaust');
  return (
    <FormModal<Values>
      open={open}
      onClose={onClose}
      title="认定追偿终结"
      api={form}
      columns={2}
      submitting={exhaust.isPending}
      submitText="提交复核"
      onFinish={({ documents, ...values }) =>
        exhaust.mutate(
          {
            params: stepParams(recovery),
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
        name="kind"
        label="裁定种类"
        rules={[{ required: true, message: '请选择裁定种类' }]}
      >
        <Select
          options={[
            { value: 'terminated', label: RULING.terminated },
            { value: 'bankruptcy_ended', label: RULING.bankruptcy_ended },
          ]}
        />
      </Form.Item>
      <Form.Item
        name="no"
        label="裁定书文号"
        rules={[{ required: true, message: '请填写裁定书文号' }]}
      >
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="on" label="裁定日期" rules={[{ required: true, message: '请填写裁定日期' }]}>
        <DateInput />
      </Form.Item>
      <FormWide>
        <Form.Item
          name="opinion"
          label="追偿经过与结论"
          rules={[{ required: true, message: '请填写追偿经过与结论' }]}
        >
          <Input.TextArea rows={4} maxLength={2000} />
        </Form.Item>
      </FormWide>
      <FormWide>
        <Form.Item
          name="documents"
          label="裁定书"
          rules={[{ required: true, message: '请上传裁定书' }]}
        >
          <FileUpload maxCount={5} />
        </Form.Item>
      </FormWide>
    </FormModal>
  );
}
