import { api } from '@/api/client';
import type { Query } from '@/api/types';
import { formatDate, formatDateTime } from '@/shared/format/date';
import { kindLabel, kindOptions } from '@/shared/labels';
import { useCan } from '@/shared/session';
import { LinkButton } from '@/shared/ui/link-button';
import { ListPage } from '@/shared/ui/list-page';
import type { ListColumn } from '@/shared/ui/list-table';
import { statusOptions, StatusTag } from '@/shared/ui/status-tag';
import { keepPrevious, useList } from '@/shared/ui/use-list';

import { ORGANIZATION_STATUS, scaleLabel, scaleOptions, type Organization } from './status';

type RowQuery = Query<'/organizations', 'get'>;

const columns: ListColumn<Organization>[] = [
  { key: 'name', title: '机构名称', render: (row) => row.name, sort: 'name' },
  {
    key: 'status',
    title: '状态',
    card: 'status',
    render: (row) => <StatusTag status={row.status} map={ORGANIZATION_STATUS} />,
  },
  { key: 'kind', title: '类型', render: (row) => kindLabel(row.kind) },
  {
    key: 'uscc',
    title: '统一社会信用代码',
    render: (row) => <span className="num">{row.uscc || '—'}</span>,
  },
  {
    key: 'area',
    title: '所在地',
    render: (row) => [row.area_name, row.park_name].filter(Boolean).join('，'),
  },
  { key: 'scale', title: '规模', render: (row) => scaleLabel(row.scale), hiddenAtFirst: true },
  {
    key: 'marks',
    title: '资质',
    hiddenAtFirst: true,
    render: (row) =>
      [row.high_tech && '高新技术企业', row.specialised && '专精特新'].filter(Boolean).join('，') ||
      '—',
  },
  {
    key: 'admitted',
    title: '准入日期',
    render: (row) => (row.admitted_at ? formatDate(row.admitted_at) : '—'),
  },
  {
    key: 'number',
    title: '机构编号',
    render: (row) => <span className="num">{row.number}</span>,
    sort: 'number',
  },
  {
    key: 'created',
    title: '登记时间',
    render: (row) => formatDateTime(row.created_at),
    sort: 'created_at',
    hiddenAtFirst: true,
    card: 'hidden',
  },
];

/** Those who do business here, as far as the reader's own house deals with them. */
export function OrganizationListPage() {
  const list = useList<RowQuery>({
    filters: ['kind', 'status', 'area_code', 'scale'],
    defaultSort: '-created_at',
  });
  const query = api.useQuery(
    'get',
    '/organizations',
    { params: { query: list.params } },
    keepPrevious,
  );
  const areas = api.useQuery('get', '/areas', {}, { staleTime: Infinity });
  const create = useCan('org:create') ? (
    <LinkButton type="primary" to="/console/organizations/new">
      登记机构
    </LinkButton>
  ) : null;
  return (
    <ListPage<Organization>
      title="入驻机构"
      description="企业自行申请入驻；银行、评估、担保等机构由市场监管局（知识产权局）登记。准入须经办、复核两人办理。"
      list={list}
      query={query}
      columns={columns}
      rowKey={(row) => row.id}
      rowHref={(row) => `/console/organizations/${row.id}`}
      searchHint="名称、编号、信用代码"
      filters={[
        { type: 'select', name: 'kind', label: '类型', options: kindOptions },
        {
          type: 'select',
          name: 'status',
          label: '状态',
          options: statusOptions(ORGANIZATION_STATUS),
        },
        {
          type: 'select',
          name: 'area_code',
          label: '县市区',
          options: (areas.data?.items ?? [])
            .filter((area) => area.kind !== 'park')
            .map((area) => ({ value: area.code, label: area.name })),
        },
        { type: 'select', name: 'scale', label: '规模', options: scaleOptions },
      ]}
      exportPath="/organizations/export.xlsx"
      empty={{ title: '还没有入驻机构', action: create }}
      extra={create}
    />
  );
}
