import { Navigate } from 'react-router';

import { useSession } from '@/shared/session';
import { EmptyState } from '@/shared/ui/empty-state';

/** One's own organisation has the same page as any other; this only leads there. */
export function OwnPage() {
  const session = useSession();
  if (!session) return null;
  if (!session.organization.kind) {
    return <EmptyState page title="您的账号还没有所属单位" description="请联系系统管理员。" />;
  }
  return <Navigate replace to={`/console/organizations/${session.organization.id}`} />;
}
