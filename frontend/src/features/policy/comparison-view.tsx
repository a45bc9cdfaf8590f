import { Switch } from 'antd';
import { useState } from 'react';

import { api } from '@/api/client';
import type { Answer } from '@/api/types';
import { formatDate } from '@/shared/format/date';
import { EmptyState } from '@/shared/ui/empty-state';
import type { ListColumn } from '@/shared/ui/list-table';
import { QueryView } from '@/shared/ui/query-view';
import { SimpleTable } from '@/shared/ui/simple-table';

import styles from './comparison-view.module.css';
import { parameterText } from './parameter';

type Comparison = Answer<'/policies/compare', 'get'>;
type Row = Comparison['rows'][number];
type Version = Comparison['a'];

/** Two versions side by side, the changed parameters first of all. */
export function ComparisonView({ a, b }: { a: string; b: string }) {
  const query = api.useQuery('get', '/policies/compare', { params: { query: { a, b } } });
  return <QueryView query={query}>{(data) => <Sides data={data} />}</QueryView>;
}

function Sides({ data }: { data: Comparison }) {
  const [all, setAll] = useState(false);
  const changed = data.rows.filter((row) => row.changed);
  const rows = all ? data.rows : changed;
  return (
    <div className={styles.sides}>
      <div className={styles.head}>
        <p>
          共 <span className="num">{data.rows.length}</span> 项参数，
          <strong className="num">{changed.length}</strong> 项不同。
        </p>
        <label className={styles.all}>
          <Switch size="small" checked={all} onChange={setAll} /> 显示全部参数
        </label>
      </div>
      {rows.length === 0 ? (
        <EmptyState compact title="两个版本的参数完全相同" />
      ) : (
        <SimpleTable<Row>
          label="政策版本对照"
          rows={rows}
          rowKey={(row) => row.key}
          columns={columns(data.a, data.b)}
        />
      )}
    </div>
  );
}

function columns(a: Version, b: Version): ListColumn<Row>[] {
  return [
    { key: 'label', title: '参数', render: (row) => row.label },
    { key: 'group', title: '类别', render: (row) => row.group },
    { key: 'a', title: head(a), align: 'right', render: (row) => <Value row={row} side="a" /> },
    { key: 'b', title: head(b), align: 'right', render: (row) => <Value row={row} side="b" /> },
  ];
}

function head(version: Version): string {
  return `${version.number}（${formatDate(version.effective_from)} 起）`;
}

function Value({ row, side }: { row: Row; side: 'a' | 'b' }) {
  return (
    <span className={`num ${row.changed ? styles.changed : ''}`}>
      {parameterText(row, row[side])}
    </span>
  );
}
