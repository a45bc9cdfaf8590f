import { describe, expect, it } from 'vitest';

import { Guard, RequireSession } from '@/app/guard';
import { meets, type Session } from '@/shared/session';
import { render, screen, sessionOf, waitFor } from '@/testing/render';
import { refuse, server } from '@/testing/server';

describe('what a session may see', () => {
  const session = (change: Partial<Session>) => sessionOf(change);

  it('follows the permissions, any of several', () => {
    const held = session({ permissions: ['bid:read'] });
    expect(meets(held, { permission: 'bid:read' })).toBe(true);
    expect(meets(held, { permission: ['bid:create', 'bid:read'] })).toBe(true);
    expect(meets(held, { permission: 'bid:create' })).toBe(false);
  });

  it('asks every condition that is given', () => {
    const held = session({ permissions: ['bid:read'] });
    expect(meets(held, { permission: 'bid:read', kinds: ['enterprise'] })).toBe(false);
    expect(meets(held, { roles: ['loan_officer'], kinds: ['bank'] })).toBe(true);
  });

  it('is nothing for a stranger', () => {
    expect(meets(null, {})).toBe(false);
    expect(meets(undefined, {})).toBe(false);
  });
});

describe('the console', () => {
  it('sends a stranger to the door, and remembers where to', async () => {
    const { router } = render(<RequireSession />, {
      path: '/console/needs',
      at: '/console/needs?q=1',
      session: null,
    });
    await waitFor(() => expect(router.state.location.pathname).toBe('/sign-in'));
    expect(router.state.location.search).toBe('?next=%2Fconsole%2Fneeds%3Fq%3D1');
  });

  it('first has an initial password changed', async () => {
    const { router } = render(<RequireSession />, {
      path: '/console/needs',
      session: { must_change_password: true },
    });
    await waitFor(() => expect(router.state.location.pathname).toBe('/console/account/password'));
  });

  it('first has the second factor enrolled where the role needs one', async () => {
    const { router } = render(<RequireSession />, {
      path: '/console/needs',
      session: { totp_required: true, totp_enrolled: false },
    });
    await waitFor(() => expect(router.state.location.pathname).toBe('/console/account/totp'));
  });

  it('says so when the server cannot be asked, instead of signing out', async () => {
    // The address of the browser itself decides whether a stranger's session is asked for.
    localStorage.setItem('signed-in', 'yes');
    server.use(
      refuse('get', '/session', 500, { code: 'internal', detail: '系统出错，请稍后再试' }),
    );
    const { router } = render(<RequireSession />, { path: '/console/needs', session: null });
    expect(await screen.findByText(/系统出错/)).toBeInTheDocument();
    expect(router.state.location.pathname).toBe('/console/needs');
  });

  it('names the present identity on a page that it may not see', async () => {
    render(<Guard access={{ permission: 'fund:pay' }} />);
    expect(await screen.findByText(/邵阳资江银行（客户经理）/)).toBeInTheDocument();
  });
});
