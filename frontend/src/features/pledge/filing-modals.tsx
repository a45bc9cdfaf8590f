import { App, Form, Input as TextInput, Select } from 'antd';

import { api } from '@/api/client';
import type { Input } from '@/api/types';
import type { StoredDocument } from '@/api/upload';
import { useApiForm } from '@/shared/ui/api-form';
import { DateInput } from '@/shared/ui/date-input';
import { FileUpload } from '@/shared/ui/file-upload';
import { FormModal } from '@/shared/ui/form-modal';

import { GROUNDS, type Pledge } from './status';

interface Props {
  pledge: Pledge;
  open: boolean;
  onClose: () => void;
}

function useClose(onClose: () => void, text: string) {
  const { message } = App.useApp();
  return () => {
    void message.success(text);
    onClose();
  };
}

const paramsOf = (pledge: Pledge) => ({
  path: { id: pledge.id },
  header: { 'If-Match': String(pledge.version) },
});

type Filing = Input<'/pledges/{id}/file', 'post'>;

/** Records that both parties filed with the office. */
export function FileModal({ pledge, open, onClose }: Props) {
  const form = useApiForm<Filing>();
  const file = api.useMutation('post', '/pledges/{id}/file');
  const onSuccess = useClose(onClose, '已登记申报，质押组合已锁定');
  return (
    <FormModal<Filing>
      open={open}
      onClose={onClose}
      title="申报质押登记"
      api={form}
      submitting={file.isPending}
      submitText="登记申报"
      onFinish={(body) =>
        file.mutate({ params: paramsOf(pledge), body }, { onSuccess, onError: form.refuse })
      }
    >
      <Form.Item name="filed_on" label="向登记机关申报的日期" extra="不填为今天。">
        <DateInput />
      </Form.Item>
      {pledge.findings.some((one) => one.code === 'T_bundle') ? (
        <Form.Item
          name="dissimilar"
          label="未一并出质的商标不构成近似的理由"
          extra="名称相同的商标必须一并出质，说明理由也不能申报。"
        >
          <TextInput.TextArea rows={2} maxLength={500} />
        </Form.Item>
      ) : null}
    </FormModal>
  );
}

interface RefileValues {
  documents?: StoredDocument[];
}

/** Records that the corrections were handed in. */
export function RefileModal({ pledge, open, onClose }: Props) {
  const form = useApiForm<RefileValues>();
  const refile = api.useMutation('post', '/pledges/{id}/refile');
  const onSuccess = useClose(onClose, '已重新申报');
  return (
    <FormModal<RefileValues>
      open={open}
      onClose={onClose}
      title="补正后重新申报"
      api={form}
      submitting={refile.isPending}
      submitText="重新申报"
      onFinish={(values) =>
        refile.mutate(
          {
            params: paramsOf(pledge),
            body: { document_ids: (values.documents ?? []).map((document) => document.id) },
          },
          { onSuccess, onError: form.refuse },
        )
      }
    >
      <Form.Item name="documents" label="补正材料">
        <FileUpload maxCount={5} />
      </Form.Item>
    </FormModal>
  );
}

interface RefuseValues {
  ground: string;
  reason?: string;
}

/** Records the office's refusal. */
export function RefuseModal({ pledge, open, onClose }: Props) {
  const form = useApiForm<RefuseValues>();
  const refuse = api.useMutation('post', '/pledges/{id}/refuse');
  const onSuccess = useClose(onClose, '已登记不予登记的结果');
  return (
    <FormModal<RefuseValues>
      open={open}
      onClose={onClose}
      title="登记机关不予登记"
      api={form}
      danger
      submitting={refuse.isPending}
      submitText="登记结果"
      onFinish={(body) =>
        refuse.mutate({ params: paramsOf(pledge), body }, { onSuccess, onError: form.refuse })
      }
    >
      <Form.Item
        name="ground"
        label="不予登记的情形"
        rules={[{ required: true, message: '请选择情形' }]}
      >
        <Select options={GROUNDS} />
      </Form.Item>
      <Form.Item name="reason" label="通知书内容">
        <TextInput.TextArea rows={3} maxLength={500} showCount />
      </Form.Item>
    </FormModal>
  );
}
