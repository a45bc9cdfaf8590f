import { useSearchParams } from 'react-router';

import { api } from '@/api/client';
import type { Answer } from '@/api/types';
import { formatDate } from '@/shared/format/date';
import { formatYuan, NO_DATA } from '@/shared/format/money';
import { formatDecimal } from '@/shared/format/rate';
import { Chart, plot } from '@/shared/ui/chart';
import { Money } from '@/shared/ui/money';
import { PageHeader } from '@/shared/ui/page-header';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';
import { QuoteCard } from '@/shared/ui/quote-card';
import { StatCard, StatRow } from '@/shared/ui/stat-card';
import { YearSelect } from '@/shared/ui/year-select';

import styles from './page.module.css';

type Figures = Answer<'/portal/figures', 'get'>;
type Slice = Figures['by_month'][number];

/** The programme's figures in the open: the same queries as the bureau's own dashboard. */
export function FiguresPage() {
  const [search, setSearch] = useSearchParams();
  const year = search.get('year') ?? String(new Date().getFullYear());
  const query = api.useQuery('get', '/portal/figures', {
    params: { query: { year: Number(year) } },
  });
  return (
    <div className={styles.page}>
      <PageHeader
        title="公开指标"
        description="金额按实际放款统计，与主管部门内部所用为同一口径。"
        extra={
          <YearSelect
            value={year}
            onChange={(value) => setSearch({ year: value }, { replace: true })}
          />
        }
      />
      <QueryView query={query}>{(data) => <Body data={data} />}</QueryView>
    </div>
  );
}

function Body({ data }: { data: Figures }) {
  const fund = data.fund;
  return (
    <>
      <StatRow>
        <StatCard
          label={`${data.year} 年质押融资额`}
          money={data.disbursed}
          tone="accent"
          hint={`${data.loans} 笔`}
        />
        <StatCard label="受益企业" value={data.borrowers} unit="户" />
        <StatCard label="出质权利" value={data.rights} unit="件" />
        <StatCard label="风险补偿基金规模" money={fund.capital} />
        <StatCard label="在保贷款余额" money={fund.enrolled} />
        <StatCard
          label="放大倍数"
          value={fund.leverage || null}
          unit="倍"
          hint={fund.leverage_limit ? `上限 ${fund.leverage_limit} 倍` : undefined}
        />
      </StatRow>
      <div className={styles.charts}>
        <Panel>
          <Bars title="逐月放款" slices={data.by_month} note={`截至 ${formatDate(data.as_of)}。`} />
        </Panel>
        <Panel>
          <Bars title="各县市区放款" slices={data.by_area} lying />
        </Panel>
        <Panel>
          <Bars title="历年放款" slices={data.by_year} />
        </Panel>
      </div>
      <Panel title="规划目标">
        <div className={styles.cards}>
          {data.targets.slice(0, 3).map((target) => (
            <QuoteCard
              key={target.code}
              indicator={target.indicator}
              quote={target.quote}
              location={target.location}
              target={`${target.target} ${target.unit}`}
              actual={
                target.reached ? (
                  <>
                    <Money value={target.reached} />
                    {target.ratio ? ` · ${formatDecimal(target.ratio)}%` : ''}
                  </>
                ) : (
                  NO_DATA
                )
              }
              {...(target.caveat ? { note: target.caveat } : {})}
              {...(target.closed ? { badge: '规划期已结束（2021–2025）' } : {})}
            />
          ))}
        </div>
      </Panel>
    </>
  );
}

function Bars({
  title,
  slices,
  note,
  lying = false,
}: {
  title: string;
  slices: readonly Slice[];
  note?: string;
  lying?: boolean;
}) {
  const shown = lying ? [...slices].reverse() : slices;
  const names = { type: 'category' as const, data: shown.map((slice) => slice.label) };
  const values = {
    type: 'value' as const,
    axisLabel: { formatter: (value: number) => (value >= 10_000 ? `${value / 10_000}万` : value) },
  };
  return (
    <Chart
      title={title}
      {...(note ? { note } : {})}
      height={lying ? 400 : 280}
      option={{
        xAxis: lying ? values : names,
        yAxis: lying ? names : values,
        series: [{ type: 'bar', data: shown.map((slice) => plot(slice.amount)), barMaxWidth: 26 }],
      }}
      table={{
        columns: [{ title: '项目' }, { title: '放款金额' }, { title: '笔数' }],
        rows: slices.map((slice) => [
          slice.label,
          slice.amount ? formatYuan(slice.amount) : NO_DATA,
          slice.amount ? String(slice.loans) : '—',
        ]),
      }}
    />
  );
}
