import { App, Button } from 'antd';

import { api } from '@/api/client';
import type { Answer } from '@/api/types';
import { formatDateTime } from '@/shared/format/date';
import { SimpleTable } from '@/shared/ui/simple-table';

type Detail = Answer<'/users/{id}', 'get'>;
type Grant = Detail['roles'][number];

/** What the person does, and for whom; the security administrator takes roles away here. */
export function RoleTable({ user }: { user: Detail }) {
  const { modal, message } = App.useApp();
  const revoke = api.useMutation('post', '/users/{id}/revoke_role');
  const may = user.available_actions.includes('revoke_role');
  const ask = (grant: Grant) =>
    modal.confirm({
      title: `收回“${grant.role_name}”？`,
      content: `${user.name} 将不能再以该角色为 ${grant.organization_name} 办理业务，立即生效。`,
      okText: '收回',
      okButtonProps: { danger: true },
      onOk: async () => {
        await revoke.mutateAsync({
          params: { path: { id: user.id }, header: { 'If-Match': String(user.version) } },
          body: { organization_id: grant.organization_id, role: grant.role },
        });
        void message.success('已收回');
      },
    });
  return (
    <SimpleTable<Grant>
      label="角色"
      rows={user.roles}
      rowKey={(row) => row.organization_id + row.role}
      empty="尚未授予角色"
      columns={[
        { key: 'role', title: '角色', render: (row) => row.role_name },
        { key: 'organization', title: '单位', render: (row) => row.organization_name },
        { key: 'at', title: '授予时间', render: (row) => formatDateTime(row.granted_at) },
        ...(may
          ? [
              {
                key: 'revoke',
                title: '操作',
                render: (row: Grant) => (
                  <Button size="small" danger onClick={() => ask(row)}>
                    收回
                  </Button>
                ),
              },
            ]
          : []),
      ]}
    />
  );
}
