import { Segmented } from 'antd';

import { api } from '@/api/client';
import type { Query } from '@/api/types';
import { formatDate, formatDateTime } from '@/shared/format/date';
import { ListPage } from '@/shared/ui/list-page';
import type { ListColumn } from '@/shared/ui/list-table';
import { statusOptions, StatusTag } from '@/shared/ui/status-tag';
import { keepPrevious, useList } from '@/shared/ui/use-list';

import { APPROVAL_STATUS, type Approval } from './status';

type RowQuery = Query<'/approvals', 'get'>;

const columns: ListColumn<Approval>[] = [
  { key: 'text', title: '事项', render: (row) => row.text },
  {
    key: 'status',
    title: '状态',
    card: 'status',
    render: (row) => <StatusTag status={row.status} map={APPROVAL_STATUS} />,
  },
  { key: 'title', title: '对象', render: (row) => row.title },
  { key: 'maker', title: '经办人', render: (row) => row.maker_name },
  {
    key: 'made',
    title: '提交时间',
    render: (row) => <span className="num">{formatDateTime(row.made_at)}</span>,
    sort: 'made_at',
  },
  { key: 'due', title: '期限', render: (row) => (row.due_on ? formatDate(row.due_on) : '—') },
  { key: 'checker', title: '复核人', render: (row) => row.checker_name || '—' },
  {
    key: 'decided',
    title: '办结时间',
    render: (row) => (row.decided_at ? formatDateTime(row.decided_at) : '—'),
    hiddenAtFirst: true,
  },
];

const empty = {
  to_sign: { title: '没有等待您复核的事项' },
  made: { title: '您还没有经办过需要复核的事项' },
  all: { title: '本单位还没有复核事项' },
};

/** What takes two people, in one's own house. */
export function ApprovalListPage() {
  const list = useList<RowQuery>({ filters: ['box', 'status'], defaultSort: '-made_at' });
  const box = (list.filters['box'] ?? 'to_sign') as keyof typeof empty;
  const query = api.useQuery('get', '/approvals', { params: { query: list.params } }, keepPrevious);
  return (
    <ListPage<Approval>
      title="复核事项"
      description="须两人办理的步骤：经办人提交，另一人核对后签署，签署后才生效。"
      list={list}
      query={query}
      columns={columns}
      rowKey={(row) => row.id}
      rowHref={(row) => `/console/approvals/${row.id}`}
      filters={
        box === 'to_sign'
          ? []
          : [
              {
                type: 'select',
                name: 'status',
                label: '状态',
                options: statusOptions(APPROVAL_STATUS),
              },
            ]
      }
      empty={empty[box]}
      above={
        <Segmented
          aria-label="范围"
          value={box}
          options={[
            { value: 'to_sign', label: '待我复核' },
            { value: 'made', label: '我经办的' },
            { value: 'all', label: '本单位全部' },
          ]}
          onChange={(value) =>
            list.setFilters({ box: value === 'to_sign' ? undefined : value, status: undefined })
          }
        />
      }
    />
  );
}
