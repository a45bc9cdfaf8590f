import { api } from '@/api/client';
import type { Item, Query } from '@/api/types';
import { formatDate } from '@/shared/format/date';
import { useCan } from '@/shared/session';
import type { Filter } from '@/shared/ui/filter-bar';
import { ListPage } from '@/shared/ui/list-page';
import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { Rate } from '@/shared/ui/rate';
import { StatCard, StatRow } from '@/shared/ui/stat-card';
import { keepPrevious, useList } from '@/shared/ui/use-list';
import { yearChoices } from '@/shared/format/years';

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

const MONTHS = Array.from({ length: 12 }, (_, index) => ({
  value: String(index + 1),
  label: `${index + 1} 月`,
}));

const KINDS = [
  { value: 'patent', label: '专利' },
  { value: 'trademark', label: '商标' },
  { value: 'gi_mark', label: '地理标志' },
  { value: 'mixed', label: '混合' },
];

type Choices = Extract<Filter, { type: 'select' }>['options'];

function choice(name: string, label: string, options: Choices): Filter {
  return { type: 'select', name, label, options };
}

function named(rows: readonly { key: string; name: string }[] | undefined): Choices {
  return (rows ?? [])
    .filter((row) => row.key !== 'municipal')
    .map((row) => ({ value: row.key, label: row.name }));
}

/** The loans behind a figure; their sum is the figure. */
export function DisbursementPage() {
  const list = useList<RowQuery>({
    filters: ['year', 'month', 'area_code', 'park_code', 'bank_id', 'kind'],
    defaultSort: '-disbursed_on',
  });
  const query = api.useQuery(
    'get',
    '/indicators/disbursements',
    { params: { query: list.params } },
    keepPrevious,
  );
  const opensLoans = useCan('loan:read');
  const cockpit = api.useQuery('get', '/indicators/cockpit');
  return (
    <ListPage<Row>
      title="放款明细"
      description="年度质押融资额由下列放款逐笔相加而得。"
      list={list}
      query={query}
      columns={columns}
      rowKey={(row) => row.loan_id}
      {...(opensLoans ? { rowHref: (row: Row) => `/console/loans/${row.loan_id}` } : {})}
      searchHint="贷款编号、企业、银行"
      filters={[
        choice('year', '年份', yearChoices()),
        choice('month', '月份', MONTHS),
        choice('bank_id', '银行', named(cockpit.data?.banks)),
        choice('area_code', '县市区', named(cockpit.data?.areas)),
        choice('kind', '质押物', KINDS),
      ]}
      exportPath="/indicators/disbursements/export.xlsx"
      empty={{ title: '该范围内没有放款' }}
      above={
        <StatRow>
          <StatCard label="明细合计（等于对应指标）" money={query.data?.sum} tone="accent" />
          <StatCard
            label="授信金额合计"
            money={query.data?.sum_credit_line}
            hint="与放款金额口径不同，不相加"
          />
        </StatRow>
      }
    />
  );
}
