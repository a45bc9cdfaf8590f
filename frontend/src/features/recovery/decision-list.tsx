import { Tag } from 'antd';

import { formatDateTime } from '@/shared/format/date';
import { Money } from '@/shared/ui/money';

import styles from './recovery.module.css';
import { DECISION, type Recovery } from './status';

/** Who found nothing more to be had, and who decided on the write-off. */
export function DecisionList({ recovery }: { recovery: Recovery }) {
  return (
    <ol className={styles.receipts}>
      {recovery.decisions.map((decision) => (
        <li key={decision.decided_at + decision.step}>
          <div className={styles.head}>
            <strong>{DECISION[decision.step]}</strong>
            <Tag variant="filled" color={decision.verdict === 'pass' ? 'success' : 'warning'}>
              {decision.verdict === 'pass' ? '同意' : '退回'}
            </Tag>
            {decision.amount ? (
              <span>
                基金尚未追回 <Money value={decision.amount} variant="exact" />
              </span>
            ) : null}
          </div>
          <p className={styles.opinion}>{decision.opinion}</p>
          <span className={styles.soft}>
            {decision.maker_org} {decision.maker_name}
            {decision.checker_name ? `；${decision.checker_org} ${decision.checker_name}` : ''}
            <span className="num"> {formatDateTime(decision.decided_at)}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}
