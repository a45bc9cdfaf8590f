import { useQuery } from '@tanstack/react-query';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';

import { requestJSON } from '@/api/request';
import { ListPage } from '@/shared/ui/list-page';
import type { ListColumn, ListData } from '@/shared/ui/list-table';
import { keepPrevious, useList } from '@/shared/ui/use-list';
import { render, screen, waitFor, within } from '@/testing/render';
import { answerAny, refuse, server, type Seen } from '@/testing/server';

interface Row {
  id: string;
  name: string;
  status: string;
}

const columns: ListColumn<Row>[] = [
  { key: 'name', title: '名称', render: (row) => row.name, sort: 'name' },
  { key: 'status', title: '状态', render: (row) => row.status, card: 'status' },
  { key: 'id', title: '编号', render: (row) => row.id },
  { key: 'note', title: '备注', render: () => '无', hiddenAtFirst: true },
];

function Page() {
  const list = useList<Record<string, string>>({ filters: ['status'], defaultSort: '-name' });
  const query = useQuery({
    queryKey: ['rows', list.params],
    queryFn: () => requestJSON<ListData<Row>>('GET', '/rows', { query: list.params }),
    ...keepPrevious,
  });
  return (
    <ListPage<Row>
      title="名册"
      list={list}
      query={query}
      columns={columns}
      rowKey={(row) => row.id}
      rowHref={(row) => `/rows/${row.id}`}
      searchHint="名称"
      filters={[
        {
          type: 'select',
          name: 'status',
          label: '状态',
          options: [{ value: 'open', label: '招标中' }],
        },
      ]}
      empty={{ title: '还没有名册' }}
    />
  );
}

const rows: Row[] = [{ id: '1', name: '甲', status: '招标中' }];
const some = { items: rows, next_cursor: 'c2', total: 5000, total_exact: false };
const wide = window.matchMedia.bind(window);
const asked = (seen: Seen[]) => Object.fromEntries(seen.at(-1)?.url.searchParams ?? []);

describe('ListPage', () => {
  it('shows rows as links, and says that there are more than were counted', async () => {
    server.use(answerAny('get', '/rows', some));
    render(<Page />);
    expect(await screen.findByRole('link', { name: '甲' })).toHaveAttribute('href', '/rows/1');
    expect(screen.getByText('共 5,000+ 条')).toBeVisible();
    expect(screen.queryByText('备注')).not.toBeInTheDocument();
  });

  it('keeps what was asked for in the address, and asks the server for it', async () => {
    const seen: Seen[] = [];
    server.use(answerAny('get', '/rows', some, seen));
    const { router } = render(<Page />, { at: '/?status=open' });
    await screen.findByRole('link', { name: '甲' });
    expect(asked(seen)).toEqual({ limit: '20', sort: '-name', status: 'open' });

    await userEvent.type(screen.getByLabelText('搜索名称'), '乙{Enter}');
    await waitFor(() => expect(asked(seen)).toMatchObject({ q: '乙', status: 'open' }));
    expect(router.state.location.search).toContain('q=');
  });

  it('goes to the next page and back again', async () => {
    const seen: Seen[] = [];
    server.use(answerAny('get', '/rows', some, seen));
    render(<Page />);
    await userEvent.click(await screen.findByRole('button', { name: '下一页' }));
    await waitFor(() => expect(asked(seen)).toMatchObject({ cursor: 'c2' }));
    expect(screen.getByText('第 2 页')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: '上一页' }));
    expect(await screen.findByText('第 1 页')).toBeVisible();
  });

  it('tells nothing yet from nothing found', async () => {
    const none = { items: [], next_cursor: '', total: 0, total_exact: true };
    server.use(answerAny('get', '/rows', none));
    const first = render(<Page />);
    expect(await screen.findByText('还没有名册')).toBeVisible();
    first.unmount();
    render(<Page />, { at: '/?q=x' });
    expect(await screen.findByText('没有符合条件的记录')).toBeVisible();
  });

  it('shows a refusal in the words of the server', async () => {
    server.use(refuse('get', '/rows', 403, { code: 'denied', detail: '您的角色没有查看权限' }));
    render(<Page />);
    expect(await screen.findByText('您的角色没有查看权限')).toBeVisible();
  });

  it('becomes cards on a phone', async () => {
    const spy = vi.spyOn(window, 'matchMedia');
    spy.mockImplementation((query) => ({ ...wide(query), matches: query.includes('767px') }));
    server.use(answerAny('get', '/rows', some));
    render(<Page />);
    const card = await screen.findByRole('listitem');
    expect(within(card).getByText('编号')).toBeVisible();
    expect(screen.queryByRole('table')).not.toBeInTheDocument();
    spy.mockRestore();
  });
});
