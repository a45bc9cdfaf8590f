import { api } from '@/api/client';
import type { Item, Query } from '@/api/types';
import { formatDate } from '@/shared/format/date';
import { ListPage } from '@/shared/ui/list-page';
import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { Rate } from '@/shared/ui/rate';
import { StatCard, StatRow } from '@/shared/ui/stat-card';
import { keepPrevious, useList } from '@/shared/ui/use-list';

type Row = Item<'/indicators/disbursements'>;
type RowQuery = Query<'/indicators/disbursements', 'get'>;

const columns: ListColumn<Row>[] = [
  { key: 'number', title: '贷款编号', render: (row) => <span className="num">{row.number}</span> },
  { key: 'borrower', title: '企业', render: (row) => row.borrower },
  {
    key: 'area',
    title: '县市区',
    render: (row) => [row.area_name, row.park_name].filter(Boolean).join(' · '),
  },
  { key: 'bank', title: '银行', render: (row) => row.bank_name },
  {
    key: 'on',
    title: '放款日期',
    render: (row) => formatDate(row.disbursed_on),
    sort: 'disbursed_on',
  },
  {
    key: 'amount',
    title: '放款金额',
    align: 'right',
    render: (row) => <Money value={row.amount} />,
    sort: 'amount',
  },
  {
    key: 'line',
    title: '授信金额',
    align: 'right',
    render: (row) => <Money value={row.credit_line} />,
  },
  {
    key: 'registered',
    title: '登记金额',
    align: 'right',
    render: (row) => <Money value={row.registered} />,
  },
  {
    key: 'rate',
    title: '年利率',
    align: 'right',
    render: (row) => <Rate value={row.annual_rate} />,
  },
  {
    key: 'rest',
    title: '余额',
    align: 'right',
    render: (row) => <Money value={row.outstanding} />,
  },
];

/** The loans behind a figure; their sum is the figure. */
export function DisbursementPage() {
  const list = useList<RowQuery>({
    filters: ['year', 'month', 'area_code', 'park_code', 'bank_id'],
    defaultSort: '-disbursed_on',
  });
  const query = api.useQuery(
    'get',
    '/indicators/disbursements',
    { params: { query: list.params } },
    keepPrevious,
  );
  return (
    <ListPage<Row>
      title="放款明细"
      description="年度质押融资额由下列放款逐笔相加而得。"
      list={list}
      query={query}
      columns={columns}
      rowKey={(row) => row.loan_id}
      rowHref={(row) => `/console/loans/${row.loan_id}`}
      searchHint="贷款编号、企业、银行"
      filters={[
        { type: 'text', name: 'year', label: '年份' },
        { type: 'text', name: 'month', label: '月份' },
      ]}
      exportPath="/indicators/disbursements/export.xlsx"
      empty={{ title: '该范围内没有放款' }}
      above={
        <StatRow>
          <StatCard label="明细合计（等于对应指标）" money={query.data?.sum} tone="accent" />
        </StatRow>
      }
    />
  );
}
