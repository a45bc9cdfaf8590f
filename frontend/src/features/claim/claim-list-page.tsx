import { api } from '@/api/client';
import type { Query } from '@/api/types';
import { formatDateTime } from '@/shared/format/date';
import { useCan } from '@/shared/session';
import { Deadline } from '@/shared/ui/deadline';
import { LinkButton } from '@/shared/ui/link-button';
import { ListPage } from '@/shared/ui/list-page';
import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { statusOptions, StatusTag } from '@/shared/ui/status-tag';
import { keepPrevious, useList } from '@/shared/ui/use-list';

import { PaymentFile } from './payment-file';
import { CLAIM_STATUS, type ClaimRow } from './status';

type ClaimQuery = Query<'/claims', 'get'>;

const columns: ListColumn<ClaimRow>[] = [
  {
    key: 'number',
    title: '申请号',
    render: (row) => <span className="num">{row.number}</span>,
    sort: 'number',
  },
  { key: 'borrower', title: '企业', render: (row) => row.borrower_name },
  { key: 'bank', title: '银行', render: (row) => row.bank_name },
  {
    key: 'status',
    title: '状态',
    render: (row) => <StatusTag status={row.status} map={CLAIM_STATUS} />,
    sort: 'status',
    card: 'status',
  },
  {
    key: 'due',
    title: '环节期限',
    render: (row) =>
      row.step_due_on ? (
        <Deadline on={row.step_due_on} remaining={row.days_left} provisional={row.provisional} />
      ) : (
        '—'
      ),
    sort: 'step_due_on',
  },
  {
    key: 'loss',
    title: '合格损失',
    align: 'right',
    render: (row) => <Money value={row.eligible_loss} />,
    hiddenAtFirst: true,
  },
  {
    key: 'asked',
    title: '申请',
    align: 'right',
    render: (row) => <Money value={row.asked} />,
    sort: 'asked',
  },
  {
    key: 'approved',
    title: '核准',
    align: 'right',
    render: (row) => (row.approved ? <Money value={row.approved} /> : '—'),
    sort: 'approved',
  },
  { key: 'paid', title: '已拨付', align: 'right', render: (row) => <Money value={row.paid} /> },
  {
    key: 'fund',
    title: '基金',
    render: (row) => row.fund_name,
    hiddenAtFirst: true,
    card: 'hidden',
  },
  {
    key: 'made',
    title: '创建时间',
    render: (row) => formatDateTime(row.created_at),
    sort: 'created_at',
    hiddenAtFirst: true,
    card: 'hidden',
  },
];

/** The claims on the fund, with the clock of each step. */
export function ClaimListPage() {
  const list = useList<ClaimQuery>({
    filters: ['status', 'bank_id', 'fund_id', 'overdue', 'from', 'to'],
    defaultSort: '-created_at',
  });
  const query = api.useQuery('get', '/claims', { params: { query: list.params } }, keepPrevious);
  const mayFile = useCan('claim:file');
  const pays = useCan('claim:pay');
  const file = mayFile ? (
    <LinkButton type="primary" to="/console/claims/new">
      申请补偿
    </LinkButton>
  ) : null;
  return (
    <ListPage<ClaimRow>
      title="风险补偿"
      description="银行对在保贷款损失的补偿申请：受理、初审、专家评审、复核、公示、核准、拨付。"
      list={list}
      query={query}
      columns={columns}
      rowKey={(row) => row.id}
      rowHref={(row) => `/console/claims/${row.id}`}
      searchHint="申请号、贷款、企业、银行、案号"
      filters={[
        { type: 'select', name: 'status', label: '状态', options: statusOptions(CLAIM_STATUS) },
        {
          type: 'select',
          name: 'overdue',
          label: '期限',
          options: [{ value: 'true', label: '当前环节已超期' }],
        },
        { type: 'date-range', from: 'from', to: 'to', label: '提交日期' },
      ]}
      exportPath="/claims/export.xlsx"
      empty={{
        title: '没有补偿申请',
        description: '在保贷款逾期达到政策天数并已立案后，由贷款银行申请补偿。',
        action: file,
      }}
      extra={pays ? <PaymentFile /> : file}
    />
  );
}
