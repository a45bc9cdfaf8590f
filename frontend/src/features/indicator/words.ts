import type { Answer, Query } from '@/api/types';
import type { StatusMap } from '@/shared/ui/status-tag';

export type Cockpit = Answer<'/indicators/cockpit', 'get'>;
export type Value = Cockpit['figures']['balance'];
export type Figure = Exclude<NonNullable<Query<'/indicators/rows', 'get'>['figure']>, ''>;

/** What the figures are called, where their rows are listed. */
export const FIGURES: Record<Figure, string> = {
  balance: '托管余额',
  committed: '已核准未拨付',
  available: '可用余额',
  paid_in: '基金规模（实收资本）',
  paid: '已拨补偿',
  recovered: '追回',
  clawed_back: '退回的补偿',
  net_loss: '净损失',
  enrolled: '在保贷款余额',
  exposure: '基金敞口',
  npl: '在保不良余额',
  ageing: '在保逾期贷款',
  claims: '补偿申请',
  registered: '质押登记金额',
  outstanding: '在贷余额',
  overdue: '逾期贷款余额',
  loan_ageing: '逾期贷款',
  needs: '融资需求',
};

export const BREAKER: StatusMap<Cockpit['funds'][number]['breaker']> = {
  normal: { text: '正常', color: 'success' },
  warned: { text: '预警', color: 'warning' },
  suspended: { text: '暂停入库', color: 'error' },
};

/** The rows behind a figure, for pages that name the figure themselves. */
export function rowsPath(figure: Figure): string {
  return `/console/indicators/rows?figure=${figure}`;
}

/** The axis of amounts, in 万 where they are large. */
export const yuanAxis = {
  type: 'value' as const,
  name: '元',
  axisLabel: {
    formatter: (value: number) => (Math.abs(value) >= 10_000 ? `${value / 10_000}万` : value),
  },
};
