import { Tag } from 'antd';

import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { Panel } from '@/shared/ui/panel';
import { SimpleTable } from '@/shared/ui/simple-table';

import type { Loan } from './status';

type Line = Loan['pledges'][number];

const STATUS: Record<string, string> = {
  draft: '草稿',
  filed: '已受理',
  correction: '补正',
  registered: '已登记',
  refused: '不予登记',
  cancel_filed: '注销办理中',
  cancelled: '已注销',
  lapsed: '登记期满',
  revoked: '登记被撤销',
};

const columns: ListColumn<Line>[] = [
  {
    key: 'number',
    title: '编号',
    render: (row) => <span className="num">{row.number}</span>,
  },
  {
    key: 'status',
    title: '状态',
    card: 'status',
    render: (row) => <Tag variant="filled">{STATUS[row.status] ?? '未知状态'}</Tag>,
  },
  {
    key: 'no',
    title: '质押登记号',
    render: (row) => <span className="num">{row.registration_no || '—'}</span>,
  },
  {
    key: 'secured',
    title: '合同担保金额',
    align: 'right',
    render: (row) => <Money value={row.secured_amount} variant="exact" />,
  },
  {
    key: 'registered',
    title: '登记金额',
    align: 'right',
    render: (row) =>
      row.registered_amount ? <Money value={row.registered_amount} variant="exact" /> : '—',
  },
];

/** The pledges that secure the loan. */
export function LoanPledges({ loan }: { loan: Loan }) {
  return (
    <Panel flush>
      <SimpleTable<Line>
        label="质押"
        rows={loan.pledges}
        columns={columns}
        rowKey={(row) => row.id}
        rowHref={(row) => `/console/pledges/${row.id}`}
        empty="还没有质押合同，请先起草并办理登记"
      />
    </Panel>
  );
}
