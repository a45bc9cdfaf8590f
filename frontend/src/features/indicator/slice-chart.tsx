import { Link, useNavigate } from 'react-router';

import type { Answer } from '@/api/types';
import { formatYuan, NO_DATA } from '@/shared/format/money';
import { Chart, plot } from '@/shared/ui/chart';

export type Slice = Answer<'/indicators/dashboard', 'get'>['by_month'][number];

interface Props {
  title: string;
  summary?: string;
  slices: readonly Slice[];
  /** Lying bars read better where the labels are long. */
  lying?: boolean;
  note?: string;
  /** What a row counts: 笔, 个. */
  counted?: string;
  height?: number;
}

/** A figure by month, county or bank; a click on a bar opens the rows it is made of. */
export function SliceChart(props: Props) {
  const { title, summary, slices, lying = false, note, counted = '笔', height } = props;
  const navigate = useNavigate();
  const shown = lying ? [...slices].reverse() : slices;
  const names = { type: 'category' as const, data: shown.map((slice) => slice.label) };
  const values = {
    type: 'value' as const,
    name: '元',
    axisLabel: { formatter: (value: number) => (value >= 10_000 ? `${value / 10_000}万` : value) },
  };
  const open = (label: string) => {
    const slice = slices.find((candidate) => candidate.label === label);
    if (slice?.link) void navigate(slice.link);
  };
  return (
    <Chart
      title={title}
      {...(summary ? { summary } : {})}
      {...(note ? { note } : {})}
      height={height ?? (lying ? Math.max(220, shown.length * 30 + 60) : 280)}
      option={{
        xAxis: lying ? values : names,
        yAxis: lying ? names : values,
        series: [{ type: 'bar', data: shown.map((slice) => plot(slice.amount)), barMaxWidth: 28 }],
      }}
      table={{
        columns: [{ title: '项目' }, { title: '金额' }, { title: `${counted}数` }],
        rows: slices.map((slice) => [
          slice.label,
          slice.amount && slice.link ? (
            <Link key="amount" to={slice.link} aria-label={`${slice.label}的明细`}>
              {formatYuan(slice.amount)}
            </Link>
          ) : (
            NO_DATA
          ),
          slice.amount ? String(slice.loans) : '—',
        ]),
      }}
      onSelect={open}
    />
  );
}
