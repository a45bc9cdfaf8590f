import { useQueryClient } from '@tanstack/react-query';
import { Alert, App, Form, Input } from 'antd';
import { useNavigate } from 'react-router';

import { api } from '@/api/client';
import { sessionQuery, useSession } from '@/shared/session';
import { ApiFormView, useApiForm } from '@/shared/ui/api-form';
import { PageHeader } from '@/shared/ui/page-header';
import { Panel } from '@/shared/ui/panel';

interface Values {
  old_password: string;
  new_password: string;
  repeat: string;
}

/** Changes the password; a must before anything else after an administrator set it. */
export function PasswordPage() {
  const session = useSession();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const form = useApiForm<Values>();
  const change = api.useMutation('post', '/session/password', {
    onSuccess: async () => {
      void message.success('口令已修改');
      await queries.refetchQueries(sessionQuery);
      void navigate('/console');
    },
  });
  const forced = session?.must_change_password === true;

  return (
    <div style={{ maxWidth: 520 }}>
      <PageHeader
        title="修改口令"
        {...(forced ? {} : { back: { to: '/console/account', label: '我的账号' } })}
      />
      {forced ? (
        <Alert
          style={{ marginBottom: 16 }}
          type="warning"
          showIcon
          title="当前是初始口令，须修改后才能办理业务。"
        />
      ) : null}
      <Panel>
        <ApiFormView<Values>
          api={form}
          submitText="修改口令"
          submitting={change.isPending}
          onFinish={({ old_password, new_password }) =>
            change.mutate({ body: { old_password, new_password } }, { onError: form.refuse })
          }
        >
          <Form.Item
            name="old_password"
            label="当前口令"
            rules={[{ required: true, message: '请输入当前口令' }]}
          >
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          <Form.Item
            name="new_password"
            label="新口令"
            extra="至少 10 位，包含大写字母、小写字母、数字、符号中的三类，不含登录名。"
            rules={[
              { required: true, message: '请输入新口令' },
              { min: 10, message: '至少 10 位' },
            ]}
          >
            <Input.Password autoComplete="new-password" />
          </Form.Item>
          <Form.Item
            name="repeat"
            label="再次输入新口令"
            dependencies={['new_password']}
            rules={[
              { required: true, message: '请再次输入新口令' },
              ({ getFieldValue }) => ({
                validator: (_, value) =>
                  !value || value === getFieldValue('new_password')
                    ? Promise.resolve()
                    : Promise.reject(new Error('两次输入的口令不一致')),
              }),
            ]}
          >
            <Input.Password autoComplete="new-password" />
          </Form.Item>
        </ApiFormView>
      </Panel>
    </div>
  );
}
