import type { Answer } from '@/api/types';
import { formatDate } from '@/shared/format/date';
import { Deadline } from '@/shared/ui/deadline';
import type { ListColumn } from '@/shared/ui/list-table';
import { SimpleTable } from '@/shared/ui/simple-table';
import { StatusTag } from '@/shared/ui/status-tag';

import { REFILING_STATUS } from './status';

type Extension = Answer<'/enrolments/{id}', 'get'>['extensions'][number];

const columns: ListColumn<Extension>[] = [
  {
    key: 'maturity',
    title: '展期',
    render: (row) => (
      <span className="num">
        {formatDate(row.covered_until)} 至 {formatDate(row.matures_on)}
      </span>
    ),
  },
  {
    key: 'status',
    title: '状态',
    card: 'status',
    render: (row) => <StatusTag status={row.status} map={REFILING_STATUS} />,
  },
  {
    key: 'due',
    title: '重新备案期限',
    render: (row) => (
      <Deadline on={row.due_on} remaining={row.days_left} done={row.status !== 'awaiting'} />
    ),
  },
  {
    key: 'filed',
    title: '银行提交',
    render: (row) =>
      row.filed_on
        ? `${formatDate(row.filed_on)} ${row.filed_by}${row.late ? '（逾期办理）' : ''}`
        : '—',
  },
  {
    key: 'confirmed',
    title: '知识产权局确认',
    render: (row) =>
      row.confirmed_on ? `${formatDate(row.confirmed_on)} ${row.confirmed_by}` : '—',
  },
  {
    key: 'words',
    title: '理由与意见',
    render: (row) => [row.late_reason, row.opinion, row.note].filter(Boolean).join('；') || '—',
  },
];

/** The extensions of the loan: until one is confirmed, the fund does not cover it. */
export function ExtensionList({ extensions }: { extensions: readonly Extension[] }) {
  return (
    <SimpleTable<Extension>
      label="展期与重新备案"
      rows={extensions}
      columns={columns}
      rowKey={(row) => row.matures_on}
    />
  );
}
