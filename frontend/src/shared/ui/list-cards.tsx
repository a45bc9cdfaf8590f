import { Link } from 'react-router';

import type { ListColumn } from '@/shared/ui/list-table';

import styles from './list-cards.module.css';

interface Props<Row extends object> {
  rows: readonly Row[];
  columns: readonly ListColumn<Row>[];
  rowKey: (row: Row) => string;
  rowHref?: ((row: Row) => string) | undefined;
}

/** The rows of a list on a phone. */
export function ListCards<Row extends object>({ rows, columns, rowKey, rowHref }: Props<Row>) {
  const [title, ...rest] = columns;
  const status = rest.find((column) => column.card === 'status');
  const lines = rest.filter((column) => column.card === undefined);
  if (!title) return null;
  return (
    <ul className={styles.cards}>
      {rows.map((row) => (
        <li key={rowKey(row)} className={styles.card}>
          <div className={styles.head}>
            {rowHref ? (
              <Link className={styles.title} to={rowHref(row)}>
                {title.render(row)}
              </Link>
            ) : (
              <span className={styles.title}>{title.render(row)}</span>
            )}
            {status ? status.render(row) : null}
          </div>
          <dl className={styles.lines}>
            {lines.map((column) => (
              <div key={column.key}>
                <dt>{column.title}</dt>
                <dd>{column.render(row) ?? '—'}</dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}
