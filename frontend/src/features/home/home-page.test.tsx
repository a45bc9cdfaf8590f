import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';

import { render, screen, within } from '@/testing/render';
import { answer, server } from '@/testing/server';

import { HomePage } from './home-page';

const item = {
  kind: 'organization.admit',
  title: '审核机构入驻申请',
  detail: '邵阳市新厂有限公司',
  subject_kind: 'organization',
  subject_id: '1',
  number: 'JG2026000001',
  link: '/console/organizations/1',
  since: '2026-03-01T01:00:00Z',
  provisional: false,
};

describe('HomePage', () => {
  it('lists what waits and picks out what is late', async () => {
    server.use(
      answer('get', '/todo', {
        items: [
          { ...item, due_on: '2026-03-02', days_left: -2 },
          { ...item, subject_id: '2', detail: '另一家', due_on: '2026-12-02', days_left: 9 },
        ],
      }),
    );
    render(<HomePage />);
    const list = within(await screen.findByRole('region', { name: '我的待办' }));
    expect(list.getAllByRole('link')).toHaveLength(2);
    expect(list.getByText('已超期 2 个工作日')).toBeInTheDocument();
    expect(list.getAllByRole('link')[0]).toHaveAttribute('href', '/console/organizations/1');

    await userEvent.click(list.getByText('已超期 1'));
    expect(list.getAllByRole('link')).toHaveLength(1);
  });

  it('says so when nothing waits', async () => {
    server.use(answer('get', '/todo', { items: [] }));
    render(<HomePage />);
    expect(await screen.findByText('没有待办事项')).toBeInTheDocument();
  });
});
