import { api } from '@/api/client';
import type { Query } from '@/api/types';
import { formatDate } from '@/shared/format/date';
import { Deadline } from '@/shared/ui/deadline';
import { ListPage } from '@/shared/ui/list-page';
import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { statusOptions, StatusTag } from '@/shared/ui/status-tag';
import { keepPrevious, useList } from '@/shared/ui/use-list';

import { RECOVERY_STATUS, type RecoveryRow } from './status';

type RecoveryQuery = Query<'/recoveries', 'get'>;

const columns: ListColumn<RecoveryRow>[] = [
  {
    key: 'number',
    title: '追偿编号',
    render: (row) => <span className="num">{row.number}</span>,
    sort: 'number',
  },
  { key: 'borrower', title: '企业', render: (row) => row.borrower_name },
  { key: 'bank', title: '银行', render: (row) => row.bank_name },
  {
    key: 'status',
    title: '状态',
    render: (row) => <StatusTag status={row.status} map={RECOVERY_STATUS} />,
    sort: 'status',
    card: 'status',
  },
  { key: 'loss', title: '损失', align: 'right', render: (row) => <Money value={row.loss} /> },
  {
    key: 'recovered',
    title: '净回款',
    align: 'right',
    render: (row) => <Money value={row.recovered} />,
    sort: 'recovered',
  },
  { key: 'left', title: '尚未追回', align: 'right', render: (row) => <Money value={row.left} /> },
  {
    key: 'fund',
    title: '基金应得',
    align: 'right',
    render: (row) => <Money value={row.fund_recovered} />,
  },
  {
    key: 'transfer',
    title: '基金款划转期限',
    render: (row) =>
      row.transfer_due_on ? (
        <Deadline on={row.transfer_due_on} remaining={row.transfer_days_left} />
      ) : (
        '—'
      ),
  },
  {
    key: 'on',
    title: '补偿日期',
    render: (row) => formatDate(row.compensated_on),
    sort: 'compensated_on',
    hiddenAtFirst: true,
    card: 'hidden',
  },
];

/** What is pursued after the fund has paid. */
export function RecoveryListPage() {
  const list = useList<RecoveryQuery>({
    filters: ['status', 'transfer_overdue', 'from', 'to'],
    defaultSort: '-created_at',
  });
  const query = api.useQuery(
    'get',
    '/recoveries',
    { params: { query: list.params } },
    keepPrevious,
  );
  return (
    <ListPage<RecoveryRow>
      title="追偿核销"
      description="补偿之后银行继续追偿，每笔净回款按各方承担的损失比例分配；确实追不回的，经决定核销，账销案存。"
      list={list}
      query={query}
      columns={columns}
      rowKey={(row) => row.id}
      rowHref={(row) => `/console/recoveries/${row.id}`}
      searchHint="追偿编号、申请号、贷款、企业、银行"
      filters={[
        { type: 'select', name: 'status', label: '状态', options: statusOptions(RECOVERY_STATUS) },
        {
          type: 'select',
          name: 'transfer_overdue',
          label: '划转',
          options: [{ value: 'true', label: '基金应得款逾期未划转' }],
        },
        { type: 'date-range', from: 'from', to: 'to', label: '补偿日期' },
      ]}
      exportPath="/recoveries/export.xlsx"
      empty={{ title: '没有追偿事项', description: '补偿款拨付后自动开始追偿。' }}
    />
  );
}
