import { api } from '@/api/client';
import type { Query } from '@/api/types';
import { formatDate } from '@/shared/format/date';
import { useCan } from '@/shared/session';
import { LinkButton } from '@/shared/ui/link-button';
import { ListPage } from '@/shared/ui/list-page';
import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { statusOptions, StatusTag } from '@/shared/ui/status-tag';
import { keepPrevious, useList } from '@/shared/ui/use-list';

import { CALL_STATUS, type Call } from './status';

type CallQuery = Query<'/subsidy-calls', 'get'>;

const columns: ListColumn<Call>[] = [
  { key: 'title', title: '征集', render: (row) => row.title },
  {
    key: 'status',
    title: '状态',
    card: 'status',
    render: (row) => <StatusTag status={row.status} map={CALL_STATUS} />,
  },
  {
    key: 'window',
    title: '受理时间',
    render: (row) => (
      <span className="num">
        {formatDate(row.opens_on)} 至 {formatDate(row.closes_on)}
      </span>
    ),
    sort: 'closes_on',
  },
  { key: 'open', title: '当前受理', render: (row) => (row.open ? '是' : '否') },
  { key: 'kinds', title: '种类', render: (row) => row.kinds_text },
  {
    key: 'budget',
    title: '预算',
    align: 'right',
    render: (row) => <Money value={row.budget} />,
    sort: 'budget',
  },
  {
    key: 'granted',
    title: '已核定',
    align: 'right',
    render: (row) => <Money value={row.granted} />,
  },
  { key: 'left', title: '余额', align: 'right', render: (row) => <Money value={row.left} /> },
  {
    key: 'applications',
    title: '申请数',
    align: 'right',
    render: (row) => <span className="num">{row.applications}</span>,
  },
  {
    key: 'number',
    title: '编号',
    render: (row) => <span className="num">{row.number}</span>,
    sort: 'number',
    card: 'hidden',
    hiddenAtFirst: true,
  },
];

/** Calls for subsidy applications. */
export function CallListPage() {
  const list = useList<CallQuery>({ filters: ['status'], defaultSort: '-created_at' });
  const query = api.useQuery(
    'get',
    '/subsidy-calls',
    { params: { query: list.params } },
    keepPrevious,
  );
  const mayDraft = useCan('subsidy_call:draft');
  const draft = mayDraft ? (
    <LinkButton type="primary" to="/console/subsidy-calls/new">
      起草征集
    </LinkButton>
  ) : null;
  return (
    <ListPage<Call>
      title="补助征集"
      description="按年度和预算征集贷款贴息、评估费、担保费、保费补助申请；经办起草、复核签署后发布。"
      list={list}
      query={query}
      columns={columns}
      rowKey={(row) => row.id}
      rowHref={(row) => `/console/subsidy-calls/${row.id}`}
      searchHint="编号、名称"
      filters={[
        { type: 'select', name: 'status', label: '状态', options: statusOptions(CALL_STATUS) },
      ]}
      exportPath="/subsidy-calls/export.xlsx"
      empty={{ title: '还没有补助征集', description: '由知识产权局起草并发布。', action: draft }}
      extra={draft}
    />
  );
}
