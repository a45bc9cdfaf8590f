import { api } from '@/api/client';
import type { Query } from '@/api/types';
import { formatDate, formatDateTime } from '@/shared/format/date';
import { useCan } from '@/shared/session';
import { LinkButton } from '@/shared/ui/link-button';
import { ListPage } from '@/shared/ui/list-page';
import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { statusOptions, StatusTag } from '@/shared/ui/status-tag';
import { keepPrevious, useList } from '@/shared/ui/use-list';

import styles from './fields.module.css';
import { methodWords, VALUATION_STATUS, type ValuationRow } from './status';

type ValuationQuery = Query<'/valuations', 'get'>;

const columns: ListColumn<ValuationRow>[] = [
  {
    key: 'number',
    title: '编号',
    sort: 'number',
    render: (row) => <span className="num">{row.number}</span>,
  },
  {
    key: 'status',
    title: '状态',
    card: 'status',
    render: (row) => <StatusTag status={row.status} map={VALUATION_STATUS} />,
  },
  { key: 'client', title: '委托人', render: (row) => row.client_name },
  {
    key: 'assets',
    title: '评估对象',
    render: (row) => (
      <span className={styles.titles} title={row.asset_titles}>
        {row.asset_titles}
      </span>
    ),
  },
  {
    key: 'count',
    title: '项数',
    align: 'right',
    render: (row) => <span className="num">{row.asset_count}</span>,
    hiddenAtFirst: true,
  },
  {
    key: 'total',
    title: '评估值合计',
    align: 'right',
    sort: 'total',
    render: (row) => <Money value={row.total} />,
  },
  {
    key: 'on',
    title: '基准日',
    sort: 'valuation_on',
    render: (row) => (
      <span className="num">{row.valuation_on ? formatDate(row.valuation_on) : '—'}</span>
    ),
  },
  {
    key: 'until',
    title: '有效期至',
    render: (row) => (
      <span className="num">
        {row.valid_until ? formatDate(row.valid_until) : '—'}
        {row.stale ? '（已过期）' : ''}
      </span>
    ),
  },
  { key: 'firm', title: '评估机构', render: (row) => row.firm_name },
  { key: 'method', title: '方法', render: (row) => methodWords(row), hiddenAtFirst: true },
  {
    key: 'created',
    title: '委托时间',
    sort: 'created_at',
    hiddenAtFirst: true,
    card: 'hidden',
    render: (row) => formatDateTime(row.created_at),
  },
];

/** Orders to appraisal firms and the reports that answer them. */
export function ValuationListPage() {
  const list = useList<ValuationQuery>({
    filters: ['status', 'asset_id', 'firm_id'],
    defaultSort: '-created_at',
  });
  const query = api.useQuery(
    'get',
    '/valuations',
    { params: { query: list.params } },
    keepPrevious,
  );
  const order = useCan('valuation:order') ? (
    <LinkButton type="primary" to="/console/valuations/new">
      委托评估
    </LinkButton>
  ) : null;
  return (
    <ListPage<ValuationRow>
      title="评估"
      description="企业委托评估机构评估；报告由两名评估师签署、机构审核后出具，自基准日起一年内有效。平台不作评估。"
      list={list}
      query={query}
      columns={columns}
      rowKey={(row) => row.id}
      rowHref={(row) => `/console/valuations/${row.id}`}
      searchHint="编号、委托人、评估机构"
      filters={[
        { type: 'select', name: 'status', label: '状态', options: statusOptions(VALUATION_STATUS) },
      ]}
      exportPath="/valuations/export.xlsx"
      empty={{
        title: '还没有评估委托',
        description: order ? '选择已核验的知识产权与评估机构即可委托。' : undefined,
        action: order,
      }}
      extra={order}
    />
  );
}
