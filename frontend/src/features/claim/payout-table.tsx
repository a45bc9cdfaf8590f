import { Link } from 'react-router';

import { formatDate } from '@/shared/format/date';
import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { SimpleTable } from '@/shared/ui/simple-table';

import styles from './claim.module.css';
import type { Claim } from './status';

type Payout = Claim['payouts'][number];

const columns: ListColumn<Payout>[] = [
  {
    key: 'number',
    title: '拨付编号',
    render: (payout) => <span className="num">{payout.number}</span>,
  },
  {
    key: 'amount',
    title: '金额',
    align: 'right',
    render: (payout) => <Money value={payout.amount} variant="exact" />,
  },
  { key: 'on', title: '拨付日期', render: (payout) => formatDate(payout.paid_on) },
  { key: 'voucher', title: '凭证号', render: (payout) => payout.voucher },
  { key: 'maker', title: '经办', render: (payout) => payout.maker_name },
  { key: 'checker', title: '复核', render: (payout) => payout.checker_name },
  {
    key: 'entry',
    title: '账簿',
    render: (payout) => <Link to={`/console/ledger/entries/${payout.entry_id}`}>查看分录</Link>,
  },
];

type Failure = Claim['payment_failures'][number];

const failures: ListColumn<Failure>[] = [
  { key: 'on', title: '日期', render: (failure) => formatDate(failure.failed_on) },
  {
    key: 'amount',
    title: '金额',
    align: 'right',
    render: (failure) => <Money value={failure.amount} variant="exact" />,
  },
  { key: 'reason', title: '原因', render: (failure) => failure.reason },
  { key: 'by', title: '登记', render: (failure) => failure.reported_name },
];

/** What was paid to the bank, each part with its entry in the books. */
export function PayoutTable({ claim }: { claim: Claim }) {
  return (
    <>
      <SimpleTable<Payout>
        label="拨付记录"
        rows={claim.payouts}
        columns={columns}
        rowKey={(payout) => payout.number}
        empty="尚未拨付"
      />
      {claim.payment_failures.length > 0 ? (
        <>
          <h3 className={styles.heading}>托管银行退回的付款</h3>
          <SimpleTable<Failure>
            label="托管银行退回的付款"
            rows={claim.payment_failures}
            columns={failures}
            rowKey={(failure) => failure.id}
          />
        </>
      ) : null}
      {claim.unpaid !== '0.00' ? (
        <p className={styles.who}>
          已核准未拨付 <Money value={claim.unpaid} variant="exact" />
        </p>
      ) : null}
    </>
  );
}
