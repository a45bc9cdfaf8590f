import { api } from '@/api/client';
import type { Query } from '@/api/types';
import { formatDateTime } from '@/shared/format/date';
import { useCan } from '@/shared/session';
import { LinkButton } from '@/shared/ui/link-button';
import { ListPage } from '@/shared/ui/list-page';
import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { statusOptions, StatusTag } from '@/shared/ui/status-tag';
import { keepPrevious, useList } from '@/shared/ui/use-list';

import { BATCH_STATUS, type Batch } from './status';

type BatchQuery = Query<'/subsidy-batches', 'get'>;

const columns: ListColumn<Batch>[] = [
  {
    key: 'number',
    title: '批次',
    render: (row) => <span className="num">{row.number}</span>,
    sort: 'number',
  },
  {
    key: 'status',
    title: '状态',
    card: 'status',
    render: (row) => <StatusTag status={row.status} map={BATCH_STATUS} />,
  },
  { key: 'call', title: '征集', render: (row) => row.call_title },
  {
    key: 'items',
    title: '笔数',
    align: 'right',
    render: (row) => <span className="num">{row.items}</span>,
  },
  {
    key: 'total',
    title: '金额',
    align: 'right',
    render: (row) => <Money value={row.total} variant="exact" />,
    sort: 'total',
  },
  { key: 'maker', title: '经办', render: (row) => row.maker_name },
  { key: 'checker', title: '复核', render: (row) => row.checker_name || '—' },
  {
    key: 'made',
    title: '提交时间',
    render: (row) => formatDateTime(row.created_at),
    sort: 'created_at',
    card: 'hidden',
  },
];

/** Payouts of subsidies, batch by batch. */
export function BatchListPage() {
  const list = useList<BatchQuery>({ filters: ['status'], defaultSort: '-created_at' });
  const query = api.useQuery(
    'get',
    '/subsidy-batches',
    { params: { query: list.params } },
    keepPrevious,
  );
  const mayPay = useCan('subsidy:pay');
  const make = mayPay ? (
    <LinkButton type="primary" to="/console/subsidy-batches/new">
      新建拨付批次
    </LinkButton>
  ) : null;
  return (
    <ListPage<Batch>
      title="补助拨付"
      description="公示期满、没有异议的补助列入批次，财政局经办提交、复核签署后逐笔入账。"
      list={list}
      query={query}
      columns={columns}
      rowKey={(row) => row.id}
      rowHref={(row) => `/console/subsidy-batches/${row.id}`}
      searchHint="批次、征集、说明"
      filters={[
        { type: 'select', name: 'status', label: '状态', options: statusOptions(BATCH_STATUS) },
      ]}
      exportPath="/subsidy-batches/export.xlsx"
      empty={{ title: '还没有拨付批次', action: make }}
      extra={make}
    />
  );
}
