import type { Answer } from '@/api/types';

import { GoalBar } from './goal-bar';

type Figures = Pick<Answer<'/indicators/dashboard', 'get'>, 'year' | 'key' | 'targets' | 'fund'>;

/** The year's pledged financing against the plan's 1.5 亿元, the fund against its 0.6 亿元. */
export function TargetBars({ data }: { data: Figures }) {
  const find = (code: string) => data.targets.find((target) => target.code === code);
  const financing = find('pledge_financing_annual');
  const size = find('risk_fund_average');
  return (
    <>
      {financing ? (
        <GoalBar
          label={`${data.year} 年知识产权质押融资额`}
          target={financing}
          amount={data.key.disbursed.amount}
          link={data.key.disbursed.link}
        />
      ) : null}
      {size ? (
        <GoalBar
          label="风险补偿基金规模（实收资本）"
          target={size}
          amount={data.fund.capital}
          link="/console/indicators/rows?figure=paid_in"
        />
      ) : null}
    </>
  );
}
