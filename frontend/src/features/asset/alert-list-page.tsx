import { api } from '@/api/client';
import type { Query } from '@/api/types';
import { formatDate, formatDateTime } from '@/shared/format/date';
import { ListPage } from '@/shared/ui/list-page';
import type { ListColumn } from '@/shared/ui/list-table';
import { statusOptions, StatusTag } from '@/shared/ui/status-tag';
import { keepPrevious, useList } from '@/shared/ui/use-list';

import { alertKind, alertKindOptions, SEVERITY, type AssetAlert } from './status';

type AlertQuery = Query<'/alerts', 'get'>;

const columns: ListColumn<AssetAlert>[] = [
  { key: 'asset', title: '权利', render: (row) => row.asset_title },
  {
    key: 'severity',
    title: '程度',
    card: 'status',
    render: (row) => <StatusTag status={row.severity} map={SEVERITY} />,
  },
  { key: 'kind', title: '事项', render: (row) => alertKind(row.kind) },
  {
    key: 'due',
    title: '期限',
    sort: 'due_on',
    render: (row) => <span className="num">{row.due_on ? formatDate(row.due_on) : '—'}</span>,
  },
  { key: 'owner', title: '权利人', render: (row) => row.enterprise_name },
  { key: 'message', title: '说明', render: (row) => row.message },
  {
    key: 'raised',
    title: '发出时间',
    sort: 'raised_at',
    render: (row) => formatDateTime(row.raised_at),
  },
  {
    key: 'closed',
    title: '解除时间',
    hiddenAtFirst: true,
    card: 'hidden',
    render: (row) => (row.closed_at ? formatDateTime(row.closed_at) : '未解除'),
  },
];

/** What endangers rights as collateral: fees, renewals, proceedings, preservation. */
export function AlertListPage() {
  const list = useList<AlertQuery>({
    filters: ['severity', 'kind', 'closed'],
    defaultSort: '-raised_at',
  });
  const query = api.useQuery('get', '/alerts', { params: { query: list.params } }, keepPrevious);
  return (
    <ListPage<AssetAlert>
      title="权利预警"
      description="系统每日检查年费、续展、无效宣告、保全与评估有效期，临近或出现风险时提醒。"
      list={list}
      query={query}
      columns={columns}
      rowKey={(row) => row.id}
      rowHref={(row) => `/console/assets/${row.asset_id}?tab=alerts`}
      searchHint="权利名称、权利人"
      filters={[
        { type: 'select', name: 'severity', label: '程度', options: statusOptions(SEVERITY) },
        { type: 'select', name: 'kind', label: '事项', options: alertKindOptions },
        {
          type: 'select',
          name: 'closed',
          label: '是否解除',
          options: [{ value: 'true', label: '已解除' }],
        },
      ]}
      empty={{ title: '没有未解除的预警' }}
    />
  );
}
