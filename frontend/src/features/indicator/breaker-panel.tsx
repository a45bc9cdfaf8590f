import type { ListColumn } from '@/shared/ui/list-table';
import { Panel } from '@/shared/ui/panel';
import { SimpleTable } from '@/shared/ui/simple-table';
import { StatusTag } from '@/shared/ui/status-tag';

import { BREAKER, type Cockpit } from './words';

type Line = Cockpit['funds'][number];

const columns: ListColumn<Line>[] = [
  { key: 'name', title: '基金', render: (line) => line.name },
  {
    key: 'state',
    title: '熔断状态',
    card: 'status',
    render: (line) => <StatusTag status={line.breaker} map={BREAKER} />,
  },
  {
    key: 'suspended',
    title: '暂停入库的银行',
    align: 'right',
    render: (line) => <span className="num">{line.suspended} 家</span>,
  },
  {
    key: 'warned',
    title: '预警的银行',
    align: 'right',
    render: (line) => <span className="num">{line.warned} 家</span>,
  },
  { key: 'reason', title: '依据', render: (line) => line.reason || '—' },
];

/** The circuit breakers of the funds looked at; a fund opens its decisions, bank by bank. */
export function BreakerPanel({ data }: { data: Cockpit }) {
  const rows = data.funds.filter((line) => !data.fund_id || line.id === data.fund_id);
  return (
    <Panel title="熔断状态" flush>
      <SimpleTable<Line>
        label="熔断状态"
        rows={rows}
        columns={columns}
        rowKey={(line) => line.id}
        rowHref={(line) => `/console/funds/${line.id}?tab=breakers`}
        empty="还没有启用的基金"
      />
    </Panel>
  );
}
