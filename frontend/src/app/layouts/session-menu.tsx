import { DownOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Dropdown, type MenuProps } from 'antd';
import { useNavigate } from 'react-router';

import { client } from '@/api/client';
import { roleWords, sessionQuery, useSession } from '@/shared/session';

import styles from './session-menu.module.css';

/** Who is signed in, for whom; switching the organisation, the account, signing out. */
export function SessionMenu() {
  const session = useSession();
  const queries = useQueryClient();
  const navigate = useNavigate();

  const leave = useMutation({
    meta: { keep: true },
    mutationFn: () => client.DELETE('/session'),
    // A new document: nothing of this person stays in the memory of a shared computer.
    onSuccess: () => window.location.assign('/sign-in'),
  });
  const change = useMutation({
    mutationFn: (organization_id: string) =>
      client.POST('/session/switch', { body: { organization_id } }),
    onSuccess: async () => {
      // Nothing that was read for the other organisation may stay on screen.
      queries.removeQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
      await queries.refetchQueries(sessionQuery);
      void navigate('/console');
    },
  });

  if (!session) return null;
  const roles = roleWords(session);
  const others = session.memberships.filter(
    (membership) => membership.organization_id !== session.organization.id,
  );
  const items: MenuProps['items'] = [
    {
      key: 'who',
      type: 'group',
      label: (
        <span className={styles.card}>
          <strong>{session.user.name}</strong>
          <span>{session.organization.name}</span>
          <span>{roles}</span>
        </span>
      ),
    },
    { type: 'divider' },
    ...(others.length > 0
      ? [
          {
            key: 'switch',
            label: '切换机构',
            children: others.map((membership) => ({
              key: membership.organization_id,
              label: `${membership.name}（${roleWords(membership)}）`,
              onClick: () => change.mutate(membership.organization_id),
            })),
          },
        ]
      : []),
    { key: 'account', label: '我的账号', onClick: () => void navigate('/console/account') },
    { key: 'leave', label: '退出登录', onClick: () => leave.mutate() },
  ];

  return (
    <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
      <button type="button" className={styles.trigger} aria-label={`账号：${session.user.name}`}>
        <span className={styles.avatar} aria-hidden>
          {session.user.name.slice(0, 1)}
        </span>
        <span className={styles.names}>
          <span className={styles.name}>{session.user.name}</span>
          <span className={styles.role}>{roles}</span>
        </span>
        <DownOutlined aria-hidden className={styles.arrow} />
      </button>
    </Dropdown>
  );
}
