import { Button, Tag } from 'antd';
import { useState } from 'react';

import { api } from '@/api/client';
import type { Item, Query } from '@/api/types';
import { formatDateTime } from '@/shared/format/date';
import { ListPage } from '@/shared/ui/list-page';
import type { ListColumn } from '@/shared/ui/list-table';
import { keepPrevious, useList } from '@/shared/ui/use-list';

import { ChainCheck } from './chain-check';
import { EntryDrawer } from './entry-drawer';
import { objectLabel } from './words';

type Entry = Item<'/audit'>;
type RowQuery = Query<'/audit', 'get'>;

/** Who did what, when, from where; for the audit administrator alone. */
export function AuditPage() {
  const [open, setOpen] = useState<Entry>();
  const list = useList<RowQuery>({
    filters: ['action', 'result', 'from', 'to'],
    defaultSort: '-at',
  });
  const query = api.useQuery('get', '/audit', { params: { query: list.params } }, keepPrevious);
  const actions = api.useQuery('get', '/audit/actions', {}, { staleTime: Infinity });
  const columns: ListColumn<Entry>[] = [
    {
      key: 'at',
      title: '时间',
      render: (row) => <span className="num">{formatDateTime(row.at)}</span>,
      sort: 'at',
    },
    {
      key: 'result',
      title: '结果',
      card: 'status',
      render: (row) => (
        <Tag variant="filled" color={row.result === 'ok' ? 'success' : 'error'}>
          {row.result === 'ok' ? '成功' : '已拒绝'}
        </Tag>
      ),
    },
    { key: 'user', title: '用户', render: (row) => row.user_name },
    { key: 'org', title: '单位', render: (row) => row.org_name || '—' },
    { key: 'action', title: '动作', render: (row) => row.text },
    { key: 'object', title: '对象', render: (row) => objectLabel(row.object_kind) },
    {
      key: 'address',
      title: '来源地址',
      render: (row) => <span className="num">{row.address || '—'}</span>,
    },
    {
      key: 'seq',
      title: '链上序号',
      render: (row) => <span className="num">{row.seq > 0 ? row.seq : '待串链'}</span>,
      hiddenAtFirst: true,
    },
    {
      key: 'more',
      title: '内容',
      render: (row) => (
        <Button size="small" onClick={() => setOpen(row)}>
          查看
        </Button>
      ),
    },
  ];
  return (
    <>
      <ListPage<Entry>
        title="审计日志"
        description="只增不改，逐条以哈希串链；尚在密封期的报价记录到期前不显示。"
        list={list}
        query={query}
        columns={columns}
        rowKey={(row) => row.id}
        searchHint="用户、单位、对象编号、地址"
        filters={[
          {
            type: 'select',
            name: 'action',
            label: '动作',
            options: (actions.data?.items ?? []).map((each) => ({
              value: each.action,
              label: each.text,
            })),
          },
          {
            type: 'select',
            name: 'result',
            label: '结果',
            options: [
              { value: 'ok', label: '成功' },
              { value: 'refused', label: '已拒绝' },
            ],
          },
          { type: 'date-range', from: 'from', to: 'to', label: '日期' },
        ]}
        exportPath="/audit/export.xlsx"
        above={<ChainCheck />}
      />
      <EntryDrawer entry={open} onClose={() => setOpen(undefined)} />
    </>
  );
}
