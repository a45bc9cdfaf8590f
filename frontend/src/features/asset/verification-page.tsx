import { api } from '@/api/client';
import type { Query } from '@/api/types';
import { ListPage } from '@/shared/ui/list-page';
import { keepPrevious, useList } from '@/shared/ui/use-list';

import { assetColumns } from './asset-columns';
import { kindOptions, type Asset } from './status';

type AssetQuery = Query<'/assets', 'get'>;

const wanted = ['title', 'kind', 'right_no', 'owner', 'area', 'expires', 'upkeep', 'created'];

const columns = assetColumns
  .filter((column) => wanted.includes(column.key))
  .map((column) => ({ ...column, hiddenAtFirst: false }));

/** What enterprises handed in and the bureau has not judged yet, the oldest first. */
export function VerificationPage() {
  const list = useList<AssetQuery>({
    filters: ['kind', 'area_code'],
    defaultSort: 'created_at',
    fixed: { status: 'submitted' },
  });
  const query = api.useQuery('get', '/assets', { params: { query: list.params } }, keepPrevious);
  const areas = api.useQuery('get', '/areas', {}, { staleTime: Infinity });
  return (
    <ListPage<Asset>
      title="核验工作台"
      description="核对号码、权利人与登记簿副本。经办提出核验通过，复核人签署后生效；退回须说明理由。应在 3 个工作日内办结。"
      list={list}
      query={query}
      columns={columns}
      rowKey={(row) => row.id}
      rowHref={(row) => `/console/assets/${row.id}`}
      searchHint="名称、权利号、权利人"
      filters={[
        { type: 'select', name: 'kind', label: '种类', options: kindOptions },
        {
          type: 'select',
          name: 'area_code',
          label: '县市区',
          options: (areas.data?.items ?? []).map((area) => ({
            value: area.code,
            label: area.name,
          })),
        },
      ]}
      empty={{ title: '没有待核验的知识产权', description: '企业提交后会出现在这里。' }}
    />
  );
}
