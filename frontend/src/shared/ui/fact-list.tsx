import type { ReactNode } from 'react';

import styles from './fact-list.module.css';

export interface Fact {
  label: string;
  value: ReactNode;
  /** Takes a whole line: for long texts. */
  wide?: boolean;
}

/** What is empty is left out, so that `x && {…}` works. */
export type MaybeFact = Fact | '' | false | null | undefined;

interface Props {
  facts: readonly MaybeFact[];
  columns?: 1 | 2 | 3;
}

/** Facts in columns; "—" where one is missing, so that nobody takes an empty place for zero. */
export function FactList({ facts, columns = 3 }: Props) {
  return (
    <dl className={styles.facts} data-columns={columns}>
      {facts
        .filter((fact) => !!fact)
        .map((fact) => (
          <div key={fact.label} data-wide={fact.wide ?? false}>
            <dt>{fact.label}</dt>
            <dd>{fact.value ?? '—'}</dd>
          </div>
        ))}
    </dl>
  );
}
