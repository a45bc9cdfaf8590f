import type { Answer, Item } from '@/api/types';
import { formatYuan } from '@/shared/format/money';
import type { StatusMap } from '@/shared/ui/status-tag';

export type Row = Item<'/simulations'>;
export type Simulation = Answer<'/simulations/{id}', 'get'>;
export type Inputs = Simulation['inputs'];
export type Field = keyof Inputs;

export const VERDICT: StatusMap<Row['verdict']> = {
  carries: { text: '能够承载', color: 'success' },
  strained: { text: '勉强承载', color: 'warning' },
  fails: { text: '不能承载', color: 'error' },
};

interface FieldWord {
  field: Field;
  label: string;
  kind: 'money' | 'rate' | 'count';
  unit?: string;
}

/** The inputs by group, in the order of the form. */
export const GROUPS: readonly { title: string; fields: readonly FieldWord[] }[] = [
  {
    title: '规模',
    fields: [
      { field: 'annual_lending', label: '每年新增贷款', kind: 'money' },
      { field: 'growth', label: '每年增长', kind: 'rate' },
      { field: 'average_ticket', label: '户均金额', kind: 'money' },
      { field: 'average_term_months', label: '平均期限', kind: 'count', unit: '个月' },
      { field: 'covered_share', label: '基金覆盖的本金占比', kind: 'rate' },
    ],
  },
  {
    title: '风险',
    fields: [
      { field: 'default_rate', label: '年违约率', kind: 'rate' },
      { field: 'default_spread', label: '违约率的不确定性', kind: 'rate' },
      { field: 'correlation', label: '违约相关系数', kind: 'rate' },
      { field: 'recovery_rate', label: '追偿收回率', kind: 'rate' },
      { field: 'recovery_delay_months', label: '追偿所需时间', kind: 'count', unit: '个月' },
    ],
  },
  {
    title: '政策',
    fields: [
      { field: 'fund_share', label: '基金分担比例', kind: 'rate' },
      { field: 'leverage_multiple', label: '放大倍数上限', kind: 'count', unit: '倍' },
      { field: 'comp_cap_per_enterprise', label: '单户补偿上限', kind: 'money' },
      { field: 'comp_cap_bank_year', label: '单家银行年度补偿上限', kind: 'rate' },
      { field: 'banks', label: '合作银行', kind: 'count', unit: '家' },
    ],
  },
  {
    title: '资金',
    fields: [
      { field: 'initial_fund', label: '基金起始净额', kind: 'money' },
      { field: 'initial_portfolio', label: '起始在保余额', kind: 'money' },
      { field: 'annual_contribution', label: '每年新增出资', kind: 'money' },
    ],
  },
  {
    title: '计算',
    fields: [
      { field: 'horizon_years', label: '模拟年数', kind: 'count', unit: '年' },
      { field: 'paths', label: '模拟次数', kind: 'count', unit: '次' },
      { field: 'seed', label: '随机数种子', kind: 'count' },
    ],
  },
];

/** An input in words. */
export function inputText(inputs: Inputs, { field, kind, unit }: FieldWord): string {
  const value = String(inputs[field]);
  if (kind === 'money') return formatYuan(value);
  if (kind === 'rate') return `${value}%`;
  return unit ? `${value} ${unit}` : value;
}
