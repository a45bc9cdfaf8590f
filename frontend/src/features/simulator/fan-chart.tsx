import { formatMoney } from '@/shared/format/money';
import { chartColors } from '@/shared/theme';
import { Chart, plot } from '@/shared/ui/chart';

import type { Simulation } from './words';

type Fan = Simulation['result']['fan'];

/** The fund's balance by quarter: the middle future, and how far others stray. */
export function FanChart({
  fan,
  title = '基金余额的可能走势（估算）',
}: {
  fan: Fan;
  title?: string;
}) {
  const last = fan[fan.length - 1];
  const band = (name: string, low: 'p5' | 'p25', high: 'p75' | 'p95', color: string) => [
    {
      name: `${name}下沿`,
      type: 'line',
      stack: name,
      symbol: 'none',
      silent: true,
      lineStyle: { opacity: 0 },
      data: fan.map((point) => plot(point[low])),
    },
    {
      name,
      type: 'line',
      stack: name,
      symbol: 'none',
      silent: true,
      lineStyle: { opacity: 0 },
      itemStyle: { color },
      areaStyle: { color, opacity: 1 },
      data: fan.map((point) => (plot(point[high]) ?? 0) - (plot(point[low]) ?? 0)),
    },
  ];
  return (
    <Chart
      title={title}
      height={320}
      summary={
        last
          ? `期末余额中位数 ${formatMoney(last.p50)}；九成情形在 ${formatMoney(last.p5)} 与 ${formatMoney(last.p95)} 之间。`
          : ''
      }
      option={{
        tooltip: { show: false },
        legend: { data: ['九成情形', '半数情形', '中位数'] },
        xAxis: { type: 'category', boundaryGap: false, data: fan.map((point) => point.label) },
        yAxis: {
          type: 'value',
          name: '万元',
          axisLabel: { formatter: (value: number) => String(Math.round(value / 10000)) },
        },
        series: [
          ...band('九成情形', 'p5', 'p95', '#dcecea'),
          ...band('半数情形', 'p25', 'p75', '#a9d2cd'),
          {
            name: '中位数',
            type: 'line',
            symbol: 'none',
            itemStyle: { color: chartColors[0] },
            lineStyle: { width: 2, color: chartColors[0] },
            data: fan.map((point) => plot(point.p50)),
          },
        ],
      }}
      table={{
        columns: [
          { title: '季度末' },
          { title: '第5百分位' },
          { title: '第25百分位' },
          { title: '中位数' },
          { title: '第75百分位' },
          { title: '第95百分位' },
        ],
        rows: fan.map((point) => [
          point.label,
          formatMoney(point.p5),
          formatMoney(point.p25),
          formatMoney(point.p50),
          formatMoney(point.p75),
          formatMoney(point.p95),
        ]),
      }}
      note="浅色带为九成情形，深色带为半数情形，线为中位数。均为估算。"
    />
  );
}
