import { App, Checkbox, Form, Input as TextInput } from 'antd';

import { api } from '@/api/client';
import type { StoredDocument } from '@/api/upload';
import { useApiForm } from '@/shared/ui/api-form';
import { FileUpload } from '@/shared/ui/file-upload';
import { FormModal } from '@/shared/ui/form-modal';

import type { Loan } from './status';

interface Values {
  conditions: { met?: boolean; note?: string }[];
  documents?: StoredDocument[];
}

interface Props {
  loan: Loan;
  open: boolean;
  onClose: () => void;
}

/** Checks what must be there before money flows; a colleague signs. */
export function ReadyModal({ loan, open, onClose }: Props) {
  const { message } = App.useApp();
  const form = useApiForm<Values>();
  const ready = api.useMutation('post', '/loans/{id}/ready');
  // The registration is read from the pledge, not believed.
  const asked = loan.conditions.filter((condition) => condition.code !== 'pledge_registered');
  const send = (values: Values) =>
    ready.mutate(
      {
        params: { path: { id: loan.id }, header: { 'If-Match': String(loan.version) } },
        body: {
          conditions: asked.map((condition, index) => ({
            code: condition.code,
            text: condition.text,
            met: values.conditions[index]?.met ?? false,
            note: values.conditions[index]?.note ?? '',
          })),
          document_ids: (values.documents ?? []).map((file) => file.id),
        },
      },
      {
        onSuccess: () => {
          void message.success('已提交复核');
          onClose();
        },
        onError: form.refuse,
      },
    );
  return (
    <FormModal<Values>
      open={open}
      onClose={onClose}
      title="核对放款条件"
      api={form}
      submitting={ready.isPending}
      submitText="提交复核"
      onFinish={send}
    >
      {asked.map((condition, index) => (
        <div key={condition.code}>
          <Form.Item
            name={['conditions', index, 'met']}
            valuePropName="checked"
            style={{ marginBottom: 4 }}
          >
            <Checkbox>{condition.text}</Checkbox>
          </Form.Item>
          <Form.Item name={['conditions', index, 'note']}>
            <TextInput
              placeholder="说明；不适用的请注明原因"
              aria-label={`${condition.text}的说明`}
              maxLength={200}
            />
          </Form.Item>
        </div>
      ))}
      <Form.Item name="documents" label="证明材料">
        <FileUpload maxCount={10} />
      </Form.Item>
    </FormModal>
  );
}
