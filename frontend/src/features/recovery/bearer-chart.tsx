import { formatMoney } from '@/shared/format/money';
import { Chart, plot } from '@/shared/ui/chart';
import { useNarrow } from '@/shared/ui/use-narrow';

import type { Recovery } from './status';

type Bearer = Recovery['bearers'][number];

/** On a phone the party's seat names it: the full name leaves no room for the bars. */
const SEAT: Record<Bearer['seat'], string> = {
  fund: '基金',
  bank: '银行',
  guarantor: '担保机构',
  insurer: '保险机构',
  appraiser: '评估处置机构',
};

/** What each party lost and what of it came back. */
export function BearerChart({ recovery }: { recovery: Recovery }) {
  const bearers = recovery.bearers;
  const narrow = useNarrow();
  return (
    <Chart
      title="各方损失与追回"
      summary={`损失合计 ${formatMoney(recovery.loss)}，尚未追回 ${formatMoney(recovery.left)}。`}
      option={{
        legend: { top: 0 },
        grid: { left: 8, right: 24, top: 36, bottom: 8, containLabel: true },
        xAxis: { type: 'value', splitNumber: narrow ? 2 : 5 },
        yAxis: {
          type: 'category',
          inverse: true,
          data: bearers.map((bearer) => (narrow ? SEAT[bearer.seat] : bearer.name)),
        },
        series: [
          { name: '承担的损失', type: 'bar', data: bearers.map((bearer) => plot(bearer.loss)) },
          { name: '已追回', type: 'bar', data: bearers.map((bearer) => plot(bearer.recovered)) },
        ],
      }}
      table={{
        columns: [
          { title: '分担方' },
          { title: '承担的损失', align: 'right' },
          { title: '已追回', align: 'right' },
        ],
        rows: bearers.map((bearer) => [
          bearer.name,
          formatMoney(bearer.loss),
          formatMoney(bearer.recovered),
        ]),
      }}
    />
  );
}
