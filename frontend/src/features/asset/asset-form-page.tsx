import { App, Form } from 'antd';
import { useNavigate, useParams } from 'react-router';

import { api } from '@/api/client';
import { useSession } from '@/shared/session';
import { useApiForm } from '@/shared/ui/api-form';
import { PageHeader } from '@/shared/ui/page-header';
import { QueryView } from '@/shared/ui/query-view';
import { StepForm } from '@/shared/ui/step-form';

import styles from './asset-form-page.module.css';
import { entryOf, valuesOf, type EntryValues } from './entry';
import { EntryCheck } from './entry-check';
import { OwnerFields, RightFields, TermFields } from './entry-fields';
import type { AssetDetail } from './status';

/** Entering a right as a draft, with the scans that go with it. */
export function AssetCreatePage() {
  const { message } = App.useApp();
  const navigate = useNavigate();
  const create = api.useMutation('post', '/assets');
  const attach = api.useMutation('post', '/assets/{id}/attach');
  return (
    <>
      <PageHeader
        title="登记知识产权"
        description="先存为草稿；核对无误后提交本单位签署人复核，再由知识产权局核验。"
        back={{ to: '/console/assets', label: '知识产权' }}
      />
      <EntryForm
        initial={{ kind: 'invention_patent' }}
        onCancel={() => void navigate(-1)}
        onSave={async (values) => {
          const made = await create.mutateAsync({ body: entryOf(values) });
          for (const [files, purpose] of [
            [values.extract_files, 'register_extract'],
            [values.certificate_files, 'certificate'],
          ] as const) {
            if (!files || files.length === 0) continue;
            await attach.mutateAsync({
              params: { path: { id: made.id } },
              body: { document_ids: files.map((file) => file.id), purpose },
            });
          }
          void message.success('已存为草稿，请核对后提交复核');
          void navigate(`/console/assets/${made.id}`);
        }}
      />
    </>
  );
}

/** Changing a draft, or mending one that the bureau sent back. */
export function AssetEditPage() {
  const { id = '' } = useParams();
  const query = api.useQuery('get', '/assets/{id}', { params: { path: { id } } });
  return <QueryView query={query}>{(asset) => <EditForm asset={asset} />}</QueryView>;
}

function EditForm({ asset }: { asset: AssetDetail }) {
  const { message } = App.useApp();
  const navigate = useNavigate();
  const edit = api.useMutation('put', '/assets/{id}');
  return (
    <>
      <PageHeader
        title="修改登记内容"
        number={asset.number}
        description="修改后为草稿；已提交本单位复核而未签署的，须重新提交。"
        back={{ to: `/console/assets/${asset.id}`, label: asset.title }}
      />
      <EntryForm
        id={asset.id}
        initial={valuesOf(asset)}
        onCancel={() => void navigate(-1)}
        onSave={async (values) => {
          await edit.mutateAsync({
            params: { path: { id: asset.id }, header: { 'If-Match': String(asset.version) } },
            body: entryOf(values),
          });
          void message.success('已保存');
          void navigate(`/console/assets/${asset.id}`);
        }}
      />
    </>
  );
}

interface Props {
  id?: string;
  initial: Partial<EntryValues>;
  onSave: (values: EntryValues) => Promise<void>;
  onCancel: () => void;
}

function EntryForm({ id, initial, onSave, onCancel }: Props) {
  const form = useApiForm<EntryValues>();
  const session = useSession();
  const typed = Form.useWatch([], form.form) as Partial<EntryValues> | undefined;
  const values = typed ?? initial;
  const kind = values.kind ?? initial.kind;
  const registrant = session?.organization.kind === 'gi_registrant';
  return (
    <div className={styles.columns}>
      <div>
        <StepForm<EntryValues>
          api={form}
          initialValues={initial}
          submitText="存为草稿"
          onCancel={onCancel}
          onFinish={onSave}
          steps={[
            {
              key: 'right',
              title: '权利信息',
              fields: ['kind', 'title', 'right_no', 'ipc', 'nice_class', 'mark_kind'],
              content: <RightFields kind={kind} registrant={registrant} />,
            },
            {
              key: 'term',
              title: '期限与缴费',
              fields: [
                'filed_on',
                'granted_on',
                'expires_on',
                'expiry_note',
                'fee_paid_until',
                'divisional',
                'same_day_filing',
              ],
              content: <TermFields kind={kind} />,
            },
            {
              key: 'owner',
              title: '权属与材料',
              fields: [
                'registered_owner',
                'extract_on',
                'product_revenue',
                'co_owned',
                'co_owners_consent',
                'description',
              ],
              content: <OwnerFields coOwned={!!values.co_owned} editing={!!id} />,
            },
          ]}
        />
      </div>
      <div className={styles.side}>
        <EntryCheck values={values} {...(id ? { id } : {})} />
      </div>
    </div>
  );
}
