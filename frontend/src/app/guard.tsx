import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { Navigate, Outlet, useLocation } from 'react-router';

import { Forbidden } from '@/app/forbidden';
import { toProblem } from '@/api/problem';
import { meets, sessionQuery, useSession, type Access } from '@/shared/session';
import { PageSkeleton } from '@/shared/ui/page-skeleton';
import { ProblemView } from '@/shared/ui/problem-view';

/** Pages on which a session that still owes something may settle it. */
const SETTLING = ['/console/account/password', '/console/account/totp'];

/** Lets only signed-in people in, and first has them settle what their account owes. */
export function RequireSession() {
  const { data: session, error, isPending, refetch } = useQuery(sessionQuery);
  const location = useLocation();
  const was = useRef(false);
  useEffect(() => {
    if (session) was.current = true;
  }, [session]);

  if (isPending) return <PageSkeleton />;
  if (error && !session) {
    return <ProblemView problem={toProblem(error)} onRetry={() => void refetch()} />;
  }
  if (!session) {
    const next = encodeURIComponent(location.pathname + location.search);
    // Somebody was here a moment ago: say why they are sent to the door.
    return <Navigate replace to={`/sign-in?next=${next}${was.current ? '&expired' : ''}`} />;
  }
  const owed = session.must_change_password
    ? SETTLING[0]
    : session.totp_required && !session.totp_enrolled
      ? SETTLING[1]
      : undefined;
  if (owed && location.pathname !== owed) return <Navigate replace to={owed} />;
  return <Outlet />;
}

/** Shows the page, or says that the role doesn't reach that far. */
export function Guard({ access }: { access: Access }) {
  return meets(useSession(), access) ? <Outlet /> : <Forbidden />;
}
