import { api } from '@/api/client';
import type { Item, Query } from '@/api/types';
import { formatDate, formatDateTime } from '@/shared/format/date';
import { useCan } from '@/shared/session';
import { LinkButton } from '@/shared/ui/link-button';
import { ListPage } from '@/shared/ui/list-page';
import type { ListColumn } from '@/shared/ui/list-table';
import { statusOptions } from '@/shared/ui/status-tag';
import { keepPrevious, useList } from '@/shared/ui/use-list';

import { PolicyTag } from './policy-tag';
import { POLICY_STATUS } from './status';

type Row = Item<'/policies'>;
type RowQuery = Query<'/policies', 'get'>;

const columns: ListColumn<Row>[] = [
  { key: 'title', title: '标题', render: (row) => row.title },
  {
    key: 'number',
    title: '编号',
    render: (row) => <span className="num">{row.number}</span>,
    sort: 'number',
  },
  {
    key: 'effective_from',
    title: '生效日期',
    render: (row) => <span className="num">{formatDate(row.effective_from)}</span>,
    sort: 'effective_from',
  },
  { key: 'status', title: '状态', card: 'status', render: (row) => <PolicyTag row={row} /> },
  { key: 'maker', title: '经办', render: (row) => row.maker_name || '—' },
  { key: 'checker', title: '复核', render: (row) => row.checker_name || '—' },
  {
    key: 'approved',
    title: '批准时间',
    render: (row) => (row.approved_at ? formatDateTime(row.approved_at) : '—'),
    hiddenAtFirst: true,
    card: 'hidden',
  },
];

/** The dated versions of the scheme's numbers. */
export function PolicyListPage() {
  const list = useList<RowQuery>({ filters: ['status'], defaultSort: '-effective_from' });
  const query = api.useQuery('get', '/policies', { params: { query: list.params } }, keepPrevious);
  const mayDraft = useCan('policy:draft');
  const draft = mayDraft ? (
    <LinkButton type="primary" to="/console/policies/new">
      起草新版本
    </LinkButton>
  ) : null;
  return (
    <ListPage<Row>
      title="政策参数"
      description="分担比例、限额、期限、熔断线等参数按生效日期分版本管理；批准后不再修改，已办业务按当时的版本执行。"
      list={list}
      query={query}
      columns={columns}
      rowKey={(row) => row.id}
      rowHref={(row) => `/console/policies/${row.id}`}
      searchHint="编号、标题、依据"
      filters={
        mayDraft
          ? [
              {
                type: 'select',
                name: 'status',
                label: '状态',
                options: statusOptions(POLICY_STATUS),
              },
            ]
          : []
      }
      exportPath="/policies/export.xlsx"
      empty={{ title: '还没有政策版本', action: draft }}
      extra={
        <>
          <LinkButton to="/console/policies/compare">版本对照</LinkButton>
          {draft}
        </>
      }
    />
  );
}
