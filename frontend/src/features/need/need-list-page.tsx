import { api } from '@/api/client';
import { formatDate, formatDateTime } from '@/shared/format/date';
import { METHOD } from '@/shared/market-words';
import { useCan } from '@/shared/session';
import { Deadline } from '@/shared/ui/deadline';
import { LinkButton } from '@/shared/ui/link-button';
import { ListPage } from '@/shared/ui/list-page';
import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { Rate } from '@/shared/ui/rate';
import { StatusTag, statusOptions } from '@/shared/ui/status-tag';
import { keepPrevious, useList } from '@/shared/ui/use-list';

import { NEED_STATUS, purposeOptions, type NeedQuery, type NeedRow } from './status';

/** The needs that concern the reader: one's own, those open to banks, those to be reviewed. */
export function NeedListPage() {
  const list = useList<NeedQuery>({
    filters: ['status', 'area_code', 'purpose_kind', 'created_from', 'created_to'],
    defaultSort: '-created_at',
  });
  const query = api.useQuery('get', '/needs', { params: { query: list.params } }, keepPrevious);
  const areas = api.useQuery('get', '/areas', {}, { staleTime: Infinity });
  const mayDraft = useCan('need:draft');
  const create = mayDraft ? (
    <LinkButton type="primary" to="/console/needs/new">
      发布需求
    </LinkButton>
  ) : null;
  return (
    <ListPage<NeedRow>
      title="融资需求"
      description="企业以知识产权组合质押提出的融资需求。报价期内各行报价密封，截止后统一揭晓。"
      list={list}
      query={query}
      columns={columns}
      rowKey={(row) => row.id}
      rowHref={(row) => `/console/needs/${row.id}`}
      searchHint="编号、名称、企业"
      filters={[
        { type: 'select', name: 'status', label: '状态', options: statusOptions(NEED_STATUS) },
        { type: 'select', name: 'purpose_kind', label: '用途', options: purposeOptions },
        {
          type: 'select',
          name: 'area_code',
          label: '县市区',
          options: (areas.data?.items ?? []).map((area) => ({
            value: area.code,
            label: area.name,
          })),
        },
        { type: 'date-range', from: 'created_from', to: 'created_to', label: '创建日期' },
      ]}
      exportPath="/needs/export.xlsx"
      empty={{
        title: '还没有融资需求',
        description: mayDraft
          ? '选好已上架的知识产权，填写金额与期限，经签署和核验后即向银行公开招标。'
          : '有与您有关的融资需求时，会显示在这里。',
        action: create,
      }}
      extra={create}
    />
  );
}

const columns: ListColumn<NeedRow>[] = [
  {
    key: 'number',
    title: '编号',
    render: (row) => <span className="num">{row.number}</span>,
    sort: 'number',
  },
  { key: 'enterprise', title: '企业', render: (row) => row.enterprise_name },
  { key: 'title', title: '名称', render: (row) => row.title },
  {
    key: 'status',
    title: '状态',
    render: (row) => <StatusTag status={row.status} map={NEED_STATUS} />,
    card: 'status',
  },
  {
    key: 'amount',
    title: '金额',
    align: 'right',
    render: (row) => <Money value={row.amount} />,
    sort: 'amount',
  },
  { key: 'term', title: '期限', align: 'right', render: (row) => `${row.term_months} 个月` },
  {
    key: 'ceiling',
    title: '利率上限',
    align: 'right',
    render: (row) => <Rate value={row.rate_ceiling} />,
    sort: 'rate_ceiling',
  },
  {
    key: 'closes',
    title: '报价截止',
    render: (row) => <Closing need={row} />,
    sort: 'closes_at',
  },
  { key: 'assets', title: '质押权利', align: 'right', render: (row) => `${row.asset_count} 项` },
  {
    key: 'method',
    title: '还款方式',
    render: (row) => METHOD[row.method],
    hiddenAtFirst: true,
    card: 'hidden',
  },
  {
    key: 'area',
    title: '县市区',
    render: (row) => row.area_name,
    hiddenAtFirst: true,
    card: 'hidden',
  },
  {
    key: 'created',
    title: '创建时间',
    render: (row) => formatDateTime(row.created_at),
    sort: 'created_at',
    hiddenAtFirst: true,
    card: 'hidden',
  },
];

function Closing({ need }: { need: NeedRow }) {
  if (!need.closes_at) return '—';
  if (need.status !== 'open') return formatDate(need.closes_at);
  return (
    <Deadline
      on={need.closes_at}
      remaining={need.working_days_left ?? null}
      provisional={need.provisional}
    />
  );
}
