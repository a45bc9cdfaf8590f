import { Table, type TableProps } from 'antd';

import styles from './tick-table.module.css';

interface Props<Row> extends Pick<TableProps<Row>, 'columns' | 'loading'> {
  label: string;
  rows: Row[];
  nameOf: (row: Row) => string;
  value?: string[];
  onChange?: (ids: string[]) => void;
}

/** Rows to be ticked, in a form. It scrolls in its own region: antd's scrolling repeats the
 * tick-all box in a hidden row, which the keyboard meets. */
export function TickTable<Row extends { id: string }>(props: Props<Row>) {
  const { label, rows, nameOf, value = [], onChange, ...table } = props;
  return (
    <div className={styles.region} role="region" tabIndex={0} aria-label={label}>
      <Table<Row>
        {...table}
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={rows}
        rowSelection={{
          selectedRowKeys: value,
          onChange: (keys) => onChange?.(keys.map(String)),
          getTitleCheckboxProps: () => ({ 'aria-label': '全选' }),
          getCheckboxProps: (row) => ({ 'aria-label': `选择 ${nameOf(row)}` }),
        }}
      />
    </div>
  );
}
