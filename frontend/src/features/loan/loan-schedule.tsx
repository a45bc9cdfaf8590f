import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';

import { download } from '@/api/request';
import { formatYuan } from '@/shared/format/money';
import { Chart, plot } from '@/shared/ui/chart';
import { EmptyState } from '@/shared/ui/empty-state';
import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { Panel } from '@/shared/ui/panel';
import { SimpleTable } from '@/shared/ui/simple-table';
import { StatusTag } from '@/shared/ui/status-tag';

import styles from './loan.module.css';
import { INSTALMENT_STATE, type Loan } from './status';

type Line = Loan['instalments'][number];

const exact = (value: string) => <Money value={value} variant="exact" />;

const columns: ListColumn<Line>[] = [
  { key: 'number', title: '期次', render: (row) => `第 ${String(row.number)} 期` },
  {
    key: 'due',
    title: '应还日',
    render: (row) => (
      <span className="num">
        {row.due_on}
        {row.provisional ? '（暂定）' : ''}
      </span>
    ),
  },
  { key: 'payment', title: '应还合计', align: 'right', render: (row) => exact(row.payment) },
  { key: 'principal', title: '本金', align: 'right', render: (row) => exact(row.principal) },
  { key: 'interest', title: '利息', align: 'right', render: (row) => exact(row.interest) },
  {
    key: 'principal_paid',
    title: '已还本金',
    align: 'right',
    render: (row) => exact(row.principal_paid),
  },
  {
    key: 'interest_paid',
    title: '已还利息',
    align: 'right',
    render: (row) => exact(row.interest_paid),
  },
  {
    key: 'state',
    title: '状态',
    card: 'status',
    render: (row) => (
      <>
        <StatusTag status={row.state} map={INSTALMENT_STATE} />
        {row.days_late > 0 ? ` ${String(row.days_late)} 天` : ''}
      </>
    ),
  },
];

/** What falls due when, and what of it is paid. */
export function LoanSchedule({ loan }: { loan: Loan }) {
  const rows = loan.instalments;
  if (rows.length === 0) {
    return <EmptyState title="放款后生成还款计划" description="计息自放款日起，算头不算尾。" />;
  }
  const series = (name: string, of: (row: Line) => string) => ({
    name,
    type: 'bar',
    stack: 'payment',
    barMaxWidth: 24,
    data: rows.map((row) => plot(of(row))),
  });
  return (
    <div className={styles.stack}>
      <Panel>
        <Chart
          title="每期本金与利息"
          height={220}
          option={{
            legend: { data: ['本金', '利息'] },
            xAxis: { type: 'category', data: rows.map((row) => row.due_on) },
            yAxis: { type: 'value' },
            series: [series('本金', (row) => row.principal), series('利息', (row) => row.interest)],
          }}
          table={{
            columns: [{ title: '应还日' }, { title: '本金' }, { title: '利息' }],
            rows: rows.map((row) => [
              row.due_on,
              formatYuan(row.principal),
              formatYuan(row.interest),
            ]),
          }}
        />
      </Panel>
      <Panel
        title="还款计划"
        flush
        extra={
          <Button
            icon={<DownloadOutlined />}
            onClick={() => void download(`/loans/${loan.id}/schedule.xlsx`)}
          >
            导出
          </Button>
        }
      >
        <SimpleTable<Line>
          label="还款计划"
          rows={rows}
          columns={columns}
          rowKey={(row) => String(row.number)}
        />
      </Panel>
    </div>
  );
}
