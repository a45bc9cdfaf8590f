import { formatDate, formatDateTime } from '@/shared/format/date';
import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { StatusTag } from '@/shared/ui/status-tag';

import { KIND, SUBSIDY_STATUS, type Subsidy } from './status';

const OVER: typeof SUBSIDY_STATUS = {
  ...SUBSIDY_STATUS,
  publicity: { text: '公示期满', color: 'warning' },
};

/** Where an application stands; days of publicity that are over say so. */
export function SubsidyStatus({ row }: { row: Subsidy }) {
  return <StatusTag status={row.status} map={row.publicity_over ? OVER : SUBSIDY_STATUS} />;
}

export const subsidyColumns: ListColumn<Subsidy>[] = [
  {
    key: 'number',
    title: '编号',
    render: (row) => <span className="num">{row.number}</span>,
    sort: 'number',
  },
  { key: 'enterprise', title: '企业', render: (row) => row.enterprise_name },
  { key: 'kind', title: '种类', render: (row) => KIND[row.kind] },
  {
    key: 'status',
    title: '状态',
    card: 'status',
    render: (row) => <SubsidyStatus row={row} />,
    sort: 'status',
  },
  {
    key: 'proposed',
    title: '测算金额',
    align: 'right',
    render: (row) => <Money value={row.proposed} variant="exact" />,
    sort: 'proposed',
  },
  {
    key: 'approved',
    title: '核定金额',
    align: 'right',
    render: (row) => (row.approved ? <Money value={row.approved} variant="exact" /> : '—'),
    sort: 'approved',
  },
  { key: 'loan', title: '贷款', render: (row) => <span className="num">{row.loan_number}</span> },
  {
    key: 'bank',
    title: '银行',
    render: (row) => row.bank_name,
    card: 'hidden',
    hiddenAtFirst: true,
  },
  {
    key: 'until',
    title: '公示截止',
    render: (row) => (row.publicity_until ? formatDate(row.publicity_until) : '—'),
  },
  {
    key: 'call',
    title: '征集',
    render: (row) => row.call_title,
    card: 'hidden',
    hiddenAtFirst: true,
  },
  {
    key: 'created',
    title: '填报时间',
    render: (row) => formatDateTime(row.created_at),
    sort: 'created_at',
    card: 'hidden',
    hiddenAtFirst: true,
  },
];
