import { formatYuan } from '@/shared/format/money';
import { formatRate } from '@/shared/format/rate';
import { Chart, plot } from '@/shared/ui/chart';
import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { Panel } from '@/shared/ui/panel';
import { SimpleTable } from '@/shared/ui/simple-table';

import styles from './calculators.module.css';
import type { ScheduleAnswer } from './schedule-calculator';

type Instalment = ScheduleAnswer['instalments'][number];

const exact = (value: string) => <Money value={value} variant="exact" />;

const columns: ListColumn<Instalment>[] = [
  { key: 'number', title: '期次', render: (row) => `第 ${row.number} 期` },
  {
    key: 'due',
    title: '应还日',
    render: (row) => (
      <span className="num">
        {row.due_on ?? '—'}
        {row.provisional ? '（暂定）' : ''}
      </span>
    ),
  },
  {
    key: 'days',
    title: '计息天数',
    align: 'right',
    render: (row) => <span className="num">{row.due_on ? row.days : '—'}</span>,
  },
  { key: 'payment', title: '应还合计', align: 'right', render: (row) => exact(row.payment) },
  { key: 'principal', title: '本金', align: 'right', render: (row) => exact(row.principal) },
  { key: 'interest', title: '利息', align: 'right', render: (row) => exact(row.interest) },
  { key: 'balance', title: '剩余本金', align: 'right', render: (row) => exact(row.balance) },
];

/** The schedule as figures, chart and table. */
export function ScheduleResult({ schedule }: { schedule: ScheduleAnswer }) {
  const rows = schedule.instalments;
  const names = rows.map((row) => row.due_on ?? `第 ${row.number} 期`);
  return (
    <div className={styles.results} aria-live="polite">
      <Panel title="合计">
        <dl className={styles.totals}>
          <div>
            <dt>利息合计</dt>
            <dd>{exact(schedule.total_interest)}</dd>
          </div>
          <div>
            <dt>本息合计</dt>
            <dd>{exact(schedule.total_payment)}</dd>
          </div>
          <div>
            <dt>按 365 天折算的年利率</dt>
            <dd className="num">{formatRate(schedule.effective_annual_rate_365)}</dd>
          </div>
          <div>
            <dt>期数</dt>
            <dd className="num">{rows.length} 期</dd>
          </div>
        </dl>
      </Panel>
      <Panel>
        <Chart
          title="每期本金与利息"
          summary={`共 ${rows.length} 期，利息合计 ${formatYuan(schedule.total_interest)}。`}
          height={260}
          option={{
            legend: { data: ['本金', '利息'] },
            xAxis: { type: 'category', data: names },
            yAxis: { type: 'value' },
            series: [
              {
                name: '本金',
                type: 'bar',
                stack: 'payment',
                barMaxWidth: 26,
                data: rows.map((row) => plot(row.principal)),
              },
              {
                name: '利息',
                type: 'bar',
                stack: 'payment',
                barMaxWidth: 26,
                data: rows.map((row) => plot(row.interest)),
              },
            ],
          }}
          table={{
            columns: [{ title: '期次' }, { title: '本金' }, { title: '利息' }],
            rows: rows.map((row, index) => [
              names[index],
              formatYuan(row.principal),
              formatYuan(row.interest),
            ]),
          }}
        />
      </Panel>
      <Panel title="还款计划" flush>
        <SimpleTable<Instalment>
          label="还款计划"
          rows={rows}
          columns={columns}
          rowKey={(row) => String(row.number)}
          summary={[
            '合计',
            '',
            '',
            formatYuan(schedule.total_payment),
            '',
            formatYuan(schedule.total_interest),
            '',
          ]}
        />
      </Panel>
    </div>
  );
}
