import { api } from '@/api/client';
import type { Query } from '@/api/types';
import { ListSection } from '@/shared/ui/list-page';
import { statusOptions } from '@/shared/ui/status-tag';
import { keepPrevious, useList } from '@/shared/ui/use-list';

import { movementColumns, type MovementRow } from './movement-columns';
import { MOVEMENT_KIND, MOVEMENT_STATUS } from './status';

type RowQuery = Query<'/fund-movements', 'get'>;

/** The money of one fund, in and out. */
export function MovementSection({ fundID }: { fundID: string }) {
  const list = useList<RowQuery>({
    filters: ['kind', 'status', 'from', 'to'],
    defaultSort: '-on_date',
    fixed: { fund_id: fundID },
  });
  const query = api.useQuery(
    'get',
    '/fund-movements',
    { params: { query: list.params } },
    keepPrevious,
  );
  return (
    <ListSection<MovementRow>
      title="资金收支"
      list={list}
      query={query}
      columns={movementColumns}
      rowKey={(row) => row.id}
      rowHref={(row) => `/console/funds/movements/${row.id}`}
      searchHint="编号、回单号、说明"
      filters={[
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
      empty={{ title: '还没有资金收支', description: '由财政局经办登记出资、利息、退资与管理费。' }}
    />
  );
}
