import { App, Form, Input } from 'antd';

import { api } from '@/api/client';
import type { Input as Body } from '@/api/types';
import { useApiForm } from '@/shared/ui/api-form';
import { FormModal } from '@/shared/ui/form-modal';

import { stepParams, type ClaimModalProps } from './modal-props';

type Values = Body<'/claims/{id}/publicise', 'post'>;

/** Shows the claim to the public; the text is made from the record. */
export function PubliciseModal({ claim, open, onClose }: ClaimModalProps) {
  const { message } = App.useApp();
  const form = useApiForm<Values>();
  const publicise = api.useMutation('post', '/claims/{id}/publicise');
  return (
    <FormModal<Values>
      open={open}
      onClose={onClose}
      title="公示拟补偿结果"
      api={form}
      submitting={publicise.isPending}
      submitText="提交复核"
      onFinish={(body) =>
        publicise.mutate(
          { params: stepParams(claim), body },
          {
            onSuccess: () => {
              void message.success('已提交复核，签署后即公示');
              onClose();
            },
            onError: form.refuse,
          },
        )
      }
    >
      <p>
        公示内容按申请记录生成：企业名称、知识产权名称与号码、拟补偿金额。复核人签署后发布，
        并保存带指纹的公示文件；内容有变更须重新公示。
      </p>
      <Form.Item
        name="contact"
        label="异议受理单位、办公电话与地址"
        extra="写单位与办公电话，不写个人姓名和手机。"
        rules={[{ required: true, message: '请填写受理单位的办公电话与地址' }]}
      >
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="note" label="补充说明">
        <Input.TextArea rows={3} maxLength={1000} />
      </Form.Item>
    </FormModal>
  );
}
