import { Button, Tag } from 'antd';
import { useState } from 'react';

import { api } from '@/api/client';
import type { Query } from '@/api/types';
import { formatDateTime } from '@/shared/format/date';
import { roleOptions } from '@/shared/labels';
import { useCan } from '@/shared/session';
import { ListPage } from '@/shared/ui/list-page';
import type { ListColumn } from '@/shared/ui/list-table';
import { statusOptions, StatusTag } from '@/shared/ui/status-tag';
import { keepPrevious, useList } from '@/shared/ui/use-list';

import { CreateUser } from './create-user';
import { USER_STATUS, type User } from './status';

type RowQuery = Query<'/users', 'get'>;

const columns: ListColumn<User>[] = [
  { key: 'name', title: '姓名', render: (row) => row.name, sort: 'name' },
  {
    key: 'status',
    title: '状态',
    card: 'status',
    render: (row) =>
      row.locked_until ? (
        <Tag color="error" variant="filled">
          已锁定
        </Tag>
      ) : (
        <StatusTag status={row.status} map={USER_STATUS} />
      ),
  },
  { key: 'username', title: '登录名', render: (row) => row.username, sort: 'username' },
  { key: 'organization', title: '所属单位', render: (row) => row.organization_name || '—' },
  {
    key: 'roles',
    title: '角色',
    render: (row) =>
      row.roles.length === 0 ? '未授权' : row.roles.map((each) => each.role_name).join('，'),
  },
  {
    key: 'totp',
    title: '动态口令',
    render: (row) => (row.totp_enrolled ? '已绑定' : '未绑定'),
    hiddenAtFirst: true,
  },
  { key: 'mobile', title: '手机号', render: (row) => row.mobile || '—', hiddenAtFirst: true },
  {
    key: 'seen',
    title: '最近登录',
    render: (row) => (row.last_sign_in_at ? formatDateTime(row.last_sign_in_at) : '从未登录'),
    sort: 'last_sign_in_at',
  },
  {
    key: 'created',
    title: '开立时间',
    render: (row) => formatDateTime(row.created_at),
    sort: 'created_at',
    hiddenAtFirst: true,
    card: 'hidden',
  },
];

/** Accounts: all for the administrators, the own house's for an enterprise's signatory. */
export function UserListPage() {
  const [creating, setCreating] = useState(false);
  const list = useList<RowQuery>({ filters: ['role', 'status'], defaultSort: '-created_at' });
  const query = api.useQuery('get', '/users', { params: { query: list.params } }, keepPrevious);
  const mayCreate = useCan(['user:manage', 'user:manage_own']);
  const all = useCan('user:read');
  const create = mayCreate ? (
    <Button type="primary" onClick={() => setCreating(true)}>
      开立账号
    </Button>
  ) : null;
  return (
    <>
      <ListPage<User>
        title="用户与角色"
        description={
          all
            ? '系统管理员开立账号，安全管理员授予角色，审计管理员查阅记录：三员分立，互不兼任，均不办理业务。'
            : '为本单位同事开立经办账号。经办与复核须由不同的人办理。'
        }
        list={list}
        query={query}
        columns={columns}
        rowKey={(row) => row.id}
        rowHref={(row) => `/console/users/${row.id}`}
        searchHint="姓名、登录名"
        filters={[
          { type: 'select', name: 'role', label: '角色', options: roleOptions },
          { type: 'select', name: 'status', label: '状态', options: statusOptions(USER_STATUS) },
        ]}
        exportPath="/users/export.xlsx"
        empty={{ title: '还没有用户', action: create }}
        extra={create}
      />
      {mayCreate ? <CreateUser open={creating} onClose={() => setCreating(false)} /> : null}
    </>
  );
}
