import type { Answer } from '@/api/types';
import { formatDateTime } from '@/shared/format/date';
import { formatDecimal } from '@/shared/format/rate';
import { EmptyState } from '@/shared/ui/empty-state';

import styles from './report.module.css';

type Preview = Answer<'/reports/preview', 'get'>;

/** The form as its file will show it. */
export function FormPreview({ preview }: { preview: Preview }) {
  const numeric = preview.columns.map((_, column) => isNumeric(preview, column));
  const align = (column: number) => (numeric[column] ? 'right' : undefined);
  return (
    <section aria-label={preview.title}>
      <h2 className={styles.title}>{preview.title}</h2>
      <p className={styles.head}>
        <span>单位：{preview.unit}</span>
        <span>期间：{preview.period}</span>
        <span>范围：{preview.scope}</span>
        <span>制表时间：{formatDateTime(preview.made_at)}</span>
        <span>制表人：{preview.maker}</span>
      </p>
      {preview.count === 0 ? (
        <EmptyState compact title="该期间和范围内没有记录" />
      ) : (
        // A wide table is moved sideways by the keyboard too.
        <div
          className={styles.scroll}
          tabIndex={0}
          role="region"
          aria-label={`${preview.title}表格`}
        >
          <table className={styles.table}>
            <thead>
              <tr>
                {preview.columns.map((title, column) => (
                  <th key={title} scope="col" data-align={align(column)}>
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {preview.rows.map((row, line) => (
                <tr key={line}>
                  {(row ?? []).map((cell, column) => (
                    <td key={column} data-align={align(column)} data-long={cell.length > 24}>
                      {shown(cell, numeric[column])}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
            {preview.total.length > 0 ? (
              <tfoot>
                <tr>
                  {preview.total.map((cell, column) => (
                    <td key={column} data-align={align(column)}>
                      {shown(cell, numeric[column])}
                    </td>
                  ))}
                </tr>
              </tfoot>
            ) : null}
          </table>
        </div>
      )}
      {preview.count > preview.rows.length ? (
        <p className={styles.note}>
          共 {preview.count} 行，此处显示前 {preview.rows.length} 行；导出的文件含全部。
        </p>
      ) : null}
      {(preview.notes ?? []).map((note) => (
        <p key={note} className={styles.note}>
          注：{note}
        </p>
      ))}
    </section>
  );
}

/** An amount with its thousands set apart; everything else as it is. */
function shown(cell: string, numeric: boolean | undefined): string {
  return numeric && /\.\d\d$/.test(cell) ? formatDecimal(cell, 2) : cell;
}

/** A column of amounts, counts or ratios stands to the right. */
function isNumeric(preview: Preview, column: number): boolean {
  const cells = preview.rows
    .map((row) => row?.[column] ?? '')
    .filter((cell) => cell && cell !== '—');
  return cells.length > 0 && cells.every((cell) => /^-?\d+(\.\d+)?$/.test(cell));
}
