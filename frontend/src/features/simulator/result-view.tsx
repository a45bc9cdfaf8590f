import { formatMoney } from '@/shared/format/money';
import { Chart, plot } from '@/shared/ui/chart';
import { StatCard, StatRow } from '@/shared/ui/stat-card';

import type { Simulation } from './words';

type Result = Simulation['result'];

/** The figures that answer the question, all of them estimates. */
export function Figures({ result }: { result: Result }) {
  const worst = [...result.years].sort(
    (a, b) => (plot(a.reached) ?? 0) - (plot(b.reached) ?? 0),
  )[0];
  return (
    <StatRow>
      <StatCard
        label="无力支付的概率"
        value={`${result.ruin_probability}%`}
        hint={`抽样误差 ±${result.ruin_error} 个百分点`}
      />
      <StatCard
        label="达标概率最低的一年"
        value={worst ? `${worst.reached}%` : undefined}
        hint={worst?.label}
        tone={result.verdict === 'fails' ? 'danger' : 'normal'}
      />
      <StatCard label="所需基金 95%" money={result.capital_95} />
      <StatCard label="所需基金 99%" money={result.capital_99} />
      <StatCard label="支撑目标规模所需基金" money={result.capital_leverage} />
    </StatRow>
  );
}

/** Covered lending of each year against what is wanted. */
export function LendingChart({ years }: { years: Result['years'] }) {
  return (
    <Chart
      title="每年可覆盖的新增贷款与目标（估算）"
      height={300}
      summary={years
        .map((year) => `${year.label}达标概率 ${year.reached}%`)
        .join('，')
        .concat('。')}
      option={{
        tooltip: { show: false },
        legend: { data: ['目标', '平均', '较差情形'] },
        xAxis: { type: 'category', data: years.map((year) => year.label) },
        yAxis: {
          type: 'value',
          name: '万元',
          axisLabel: { formatter: (value: number) => String(Math.round(value / 10000)) },
        },
        series: [
          { name: '目标', type: 'bar', data: years.map((year) => plot(year.wanted)) },
          { name: '平均', type: 'bar', data: years.map((year) => plot(year.lent)) },
          { name: '较差情形', type: 'bar', data: years.map((year) => plot(year.lent_p5)) },
        ],
      }}
      table={{
        columns: [
          { title: '年份' },
          { title: '目标' },
          { title: '平均可覆盖' },
          { title: '较差情形（第5百分位）' },
          { title: '达标概率' },
          { title: '平均补偿支出' },
          { title: '较差情形补偿（第95百分位）' },
        ],
        rows: years.map((year) => [
          year.label,
          formatMoney(year.wanted),
          formatMoney(year.lent),
          formatMoney(year.lent_p5),
          `${year.reached}%`,
          formatMoney(year.paid),
          formatMoney(year.paid_p95),
        ]),
      }}
      note="年度新增达到目标的 95% 即算达标（整笔贷款使合计有一两笔的出入）。"
    />
  );
}
