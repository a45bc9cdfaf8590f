import { api } from '@/api/client';
import { formatDate, formatDateTime } from '@/shared/format/date';
import { formatDecimal } from '@/shared/format/rate';
import { BID_STATUS, METHOD } from '@/shared/market-words';
import { useSession } from '@/shared/session';
import { LinkButton } from '@/shared/ui/link-button';
import { ListPage } from '@/shared/ui/list-page';
import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { Rate } from '@/shared/ui/rate';
import { StatusTag, statusOptions } from '@/shared/ui/status-tag';
import { keepPrevious, useList } from '@/shared/ui/use-list';

import type { BidQuery, BidRow } from './status';

/** A bank's own bids; for others those that were unsealed. */
export function BidListPage() {
  const bank = useSession()?.organization.kind === 'bank';
  const list = useList<BidQuery>({ filters: ['status'], defaultSort: '-created_at' });
  const query = api.useQuery('get', '/bids', { params: { query: list.params } }, keepPrevious);
  return (
    <ListPage<BidRow>
      title={bank ? '本行报价' : '报价'}
      description={
        bank
          ? '报价由客户经理起草、复核人签署后生效，截止前可撤回。截止后可看到本行名次。'
          : '已过截止时间、揭晓的报价。报价期内任何报价都不会出现在这里。'
      }
      list={list}
      query={query}
      columns={bank ? [...shared, ...ofBank] : [...shared, ...ofOthers]}
      rowKey={(row) => row.id}
      rowHref={(row) => `/console/bids/${row.id}`}
      searchHint="编号、需求、企业、银行"
      filters={[
        { type: 'select', name: 'status', label: '状态', options: statusOptions(BID_STATUS) },
      ]}
      exportPath="/bids/export.xlsx"
      empty={{
        title: bank ? '本行还没有报价' : '没有已揭晓的报价',
        description: bank ? '在招标大厅选择需求后报价。' : '报价期截止后，报价会显示在这里。',
        action: bank ? <LinkButton to="/console/hall">去招标大厅</LinkButton> : null,
      }}
    />
  );
}

const shared: ListColumn<BidRow>[] = [
  { key: 'number', title: '编号', render: (row) => <span className="num">{row.number}</span> },
  { key: 'need', title: '融资需求', render: (row) => `${row.need_number} ${row.need_title}` },
  { key: 'enterprise', title: '企业', render: (row) => row.enterprise_name },
  {
    key: 'status',
    title: '状态',
    render: (row) => <StatusTag status={row.status} map={BID_STATUS} />,
    card: 'status',
  },
  {
    key: 'amount',
    title: '金额',
    align: 'right',
    render: (row) => <Money value={row.amount} />,
    sort: 'amount',
  },
  {
    key: 'rate',
    title: '年利率',
    align: 'right',
    render: (row) => <Rate value={row.rate} />,
    sort: 'rate',
  },
  {
    key: 'cost',
    title: '综合年化成本',
    align: 'right',
    render: (row) => (row.cost ? `${formatDecimal(row.cost.effective_annual_cost, 4)}%` : '—'),
    sort: 'effective_cost',
  },
  { key: 'rank', title: '名次', align: 'right', render: (row) => row.rank ?? '未揭晓' },
  {
    key: 'valid',
    title: '有效期至',
    render: (row) => formatDate(row.valid_until),
    card: 'hidden',
  },
  {
    key: 'method',
    title: '还款方式',
    render: (row) => METHOD[row.method],
    hiddenAtFirst: true,
    card: 'hidden',
  },
];

const ofBank: ListColumn<BidRow>[] = [
  {
    key: 'closes',
    title: '报价截止',
    render: (row) => (row.closes_at ? formatDateTime(row.closes_at) : '—'),
    sort: 'closes_at',
  },
];

const ofOthers: ListColumn<BidRow>[] = [
  { key: 'bank', title: '银行', render: (row) => row.bank_name },
];
