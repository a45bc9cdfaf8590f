import { Button } from 'antd';
import { useState } from 'react';

import { api } from '@/api/client';
import type { Query } from '@/api/types';
import { useCan } from '@/shared/session';
import { ExcelImport } from '@/shared/ui/excel-import';
import { LinkButton } from '@/shared/ui/link-button';
import { ListPage } from '@/shared/ui/list-page';
import { statusOptions } from '@/shared/ui/status-tag';
import { keepPrevious, useList } from '@/shared/ui/use-list';

import { assetColumns } from './asset-columns';
import { ASSET_STATUS, kindOptions, type Asset } from './status';

type AssetQuery = Query<'/assets', 'get'>;

/** The rights that concern the reader: one's own, or those one watches over. */
export function AssetListPage() {
  const list = useList<AssetQuery>({
    filters: ['kind', 'status', 'area_code', 'alerted', 'org_id'],
    defaultSort: '-created_at',
  });
  const query = api.useQuery('get', '/assets', { params: { query: list.params } }, keepPrevious);
  const areas = api.useQuery('get', '/areas', {}, { staleTime: Infinity });
  const [importing, setImporting] = useState(false);
  const mayWrite = useCan('asset:write');
  const create = mayWrite ? (
    <LinkButton type="primary" to="/console/assets/new">
      登记知识产权
    </LinkButton>
  ) : null;
  return (
    <>
      <ListPage<Asset>
        title="知识产权"
        description="专利、商标与地理标志商标。登记后由本单位签署人复核，再由知识产权局核验，核验通过并上架后方可用于融资。"
        list={list}
        query={query}
        columns={assetColumns}
        rowKey={(row) => row.id}
        rowHref={(row) => `/console/assets/${row.id}`}
        searchHint="名称、权利号、权利人"
        filters={[
          { type: 'select', name: 'kind', label: '种类', options: kindOptions },
          { type: 'select', name: 'status', label: '状态', options: statusOptions(ASSET_STATUS) },
          {
            type: 'select',
            name: 'area_code',
            label: '县市区',
            options: (areas.data?.items ?? []).map((area) => ({
              value: area.code,
              label: area.name,
            })),
          },
          {
            type: 'select',
            name: 'alerted',
            label: '预警',
            options: [{ value: 'true', label: '有未解除预警' }],
          },
        ]}
        exportPath="/assets/export.xlsx"
        empty={{
          title: '还没有登记知识产权',
          description: mayWrite
            ? '可逐项登记，也可下载模板后批量导入。'
            : '有权利登记并与您有关时，会显示在这里。',
          action: create,
        }}
        extra={
          mayWrite ? (
            <>
              <Button onClick={() => setImporting(true)}>批量导入</Button>
              {create}
            </>
          ) : null
        }
      />
      <ExcelImport
        open={importing}
        onClose={() => setImporting(false)}
        noun="知识产权"
        path="/assets/import"
        templatePath="/assets/import-template.xlsx"
        hint="每行一项权利；商标一号多类的，每类一行。日期可填 2020-06-19 或 Excel 日期格式。导入后为草稿，可补充材料再提交。"
      />
    </>
  );
}
