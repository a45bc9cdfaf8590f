import { Money } from '@/shared/ui/money';
import { Panel } from '@/shared/ui/panel';

import styles from './loan.module.css';
import type { Loan } from './status';

type Owed = NonNullable<Loan['owed']>;

const LINES: [keyof Owed, string][] = [
  ['costs', '垫付费用'],
  ['penalty', '罚息'],
  ['compound', '复利'],
  ['overdue_interest', '拖欠利息'],
  ['interest', '当期利息'],
  ['principal', '到期本金'],
];

/** What is owed today, and what would end the loan. */
export function LoanOwed({ owed }: { owed: Owed }) {
  const shown = LINES.filter(([key]) => owed[key] !== '0.00');
  return (
    <Panel title={`截至 ${owed.on}`}>
      <dl className={styles.owed}>
        {shown.map(([key, label]) => (
          <Line key={key} label={label} value={String(owed[key])} />
        ))}
        <dt className={styles.total}>到期应还</dt>
        <dd className={styles.total}>
          <Money value={owed.due} variant="exact" />
        </dd>
        <Line label="未到期本金" value={owed.future_principal} />
        <Line label="其截至当日的利息" value={owed.accrued_interest} />
        <dt className={styles.total}>结清金额</dt>
        <dd className={styles.total}>
          <Money value={owed.payoff} variant="exact" />
        </dd>
      </dl>
      {owed.days_past_due > 0 ? (
        <p className={styles.caution}>已逾期 {owed.days_past_due} 天。</p>
      ) : null}
    </Panel>
  );
}

function Line({ label, value }: { label: string; value: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>
        <Money value={value} variant="exact" />
      </dd>
    </>
  );
}
