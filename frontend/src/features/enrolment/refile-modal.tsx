import { App, Checkbox, Form, Input } from 'antd';

import { api } from '@/api/client';
import type { Answer } from '@/api/types';
import type { StoredDocument } from '@/api/upload';
import { formatDate } from '@/shared/format/date';
import { useApiForm } from '@/shared/ui/api-form';
import { FileUpload } from '@/shared/ui/file-upload';
import { FormModal } from '@/shared/ui/form-modal';

import styles from './enrolment-page.module.css';

type Enrolment = Answer<'/enrolments/{id}', 'get'>;

interface Values {
  guarantors_consent?: boolean;
  late_reason?: string;
  note?: string;
  documents?: StoredDocument[];
}

interface Props {
  enrolment: Enrolment;
  open: boolean;
  onClose: () => void;
}

/** The bank files an extension with the fund anew. */
export function RefileModal({ enrolment, open, onClose }: Props) {
  const { message } = App.useApp();
  const form = useApiForm<Values>();
  const refile = api.useMutation('post', '/enrolments/{id}/refile');
  const extension = enrolment.extensions.find((each) => each.status === 'awaiting');
  return (
    <FormModal<Values>
      open={open}
      onClose={onClose}
      title="展期重新备案"
      api={form}
      submitting={refile.isPending}
      submitText="提交"
      onFinish={({ documents, guarantors_consent, late_reason, note }) =>
        refile.mutate(
          {
            params: {
              path: { id: enrolment.id },
              header: { 'If-Match': String(enrolment.version) },
            },
            body: {
              guarantors_consent: guarantors_consent ?? false,
              documents: (documents ?? []).map((file) => file.id),
              ...(note ? { note } : {}),
              ...(late_reason ? { late_reason } : {}),
            },
          },
          {
            onSuccess: () => {
              void message.success('已提交，等待知识产权局确认');
              onClose();
            },
            onError: form.refuse,
          },
        )
      }
    >
      {extension ? (
        <p className={styles.intro}>
          到期日由 {formatDate(extension.covered_until)} 展至 {formatDate(extension.matures_on)}。
          知识产权局两人确认之前，基金只承保到 {formatDate(extension.covered_until)}。
        </p>
      ) : null}
      <Form.Item
        name="documents"
        label="展期协议、同意书、质押延期登记证明"
        rules={[{ required: true, message: '请上传材料' }]}
      >
        <FileUpload maxCount={10} />
      </Form.Item>
      <Form.Item
        name="guarantors_consent"
        valuePropName="checked"
        rules={[
          {
            validator: (_, checked) =>
              checked ? Promise.resolve() : Promise.reject(new Error('请先取得书面同意')),
          },
        ]}
      >
        <Checkbox>担保机构、保险机构（如有）和出质人已书面同意展期</Checkbox>
      </Form.Item>
      {extension?.late ? (
        <Form.Item
          name="late_reason"
          label="逾期办理的理由"
          rules={[{ required: true, message: '请填写理由' }]}
          extra={`期限为 ${extension.due_on}；是否准许由知识产权局两人决定。`}
        >
          <Input.TextArea rows={2} maxLength={500} />
        </Form.Item>
      ) : null}
      <Form.Item name="note" label="说明">
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </FormModal>
  );
}
