import { Alert, Form, Input } from 'antd';
import { useNavigate } from 'react-router';

import { api } from '@/api/client';
import type { Input as BodyOf } from '@/api/types';
import { useCan, useSession } from '@/shared/session';
import { FormWide, useApiForm } from '@/shared/ui/api-form';
import { FormModal } from '@/shared/ui/form-modal';

import { OrganizationSelect } from './organization-select';

type Values = BodyOf<'/users', 'post'>;

/** Opens an account; its password must be changed at the first sign-in. */
export function CreateUser({ open, onClose }: { open: boolean; onClose: () => void }) {
  const form = useApiForm<Values>();
  const session = useSession();
  const navigate = useNavigate();
  const all = useCan('user:manage');
  const create = api.useMutation('post', '/users', {
    onSuccess: (user) => void navigate(`/console/users/${user.id}`),
  });
  return (
    <FormModal<Values>
      open={open}
      onClose={onClose}
      title="开立账号"
      submitText="开立"
      api={form}
      columns={2}
      submitting={create.isPending}
      onFinish={(values) => {
        const own = {
          organization_id: session?.organization.id ?? '',
          roles: ['enterprise_operator'],
        };
        create.mutate({ body: all ? values : { ...values, ...own } }, { onError: form.refuse });
      }}
    >
      <FormWide>
        <Alert
          style={{ marginBottom: 16 }}
          type="info"
          showIcon
          title={
            all
              ? '账号开立后不带任何角色，须由安全管理员授予角色后才能办理业务。'
              : '为本单位开立经办账号，首次登录须修改口令。'
          }
        />
      </FormWide>
      <Form.Item
        name="username"
        label="登录名"
        rules={[
          { required: true, message: '请填写登录名' },
          {
            pattern: /^[a-z][a-z0-9._-]{2,31}$/,
            message: '应为 3 至 32 位小写字母、数字、点、下划线或短横线，以字母开头',
          },
        ]}
      >
        <Input maxLength={32} autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="name"
        label="姓名"
        rules={[{ required: true, min: 2, message: '请填写真实姓名' }]}
      >
        <Input maxLength={40} autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="password"
        label="初始口令"
        extra="至少 10 位，含大写、小写、数字、符号中的三类"
        rules={[{ required: true, min: 10, message: '口令至少 10 位' }]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="mobile"
        label="手机号"
        rules={[{ pattern: /^1[3-9]\d{9}$/, message: '手机号应为 11 位数字' }]}
      >
        <Input maxLength={11} inputMode="tel" autoComplete="off" />
      </Form.Item>
      {all ? (
        <FormWide>
          <Form.Item
            name="organization_id"
            label="所属单位"
            rules={[{ required: true, message: '请选择所属单位' }]}
          >
            <OrganizationSelect />
          </Form.Item>
        </FormWide>
      ) : null}
    </FormModal>
  );
}
