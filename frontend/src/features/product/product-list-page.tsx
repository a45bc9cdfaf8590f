import { api } from '@/api/client';
import { formatDateTime } from '@/shared/format/date';
import { formatRate } from '@/shared/format/rate';
import { rightKind, rightKindOptions } from '@/shared/market-words';
import { useCan } from '@/shared/session';
import { LinkButton } from '@/shared/ui/link-button';
import { ListPage } from '@/shared/ui/list-page';
import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { Rate } from '@/shared/ui/rate';
import { StatusTag, statusOptions } from '@/shared/ui/status-tag';
import { keepPrevious, useList } from '@/shared/ui/use-list';

import { PRODUCT_STATUS, type ProductQuery, type ProductRow } from './status';

/** The shelf: what banks offer; a bank sees its own drafts besides. */
export function ProductListPage() {
  const mayDraft = useCan('product:draft');
  const list = useList<ProductQuery>({
    filters: ['status', 'collateral_kind', 'area_code', 'mine'],
    defaultSort: '-created_at',
  });
  const query = api.useQuery('get', '/products', { params: { query: list.params } }, keepPrevious);
  const areas = api.useQuery('get', '/areas', {}, { staleTime: Infinity });
  const create = mayDraft ? (
    <LinkButton type="primary" to="/console/products/new">
      起草产品
    </LinkButton>
  ) : null;
  return (
    <ListPage<ProductRow>
      title="贷款产品"
      description="各银行的知识产权质押贷款产品。限额、利率、地区等条件用于与融资需求自动匹配。"
      list={list}
      query={query}
      columns={columns}
      rowKey={(row) => row.id}
      rowHref={(row) => `/console/products/${row.id}`}
      searchHint="产品、编号、银行"
      filters={[
        ...(mayDraft
          ? [
              {
                type: 'select' as const,
                name: 'mine',
                label: '范围',
                options: [{ value: 'true', label: '只看本行' }],
              },
              {
                type: 'select' as const,
                name: 'status',
                label: '状态',
                options: statusOptions(PRODUCT_STATUS),
              },
            ]
          : []),
        {
          type: 'select',
          name: 'collateral_kind',
          label: '接受的权利',
          options: rightKindOptions,
        },
        {
          type: 'select',
          name: 'area_code',
          label: '服务地区',
          options: (areas.data?.items ?? []).map((area) => ({
            value: area.code,
            label: area.name,
          })),
        },
      ]}
      exportPath="/products/export.xlsx"
      empty={{
        title: '货架上还没有产品',
        description: mayDraft
          ? '起草产品并经本行复核后发布，即参与需求匹配。'
          : '银行发布产品后会显示在这里。',
        action: create,
      }}
      extra={create}
    />
  );
}

const columns: ListColumn<ProductRow>[] = [
  { key: 'name', title: '产品', render: (row) => row.name, sort: 'name' },
  { key: 'bank', title: '银行', render: (row) => row.bank_name },
  {
    key: 'status',
    title: '状态',
    render: (row) => <StatusTag status={row.status} map={PRODUCT_STATUS} />,
    card: 'status',
  },
  {
    key: 'amount',
    title: '最高金额',
    align: 'right',
    render: (row) => <Money value={row.amount_max} />,
    sort: 'amount_max',
  },
  {
    key: 'rate',
    title: '利率区间',
    align: 'right',
    render: (row) => (
      <span className="num">
        {formatRate(row.rate_min)} 至 {formatRate(row.rate_max)}
      </span>
    ),
    sort: 'rate_min',
  },
  {
    key: 'term',
    title: '期限',
    align: 'right',
    render: (row) => `${row.term_min_months} 至 ${row.term_max_months} 个月`,
  },
  {
    key: 'ltv',
    title: '最高质押率',
    align: 'right',
    render: (row) => <Rate value={row.ltv_max} variant="share" />,
    sort: 'ltv_max',
  },
  {
    key: 'kinds',
    title: '接受的权利',
    render: (row) => row.collateral_kinds.map(rightKind).join('、'),
  },
  {
    key: 'number',
    title: '编号',
    render: (row) => <span className="num">{row.number}</span>,
    hiddenAtFirst: true,
    card: 'hidden',
  },
  {
    key: 'published',
    title: '发布时间',
    render: (row) => (row.published_at ? formatDateTime(row.published_at) : '—'),
    hiddenAtFirst: true,
    card: 'hidden',
  },
];
