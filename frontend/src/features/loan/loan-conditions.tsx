import { CheckCircleFilled, ClockCircleOutlined } from '@ant-design/icons';

import { Panel } from '@/shared/ui/panel';

import styles from './loan.module.css';
import type { Loan } from './status';

/** What must be there before money flows. */
export function LoanConditions({ conditions }: { conditions: Loan['conditions'] }) {
  return (
    <Panel>
      <ul className={styles.conditions}>
        {conditions.map((condition) => (
          <li key={condition.code}>
            {condition.met ? (
              <CheckCircleFilled style={{ color: 'var(--success)' }} aria-label="已落实" />
            ) : (
              <ClockCircleOutlined style={{ color: 'var(--text-faint)' }} aria-label="待落实" />
            )}{' '}
            {condition.text}
            {condition.note ? <small>（{condition.note}）</small> : null}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
