import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { Panel } from '@/shared/ui/panel';
import { SimpleTable } from '@/shared/ui/simple-table';

import type { Loan } from './status';

type Line = Loan['repayments'][number];

const exact = (value: string) => <Money value={value} variant="exact" />;

const columns: ListColumn<Line>[] = [
  {
    key: 'number',
    title: '编号',
    render: (row) => <span className="num">{row.number}</span>,
  },
  { key: 'paid', title: '还款日', render: (row) => <span className="num">{row.paid_on}</span> },
  { key: 'amount', title: '金额', align: 'right', render: (row) => exact(row.amount) },
  { key: 'principal', title: '本金', align: 'right', render: (row) => exact(row.principal) },
  { key: 'interest', title: '利息', align: 'right', render: (row) => exact(row.interest) },
  { key: 'penalty', title: '罚息', align: 'right', render: (row) => exact(row.penalty) },
  { key: 'compound', title: '复利', align: 'right', render: (row) => exact(row.compound) },
  { key: 'costs', title: '费用', align: 'right', render: (row) => exact(row.costs) },
  {
    key: 'after',
    title: '还后余额',
    align: 'right',
    render: (row) => exact(row.outstanding_after),
  },
  {
    key: 'kind',
    title: '性质',
    render: (row) =>
      row.source === 'recovery' ? '追偿回款' : row.prepayment ? '提前还款' : '正常还款',
  },
  {
    key: 'people',
    title: '经办 / 复核',
    render: (row) => `${row.recorded_by_name} / ${row.checked_by_name || '—'}`,
    card: 'hidden',
  },
];

/** What was paid, and what each payment was for. */
export function LoanRepayments({ loan }: { loan: Loan }) {
  return (
    <Panel flush>
      <SimpleTable<Line>
        label="还款记录"
        rows={loan.repayments}
        columns={columns}
        rowKey={(row) => row.id}
        empty="还没有还款"
      />
    </Panel>
  );
}
