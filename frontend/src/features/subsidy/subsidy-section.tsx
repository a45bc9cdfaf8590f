import { api } from '@/api/client';
import type { Query } from '@/api/types';
import { ListSection } from '@/shared/ui/list-page';
import { statusOptions } from '@/shared/ui/status-tag';
import { keepPrevious, useList } from '@/shared/ui/use-list';

import { SUBSIDY_STATUS, type Subsidy } from './status';
import { subsidyColumns } from './subsidy-columns';

type SubsidyQuery = Query<'/subsidies', 'get'>;

/** The applications of a call. */
export function SubsidySection({ fixed }: { fixed: { call_id: string } }) {
  const list = useList<SubsidyQuery>({
    filters: ['status'],
    defaultSort: '-created_at',
    fixed,
  });
  const query = api.useQuery('get', '/subsidies', { params: { query: list.params } }, keepPrevious);
  return (
    <ListSection<Subsidy>
      title="申请"
      list={list}
      query={query}
      columns={subsidyColumns}
      rowKey={(row) => row.id}
      rowHref={(row) => `/console/subsidies/${row.id}`}
      searchHint="编号、企业"
      filters={[
        { type: 'select', name: 'status', label: '状态', options: statusOptions(SUBSIDY_STATUS) },
      ]}
      exportPath="/subsidies/export.xlsx"
      empty={{ title: '还没有申请' }}
    />
  );
}
