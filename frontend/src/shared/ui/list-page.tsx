import type { ReactNode } from 'react';

import { FilterBar, type Filter } from '@/shared/ui/filter-bar';
import { ListTable, type ListColumn, type ListData } from '@/shared/ui/list-table';
import { ListTools, useColumnSet } from '@/shared/ui/list-tools';
import { PageHeader } from '@/shared/ui/page-header';
import type { Loadable } from '@/shared/ui/query-view';
import type { ListState } from '@/shared/ui/use-list';

import styles from './list-page.module.css';

export interface ListPageProps<Row extends object> {
  title: string;
  description?: ReactNode;
  /** What `useList` gave. */
  list: ListState<unknown>;
  /** What `api.useQuery('get', '/…', { params: { query: list.params } }, keepPrevious)` gave. */
  query: Loadable<ListData<Row>> & { isFetching?: boolean };
  columns: readonly ListColumn<Row>[];
  rowKey: (row: Row) => string;
  /** Where a row leads; its first column becomes the link. */
  rowHref?: (row: Row) => string;
  filters?: readonly Filter[];
  /** "编号、企业名称"; leave out where `q` does nothing. */
  searchHint?: string;
  /** The API path that answers with an Excel file of the same filters: "/needs/export". */
  exportPath?: string;
  /** What to say while there is nothing at all. */
  empty?: { title: string; description?: ReactNode; action?: ReactNode };
  /** Buttons beside the title: "新建". */
  extra?: ReactNode;
  /** Between title and table: figures, a warning. */
  above?: ReactNode;
}

/** A page that is one list: search, filters, sort, columns, export, pages, cards on phones. */
export function ListPage<Row extends object>(props: ListPageProps<Row>) {
  const { title, description, extra, above, ...section } = props;
  return (
    <>
      <PageHeader title={title} description={description} extra={extra} />
      {above ? <div className={styles.above}>{above}</div> : null}
      <ListSection title={title} {...section} />
    </>
  );
}

type SectionProps<Row extends object> = Omit<ListPageProps<Row>, 'description' | 'extra' | 'above'>;

/** The same list inside another page, such as a tab. `title` only names it for readers. */
export function ListSection<Row extends object>(props: SectionProps<Row>) {
  const { title, list, query, columns, rowKey, rowHref, filters, searchHint, exportPath, empty } =
    props;
  const set = useColumnSet(title, columns);
  const asked = list.q !== '' || Object.values(list.filters).some(Boolean);
  return (
    <section className={styles.box} aria-label={title}>
      <div className={styles.head}>
        {searchHint || filters ? (
          <FilterBar list={list} filters={filters ?? []} searchHint={searchHint} />
        ) : (
          <span />
        )}
        <ListTools list={list} set={set} exportPath={exportPath} columns={columns} />
      </div>
      <ListTable
        list={list}
        query={query}
        columns={set.shown}
        rowKey={rowKey}
        rowHref={rowHref}
        empty={asked ? undefined : empty}
        asked={asked}
      />
    </section>
  );
}
