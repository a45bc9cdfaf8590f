import { Form, Input } from 'antd';
import { useNavigate, useParams } from 'react-router';

import { api } from '@/api/client';
import type { Answer, Input as Body } from '@/api/types';
import { ApiFormView, FormWide, useApiForm } from '@/shared/ui/api-form';
import { DateInput } from '@/shared/ui/date-input';
import { PageHeader } from '@/shared/ui/page-header';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';

import { groupsOf, type Definition } from './parameter';
import { ParameterField } from './parameter-field';
import styles from './policy-form-page.module.css';

type Values = Body<'/policies', 'post'>;
type Policy = Answer<'/policies/{id}', 'get'>;

/** A new version, begun from the numbers in force. */
export function PolicyNewPage() {
  const navigate = useNavigate();
  const current = api.useQuery('get', '/policies/current');
  const create = api.useMutation('post', '/policies', {
    onSuccess: (policy) => navigate(`/console/policies/${policy.id}`),
  });
  return (
    <QueryView query={current}>
      {(policy) => (
        <PolicyForm
          heading="起草政策版本"
          base={{ ...policy, title: '', basis: '', effective_from: '' }}
          back={{ to: '/console/policies', label: '政策参数' }}
          submitting={create.isPending}
          onFinish={(body, refuse) => create.mutate({ body }, { onError: refuse })}
        />
      )}
    </QueryView>
  );
}

/** A draft, or a version that was sent back. */
export function PolicyEditPage() {
  const { id = '' } = useParams();
  const navigate = useNavigate();
  const query = api.useQuery('get', '/policies/{id}', { params: { path: { id } } });
  const edit = api.useMutation('put', '/policies/{id}', {
    onSuccess: (policy) => navigate(`/console/policies/${policy.id}`),
  });
  return (
    <QueryView query={query}>
      {(policy) => (
        <PolicyForm
          heading={`修改 ${policy.number}`}
          base={policy}
          back={{ to: `/console/policies/${id}`, label: policy.title }}
          submitting={edit.isPending}
          onFinish={(body, refuse) =>
            edit.mutate(
              {
                params: { path: { id }, header: { 'If-Match': String(policy.version) } },
                body,
              },
              { onError: refuse },
            )
          }
        />
      )}
    </QueryView>
  );
}

interface Props {
  heading: string;
  base: Pick<Policy, 'title' | 'basis' | 'effective_from' | 'parameters'>;
  back: { to: string; label: string };
  submitting: boolean;
  onFinish: (body: Values, refuse: (error: unknown) => void) => void;
}

function PolicyForm({ heading, base, back, submitting, onFinish }: Props) {
  const form = useApiForm<Values>();
  const navigate = useNavigate();
  const definitions = api.useQuery('get', '/policies/parameters');
  return (
    <>
      <PageHeader
        title={heading}
        description="参数以现行版本为底稿；保存为草稿后提交复核，复核通过后自生效日期起施行。"
        back={back}
      />
      <QueryView query={definitions}>
        {({ items }) => (
          <ApiFormView<Values>
            api={form}
            submitting={submitting}
            submitText="保存草稿"
            onCancel={() => void navigate(back.to)}
            initialValues={{
              title: base.title,
              basis: base.basis,
              parameters: base.parameters,
              ...(base.effective_from ? { effective_from: base.effective_from } : {}),
            }}
            onFinish={(values) => onFinish({ ...values, basis: values.basis ?? '' }, form.refuse)}
          >
            <Panel title="版本">
              <div className={styles.fields}>
                <Form.Item
                  name="title"
                  label="标题"
                  rules={[{ required: true, message: '请填写标题' }]}
                >
                  <Input maxLength={100} placeholder="如：2027年度风险补偿政策" />
                </Form.Item>
                <Form.Item
                  name="effective_from"
                  label="生效日期"
                  rules={[{ required: true, message: '请选择生效日期' }]}
                  extra="不早于今天；政策不溯及既往。"
                >
                  <DateInput />
                </Form.Item>
                <FormWide>
                  <Form.Item name="basis" label="依据文件">
                    <Input.TextArea maxLength={500} rows={2} />
                  </Form.Item>
                </FormWide>
              </div>
            </Panel>
            {groupsOf(items).map((group) => (
              <GroupFields key={group.name} name={group.name} definitions={group.definitions} />
            ))}
          </ApiFormView>
        )}
      </QueryView>
    </>
  );
}

function GroupFields({ name, definitions }: { name: string; definitions: Definition[] }) {
  return (
    <Panel title={name}>
      <div className={styles.fields}>
        {definitions.map((definition) => (
          <ParameterField key={definition.key} definition={definition} />
        ))}
      </div>
    </Panel>
  );
}
