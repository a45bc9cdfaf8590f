import { Link } from 'react-router';

import type { Answer } from '@/api/types';
import { formatYuan } from '@/shared/format/money';
import { formatRate, formatRatio } from '@/shared/format/rate';
import { useCan } from '@/shared/session';
import { Chart, plot } from '@/shared/ui/chart';
import { StatCard, StatRow } from '@/shared/ui/stat-card';

import styles from './overview.module.css';

type Fund = Answer<'/funds/{id}', 'get'>;

/** Money, cover and limits at a glance; each figure leads to the rows it is made of. */
export function Overview({ fund }: { fund: Fund }) {
  const figures = fund.figures;
  const rows = useRows(fund.id);
  return (
    <div className={styles.page}>
      <StatRow>
        <StatCard label="托管余额" money={figures.balance} {...rows('balance')} />
        <StatCard label="已核准未拨付" money={figures.committed} {...rows('committed')} />
        <StatCard
          label="可用余额（净资产）"
          money={figures.available}
          hint="余额减已核准未拨付"
          tone="accent"
          {...rows('available')}
        />
        <StatCard
          label="实收资本"
          money={figures.paid_in}
          hint={
            figures.balance_ratio ? `余额为其 ${formatRatio(figures.balance_ratio)}` : undefined
          }
          {...rows('paid_in')}
        />
      </StatRow>
      <StatRow>
        <StatCard
          label="在保贷款余额"
          money={figures.enrolled}
          hint={`${figures.count} 笔`}
          {...rows('enrolled')}
        />
        <StatCard
          label="基金敞口"
          money={figures.exposure}
          hint="基金应担份额"
          {...rows('exposure')}
        />
        <StatCard
          label="放大倍数"
          value={figures.leverage || null}
          unit="倍"
          hint={`上限 ${figures.leverage_limit} 倍`}
          {...rows('enrolled')}
        />
        <StatCard
          label="在保不良率"
          value={formatRatio(figures.npl_ratio)}
          hint={`${formatRate(fund.limits.fund_suspend)} 起暂停入库`}
          tone={fund.breaker === 'normal' ? 'normal' : 'danger'}
          {...rows('npl')}
        />
        <StatCard label="不良余额" money={figures.npl} {...rows('npl')} />
      </StatRow>
      <StatRow>
        <StatCard label="累计已拨补偿" money={figures.paid} {...rows('paid')} />
        <StatCard label="累计追回" money={figures.recovered} {...rows('recovered')} />
      </StatRow>
      {rows('balance').to ? (
        <p>
          <Link to={`/console/indicators/fund?fund_id=${fund.id}`}>
            打开本基金的驾驶舱：分银行、分县市区、逾期分布、补偿时限、历年损失与追回
          </Link>
        </p>
      ) : null}
      <Leverage fund={fund} />
    </div>
  );
}

/**
 * The way to the rows of this fund's figures, for those who may see all of them: a bank sees
 * its own enrolments only, which don't add up to the fund's.
 */
function useRows(fund: string): (figure: string) => { to?: string } {
  const may = useCan('indicator:read');
  return (figure) =>
    may ? { to: `/console/indicators/rows?figure=${figure}&fund_id=${fund}` } : {};
}

/** How much of what the fund can carry is used: a bar up to the limit. */
function Leverage({ fund }: { fund: Fund }) {
  const { available, enrolled, enrolled_limit, room, leverage, leverage_limit } = fund.figures;
  const bar = (name: string, value: string, color: string) => ({
    name,
    type: 'bar' as const,
    stack: 'limit',
    barWidth: 36,
    itemStyle: { color },
    data: [plot(value)],
  });
  return (
    <Chart
      title="放大倍数与上限"
      summary={
        leverage
          ? `净资产 ${formatYuan(available)}，在保余额 ${formatYuan(enrolled)}，已用 ${leverage} 倍，上限 ${leverage_limit} 倍，还可入库 ${formatYuan(room)}。`
          : '基金尚无净资产，不能入库。'
      }
      height={150}
      option={{
        legend: { top: 0 },
        xAxis: {
          type: 'value',
          max: plot(enrolled_limit) || 1,
          splitNumber: 4,
          axisLabel: {
            formatter: (value: number) =>
              value >= 10_000 ? `${Math.round(value / 10_000)}万` : value,
          },
        },
        yAxis: { type: 'category', data: ['在保余额'] },
        series: [bar('已用', enrolled, '#0f6f6c'), bar('可用', room, '#d9e6e4')],
      }}
      table={{
        columns: [{ title: '项目' }, { title: '数值' }],
        rows: [
          ['净资产', formatYuan(available)],
          ['放大倍数上限', `${leverage_limit} 倍`],
          ['在保余额上限', formatYuan(enrolled_limit)],
          ['在保余额', formatYuan(enrolled)],
          ['已用倍数', leverage ? `${leverage} 倍` : '暂无数据'],
          ['还可入库', formatYuan(room)],
        ],
      }}
      note="放大倍数＝在保贷款余额÷净资产；每笔入库时在基金锁定状态下复算，超过上限的不予入库。"
    />
  );
}
