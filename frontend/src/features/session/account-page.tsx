import { Space, Tag } from 'antd';

import { kindLabel } from '@/shared/labels';
import { roleWords, useSession } from '@/shared/session';
import { FactList } from '@/shared/ui/fact-list';
import { LinkButton } from '@/shared/ui/link-button';
import { PageHeader } from '@/shared/ui/page-header';
import { Panel } from '@/shared/ui/panel';

/** One's own account: who, for whom, and how it is protected. */
export function AccountPage() {
  const session = useSession();
  if (!session) return null;
  return (
    <>
      <PageHeader title="我的账号" />
      <Panel title="身份">
        <FactList
          facts={[
            { label: '姓名', value: session.user.name },
            { label: '登录名', value: session.user.username },
            { label: '当前机构', value: session.organization.name },
            { label: '机构类型', value: kindLabel(session.organization.kind) },
            { label: '角色', value: roleWords(session) },
          ]}
        />
      </Panel>
      <Panel title="安全">
        <FactList
          columns={2}
          facts={[
            {
              label: '口令',
              value: <LinkButton to="/console/account/password">修改口令</LinkButton>,
            },
            {
              label: '动态口令',
              value: (
                <Space>
                  <Tag variant="filled" color={session.totp_enrolled ? 'success' : 'warning'}>
                    {session.totp_enrolled ? '已启用' : '未启用'}
                  </Tag>
                  {session.totp_enrolled ? null : (
                    <LinkButton to="/console/account/totp">启用</LinkButton>
                  )}
                </Space>
              ),
            },
          ]}
        />
      </Panel>
      <Panel title="所属机构">
        <FactList
          facts={session.memberships.map((membership) => ({
            label: membership.name,
            value: roleWords(membership),
          }))}
        />
      </Panel>
    </>
  );
}
