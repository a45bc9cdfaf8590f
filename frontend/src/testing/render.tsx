import { render as renderBare, type RenderResult } from '@testing-library/react';
import type { ReactElement } from 'react';
// Not from react-router/dom: under Node that is a second copy, with contexts of its own.
import { createMemoryRouter, RouterProvider } from 'react-router';

import { Providers } from '@/app/providers';
import type { Session } from '@/shared/session';
import { answer, server } from '@/testing/server';

export { screen, waitFor, within } from '@testing-library/react';

/** Somebody to be: a loan officer unless the test says otherwise. */
export function sessionOf(change: Partial<Session> = {}): Session {
  const organization = {
    id: 'org-1',
    name: '邵阳资江银行',
    kind: 'bank',
    status: 'admitted' as const,
  };
  return {
    user: { id: 'user-1', name: '李安', username: 'bank.officer' },
    organization,
    roles: ['loan_officer'],
    role_names: ['客户经理'],
    demo: false,
    idle_seconds: 1800,
    permissions: [],
    must_change_password: false,
    totp_enrolled: true,
    totp_required: false,
    memberships: [],
    ...change,
  };
}

interface Options {
  /** The route's pattern, for pages that read parameters. */
  path?: string;
  /** The address to begin at. */
  at?: string;
  /** What differs from the loan officer; null for a stranger. */
  session?: Partial<Session> | null;
}

/** Renders inside everything a page stands in: theme, queries, session, router. */
export function render(
  element: ReactElement,
  { path = '/', at = path, session = {} }: Options = {},
): RenderResult & { router: ReturnType<typeof createMemoryRouter> } {
  if (session) {
    localStorage.setItem('signed-in', 'yes');
    server.use(answer('get', '/session', sessionOf(session) as never));
  }
  const router = createMemoryRouter(
    [
      { path, element },
      { path: '*', element: null },
    ],
    {
      initialEntries: [at],
    },
  );
  const result = renderBare(
    <Providers>
      <RouterProvider router={router} />
    </Providers>,
  );
  return { ...result, router };
}
