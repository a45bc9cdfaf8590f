import { Alert, Checkbox, Form } from 'antd';
import { useNavigate, useParams } from 'react-router';

import { api } from '@/api/client';
import type { Answer } from '@/api/types';
import { ApiFormView, FormWide, useApiForm } from '@/shared/ui/api-form';
import { PageHeader } from '@/shared/ui/page-header';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';

import { ContactFields, IdentityFields, valuesOf, type Profile } from './profile-fields';

type Detail = Answer<'/organizations/{id}', 'get'>;
type Values = Profile & { consent?: boolean };

/** Changes the record: all of it before admission, address and contacts afterwards. */
export function OrganizationEditPage() {
  const { id = '' } = useParams();
  const query = api.useQuery('get', '/organizations/{id}', { params: { path: { id } } });
  return (
    <QueryView query={query}>{(detail) => <EditForm key={detail.id} detail={detail} />}</QueryView>
  );
}

function EditForm({ detail }: { detail: Detail }) {
  const form = useApiForm<Values>();
  const navigate = useNavigate();
  const page = `/console/organizations/${detail.id}`;
  const edit = api.useMutation('put', '/organizations/{id}', {
    onSuccess: () => void navigate(page),
  });
  const fixed = detail.status === 'admitted';
  return (
    <>
      <PageHeader
        title="修改机构资料"
        number={detail.number}
        back={{ to: page, label: detail.name }}
      />
      {fixed ? (
        <Alert
          style={{ marginBottom: 16 }}
          type="info"
          showIcon
          title="本单位已准入，名称、信用代码、所在地、规模等资料的变更请联系市场监管局（知识产权局）；联系方式可自行修改。"
        />
      ) : null}
      <Panel>
        <ApiFormView<Values>
          api={form}
          submitText="保存"
          submitting={edit.isPending}
          initialValues={valuesOf(detail)}
          onCancel={() => void navigate(page)}
          onFinish={(values) => {
            // Fields that the form shows no input for keep what they have.
            const body = { ...valuesOf(detail), ...values };
            edit.mutate(
              {
                params: { path: { id: detail.id }, header: { 'If-Match': String(detail.version) } },
                body,
              },
              { onError: form.refuse },
            );
          }}
        >
          <FormWide>
            <IdentityFields kind={detail.kind} fixed={fixed} />
            <ContactFields />
          </FormWide>
          {detail.consented_at ? null : (
            <FormWide>
              <Form.Item name="consent" valuePropName="checked" required>
                <Checkbox>同意平台为办理业务使用并向参与方提供本单位资料</Checkbox>
              </Form.Item>
            </FormWide>
          )}
        </ApiFormView>
      </Panel>
    </>
  );
}
