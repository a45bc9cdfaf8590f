import { api } from '@/api/client';
import type { Item, Query } from '@/api/types';
import { formatDate } from '@/shared/format/date';
import { useCan } from '@/shared/session';
import { Deadline } from '@/shared/ui/deadline';
import { LinkButton } from '@/shared/ui/link-button';
import { ListPage } from '@/shared/ui/list-page';
import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { statusOptions } from '@/shared/ui/status-tag';
import { keepPrevious, useList } from '@/shared/ui/use-list';

import { EnrolmentStatus } from './enrolment-status';
import { ENROLMENT_STATUS } from './status';

type Row = Item<'/enrolments'>;
type RowQuery = Query<'/enrolments', 'get'>;

const columns: ListColumn<Row>[] = [
  {
    key: 'number',
    title: '备案号',
    render: (row) => <span className="num">{row.number}</span>,
    sort: 'number',
  },
  { key: 'borrower', title: '企业', render: (row) => row.borrower_name },
  { key: 'bank', title: '银行', render: (row) => row.bank_name },
  {
    key: 'status',
    title: '状态',
    card: 'status',
    render: (row) => <EnrolmentStatus enrolment={row} />,
    sort: 'status',
  },
  {
    key: 'outstanding',
    title: '在保余额',
    align: 'right',
    render: (row) => <Money value={row.outstanding} />,
    sort: 'outstanding',
  },
  {
    key: 'exposure',
    title: '基金敞口',
    align: 'right',
    render: (row) => <Money value={row.exposure} />,
    sort: 'exposure',
  },
  {
    key: 'disbursed',
    title: '放款日',
    render: (row) => <span className="num">{formatDate(row.disbursed_on)}</span>,
    sort: 'disbursed_on',
  },
  {
    key: 'due',
    title: '备案期限',
    render: (row) => (
      <Deadline
        on={row.due_on}
        remaining={row.days_left}
        provisional={row.provisional}
        done={row.days_left === undefined}
      />
    ),
    sort: 'due_on',
  },
  {
    key: 'filed',
    title: '备案日',
    render: (row) => <span className="num">{row.filed_on ? formatDate(row.filed_on) : '—'}</span>,
  },
  {
    key: 'late',
    title: '是否超期',
    render: (row) => (row.late ? '是' : '否'),
    hiddenAtFirst: true,
    card: 'hidden',
  },
  {
    key: 'area',
    title: '县市区',
    render: (row) => row.area_name,
    hiddenAtFirst: true,
    card: 'hidden',
  },
  {
    key: 'fund',
    title: '基金',
    render: (row) => row.fund_name,
    hiddenAtFirst: true,
    card: 'hidden',
  },
];

/** The loans filed with the fund: form R3. */
export function EnrolmentListPage() {
  const list = useList<RowQuery>({
    filters: [
      'status',
      'area_code',
      'fund_id',
      'bank_id',
      'filed_from',
      'filed_to',
      'disbursed_from',
      'disbursed_to',
    ],
    defaultSort: '-created_at',
  });
  const query = api.useQuery(
    'get',
    '/enrolments',
    { params: { query: list.params } },
    keepPrevious,
  );
  const areas = api.useQuery('get', '/areas');
  const create = useCan('enrolment:file') ? (
    <LinkButton type="primary" to="/console/enrolments/new">
      办理备案
    </LinkButton>
  ) : null;
  return (
    <ListPage<Row>
      title="贷款备案"
      description="贷款放款后在期限内备案入库，基金自入库起按份额承担风险；逾期未备案的不予补偿。"
      list={list}
      query={query}
      columns={columns}
      rowKey={(row) => row.id}
      rowHref={(row) => `/console/enrolments/${row.id}`}
      searchHint="备案号、贷款编号、企业、银行"
      filters={[
        {
          type: 'select',
          name: 'status',
          label: '状态',
          options: statusOptions(ENROLMENT_STATUS),
        },
        {
          type: 'select',
          name: 'area_code',
          label: '县市区（园区）',
          options: (areas.data?.items ?? [])
            .filter((area) => area.kind !== 'city')
            .map((area) => ({ value: area.code, label: area.name })),
        },
        { type: 'date-range', from: 'filed_from', to: 'filed_to', label: '备案日期' },
        { type: 'date-range', from: 'disbursed_from', to: 'disbursed_to', label: '放款日期' },
      ]}
      exportPath="/enrolments/export.xlsx"
      empty={{
        title: '还没有备案的贷款',
        description: '贷款放款后由银行客户经理办理备案。',
        action: create,
      }}
      extra={create}
    />
  );
}
