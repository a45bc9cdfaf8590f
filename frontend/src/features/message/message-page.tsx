import { Button, Segmented } from 'antd';
import { useSearchParams } from 'react-router';

import { api } from '@/api/client';
import type { Item, Query } from '@/api/types';
import { formatDateTime } from '@/shared/format/date';
import { ListPage } from '@/shared/ui/list-page';
import type { ListColumn } from '@/shared/ui/list-table';
import { StatusTag, type StatusMap } from '@/shared/ui/status-tag';
import { keepPrevious, useList } from '@/shared/ui/use-list';

type Row = Item<'/messages'>;
type RowQuery = Query<'/messages', 'get'>;

const READ: StatusMap<'read' | 'unread'> = {
  unread: { text: '未读', color: 'processing' },
  read: { text: '已读', color: 'default' },
};

const columns: ListColumn<Row>[] = [
  { key: 'title', title: '消息', render: (row) => row.title },
  { key: 'body', title: '内容', render: (row) => row.body },
  { key: 'at', title: '时间', render: (row) => formatDateTime(row.created_at), sort: 'created_at' },
  {
    key: 'read',
    title: '状态',
    card: 'status',
    render: (row) => <StatusTag status={row.read_at ? 'read' : 'unread'} map={READ} />,
  },
];

/** What happened that concerns me. */
export function MessagePage() {
  const [search, setSearch] = useSearchParams();
  const unread = search.get('unread') === 'true';
  const list = useList<RowQuery>({ filters: ['unread'], defaultSort: '-created_at' });
  const query = api.useQuery('get', '/messages', { params: { query: list.params } }, keepPrevious);
  const read = api.useMutation('post', '/messages/read');
  return (
    <ListPage<Row>
      title="消息"
      list={list}
      query={query}
      columns={columns}
      rowKey={(row) => row.id}
      rowHref={(row) => row.link || '/console/messages'}
      searchHint="标题、内容"
      empty={{
        title: unread ? '没有未读消息' : '还没有消息',
        description: '与您有关的办理进展会出现在这里。',
      }}
      extra={
        <>
          <Segmented
            aria-label="筛选消息"
            value={unread ? 'unread' : 'all'}
            options={[
              { value: 'all', label: '全部' },
              { value: 'unread', label: '未读' },
            ]}
            onChange={(value) =>
              setSearch(value === 'unread' ? { unread: 'true' } : {}, { replace: true })
            }
          />
          <Button
            disabled={!query.data?.unread}
            loading={read.isPending}
            onClick={() => read.mutate({ body: { ids: [] } })}
          >
            全部标为已读
          </Button>
        </>
      }
    />
  );
}
