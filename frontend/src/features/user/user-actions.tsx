import { App, Form, Input, Select, Typography } from 'antd';
import { useState } from 'react';

import { api } from '@/api/client';
import type { Answer, Input as BodyOf } from '@/api/types';
import { ActionBar } from '@/shared/ui/action-bar';
import { useApiForm } from '@/shared/ui/api-form';
import { FormModal } from '@/shared/ui/form-modal';

import { OrganizationSelect } from './organization-select';

type Detail = Answer<'/users/{id}', 'get'>;

/** What this person may do with the account now. */
export function UserActions({ user }: { user: Detail }) {
  const { modal } = App.useApp();
  const [open, setOpen] = useState<'edit' | 'grant'>();
  const disable = api.useMutation('post', '/users/{id}/disable');
  const enable = api.useMutation('post', '/users/{id}/enable');
  const unlock = api.useMutation('post', '/users/{id}/unlock');
  const resetTotp = api.useMutation('post', '/users/{id}/reset_totp');
  const resetPassword = api.useMutation('post', '/users/{id}/reset_password', {
    onSuccess: ({ password }) => {
      modal.success({
        title: '一次性口令',
        content: (
          <>
            <Typography.Paragraph copyable className="num" style={{ fontSize: 18 }}>
              {password}
            </Typography.Paragraph>
            请当面或电话告知本人，只显示这一次；对方登录后须立即修改。
          </>
        ),
        okText: '已记下',
      });
    },
  });
  const params = { path: { id: user.id }, header: { 'If-Match': String(user.version) } };
  const close = () => setOpen(undefined);
  return (
    <>
      <ActionBar
        available={user.available_actions}
        actions={{
          edit: { label: '修改资料', run: () => setOpen('edit') },
          unlock: {
            label: '解除锁定',
            run: () => unlock.mutateAsync({ params }),
            done: '已解除锁定',
          },
          reset_password: {
            label: '重置口令',
            confirm: {
              title: '重置口令？',
              description: '原口令立即失效，本人的登录全部退出。已绑定的动态口令不变。',
            },
            run: () => resetPassword.mutateAsync({ params }),
          },
          reset_totp: {
            label: '解除动态口令',
            danger: true,
            confirm: {
              title: '解除动态口令？',
              description: '请先核实本人身份。解除后本人下次登录须重新绑定。',
            },
            run: () => resetTotp.mutateAsync({ params }),
            done: '已解除',
          },
          disable: {
            label: '停用',
            danger: true,
            confirm: { title: '停用该账号？', description: '立即退出登录，接口密钥同时失效。' },
            run: () => disable.mutateAsync({ params }),
            done: '已停用',
          },
          enable: {
            label: '启用',
            primary: true,
            run: () => enable.mutateAsync({ params }),
            done: '已启用',
          },
          grant_role: { label: '授予角色', primary: true, run: () => setOpen('grant') },
        }}
      />
      <EditModal user={user} open={open === 'edit'} onClose={close} />
      <GrantModal user={user} open={open === 'grant'} onClose={close} />
    </>
  );
}

interface ModalProps {
  user: Detail;
  open: boolean;
  onClose: () => void;
}

function EditModal({ user, open, onClose }: ModalProps) {
  type Values = BodyOf<'/users/{id}', 'put'>;
  const form = useApiForm<Values>();
  const edit = api.useMutation('put', '/users/{id}', { onSuccess: onClose });
  return (
    <FormModal<Values>
      open={open}
      onClose={onClose}
      title="修改账号资料"
      submitText="保存"
      api={form}
      submitting={edit.isPending}
      initialValues={{ name: user.name, mobile: user.mobile, email: user.email }}
      onFinish={(body) =>
        edit.mutate(
          { params: { path: { id: user.id }, header: { 'If-Match': String(user.version) } }, body },
          { onError: form.refuse },
        )
      }
    >
      <Form.Item
        name="name"
        label="姓名"
        rules={[{ required: true, min: 2, message: '请填写真实姓名' }]}
      >
        <Input maxLength={40} />
      </Form.Item>
      <Form.Item
        name="mobile"
        label="手机号"
        rules={[{ pattern: /^1[3-9]\d{9}$/, message: '手机号应为 11 位数字' }]}
      >
        <Input maxLength={11} inputMode="tel" />
      </Form.Item>
      <Form.Item name="email" label="邮箱" rules={[{ type: 'email', message: '邮箱格式有误' }]}>
        <Input maxLength={100} inputMode="email" />
      </Form.Item>
    </FormModal>
  );
}

function GrantModal({ user, open, onClose }: ModalProps) {
  type Values = BodyOf<'/users/{id}/grant_role', 'post'>;
  const form = useApiForm<Values>();
  const matrix = api.useQuery('get', '/permissions', {}, { staleTime: Infinity });
  const grant = api.useMutation('post', '/users/{id}/grant_role', { onSuccess: onClose });
  return (
    <FormModal<Values>
      open={open}
      onClose={onClose}
      title={`为 ${user.name} 授予角色`}
      submitText="授予"
      api={form}
      submitting={grant.isPending}
      {...(user.organization_id
        ? { initialValues: { organization_id: user.organization_id } }
        : {})}
      onFinish={(body) =>
        grant.mutate(
          { params: { path: { id: user.id }, header: { 'If-Match': String(user.version) } }, body },
          { onError: form.refuse },
        )
      }
    >
      <Form.Item
        name="organization_id"
        label="单位"
        rules={[{ required: true, message: '请选择单位' }]}
      >
        <OrganizationSelect />
      </Form.Item>
      <Form.Item
        name="role"
        label="角色"
        extra="角色须与单位类型相符；管理员角色不能与任何其他角色由同一人担任。"
        rules={[{ required: true, message: '请选择角色' }]}
      >
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={(matrix.data?.roles ?? []).map((each) => ({
            value: each.role,
            label: each.name,
          }))}
        />
      </Form.Item>
    </FormModal>
  );
}
