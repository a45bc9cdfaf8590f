import { DownloadOutlined, SettingOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Button, Checkbox, Popover, Select } from 'antd';
import { useState } from 'react';

import { download } from '@/api/request';
import type { ListColumn } from '@/shared/ui/list-table';
import type { ListState } from '@/shared/ui/use-list';

import styles from './list-tools.module.css';

export interface ColumnSet<Row extends object> {
  shown: ListColumn<Row>[];
  hidden: readonly string[];
  toggle: (key: string) => void;
}

/** Which columns this person wants to see here; remembered on this computer. */
export function useColumnSet<Row extends object>(
  name: string,
  columns: readonly ListColumn<Row>[],
): ColumnSet<Row> {
  const store = `columns:${name}`;
  const [hidden, setHidden] = useState<string[]>(() => {
    const saved = localStorage.getItem(store);
    if (saved) return saved.split(',');
    return columns.filter((column) => column.hiddenAtFirst).map((column) => column.key);
  });
  return {
    shown: columns.filter((column, index) => index === 0 || !hidden.includes(column.key)),
    hidden,
    toggle: (key) => {
      const next = hidden.includes(key) ? hidden.filter((each) => each !== key) : [...hidden, key];
      // A comma alone says "none hidden", which is not the same as never chosen.
      localStorage.setItem(store, next.join(',') || ',');
      setHidden(next);
    },
  };
}

interface Props<Row extends object> {
  list: ListState<unknown>;
  set: ColumnSet<Row>;
  columns: readonly ListColumn<Row>[];
  exportPath?: string | undefined;
}

/** Export, columns, and on phones the sort, which the cards have no headings for. */
export function ListTools<Row extends object>({ list, set, columns, exportPath }: Props<Row>) {
  const save = useMutation({
    mutationFn: (path: string) => {
      const asked = { ...(list.params as Record<string, string | number | undefined>) };
      delete asked['cursor'];
      delete asked['limit'];
      return download(path, asked);
    },
  });
  const sortable = columns.filter((column) => column.sort);
  const orders = sortable.flatMap((column) => [
    { value: `-${column.sort}`, label: `${column.title} 降序` },
    { value: column.sort ?? '', label: `${column.title} 升序` },
  ]);
  return (
    <div className={styles.tools}>
      {sortable.length > 0 ? (
        <Select
          className={styles.sort ?? ''}
          aria-label="排序"
          placeholder="排序"
          popupMatchSelectWidth={false}
          // The order a list begins with needn't be that of a column; its code means nothing here.
          value={orders.some((order) => order.value === list.sort) ? (list.sort ?? null) : null}
          options={orders}
          onChange={(value: string) => list.setSort(value)}
        />
      ) : null}
      {exportPath ? (
        <Button
          icon={<DownloadOutlined />}
          loading={save.isPending}
          onClick={() => save.mutate(exportPath)}
        >
          导出
        </Button>
      ) : null}
      {columns.length > 3 ? (
        <Popover
          trigger="click"
          placement="bottomRight"
          title="显示的列"
          content={
            <div className={styles.columns}>
              {columns.slice(1).map((column) => (
                <Checkbox
                  key={column.key}
                  checked={!set.hidden.includes(column.key)}
                  onChange={() => set.toggle(column.key)}
                >
                  {column.title}
                </Checkbox>
              ))}
            </div>
          }
        >
          <Button
            className={styles.set ?? ''}
            icon={<SettingOutlined />}
            aria-label="选择显示的列"
          />
        </Popover>
      ) : null}
    </div>
  );
}
