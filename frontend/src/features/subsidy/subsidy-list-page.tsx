import { api } from '@/api/client';
import type { Query } from '@/api/types';
import { useCan } from '@/shared/session';
import { LinkButton } from '@/shared/ui/link-button';
import { ListPage } from '@/shared/ui/list-page';
import { statusOptions } from '@/shared/ui/status-tag';
import { keepPrevious, useList } from '@/shared/ui/use-list';

import { kindOptions, SUBSIDY_STATUS, type Subsidy } from './status';
import { subsidyColumns } from './subsidy-columns';

type SubsidyQuery = Query<'/subsidies', 'get'>;

/** All applications the caller may see. */
export function SubsidyListPage() {
  const list = useList<SubsidyQuery>({
    filters: ['call_id', 'kind', 'status'],
    defaultSort: '-created_at',
  });
  const query = api.useQuery('get', '/subsidies', { params: { query: list.params } }, keepPrevious);
  const calls = api.useQuery('get', '/subsidy-calls', { params: { query: { limit: 100 } } });
  const mayApply = useCan('subsidy:apply');
  const apply = mayApply ? (
    <LinkButton type="primary" to="/console/subsidies/new">
      申请补助
    </LinkButton>
  ) : null;
  return (
    <ListPage<Subsidy>
      title="补助申请"
      description="金额由系统按政策测算，取测算、实付、上限、预算余额四项中最小的；经审核、公示后拨付。"
      list={list}
      query={query}
      columns={subsidyColumns}
      rowKey={(row) => row.id}
      rowHref={(row) => `/console/subsidies/${row.id}`}
      searchHint="编号、企业、贷款"
      filters={[
        {
          type: 'select',
          name: 'call_id',
          label: '征集',
          options: (calls.data?.items ?? []).map((call) => ({
            value: call.id,
            label: call.title,
          })),
        },
        { type: 'select', name: 'kind', label: '种类', options: kindOptions },
        { type: 'select', name: 'status', label: '状态', options: statusOptions(SUBSIDY_STATUS) },
      ]}
      exportPath="/subsidies/export.xlsx"
      empty={{
        title: '还没有补助申请',
        description: '有征集正在受理时，企业可为已放款的贷款申请补助。',
        action: apply,
      }}
      extra={apply}
    />
  );
}
