import { BarChartOutlined, TableOutlined } from '@ant-design/icons';
import { Segmented, Table } from 'antd';
import { lazy, Suspense, useId, useState, type ReactNode } from 'react';

import type { EChartsCoreOption } from 'echarts/core';

import { EmptyState } from '@/shared/ui/empty-state';

import styles from './chart.module.css';

const Canvas = lazy(() => import('@/shared/ui/chart-canvas'));

/** The figures behind a chart, in the same words and units. */
export interface ChartTable {
  columns: readonly { title: string; align?: 'left' | 'right' }[];
  /** One array a row, in the order of the columns: strings as the API gave them. */
  rows: readonly (readonly ReactNode[])[];
}

interface Props {
  title: string;
  /** What it says in a sentence, for those who don't see it and those in a hurry. */
  summary?: string;
  option: EChartsCoreOption;
  table: ChartTable;
  height?: number;
  /** Source, date, remarks below. */
  note?: ReactNode;
  /** Opens the rows behind a part: gets the name of the category. */
  onSelect?: (name: string) => void;
}

/** A chart and, one click away, its figures as a table. */
export function Chart({ title, summary, option, table, height = 280, note, onSelect }: Props) {
  const [view, setView] = useState<'chart' | 'table'>('chart');
  const id = useId();
  const empty = table.rows.length === 0;
  return (
    <figure className={styles.figure} aria-labelledby={id}>
      <figcaption className={styles.head}>
        <span id={id} className={styles.title}>
          {title}
        </span>
        <Segmented
          aria-label={`${title}的显示方式`}
          size="small"
          value={view}
          onChange={setView}
          options={[
            { value: 'chart', label: '图', icon: <BarChartOutlined aria-hidden /> },
            { value: 'table', label: '表', icon: <TableOutlined aria-hidden /> },
          ]}
        />
      </figcaption>
      {summary ? <p className={styles.summary}>{summary}</p> : null}
      {empty ? (
        <EmptyState compact />
      ) : view === 'chart' ? (
        <div role="img" aria-label={`${title}。${summary ?? '切换到“表”可查看数据。'}`}>
          <Suspense fallback={<div style={{ height }} />}>
            <Canvas option={option} height={height} {...(onSelect ? { onSelect } : {})} />
          </Suspense>
        </div>
      ) : (
        <Table
          size="small"
          pagination={false}
          scroll={{ x: 'max-content', y: height }}
          rowKey="key"
          columns={table.columns.map((column, index) => ({
            title: column.title,
            key: index,
            align: column.align ?? (index === 0 ? 'left' : 'right'),
            render: (_value: unknown, row: { cells: readonly ReactNode[] }) => (
              <span className="num">{row.cells[index] ?? '—'}</span>
            ),
          }))}
          dataSource={table.rows.map((cells, key) => ({ key, cells }))}
        />
      )}
      {note ? <p className={styles.note}>{note}</p> : null}
    </figure>
  );
}

/** Only for the place of a point in a chart; figures shown are the API's own strings. */
export function plot(value: string | null | undefined): number | null {
  return value === null || value === undefined || value === '' ? null : Number(value);
}
