import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';

import { client } from '@/api/client';
import { toProblem } from '@/api/problem';
import type { Answer } from '@/api/types';

export type Session = Answer<'/session', 'get'>;

/** Remembers that somebody signed in here, so that strangers' visits ask for no session. */
const HINT = 'signed-in';

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  /** null says that nobody is signed in, which is no failure. */
  queryFn: async (): Promise<Session | null> => {
    const inside = window.location.pathname.startsWith('/console');
    if (!inside && localStorage.getItem(HINT) === null) return null;
    try {
      const { data } = await client.GET('/session');
      rememberSignIn();
      return data ?? null;
    } catch (error) {
      const problem = toProblem(error);
      if (problem.status !== 401) throw problem;
      localStorage.removeItem(HINT);
      return null;
    }
  },
  staleTime: 60_000,
});

/** Who is signed in: undefined while unknown, null for nobody. */
export function useSession(): Session | null | undefined {
  return useQuery(sessionQuery).data;
}

/** To be called as soon as the server has let somebody in: the next question is then worth asking. */
export function rememberSignIn(): void {
  localStorage.setItem(HINT, 'yes');
}

/** Notes what the server said about the session after it changed. */
export function useSetSession(): (session: Session | null) => void {
  const queries = useQueryClient();
  return (session) => queries.setQueryData(sessionQuery.queryKey, session);
}

/** What a page or a menu entry asks of the session; each given condition must hold. */
export interface Access {
  /** Any of these permissions, such as "bid:accept". */
  permission?: string | readonly string[];
  /** Any of these roles, such as "loan_officer". */
  roles?: readonly string[];
  /** Acting for an organisation of one of these kinds, such as "bank". */
  kinds?: readonly string[];
}

/** Whether the session meets the conditions. A courtesy: the server decides. */
export function meets(session: Session | null | undefined, access: Access): boolean {
  if (!session) return false;
  const { permission, roles, kinds } = access;
  const held: readonly string[] = session.permissions;
  const wanted = permission === undefined ? [] : [permission].flat();
  return (
    (wanted.length === 0 || wanted.some((each) => held.includes(each))) &&
    (!roles || roles.some((role) => (session.roles as readonly string[]).includes(role))) &&
    (!kinds || kinds.includes(session.organization.kind))
  );
}

/** The roles in words: "客户经理、银行复核". */
export function roleWords(holder: { role_names: readonly string[] }): string {
  return holder.role_names.join('、') || '未分配角色';
}

/** Whether the signed-in person holds a permission. */
export function useCan(permission: string | readonly string[]): boolean {
  return meets(useSession(), { permission });
}
