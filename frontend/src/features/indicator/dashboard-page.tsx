import { Button, Tabs } from 'antd';
import { useSearchParams } from 'react-router';

import { api } from '@/api/client';
import { formatRatio } from '@/shared/format/rate';
import { download } from '@/api/request';
import type { Answer } from '@/api/types';
import { formatDate } from '@/shared/format/date';
import { LinkButton } from '@/shared/ui/link-button';
import { PageHeader } from '@/shared/ui/page-header';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';
import { StatCard, StatRow } from '@/shared/ui/stat-card';
import { YearSelect } from '@/shared/ui/year-select';

import styles from './dashboard-page.module.css';
import { SliceChart } from './slice-chart';
import { TargetBars } from './target-bar';
import { TargetList } from './target-list';
import { rowsPath } from './words';

type Dashboard = Answer<'/indicators/dashboard', 'get'>;

/** The year at a glance: pledged financing against the target, the fund, by county and bank. */
export function DashboardPage() {
  const [search, setSearch] = useSearchParams();
  const year = search.get('year') ?? String(new Date().getFullYear());
  const query = api.useQuery('get', '/indicators/dashboard', {
    params: { query: { year: Number(year) } },
  });
  return (
    <>
      <PageHeader
        title="运行总览"
        description="年度质押融资额按实际放款统计；登记金额、授信金额、放款金额口径不同，分列不相加。"
        extra={
          <>
            <YearSelect
              value={year}
              onChange={(value) => setSearch({ year: value }, { replace: true })}
            />
            <Button onClick={() => void download('/reports/export.xlsx', { form: 'r7', year })}>
              导出目标完成表
            </Button>
          </>
        }
      />
      <QueryView query={query}>{(data) => <Figures data={data} />}</QueryView>
    </>
  );
}

function Figures({ data }: { data: Dashboard }) {
  const { fund, key } = data;
  return (
    <div className={styles.page}>
      <div className={styles.pair}>
        <TargetBars data={data} />
      </div>
      <StatRow>
        <StatCard
          label="年度放款金额"
          money={key.disbursed.amount}
          to={key.disbursed.link}
          tone="accent"
          hint={`${data.loans} 笔，${data.borrowers} 户`}
        />
        <StatCard
          label="对应授信金额"
          money={key.credit_line.amount}
          hint="与放款金额分列"
          to={key.credit_line.link}
        />
        <StatCard
          label="质押登记金额"
          money={key.registered.amount}
          hint={`登记权利 ${data.rights} 件`}
          to={key.registered.link}
        />
        <StatCard label="在贷余额" money={key.outstanding.amount} to={key.outstanding.link} />
        <StatCard
          label="逾期贷款余额"
          money={key.overdue.amount}
          to={key.overdue.link}
          tone="danger"
        />
      </StatRow>
      <Panel
        title="风险补偿基金"
        extra={<LinkButton to="/console/indicators/fund">打开驾驶舱</LinkButton>}
      >
        <StatRow>
          <StatCard label="托管余额" money={fund.balance} to={rowsPath('balance')} />
          <StatCard
            label="可用余额"
            money={fund.available}
            hint="扣除已核准待拨付"
            to={rowsPath('available')}
          />
          <StatCard label="实收资本" money={fund.capital} to={rowsPath('paid_in')} />
          <StatCard label="在保贷款余额" money={fund.enrolled} to={rowsPath('enrolled')} />
          <StatCard label="基金风险敞口" money={fund.exposure} to={rowsPath('exposure')} />
          <StatCard
            label="放大倍数"
            value={fund.leverage || null}
            unit="倍"
            hint={fund.leverage_limit ? `上限 ${fund.leverage_limit} 倍` : undefined}
            to={rowsPath('enrolled')}
          />
          <StatCard label="在保不良率" value={formatRatio(fund.npl_ratio)} to={rowsPath('npl')} />
          <StatCard label="累计补偿" money={fund.paid} to={rowsPath('paid')} />
          <StatCard label="累计追回" money={fund.recovered} to={rowsPath('recovered')} />
        </StatRow>
      </Panel>
      <div className={styles.charts}>
        <Panel>
          <SliceChart
            title="逐月放款"
            slices={data.by_month}
            note={`截至 ${formatDate(data.as_of)}；尚未到来的月份无数据。`}
          />
        </Panel>
        <Panel>
          <SliceChart title="历年放款" slices={data.by_year} />
        </Panel>
        <Panel>
          <SliceChart title="各县市区放款" slices={data.by_area} lying />
        </Panel>
        <Panel>
          <SliceChart title="各银行放款" slices={data.by_bank} lying />
        </Panel>
        <Panel>
          <SliceChart title="按质押物种类" slices={data.by_kind} lying />
        </Panel>
        <Panel>
          <SliceChart
            title="逾期分布"
            slices={data.ageing}
            note="按 1104 报表 S71 口径的逾期天数分段。"
          />
        </Panel>
      </div>
      <Tabs
        items={[
          {
            key: 'targets',
            label: '规划目标与完成情况',
            children: <TargetList targets={data.targets} />,
          },
          {
            key: 'pipeline',
            label: '融资需求进展',
            children: (
              <Panel>
                <SliceChart
                  title="当年融资需求"
                  slices={data.pipeline}
                  counted="需求"
                  note="不含任何报价信息。"
                />
              </Panel>
            ),
          },
        ]}
      />
    </div>
  );
}
