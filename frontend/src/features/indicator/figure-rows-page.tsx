import { Link, useSearchParams } from 'react-router';

import { api } from '@/api/client';
import type { Item, Query } from '@/api/types';
import { formatDate } from '@/shared/format/date';
import { EmptyState } from '@/shared/ui/empty-state';
import type { Filter } from '@/shared/ui/filter-bar';
import { LinkButton } from '@/shared/ui/link-button';
import { ListPage } from '@/shared/ui/list-page';
import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { StatCard, StatRow } from '@/shared/ui/stat-card';
import { keepPrevious, useList } from '@/shared/ui/use-list';
import { yearChoices } from '@/shared/format/years';

import { FIGURES, type Figure } from './words';

type Row = Item<'/indicators/rows'>;
type RowQuery = Query<'/indicators/rows', 'get'>;

const columns: ListColumn<Row>[] = [
  {
    key: 'number',
    title: '编号',
    render: (row) =>
      row.link ? (
        <Link to={row.link} className="num">
          {row.number}
        </Link>
      ) : (
        <span className="num">{row.number}</span>
      ),
    sort: 'number',
  },
  { key: 'title', title: '企业或摘要', render: (row) => row.title || '—' },
  {
    key: 'amount',
    title: '金额',
    align: 'right',
    render: (row) => <Money value={row.amount} variant="exact" />,
    sort: 'amount',
  },
  { key: 'detail', title: '情况', render: (row) => row.detail || '—' },
  {
    key: 'on',
    title: '日期',
    render: (row) => <span className="num">{row.on_date ? formatDate(row.on_date) : '—'}</span>,
    sort: 'on_date',
  },
  { key: 'bank', title: '银行', render: (row) => row.bank_name || '—' },
  { key: 'area', title: '县市区', render: (row) => row.area_name || '—' },
  {
    key: 'fund',
    title: '基金',
    render: (row) => row.fund_name || '—',
    hiddenAtFirst: true,
    card: 'hidden',
  },
];

/** The rows of one figure: business by business, and their sum is the figure. */
export function FigureRowsPage() {
  const figure = useSearchParams()[0].get('figure');
  if (!figure || !(figure in FIGURES)) {
    return (
      <EmptyState
        page
        title="没有这项指标"
        description="请从运行总览或基金驾驶舱中的数字进入。"
        action={<LinkButton to="/console/indicators/fund">打开基金驾驶舱</LinkButton>}
      />
    );
  }
  return <FigureRows key={figure} figure={figure as Figure} />;
}

function FigureRows({ figure }: { figure: Figure }) {
  const list = useList<RowQuery>({
    filters: ['fund_id', 'bank_id', 'area_code', 'year', 'part', 'late'],
    fixed: { figure },
    defaultSort: '-on_date',
  });
  const query = api.useQuery(
    'get',
    '/indicators/rows',
    { params: { query: list.params } },
    keepPrevious,
  );
  const city = CITY.has(figure);
  return (
    <ListPage<Row>
      title={`${FIGURES[figure]}明细`}
      description={`“${FIGURES[figure]}”由下列各笔逐笔相加而得；点编号可看业务原件。`}
      list={list}
      query={query}
      columns={columns}
      rowKey={(row) => row.id}
      searchHint="编号、企业、银行"
      filters={useFilters(figure)}
      exportPath="/indicators/rows/export.xlsx"
      empty={{ title: '该范围内没有明细' }}
      extra={
        <LinkButton to={city ? '/console/indicators' : '/console/indicators/fund'}>
          {city ? '返回运行总览' : '返回基金驾驶舱'}
        </LinkButton>
      }
      above={
        <StatRow>
          <StatCard label="明细合计（等于对应指标）" money={query.data?.sum} tone="accent" />
          <StatCard label="明细笔数" value={query.data?.count} unit="笔" />
        </StatRow>
      }
    />
  );
}

/** Figures of the whole city: they belong to no fund. */
const CITY = new Set<Figure>(['registered', 'outstanding', 'overdue', 'loan_ageing', 'needs']);
/** Figures that happen in a year; the others stand at this moment. */
const YEARLY = new Set<Figure>([
  'paid',
  'recovered',
  'clawed_back',
  'net_loss',
  'registered',
  'needs',
]);

/** What the rows of a figure may be narrowed to, as the cockpit knows it. */
function useFilters(figure: Figure): Filter[] {
  const { data } = api.useQuery('get', '/indicators/cockpit');
  const select = (
    name: string,
    label: string,
    rows: readonly { key: string; name: string }[] | undefined,
  ): Filter => ({
    type: 'select',
    name,
    label,
    options: (rows ?? []).map((row) => ({ value: row.key, label: row.name })),
  });
  const named = (rows: readonly { key: string; label: string }[] | undefined) =>
    rows?.map((row) => ({ key: row.key, name: row.label }));
  const filters = [
    select('bank_id', '银行', data?.banks),
    select('area_code', '县市区', data?.areas),
  ];
  if (!CITY.has(figure)) {
    const funds = data?.funds.map((fund) => ({ key: fund.id, name: fund.name }));
    filters.unshift(select('fund_id', '基金', funds));
  }
  if (YEARLY.has(figure)) {
    const years = yearChoices().map((year) => ({ key: year.value, name: year.label }));
    filters.push(select('year', '年份', years));
  }
  if (figure === 'ageing' || figure === 'loan_ageing') {
    filters.push(select('part', '逾期天数', named(data?.ageing)));
  }
  if (figure === 'claims') {
    filters.push(select('part', '环节', named(data?.steps)));
    filters.push(select('late', '期限', [{ key: 'true', name: '当前环节已超期' }]));
  }
  return filters;
}
