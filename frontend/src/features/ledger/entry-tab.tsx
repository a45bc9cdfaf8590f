import { Tag } from 'antd';

import { api } from '@/api/client';
import type { Item, Query } from '@/api/types';
import { formatDate, formatDateTime } from '@/shared/format/date';
import { ListSection } from '@/shared/ui/list-page';
import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { keepPrevious, useList } from '@/shared/ui/use-list';

import { ENTRY_KINDS } from './status';

type Entry = Item<'/ledger/books/{id}/entries'>;
type EntryQuery = Query<'/ledger/books/{id}/entries', 'get'>;

const columns: ListColumn<Entry>[] = [
  {
    key: 'seq',
    title: '序号',
    render: (e) => <span className="num">第 {e.seq} 号</span>,
    sort: 'seq',
  },
  { key: 'on', title: '记账日期', render: (e) => formatDate(e.effective_on), sort: 'effective_on' },
  { key: 'kind', title: '种类', render: (e) => e.kind_text },
  {
    key: 'reference',
    title: '业务编号',
    render: (e) => <span className="num">{e.reference}</span>,
  },
  {
    key: 'amount',
    title: '金额',
    align: 'right',
    render: (e) => <Money value={e.amount} variant="exact" />,
  },
  { key: 'narrative', title: '摘要', render: (e) => e.narrative, card: 'hidden' },
  {
    key: 'people',
    title: '经办 / 复核',
    render: (e) => `${e.maker_name || '系统'} / ${e.checker_name || '无'}`,
    card: 'hidden',
  },
  {
    key: 'reversal',
    title: '冲正',
    card: 'status',
    render: (e) =>
      e.reversal ? (
        <Tag color="warning">冲正分录</Tag>
      ) : e.reversed_by ? (
        <Tag color="default">已由第 {e.reversed_by} 号冲正</Tag>
      ) : null,
  },
  {
    key: 'posted',
    title: '入账时间',
    render: (e) => formatDateTime(e.posted_at),
    sort: 'posted_at',
    hiddenAtFirst: true,
    card: 'hidden',
  },
];

/** The journal of a book, newest first. */
export function EntryTab({ bookId }: { bookId: string }) {
  const list = useList<EntryQuery>({ filters: ['kind', 'from', 'to'], defaultSort: '-seq' });
  const query = api.useQuery(
    'get',
    '/ledger/books/{id}/entries',
    { params: { path: { id: bookId }, query: list.params } },
    keepPrevious,
  );
  return (
    <ListSection<Entry>
      title="分录"
      list={list}
      query={query}
      columns={columns}
      rowKey={(e) => e.id}
      rowHref={(e) => `/console/ledger/entries/${e.id}`}
      searchHint="业务编号、摘要、经办人"
      filters={[
        { type: 'select', name: 'kind', label: '种类', options: ENTRY_KINDS },
        { type: 'date-range', from: 'from', to: 'to', label: '记账日期' },
      ]}
      exportPath={`/ledger/books/${bookId}/entries.xlsx`}
      empty={{ title: '还没有分录', description: '出资入账后，这里按序号列出每一笔。' }}
    />
  );
}
