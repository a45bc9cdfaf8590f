import { useNavigate } from 'react-router';

import { formatDate } from '@/shared/format/date';
import { Chart, plot } from '@/shared/ui/chart';

import { FigureLink } from './figure-link';
import { yuanAxis, type Cockpit } from './words';

/** What is overdue under cover, by the columns of form S71. */
export function AgeingChart({ data }: { data: Cockpit }) {
  const navigate = useNavigate();
  const known = data.ageing.some((bucket) => bucket.amount);
  return (
    <Chart
      title="在保贷款逾期分布"
      note={`截至 ${formatDate(data.as_of)}，按 1104 报表 S71 的逾期天数分段；金额为贷款余额。`}
      option={{
        xAxis: {
          type: 'category',
          data: data.ageing.map((bucket) => bucket.label),
          axisLabel: { interval: 0, rotate: 30 },
        },
        yAxis: yuanAxis,
        series: [
          {
            type: 'bar',
            barMaxWidth: 32,
            data: data.ageing.map((bucket) => plot(bucket.amount)),
          },
        ],
      }}
      table={{
        columns: [{ title: '逾期天数' }, { title: '户数' }, { title: '笔数' }, { title: '金额' }],
        rows: known
          ? data.ageing.map((bucket) => [
              bucket.label,
              bucket.amount ? `${bucket.borrowers} 户` : '—',
              bucket.count === undefined ? '—' : `${bucket.count} 笔`,
              <FigureLink key="amount" value={bucket} label={`逾期 ${bucket.label}`} />,
            ])
          : [],
      }}
      onSelect={(label) => {
        const bucket = data.ageing.find((each) => each.label === label);
        if (bucket) void navigate(bucket.link);
      }}
    />
  );
}

/** Year by year: what was paid to banks, what came back, what is left of the loss. */
export function LossChart({ data }: { data: Cockpit }) {
  const parts = [
    { name: '已拨补偿', of: 'paid' },
    { name: '追回', of: 'recovered' },
    { name: '退回补偿', of: 'clawed_back' },
    { name: '净损失', of: 'net_loss' },
  ] as const;
  return (
    <Chart
      title="历年损失与追回"
      note="按账簿入账生效日归属年度，冲正的分录不计；净损失＝已拨－追回－退回。"
      option={{
        legend: { top: 0 },
        xAxis: { type: 'category', data: data.years.map((line) => `${line.year} 年`) },
        yAxis: yuanAxis,
        series: parts.map((part) => ({
          name: part.name,
          type: 'bar',
          barMaxWidth: 28,
          data: data.years.map((line) => plot(line[part.of].amount)),
        })),
      }}
      table={{
        columns: [{ title: '年份' }, ...parts.map((part) => ({ title: part.name }))],
        rows: data.years.map((line) => [
          `${line.year} 年`,
          ...parts.map((part) => (
            <FigureLink key={part.of} value={line[part.of]} label={`${line.year} 年${part.name}`} />
          )),
        ]),
      }}
    />
  );
}
