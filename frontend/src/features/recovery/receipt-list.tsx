import { formatDate } from '@/shared/format/date';
import { EmptyState } from '@/shared/ui/empty-state';
import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { SimpleTable } from '@/shared/ui/simple-table';

import styles from './recovery.module.css';
import { COST, SOURCE, type Receipt, type Recovery } from './status';

type Share = Receipt['distribution']['shares'][number];

const columns: ListColumn<Share>[] = [
  { key: 'name', title: '分配给', render: (share) => share.name },
  {
    key: 'amount',
    title: '分得',
    align: 'right',
    render: (share) => <Money value={share.amount} variant="exact" />,
  },
  {
    key: 'left',
    title: '分配后尚未追回',
    align: 'right',
    render: (share) => <Money value={share.left} variant="exact" />,
  },
];

/** Each receipt with its costs, its own distribution, and where the fund's part is. */
export function ReceiptList({ recovery }: { recovery: Recovery }) {
  if (recovery.receipts.length === 0) {
    return (
      <EmptyState
        compact
        title="还没有回款"
        description="银行登记回款并复核后，在此显示分配结果。"
      />
    );
  }
  return (
    <ol className={styles.receipts}>
      {recovery.receipts.map((receipt) => (
        <li key={receipt.id}>
          <div className={styles.head}>
            <strong className="num">{receipt.number}</strong>
            <span>{formatDate(receipt.received_on)}</span>
            <span>{SOURCE[receipt.source]}</span>
            <span>
              回款 <Money value={receipt.gross} variant="exact" />
            </span>
            {receipt.cost_items.map((cost, at) => (
              <span key={at} className={styles.soft}>
                减{COST[cost.kind]} <Money value={cost.amount} variant="exact" />
              </span>
            ))}
            <span>
              <strong>
                净额 <Money value={receipt.net} variant="exact" />
              </strong>
            </span>
          </div>
          <SimpleTable<Share>
            label={`${receipt.number} 的分配`}
            rows={receipt.distribution.shares}
            columns={columns}
            rowKey={(share) => share.seat}
          />
          <p className={styles.soft}>
            {receipt.distribution.interest !== '0.00' ? (
              <>
                利息、罚息归银行 <Money value={receipt.distribution.interest} variant="exact" />；
              </>
            ) : null}
            {receipt.distribution.surplus !== '0.00' ? (
              <>
                余款退还出质人 <Money value={receipt.distribution.surplus} variant="exact" />；
              </>
            ) : null}
            {transfer(receipt)}
            {receipt.maker_name} 经办，{receipt.checker_name} 复核
          </p>
        </li>
      ))}
    </ol>
  );
}

function transfer(receipt: Receipt): string {
  if (receipt.fund_part === '0.00') return '';
  return receipt.transferred_on
    ? `基金应得部分 ${formatDate(receipt.transferred_on)} 已到账（凭证 ${receipt.voucher}）；`
    : `基金应得部分应于 ${formatDate(receipt.transfer_due_on)} 前划转；`;
}
