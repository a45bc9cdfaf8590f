import { api } from '@/api/client';
import type { Item, Query } from '@/api/types';
import { formatDateTime } from '@/shared/format/date';
import { useCan } from '@/shared/session';
import { LinkButton } from '@/shared/ui/link-button';
import { ListPage } from '@/shared/ui/list-page';
import type { ListColumn } from '@/shared/ui/list-table';
import { statusOptions, StatusTag } from '@/shared/ui/status-tag';
import { keepPrevious, useList } from '@/shared/ui/use-list';

import { NOTICE_KIND, NOTICE_STATUS } from './status';

type Row = Item<'/notices'>;
type RowQuery = Query<'/notices', 'get'>;

const columns: ListColumn<Row>[] = [
  { key: 'title', title: '标题', render: (row) => row.title },
  { key: 'kind', title: '类别', render: (row) => NOTICE_KIND[row.kind] },
  { key: 'number', title: '编号', render: (row) => <span className="num">{row.number}</span> },
  {
    key: 'status',
    title: '状态',
    card: 'status',
    render: (row) => <StatusTag status={row.status} map={NOTICE_STATUS} />,
  },
  {
    key: 'at',
    title: '发布时间',
    render: (row) => (row.published_at ? formatDateTime(row.published_at) : '—'),
    sort: 'published_at',
  },
];

/** The bureau's notices in all states. */
export function NoticeListPage() {
  const list = useList<RowQuery>({ filters: ['status', 'kind'], defaultSort: '-created_at' });
  const query = api.useQuery('get', '/notices', { params: { query: list.params } }, keepPrevious);
  const create = useCan('notice:draft') ? (
    <LinkButton type="primary" to="/console/notices/new">
      起草公告
    </LinkButton>
  ) : null;
  return (
    <ListPage<Row>
      title="公告管理"
      description="公告经复核发布后不再修改；发布文本的指纹一并公开，任何人可以核对。"
      list={list}
      query={query}
      columns={columns}
      rowKey={(row) => row.id}
      rowHref={(row) => `/console/notices/${row.id}`}
      searchHint="编号、标题"
      filters={[
        { type: 'select', name: 'status', label: '状态', options: statusOptions(NOTICE_STATUS) },
        {
          type: 'select',
          name: 'kind',
          label: '类别',
          options: Object.entries(NOTICE_KIND).map(([value, label]) => ({ value, label })),
        },
      ]}
      empty={{ title: '还没有公告', action: create }}
      extra={create}
    />
  );
}
