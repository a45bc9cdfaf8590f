import { BellOutlined } from '@ant-design/icons';
import { Badge } from 'antd';
import { Link } from 'react-router';

import { api } from '@/api/client';

import { useCan } from '@/shared/session';

import styles from './message-bell.module.css';

/** How many messages are unread, and the way to them. Asks again every minute. */
export function MessageBell() {
  const allowed = useCan('message:read');
  const query = api.useQuery(
    'get',
    '/messages',
    // Nobody asked for this: it must not keep an idle session alive.
    { params: { query: { limit: 1, unread: true } }, headers: { 'X-Background': '1' } },
    { refetchInterval: 60_000, enabled: allowed },
  );
  const unread = query.data?.unread ?? 0;
  if (!allowed) return null;
  return (
    <Link
      to="/console/messages"
      className={styles.bell}
      aria-label={unread > 0 ? `消息，${unread} 条未读` : '消息'}
    >
      <Badge count={unread} size="small" overflowCount={99} offset={[4, -2]}>
        <BellOutlined aria-hidden className={styles.icon} />
      </Badge>
    </Link>
  );
}
