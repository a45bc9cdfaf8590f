import type { ReactNode } from 'react';

import styles from './panel.module.css';

interface Props {
  title?: ReactNode;
  extra?: ReactNode;
  children: ReactNode;
  /** No padding around the content, for tables. */
  flush?: boolean;
}

/** A titled box on the page. */
export function Panel({ title, extra, children, flush = false }: Props) {
  return (
    <section className={styles.panel} data-flush={flush}>
      {title || extra ? (
        <div className={styles.head}>
          {title ? <h2>{title}</h2> : <span />}
          {extra}
        </div>
      ) : null}
      <div className={styles.body}>{children}</div>
    </section>
  );
}
