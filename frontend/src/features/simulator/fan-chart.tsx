import { formatYuan } from '@/shared/format/money';
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
          ? `期末余额中位数 ${formatYuan(last.p50)}；九成情形在 ${formatYuan(last.p5)} 与 ${formatYuan(last.p95)} 之间。`
          : ''
      }
      option={{
        tooltip: { show: false },
        legend: { data: ['九成情形', '半数情形', '中位数'], bottom: 0 },
        grid: { bottom: 56 },
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
            lineStyle: { width: 2 },
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
          formatYuan(point.p5),
          formatYuan(point.p25),
          formatYuan(point.p50),
          formatYuan(point.p75),
          formatYuan(point.p95),
        ]),
      }}
      note="浅色带为九成情形，深色带为半数情形，线为中位数。均为估算。"
    />
  );
}
