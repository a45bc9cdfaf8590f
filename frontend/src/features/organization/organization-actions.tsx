import { Form } from 'antd';
import { useState } from 'react';

import { api } from '@/api/client';
import type { Answer } from '@/api/types';
import type { StoredDocument } from '@/api/upload';
import { ActionBar } from '@/shared/ui/action-bar';
import { useApiForm } from '@/shared/ui/api-form';
import { FileUpload } from '@/shared/ui/file-upload';
import { FormModal } from '@/shared/ui/form-modal';

type Detail = Answer<'/organizations/{id}', 'get'>;
type Contacts = Answer<'/organizations/{id}/unmask', 'post'>;

interface Props {
  organization: Detail;
  onUnmasked: (contacts: Contacts) => void;
}

/** What this person may do with the organisation now. */
export function OrganizationActions({ organization, onUnmasked }: Props) {
  const [submitting, setSubmitting] = useState(false);
  const admit = api.useMutation('post', '/organizations/{id}/admit');
  const back = api.useMutation('post', '/organizations/{id}/return');
  const suspend = api.useMutation('post', '/organizations/{id}/suspend');
  const resume = api.useMutation('post', '/organizations/{id}/resume');
  const close = api.useMutation('post', '/organizations/{id}/close');
  const unmask = api.useMutation('post', '/organizations/{id}/unmask', { onSuccess: onUnmasked });
  const params = {
    path: { id: organization.id },
    header: { 'If-Match': String(organization.version) },
  };
  const proposed = '已提交复核，复核通过后生效';
  return (
    <>
      <ActionBar
        available={organization.available_actions}
        actions={{
          unmask: {
            label: '查看完整联系方式',
            reason: {
              title: '查看完整联系方式',
              label: '查看理由',
              required: true,
              hint: '理由连同您的姓名、时间记入审计日志。',
            },
            run: (reason) => unmask.mutateAsync({ params, body: { reason } }),
          },
          edit: { label: '修改资料', to: `/console/organizations/${organization.id}/edit` },
          close: {
            label: '提出注销',
            danger: true,
            reason: { title: '提出注销机构', label: '注销理由', required: true },
            run: (reason) => close.mutateAsync({ params, body: { reason } }),
            done: proposed,
          },
          suspend: {
            label: '提出暂停',
            danger: true,
            reason: {
              title: '提出暂停业务',
              label: '暂停理由',
              required: true,
              hint: '暂停后该机构人员只能查看，不能办理业务。',
            },
            run: (reason) => suspend.mutateAsync({ params, body: { reason } }),
            done: proposed,
          },
          return: {
            label: '提出退回',
            danger: true,
            reason: { title: '退回补正', label: '需补正的内容', required: true },
            run: (reason) => back.mutateAsync({ params, body: { reason } }),
            done: proposed,
          },
          resume: {
            label: '提出恢复',
            primary: true,
            reason: { title: '提出恢复业务', label: '说明' },
            run: (reason) => resume.mutateAsync({ params, body: { reason } }),
            done: proposed,
          },
          admit: {
            label: '提出准入',
            primary: true,
            confirm: {
              title: '已核对资料，提出准入？',
              description: '提交后由复核人核对签署，签署后该机构即可办理业务。',
            },
            run: () => admit.mutateAsync({ params, body: {} }),
            done: proposed,
          },
          submit: { label: '提交审核', primary: true, run: () => setSubmitting(true) },
        }}
      />
      <SubmitModal
        organization={organization}
        open={submitting}
        onClose={() => setSubmitting(false)}
      />
    </>
  );
}

interface SubmitProps {
  organization: Detail;
  open: boolean;
  onClose: () => void;
}

function SubmitModal({ organization, open, onClose }: SubmitProps) {
  const form = useApiForm<{ documents?: StoredDocument[] }>();
  const submit = api.useMutation('post', '/organizations/{id}/submit', { onSuccess: onClose });
  const needed = organization.uscc_overridden && organization.documents.length === 0;
  return (
    <FormModal
      open={open}
      onClose={onClose}
      title="提交入驻申请"
      submitText="提交审核"
      api={form}
      submitting={submit.isPending}
      onFinish={(values) =>
        submit.mutate(
          {
            params: {
              path: { id: organization.id },
              header: { 'If-Match': String(organization.version) },
            },
            body: { document_ids: (values.documents ?? []).map((each) => each.id) },
          },
          { onError: form.refuse },
        )
      }
    >
      <Form.Item
        name="documents"
        label="营业执照等扫描件"
        rules={needed ? [{ required: true, message: '请上传营业执照扫描件' }] : []}
      >
        <FileUpload maxCount={5} />
      </Form.Item>
    </FormModal>
  );
}
