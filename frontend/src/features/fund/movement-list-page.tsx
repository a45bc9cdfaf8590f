import { api } from '@/api/client';
import type { Query } from '@/api/types';
import type { ListColumn } from '@/shared/ui/list-table';
import { ListPage } from '@/shared/ui/list-page';
import { statusOptions } from '@/shared/ui/status-tag';
import { keepPrevious, useList } from '@/shared/ui/use-list';

import { movementColumns, type MovementRow } from './movement-columns';
import { MOVEMENT_KIND, MOVEMENT_STATUS } from './status';

type RowQuery = Query<'/fund-movements', 'get'>;

const fundColumn: ListColumn<MovementRow> = {
  key: 'fund',
  title: '基金',
  render: (row) => row.fund_name,
};

const columns = [...movementColumns.slice(0, 1), fundColumn, ...movementColumns.slice(1)];

/** The money of all funds, in and out. */
export function MovementListPage() {
  const list = useList<RowQuery>({
    filters: ['fund_id', 'kind', 'status', 'from', 'to'],
    defaultSort: '-on_date',
  });
  const query = api.useQuery(
    'get',
    '/fund-movements',
    { params: { query: list.params } },
    keepPrevious,
  );
  const funds = api.useQuery('get', '/funds', { params: { query: { limit: 100 } } });
  return (
    <ListPage<MovementRow>
      title="基金收支"
      description="出资、利息、退回出资与管理费，经办登记、复核签署后入账；补偿与追偿见补偿申请。"
      list={list}
      query={query}
      columns={columns}
      rowKey={(row) => row.id}
      rowHref={(row) => `/console/funds/movements/${row.id}`}
      searchHint="编号、回单号、说明、基金"
      filters={[
        {
          type: 'select',
          name: 'fund_id',
          label: '基金',
          options: (funds.data?.items ?? []).map((fund) => ({ value: fund.id, label: fund.name })),
        },
        {
          type: 'select',
          name: 'kind',
          label: '类别',
          options: Object.entries(MOVEMENT_KIND).map(([value, label]) => ({ value, label })),
        },
        { type: 'select', name: 'status', label: '状态', options: statusOptions(MOVEMENT_STATUS) },
        { type: 'date-range', from: 'from', to: 'to', label: '日期' },
      ]}
      exportPath="/fund-movements/export.xlsx"
      empty={{ title: '还没有资金收支', description: '在基金详情中由财政局经办登记。' }}
    />
  );
}
