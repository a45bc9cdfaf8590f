import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';

import { SignInPage } from '@/features/session/sign-in-page';
import { render, screen, sessionOf, waitFor } from '@/testing/render';
import { answer, refuse, server, type Seen } from '@/testing/server';

const demo = {
  items: [
    {
      username: 'bank.officer',
      name: '李安',
      organization: '邵阳资江银行',
      role_name: '客户经理',
      password: 'Shaoyang@2026',
    },
  ],
};

function open(at = '/sign-in') {
  server.use(
    answer('get', '/portal/demo-accounts', { items: [] }),
    // Asked again once somebody is in.
    answer('get', '/session', sessionOf()),
  );
  return render(<SignInPage />, { path: '/sign-in', at, session: null });
}

async function enter() {
  await userEvent.type(screen.getByLabelText('登录名'), 'bank.officer');
  await userEvent.type(screen.getByLabelText('口令'), 'Secret@2026');
  await userEvent.click(screen.getByRole('button', { name: '登录' }));
}

describe('signing in', () => {
  it('leads back to where one wanted to go', async () => {
    const seen: Seen[] = [];
    server.use(answer('post', '/session', sessionOf(), seen));
    const { router } = open('/sign-in?next=%2Fconsole%2Fneeds%3Fstatus%3Dopen');
    await enter();
    await waitFor(() => expect(router.state.location.pathname).toBe('/console/needs'));
    expect(router.state.location.search).toBe('?status=open');
    expect(seen[0]?.body).toEqual({ username: 'bank.officer', password: 'Secret@2026' });
  });

  it('stays signed in when the cache asks again at once', async () => {
    const asked: Seen[] = [];
    server.use(answer('post', '/session', sessionOf()));
    const { router } = open();
    server.use(answer('get', '/session', sessionOf(), asked));
    await enter();
    await waitFor(() => expect(router.state.location.pathname).toBe('/console'));
    await waitFor(() => expect(asked.length).toBeGreaterThan(0));
  });

  it('never leads to another site', async () => {
    server.use(answer('post', '/session', sessionOf()));
    const { router } = open('/sign-in?next=%2F%2Fevil.example');
    await enter();
    await waitFor(() => expect(router.state.location.pathname).toBe('/console'));
  });

  it('says why it was refused', async () => {
    server.use(
      refuse('post', '/session', 401, { code: 'sign_in_refused', detail: '登录名或口令不正确' }),
    );
    open();
    await enter();
    expect(await screen.findByText('登录名或口令不正确')).toBeInTheDocument();
  });

  it('asks for the second factor only once the server does', async () => {
    server.use(
      refuse('post', '/session', 401, { code: 'totp_required', detail: '请输入动态口令' }),
    );
    open();
    expect(screen.queryByLabelText('动态口令')).not.toBeInTheDocument();
    await enter();
    expect(await screen.findByLabelText('动态口令')).toBeInTheDocument();
  });

  it('takes one click as somebody of the demo', async () => {
    const seen: Seen[] = [];
    server.use(
      answer('get', '/portal/demo-accounts', demo),
      answer('post', '/session', sessionOf(), seen),
      answer('get', '/session', sessionOf()),
    );
    render(<SignInPage />, { path: '/sign-in', session: null });
    await userEvent.click(await screen.findByRole('button', { name: /李安/ }));
    await waitFor(() => expect(seen).toHaveLength(1));
    expect(seen[0]?.body).toEqual({ username: 'bank.officer', password: 'Shaoyang@2026' });
  });
});
