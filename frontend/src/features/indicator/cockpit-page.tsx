import { Select } from 'antd';
import { useSearchParams } from 'react-router';

import { api } from '@/api/client';
import { formatRatio } from '@/shared/format/rate';
import { formatDate } from '@/shared/format/date';
import { LinkButton } from '@/shared/ui/link-button';
import { PageHeader } from '@/shared/ui/page-header';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';
import { StatCard, StatRow } from '@/shared/ui/stat-card';
import { YearSelect } from '@/shared/ui/year-select';

import { BreakerPanel } from './breaker-panel';
import { AgeingChart, LossChart } from './cockpit-charts';
import styles from './dashboard-page.module.css';
import { GoalBar } from './goal-bar';
import { GroupPanel } from './group-panel';
import { StepPanel } from './step-panel';
import { type Cockpit } from './words';

/** Where the fund stands: money, cover, limits, claims, losses; every figure opens its rows. */
export function CockpitPage() {
  const [search, setSearch] = useSearchParams();
  const year = search.get('year') ?? String(new Date().getFullYear());
  const fund = search.get('fund_id') ?? '';
  const query = api.useQuery('get', '/indicators/cockpit', {
    params: { query: { year: Number(year), ...(fund ? { fund_id: fund } : {}) } },
  });
  const set = (name: string, value: string) => {
    const next = new URLSearchParams(search);
    if (value) next.set(name, value);
    else next.delete(name);
    setSearch(next, { replace: true });
  };
  return (
    <>
      <PageHeader
        title="基金驾驶舱"
        description="金额取自基金账簿与备案；点任一数字可看它由哪些业务相加而得。"
        extra={
          <>
            <Select
              aria-label="基金"
              popupMatchSelectWidth={false}
              value={fund}
              options={[
                { value: '', label: '全部基金' },
                ...(query.data?.funds ?? []).map((each) => ({ value: each.id, label: each.name })),
              ]}
              onChange={(value: string) => set('fund_id', value)}
            />
            <YearSelect value={year} onChange={(value) => set('year', value)} />
            <LinkButton to="/console/reports">监管报表</LinkButton>
          </>
        }
      />
      <QueryView query={query}>{(data) => <Instruments data={data} />}</QueryView>
    </>
  );
}

function Instruments({ data }: { data: Cockpit }) {
  return (
    <div className={styles.page}>
      <div className={styles.pair}>
        {data.financing ? (
          <GoalBar
            label={`${data.year} 年知识产权质押融资额（全市）`}
            target={data.financing.target}
            amount={data.financing.amount}
            link={data.financing.link}
          />
        ) : null}
        {data.size ? (
          <GoalBar
            label="风险补偿基金规模（全部基金实收资本）"
            target={data.size.target}
            amount={data.size.amount}
            link={data.size.link}
          />
        ) : null}
      </div>
      <Standing data={data} />
      <BreakerPanel data={data} />
      <StepPanel data={data} />
      <div className={styles.charts}>
        <Panel>
          <AgeingChart data={data} />
        </Panel>
        <Panel>
          <LossChart data={data} />
        </Panel>
      </div>
      <GroupPanel
        title="分银行"
        noun="银行"
        groups={data.banks}
        year={data.year}
        note={`截至 ${formatDate(data.as_of)}；放款为全市全部质押贷款，其余为基金数字。`}
      />
      <GroupPanel
        title="分县市区"
        noun="县市区"
        groups={data.areas}
        year={data.year}
        note="贷款按企业所在县市区；出资按出资方，市本级单列。"
      />
    </div>
  );
}

function Standing({ data }: { data: Cockpit }) {
  const { figures } = data;
  return (
    <Panel title={data.fund_name || '全部基金'}>
      <div className={styles.page}>
        <StatRow>
          <StatCard label="托管余额" money={figures.balance.amount} to={figures.balance.link} />
          <StatCard
            label="已核准未拨付"
            money={figures.committed.amount}
            to={figures.committed.link}
          />
          <StatCard
            label="可用余额（净资产）"
            money={figures.available.amount}
            hint="余额减已核准未拨付"
            to={figures.available.link}
            tone="accent"
          />
          <StatCard label="实收资本" money={figures.paid_in.amount} to={figures.paid_in.link} />
        </StatRow>
        <StatRow>
          <StatCard
            label="在保贷款余额"
            money={figures.enrolled.amount}
            hint={figures.enrolled.count === undefined ? undefined : `${figures.enrolled.count} 笔`}
            to={figures.enrolled.link}
          />
          <StatCard label="基金敞口" money={figures.exposure.amount} to={figures.exposure.link} />
          <StatCard
            label="已用放大倍数"
            value={data.leverage || null}
            unit="倍"
            hint={`在保余额 ÷ 可用余额；上限 ${data.leverage_limit || '—'} 倍`}
            to={figures.enrolled.link}
          />
          <StatCard
            label="在保不良率"
            value={formatRatio(data.npl_ratio)}
            hint="不良余额 ÷ 在保余额"
            to={figures.npl.link}
          />
          <StatCard label="在保不良余额" money={figures.npl.amount} to={figures.npl.link} />
        </StatRow>
        <StatRow>
          <StatCard label="累计已拨补偿" money={figures.paid.amount} to={figures.paid.link} />
          <StatCard label="累计追回" money={figures.recovered.amount} to={figures.recovered.link} />
          <StatCard
            label="累计退回补偿"
            money={figures.clawed_back.amount}
            to={figures.clawed_back.link}
          />
          <StatCard
            label="累计净损失"
            money={figures.net_loss.amount}
            hint="已拨减追回减退回"
            to={figures.net_loss.link}
          />
        </StatRow>
      </div>
    </Panel>
  );
}
