import { Button, Skeleton, Table, type TableColumnType } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';

import { toProblem } from '@/api/problem';
import { EmptyState } from '@/shared/ui/empty-state';
import { ListCards } from '@/shared/ui/list-cards';
import { ProblemView } from '@/shared/ui/problem-view';
import type { Loadable } from '@/shared/ui/query-view';
import { useNarrow } from '@/shared/ui/use-narrow';
import { useTableScroll } from '@/shared/ui/use-table-scroll';
import type { ListState } from '@/shared/ui/use-list';

import styles from './list-table.module.css';

export interface ListColumn<Row extends object> {
  key: string;
  title: string;
  render: (row: Row) => ReactNode;
  /** The name the API sorts by. */
  sort?: string;
  /** right for amounts and rates. */
  align?: 'left' | 'right' | 'center';
  width?: number;
  hiddenAtFirst?: boolean;
  /**
   * Its place on a phone's card: the first column is the title; "status" stands at its right;
   * "hidden" is left out; everything else is a labelled line.
   */
  card?: 'status' | 'hidden';
}

/** A list as the API answers it. */
export interface ListData<Row> {
  items: Row[] | null;
  next_cursor?: string | null;
  total?: number;
  total_exact?: boolean;
}

interface Props<Row extends object> {
  list: ListState<unknown>;
  query: Loadable<ListData<Row>> & { isFetching?: boolean };
  columns: readonly ListColumn<Row>[];
  rowKey: (row: Row) => string;
  rowHref?: ((row: Row) => string) | undefined;
  empty?: { title: string; description?: ReactNode; action?: ReactNode } | undefined;
  /** Search or filters are set: nothing found is then no reason to say "nothing yet". */
  asked: boolean;
}

/** The rows: a table where there is room, cards where there isn't. */
export function ListTable<Row extends object>(props: Props<Row>) {
  const { list, query, columns, rowKey, rowHref, empty, asked } = props;
  const narrow = useNarrow();
  const table = useTableScroll();

  if (query.error && query.data === undefined) {
    return <ProblemView problem={toProblem(query.error)} onRetry={() => void query.refetch()} />;
  }
  const rows = query.data?.items ?? [];
  const nothing = <Nothing empty={empty} asked={asked} onClear={list.clear} />;
  const busy = query.data !== undefined && query.isFetching === true;

  if (narrow) {
    return (
      <>
        {query.data === undefined ? (
          <div className={styles.loading}>
            <Skeleton active paragraph={{ rows: 6 }} />
          </div>
        ) : rows.length === 0 ? (
          nothing
        ) : (
          <ListCards rows={rows} columns={columns} rowKey={rowKey} rowHref={rowHref} />
        )}
        <Pages list={list} data={query.data} />
      </>
    );
  }
  return (
    <>
      <Table<Row>
        ref={table}
        size="medium"
        rowKey={rowKey}
        dataSource={rows}
        columns={columns.map((column, index) => tableColumn(column, index, list, rowHref))}
        pagination={false}
        scroll={{ x: 'max-content' }}
        loading={query.data === undefined || busy ? { delay: 250 } : false}
        locale={{
          emptyText: query.data === undefined ? <div className={styles.blank} /> : nothing,
        }}
        onChange={(_pages, _filters, sorter) => {
          const one = Array.isArray(sorter) ? sorter[0] : sorter;
          const name = one?.order ? String(one.columnKey) : undefined;
          const sort = columns.find((column) => column.key === name)?.sort;
          list.setSort(sort && one?.order === 'descend' ? `-${sort}` : sort);
        }}
      />
      <Pages list={list} data={query.data} />
    </>
  );
}

function tableColumn<Row extends object>(
  column: ListColumn<Row>,
  index: number,
  list: ListState<unknown>,
  rowHref: ((row: Row) => string) | undefined,
): TableColumnType<Row> {
  const order =
    list.sort === column.sort ? 'ascend' : list.sort === `-${column.sort}` ? 'descend' : null;
  return {
    key: column.key,
    title: column.title,
    align: column.align ?? 'left',
    ...(column.width ? { width: column.width } : {}),
    ...(column.sort ? { sorter: true, sortOrder: order } : {}),
    render: (_value, row) =>
      index === 0 && rowHref ? (
        <Link className={styles.link} to={rowHref(row)}>
          {column.render(row)}
        </Link>
      ) : (
        column.render(row)
      ),
  };
}

interface NothingProps {
  empty: Props<object>['empty'];
  asked: boolean;
  onClear: () => void;
}

function Nothing({ empty, asked, onClear }: NothingProps) {
  if (!asked) return <EmptyState {...(empty ?? { title: '暂无记录' })} />;
  return (
    <EmptyState
      icon="search"
      title="没有符合条件的记录"
      description="请更换搜索词，或放宽筛选条件。"
      action={<Button onClick={onClear}>清除条件</Button>}
    />
  );
}

/** The total and the way to the pages before and after. */
function Pages({ list, data }: { list: ListState<unknown>; data: ListData<unknown> | undefined }) {
  if (!data || (data.items?.length ?? 0) === 0) return null;
  const next = data.next_cursor;
  return (
    <div className={styles.pages}>
      <span className={styles.total}>{data.total === undefined ? '' : totalWords(data)}</span>
      {list.previous || next ? (
        <nav className={styles.turn} aria-label="翻页">
          <Button disabled={!list.previous} onClick={() => list.previous?.()}>
            上一页
          </Button>
          {list.page ? <span className="num">第 {list.page} 页</span> : null}
          <Button disabled={!next} onClick={() => next && list.next(next)}>
            下一页
          </Button>
        </nav>
      ) : null}
    </div>
  );
}

/** "共 128 条"; the server stops counting at 5,000, and so the words say. */
export function totalWords(data: { total?: number; total_exact?: boolean }): string {
  const total = (data.total ?? 0).toLocaleString('zh-CN');
  return data.total_exact === false ? `共 ${total}+ 条` : `共 ${total} 条`;
}
