import { RightOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { Link } from 'react-router';

import { autoUnit, NO_DATA } from '@/shared/format/money';

import styles from './stat-card.module.css';

interface Props {
  label: string;
  /** An amount in yuan; its unit is chosen by size. */
  money?: string | null | undefined;
  /** Any other figure, as text. Missing is 暂无数据, never 0. */
  value?: string | number | null | undefined;
  unit?: string;
  /** Below the figure: comparison, target, date. */
  hint?: ReactNode;
  /** The rows behind the figure. */
  to?: string;
  tone?: 'normal' | 'accent' | 'danger';
}

/** One figure, and the way down to the rows it is made of. */
export function StatCard({ label, money, value, unit, hint, to, tone = 'normal' }: Props) {
  const amount = money === undefined || money === null ? undefined : autoUnit(money);
  const figure =
    amount?.figure ?? (value === undefined || value === null ? undefined : String(value));
  const body = (
    <>
      <span className={styles.label}>{label}</span>
      {figure === undefined ? (
        <span className={styles.none}>{NO_DATA}</span>
      ) : (
        <span className={`num ${styles.figure}`}>
          {figure}
          <span className={styles.unit}>{amount?.unit ?? unit}</span>
        </span>
      )}
      {hint ? <span className={styles.hint}>{hint}</span> : null}
    </>
  );
  if (!to) {
    return (
      <div className={styles.card} data-tone={tone}>
        {body}
      </div>
    );
  }
  return (
    <Link className={styles.card} data-tone={tone} to={to}>
      {body}
      <RightOutlined aria-hidden className={styles.arrow} />
    </Link>
  );
}

/** Cards side by side, as many as there is room for. */
export function StatRow({ children }: { children: ReactNode }) {
  return <div className={styles.row}>{children}</div>;
}
