import { formatMoney } from '@/shared/format/money';
import { Chart, plot } from '@/shared/ui/chart';

import type { Simulation } from './words';

type Change = Simulation['result']['sensitivity'][number];

function reach(change: Change): number {
  return Math.max(
    Math.abs(plot(change.low.capital_delta) ?? 0),
    Math.abs(plot(change.high.capital_delta) ?? 0),
  );
}

/** What a quarter less or more of each input does to the fund that is needed. */
export function Tornado({ changes }: { changes: readonly Change[] }) {
  const rows = [...changes].sort((a, b) => reach(a) - reach(b));
  const strongest = rows[rows.length - 1];
  return (
    <Chart
      title="哪个参数最要紧（估算）"
      height={Math.max(260, rows.length * 34 + 80)}
      summary={
        strongest && reach(strongest) > 0
          ? `单独增减四分之一时，“${strongest.label}”对所需基金的影响最大。`
          : '各参数单独增减四分之一，对所需基金没有明显影响。'
      }
      option={{
        tooltip: { show: false },
        legend: { data: ['减少四分之一', '增加四分之一'] },
        xAxis: {
          type: 'value',
          axisLabel: { formatter: (value: number) => String(Math.round(value / 10000)) },
        },
        yAxis: { type: 'category', data: rows.map((row) => row.label) },
        series: [
          {
            name: '减少四分之一',
            type: 'bar',
            stack: 'change',
            data: rows.map((row) => plot(row.low.capital_delta)),
          },
          {
            name: '增加四分之一',
            type: 'bar',
            stack: 'change',
            data: rows.map((row) => plot(row.high.capital_delta)),
          },
        ],
      }}
      table={{
        columns: [
          { title: '参数' },
          { title: '减少到' },
          { title: '所需基金变化' },
          { title: '无力支付概率' },
          { title: '达标概率' },
          { title: '增加到' },
          { title: '所需基金变化' },
          { title: '无力支付概率' },
          { title: '达标概率' },
        ],
        rows: [...rows]
          .reverse()
          .map((row) => [
            row.label,
            row.low.value,
            formatMoney(row.low.capital_delta),
            `${row.low.ruin_probability}%`,
            `${row.low.reached}%`,
            row.high.value,
            formatMoney(row.high.capital_delta),
            `${row.high.ruin_probability}%`,
            `${row.high.reached}%`,
          ]),
      }}
      note="横轴为 99% 情形下所需基金与基准相比的变化，单位万元。达标概率取最差的一年。其他参数不变，随机数相同。"
    />
  );
}
