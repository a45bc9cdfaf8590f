import { Form, Select } from 'antd';
import { useNavigate } from 'react-router';

import { api } from '@/api/client';
import { kindOptions } from '@/shared/labels';
import { ApiFormView, FormWide, useApiForm } from '@/shared/ui/api-form';
import { PageHeader } from '@/shared/ui/page-header';
import { Panel } from '@/shared/ui/panel';

import { ContactFields, IdentityFields, type Kind, type Profile } from './profile-fields';

type Values = Profile & { kind: Kind };

/** The bureau enters a bank, firm or guarantor; it is admitted by two people like any other. */
export function OrganizationCreatePage() {
  const form = useApiForm<Values>();
  const navigate = useNavigate();
  const create = api.useMutation('post', '/organizations', {
    onSuccess: (made) => void navigate(`/console/organizations/${made.id}`),
  });
  const kind = (Form.useWatch('kind', form.form) as string | undefined) ?? 'bank';
  return (
    <>
      <PageHeader
        title="登记机构"
        description="登记后状态为待审核，经办提出准入、复核通过后生效。"
        back={{ to: '/console/organizations', label: '入驻机构' }}
      />
      <Panel>
        <ApiFormView<Values>
          api={form}
          submitText="登记"
          submitting={create.isPending}
          initialValues={{ kind: 'bank' }}
          onCancel={() => void navigate(-1)}
          onFinish={(body) => create.mutate({ body }, { onError: form.refuse })}
        >
          <FormWide>
            <Form.Item name="kind" label="机构类型" rules={[{ required: true }]}>
              <Select options={kindOptions.filter((each) => each.value !== 'platform')} />
            </Form.Item>
          </FormWide>
          <FormWide>
            <IdentityFields kind={kind} />
            <ContactFields />
          </FormWide>
        </ApiFormView>
      </Panel>
    </>
  );
}
