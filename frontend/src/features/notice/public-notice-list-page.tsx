import { api } from '@/api/client';
import type { Item, Query } from '@/api/types';
import { formatDate } from '@/shared/format/date';
import { ListPage } from '@/shared/ui/list-page';
import type { ListColumn } from '@/shared/ui/list-table';
import { keepPrevious, useList } from '@/shared/ui/use-list';

import styles from './public.module.css';
import { NOTICE_KIND } from './status';

type Row = Item<'/portal/notices'>;
type RowQuery = Query<'/portal/notices', 'get'>;

const columns: ListColumn<Row>[] = [
  { key: 'title', title: '标题', render: (row) => row.title },
  { key: 'kind', title: '类别', render: (row) => NOTICE_KIND[row.kind] },
  { key: 'number', title: '编号', render: (row) => <span className="num">{row.number}</span> },
  {
    key: 'on',
    title: '发布日期',
    render: (row) => (row.publish_from ? formatDate(row.publish_from) : '—'),
    sort: 'published_at',
  },
  {
    key: 'until',
    title: '公示截止',
    render: (row) => (row.publish_until ? formatDate(row.publish_until) : '—'),
  },
];

/** What the public reads; a fingerprint finds the notice it belongs to. */
export function PublicNoticeListPage() {
  const list = useList<RowQuery>({ filters: ['kind', 'sha256'], defaultSort: '-published_at' });
  const query = api.useQuery(
    'get',
    '/portal/notices',
    { params: { query: list.params } },
    keepPrevious,
  );
  return (
    <div className={styles.page}>
      <ListPage<Row>
        title="公告公示"
        description="每条公告附发布文本的指纹（SHA-256），输入指纹可以查到它属于哪条公告。"
        list={list}
        query={query}
        columns={columns}
        rowKey={(row) => row.id}
        rowHref={(row) => `/notices/${row.id}`}
        searchHint="编号、标题"
        filters={[
          {
            type: 'select',
            name: 'kind',
            label: '类别',
            options: Object.entries(NOTICE_KIND).map(([value, label]) => ({ value, label })),
          },
          { type: 'text', name: 'sha256', label: '指纹' },
        ]}
        empty={{ title: '没有符合条件的公告' }}
      />
    </div>
  );
}
