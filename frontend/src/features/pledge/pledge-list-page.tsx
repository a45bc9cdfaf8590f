import { api } from '@/api/client';
import type { Query } from '@/api/types';
import { formatDate } from '@/shared/format/date';
import { useCan } from '@/shared/session';
import { LinkButton } from '@/shared/ui/link-button';
import { ListPage } from '@/shared/ui/list-page';
import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { statusOptions, StatusTag } from '@/shared/ui/status-tag';
import { keepPrevious, useList } from '@/shared/ui/use-list';

import { PLEDGE_KIND, PLEDGE_STATUS, type PledgeRow } from './status';

type PledgeQuery = Query<'/pledges', 'get'>;

const date = (value: string | undefined) => (
  <span className="num">{value ? formatDate(value) : '—'}</span>
);

const columns: ListColumn<PledgeRow>[] = [
  {
    key: 'number',
    title: '编号',
    render: (row) => <span className="num">{row.number}</span>,
    sort: 'number',
  },
  { key: 'pledgor', title: '出质人', render: (row) => row.pledgor_name },
  { key: 'pledgee', title: '质权人', render: (row) => row.pledgee_name },
  {
    key: 'status',
    title: '状态',
    card: 'status',
    render: (row) => <StatusTag status={row.status} map={PLEDGE_STATUS} />,
  },
  {
    key: 'secured',
    title: '合同担保金额',
    align: 'right',
    render: (row) => <Money value={row.secured_amount} />,
    sort: 'secured_amount',
  },
  {
    key: 'registered',
    title: '登记金额',
    align: 'right',
    render: (row) => (row.registered_amount ? <Money value={row.registered_amount} /> : '—'),
  },
  {
    key: 'count',
    title: '权利项数',
    align: 'right',
    render: (row) => <span className="num">{row.asset_count}</span>,
    card: 'hidden',
  },
  {
    key: 'registered_on',
    title: '登记日期',
    render: (row) => date(row.registered_on),
    sort: 'registered_on',
  },
  {
    key: 'no',
    title: '质押登记号',
    render: (row) => <span className="num">{row.registration_no || '—'}</span>,
  },
  {
    key: 'ends',
    title: '登记届满日',
    render: (row) => date(row.registration_ends_on),
    sort: 'registration_ends_on',
    hiddenAtFirst: true,
  },
  {
    key: 'kind',
    title: '种类',
    render: (row) => PLEDGE_KIND[row.kind],
    hiddenAtFirst: true,
    card: 'hidden',
  },
  {
    key: 'contract',
    title: '合同编号',
    render: (row) => row.contract_no,
    hiddenAtFirst: true,
    card: 'hidden',
  },
];

/** The pledge contracts and where their registration stands. */
export function PledgeListPage() {
  const list = useList<PledgeQuery>({
    filters: ['status', 'kind', 'registered_from', 'registered_to', 'need_id', 'bid_id'],
    defaultSort: '-created_at',
  });
  const query = api.useQuery('get', '/pledges', { params: { query: list.params } }, keepPrevious);
  const create = useCan('pledge:draft') ? (
    <LinkButton type="primary" to="/console/pledges/new">
      起草质押合同
    </LinkButton>
  ) : null;
  return (
    <ListPage<PledgeRow>
      title="质押登记"
      description="质权自办理出质登记时设立；登记之前不能放款，同一权利不能重复出质。"
      list={list}
      query={query}
      columns={columns}
      rowKey={(row) => row.id}
      rowHref={(row) => `/console/pledges/${row.id}`}
      searchHint="编号、登记号、合同编号、企业、银行"
      filters={[
        { type: 'select', name: 'status', label: '状态', options: statusOptions(PLEDGE_STATUS) },
        {
          type: 'select',
          name: 'kind',
          label: '种类',
          options: [
            { value: 'specific', label: '一般质押' },
            { value: 'max_amount', label: '最高额质押' },
          ],
        },
        { type: 'date-range', from: 'registered_from', to: 'registered_to', label: '登记日期' },
      ]}
      exportPath="/pledges/export.xlsx"
      empty={{
        title: '还没有质押合同',
        description: '授信审批通过后，由银行客户经理起草质押合同。',
        action: create,
      }}
      extra={create}
    />
  );
}
