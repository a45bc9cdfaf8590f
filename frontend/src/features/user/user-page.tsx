import { Alert, Tag } from 'antd';
import { useParams } from 'react-router';

import { api } from '@/api/client';
import { formatDateTime } from '@/shared/format/date';
import { DetailPage } from '@/shared/ui/detail-page';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';
import { StatusTag } from '@/shared/ui/status-tag';
import { fromAudit, Timeline } from '@/shared/ui/timeline';

import { RoleTable } from './role-table';
import { USER_STATUS } from './status';
import { UserActions } from './user-actions';

/** One account: whose it is, what it may do, what happened to it. */
export function UserPage() {
  const { id = '' } = useParams();
  const query = api.useQuery('get', '/users/{id}', { params: { path: { id } } });
  return (
    <QueryView query={query}>
      {(user) => (
        <DetailPage
          title={user.name}
          number={user.username}
          status={<StatusTag status={user.status} map={USER_STATUS} />}
          back={{ to: '/console/users', label: '用户与角色' }}
          actions={<UserActions user={user} />}
          notice={
            user.locked_until ? (
              <Alert
                type="error"
                showIcon
                title={`口令连续输错，账号锁定至 ${formatDateTime(user.locked_until)}`}
              />
            ) : user.roles.length === 0 ? (
              <Alert type="warning" showIcon title="尚未授予任何角色，该账号不能办理业务。" />
            ) : null
          }
          facts={[
            { label: '所属单位', value: user.organization_name || '—' },
            { label: '手机号', value: <span className="num">{user.mobile || '—'}</span> },
            { label: '邮箱', value: user.email || '—' },
            {
              label: '口令',
              value: user.must_change_password ? '下次登录须修改' : '正常',
            },
            {
              label: '动态口令',
              value: (
                <Tag variant="filled" color={user.totp_enrolled ? 'success' : 'default'}>
                  {user.totp_enrolled ? '已绑定' : '未绑定'}
                </Tag>
              ),
            },
            {
              label: '最近登录',
              value: user.last_sign_in_at ? formatDateTime(user.last_sign_in_at) : '从未登录',
            },
            { label: '开立时间', value: formatDateTime(user.created_at) },
          ]}
          tabs={[
            {
              key: 'roles',
              label: '角色',
              count: user.roles.length,
              children: <RoleTable user={user} />,
            },
          ]}
          aside={
            <Panel title="账号记录">
              <Timeline events={fromAudit(user.timeline)} />
            </Panel>
          }
        />
      )}
    </QueryView>
  );
}
