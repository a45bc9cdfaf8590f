import { api } from '@/api/client';
import { Rate } from '@/shared/ui/rate';
import type { Item, Query } from '@/api/types';
import { useCan } from '@/shared/session';
import { LinkButton } from '@/shared/ui/link-button';
import { ListPage } from '@/shared/ui/list-page';
import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { statusOptions, StatusTag } from '@/shared/ui/status-tag';
import { keepPrevious, useList } from '@/shared/ui/use-list';

import { BREAKER, FUND_STATUS } from './status';

type Row = Item<'/funds'>;
type RowQuery = Query<'/funds', 'get'>;

const columns: ListColumn<Row>[] = [
  { key: 'name', title: '基金', render: (row) => row.name, sort: 'name' },
  { key: 'area', title: '区域', render: (row) => row.area_name || '—' },
  {
    key: 'status',
    title: '状态',
    card: 'status',
    render: (row) =>
      row.status === 'active' ? (
        <StatusTag status={row.breaker} map={BREAKER} />
      ) : (
        <StatusTag status={row.status} map={FUND_STATUS} />
      ),
  },
  {
    key: 'balance',
    title: '余额',
    align: 'right',
    render: (row) => <Money value={row.figures.balance} />,
  },
  {
    key: 'available',
    title: '可用余额',
    align: 'right',
    render: (row) => <Money value={row.figures.available} />,
  },
  {
    key: 'enrolled',
    title: '在保余额',
    align: 'right',
    render: (row) => <Money value={row.figures.enrolled} />,
  },
  {
    key: 'exposure',
    title: '基金敞口',
    align: 'right',
    render: (row) => <Money value={row.figures.exposure} />,
  },
  {
    key: 'leverage',
    title: '放大倍数',
    align: 'right',
    render: (row) => (
      <span className="num">
        {row.figures.leverage
          ? `${row.figures.leverage} / ${row.figures.leverage_limit} 倍`
          : '暂无数据'}
      </span>
    ),
  },
  {
    key: 'npl',
    title: '不良率',
    align: 'right',
    render: (row) => <Rate value={row.figures.npl_ratio} variant="ratio" />,
  },
  {
    key: 'custody',
    title: '托管银行',
    render: (row) => row.custody_bank || '—',
    hiddenAtFirst: true,
    card: 'hidden',
  },
];

/** The city's fund and the sub-funds of counties and parks. */
export function FundListPage() {
  const list = useList<RowQuery>({ filters: ['status'], defaultSort: 'created_at' });
  const query = api.useQuery('get', '/funds', { params: { query: list.params } }, keepPrevious);
  const open = useCan('fund:open') ? (
    <LinkButton type="primary" to="/console/funds/new">
      设立子基金
    </LinkButton>
  ) : null;
  return (
    <ListPage<Row>
      title="风险补偿基金"
      description="市级基金与县市区、园区子基金分别设账；每一分钱都可以追到账簿中的分录。"
      list={list}
      query={query}
      columns={columns}
      rowKey={(row) => row.id}
      rowHref={(row) => `/console/funds/${row.id}`}
      searchHint="名称、区域、托管银行"
      filters={[
        { type: 'select', name: 'status', label: '状态', options: statusOptions(FUND_STATUS) },
      ]}
      exportPath="/funds/export.xlsx"
      empty={{ title: '还没有设立基金', action: open }}
      extra={open}
    />
  );
}
