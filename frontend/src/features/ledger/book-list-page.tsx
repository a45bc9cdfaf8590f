import { api } from '@/api/client';
import { download } from '@/api/request';
import { formatDate } from '@/shared/format/date';
import { formatCount } from '@/shared/format/rate';
import { Button } from 'antd';

import { Money } from '@/shared/ui/money';
import { PageHeader } from '@/shared/ui/page-header';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';
import { SimpleTable } from '@/shared/ui/simple-table';
import type { ListColumn } from '@/shared/ui/list-table';
import { StatusTag } from '@/shared/ui/status-tag';

import { BOOK_KIND, BOOK_STATUS, type Book } from './status';

const columns: ListColumn<Book>[] = [
  { key: 'name', title: '账簿', render: (b) => b.name },
  { key: 'kind', title: '种类', render: (b) => BOOK_KIND[b.kind] },
  {
    key: 'status',
    title: '状态',
    card: 'status',
    render: (b) => <StatusTag status={b.status} map={BOOK_STATUS} />,
  },
  { key: 'cash', title: '托管存款', align: 'right', render: (b) => <Money value={b.cash} /> },
  { key: 'capital', title: '累计出资', align: 'right', render: (b) => <Money value={b.capital} /> },
  {
    key: 'payable',
    title: '应付补偿款',
    align: 'right',
    render: (b) => <Money value={b.payable} />,
  },
  {
    key: 'exposure',
    title: '在保敞口（备查）',
    align: 'right',
    render: (b) => <Money value={b.exposure} />,
  },
  {
    key: 'entries',
    title: '分录',
    align: 'right',
    render: (b) => <span className="num">{formatCount(b.entries)}</span>,
  },
  {
    key: 'closed',
    title: '已结账至',
    render: (b) => (b.closed_through ? formatDate(b.closed_through) : '尚未结账'),
  },
];

/** Every book with what stands in it. */
export function BookListPage() {
  const query = api.useQuery('get', '/ledger/books');
  return (
    <>
      <PageHeader
        title="基金账簿"
        description="每只基金一本账：复式记账、连续编号、逐笔串链，只增不改。"
        extra={<Button onClick={() => void download('/ledger/books.xlsx')}>导出</Button>}
      />
      <QueryView query={query}>
        {({ items }) => (
          <Panel flush>
            <SimpleTable<Book>
              label="账簿"
              rows={items}
              columns={columns}
              rowKey={(b) => b.id}
              rowHref={(b) => `/console/ledger/${b.id}`}
              empty="还没有账簿。设立基金时自动建账。"
            />
          </Panel>
        )}
      </QueryView>
    </>
  );
}
