import { Form, Input, Select } from 'antd';

import { api } from '@/api/client';
import type { StoredDocument } from '@/api/upload';
import { useApiForm } from '@/shared/ui/api-form';
import { DateInput } from '@/shared/ui/date-input';
import { FileUpload } from '@/shared/ui/file-upload';
import { FormModal } from '@/shared/ui/form-modal';

import { purposeOptions, type AssetDetail } from './status';

export type EventAction = 'freeze' | 'lapse' | 'invalidate' | 'restore' | 'challenge';

const EVENT_TITLE: Record<EventAction, string> = {
  freeze: '登记冻结（保全、查封或权属中止）',
  lapse: '登记权利失效',
  invalidate: '登记宣告无效',
  restore: '登记恢复',
  challenge: '登记无效宣告程序',
};

interface EventValues {
  reason: string;
  happened_on?: string;
}

/** A matter of the national register, as the bureau's handler proposes it. */
export function EventModal(props: {
  asset: AssetDetail;
  action: EventAction | undefined;
  onClose: () => void;
}) {
  const { asset, action, onClose } = props;
  const form = useApiForm<EventValues>();
  const done = { onSuccess: onClose };
  const freeze = api.useMutation('post', '/assets/{id}/freeze', done);
  const lapse = api.useMutation('post', '/assets/{id}/lapse', done);
  const invalidate = api.useMutation('post', '/assets/{id}/invalidate', done);
  const restore = api.useMutation('post', '/assets/{id}/restore', done);
  const challenge = api.useMutation('post', '/assets/{id}/challenge', done);
  const mutations = { freeze, lapse, invalidate, restore, challenge };
  return (
    <FormModal<EventValues>
      open={!!action}
      onClose={onClose}
      title={action ? EVENT_TITLE[action] : ''}
      submitText="提交复核"
      danger={action !== 'restore'}
      api={form}
      submitting={Object.values(mutations).some((each) => each.isPending)}
      onFinish={(values) => {
        if (!action) return;
        mutations[action].mutate(
          {
            params: { path: { id: asset.id }, header: { 'If-Match': String(asset.version) } },
            body: {
              ...values,
              ...(action === 'challenge' ? { pending: !asset.invalidation_pending } : {}),
            },
          },
          { onError: form.refuse },
        );
      }}
    >
      <Form.Item name="happened_on" label="登记簿记载日" extra="不填则为今天">
        <DateInput />
      </Form.Item>
      <Form.Item
        name="reason"
        label="事项与依据"
        rules={[{ required: true, message: '请写明登记簿事项及依据' }]}
      >
        <Input.TextArea rows={3} maxLength={500} placeholder="如：某法院协助执行通知书文号" />
      </Form.Item>
    </FormModal>
  );
}

interface UpkeepValues {
  fee_paid_until?: string;
  expires_on?: string;
  documents?: StoredDocument[];
}

/** A fee that was paid, or a mark that was renewed; the signatory confirms it. */
export function UpkeepModal(props: { asset: AssetDetail; open: boolean; onClose: () => void }) {
  const { asset, open, onClose } = props;
  const form = useApiForm<UpkeepValues>();
  const record = api.useMutation('post', '/assets/{id}/record_upkeep', { onSuccess: onClose });
  const mark = !!asset.nice_class;
  return (
    <FormModal<UpkeepValues>
      open={open}
      onClose={onClose}
      title={mark ? '登记商标续展' : '登记年费缴纳'}
      submitText="提交复核"
      api={form}
      submitting={record.isPending}
      onFinish={({ documents, ...values }) =>
        record.mutate(
          {
            params: { path: { id: asset.id }, header: { 'If-Match': String(asset.version) } },
            body: { ...values, document_ids: (documents ?? []).map((file) => file.id) },
          },
          { onError: form.refuse },
        )
      }
    >
      {mark ? (
        <Form.Item
          name="expires_on"
          label="续展后的期满日"
          rules={[{ required: true, message: '请填写续展后的期满日' }]}
        >
          <DateInput />
        </Form.Item>
      ) : (
        <Form.Item
          name="fee_paid_until"
          label="年费已缴至"
          extra="年费按专利年度缴纳，应为申请日的周年日"
          rules={[{ required: true, message: '请填写年费已缴至的日期' }]}
        >
          <DateInput />
        </Form.Item>
      )}
      <Form.Item name="documents" label={mark ? '续展证明' : '缴费凭证'}>
        <FileUpload maxCount={5} />
      </Form.Item>
    </FormModal>
  );
}

interface AttachValues {
  purpose: string;
  documents: StoredDocument[];
}

/** More evidence for a right that is already entered. */
export function AttachModal(props: { asset: AssetDetail; open: boolean; onClose: () => void }) {
  const { asset, open, onClose } = props;
  const form = useApiForm<AttachValues>();
  const attach = api.useMutation('post', '/assets/{id}/attach', { onSuccess: onClose });
  return (
    <FormModal<AttachValues>
      open={open}
      onClose={onClose}
      title="补充材料"
      submitText="保存"
      api={form}
      submitting={attach.isPending}
      initialValues={{ purpose: 'register_extract' }}
      onFinish={(values) =>
        attach.mutate(
          {
            params: { path: { id: asset.id } },
            body: {
              purpose: values.purpose as 'other',
              document_ids: values.documents.map((file) => file.id),
            },
          },
          { onError: form.refuse },
        )
      }
    >
      <Form.Item name="purpose" label="材料用途" rules={[{ required: true }]}>
        <Select options={purposeOptions} />
      </Form.Item>
      <Form.Item name="documents" label="文件" rules={[{ required: true, message: '请上传文件' }]}>
        <FileUpload maxCount={10} />
      </Form.Item>
    </FormModal>
  );
}
