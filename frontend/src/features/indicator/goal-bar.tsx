import { Link } from 'react-router';

import { formatDecimal } from '@/shared/format/rate';
import { plot } from '@/shared/ui/chart';
import { Money } from '@/shared/ui/money';
import { Panel } from '@/shared/ui/panel';

import styles from './target-bar.module.css';
import type { Cockpit } from './words';

type Target = NonNullable<Cockpit['financing']>['target'];

interface Props {
  label: string;
  target: Target;
  /** The figure in yuan; missing where nobody has counted. */
  amount: string | undefined;
  /** Its rows. */
  link: string;
}

/** A figure on its way to what the plan promises, in the plan's own words. */
export function GoalBar({ label, target, amount, link }: Props) {
  const ratio = target.ratio ? `${formatDecimal(target.ratio)}%` : null;
  return (
    <Panel>
      <div className={styles.bar}>
        <div className={styles.words}>
          <h2 className={styles.label}>{label}</h2>
          {amount ? (
            <Link to={link} aria-label={`${label}的明细`}>
              <Money value={amount} strong />
            </Link>
          ) : (
            <Money value={amount} strong />
          )}
          <span className={styles.goal}>
            规划目标 {target.target} {target.unit}
            {ratio ? `，为其 ${ratio}` : ''}
          </span>
        </div>
        <div className={styles.track} role="img" aria-label={`规划目标的 ${ratio ?? '暂无数据'}`}>
          <span
            className={styles.fill}
            style={{ width: `${Math.min(100, plot(target.ratio) ?? 0)}%` }}
          />
        </div>
        <p className={styles.note}>
          “{target.quote}”——{target.document}，{target.location}
        </p>
        {target.caveat ? <p className={styles.note}>{target.caveat}</p> : null}
      </div>
    </Panel>
  );
}
