import { Table } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';

import { EmptyState } from '@/shared/ui/empty-state';
import { ListCards } from '@/shared/ui/list-cards';
import type { ListColumn } from '@/shared/ui/list-table';
import { useNarrow } from '@/shared/ui/use-narrow';
import { useTableScroll } from '@/shared/ui/use-table-scroll';

import styles from './simple-table.module.css';

interface Props<Row extends object> {
  /** What the rows are, for readers: "还款计划". */
  label: string;
  rows: readonly Row[];
  columns: readonly ListColumn<Row>[];
  rowKey: (row: Row) => string;
  rowHref?: (row: Row) => string;
  empty?: string;
  /** Totals below the columns; strings from the API, in the order of the columns. */
  summary?: readonly ReactNode[];
}

/** Rows that came with their page: no paging, no sort. Cards on phones. */
export function SimpleTable<Row extends object>(props: Props<Row>) {
  const { label, rows, columns, rowKey, rowHref, empty = '暂无记录', summary } = props;
  const narrow = useNarrow();
  const table = useTableScroll();
  if (rows.length === 0) return <EmptyState compact title={empty} />;
  if (narrow) {
    return (
      <>
        <ListCards rows={rows} columns={columns} rowKey={rowKey} rowHref={rowHref} />
        {summary ? <p className={styles.summary}>{summary.filter(Boolean).map(part)}</p> : null}
      </>
    );
  }
  return (
    <Table<Row>
      ref={table}
      size="small"
      aria-label={label}
      rowKey={rowKey}
      dataSource={[...rows]}
      pagination={false}
      scroll={{ x: 'max-content' }}
      columns={columns.map((column, index) => ({
        key: column.key,
        title: column.title,
        align: column.align ?? 'left',
        ...(column.width ? { width: column.width } : {}),
        render: (_value: unknown, row: Row) =>
          index === 0 && rowHref ? (
            <Link to={rowHref(row)}>{column.render(row)}</Link>
          ) : (
            column.render(row)
          ),
      }))}
      {...(summary
        ? {
            summary: () => (
              <Table.Summary.Row>
                {summary.map((cell, index) => (
                  <Table.Summary.Cell
                    key={index}
                    index={index}
                    align={columns[index]?.align ?? 'left'}
                  >
                    <strong className="num">{cell}</strong>
                  </Table.Summary.Cell>
                ))}
              </Table.Summary.Row>
            ),
          }
        : {})}
    />
  );
}

function part(cell: ReactNode, index: number): ReactNode {
  return (
    <span key={index} className="num">
      {cell}
    </span>
  );
}
