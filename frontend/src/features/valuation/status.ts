import type { Answer, Input, Item } from '@/api/types';
import type { StatusMap } from '@/shared/ui/status-tag';

export type ValuationRow = Item<'/valuations'>;
export type Valuation = Answer<'/valuations/{id}', 'get'>;
export type Report = Input<'/valuations/{id}/report', 'put'>;
export type Workings = Input<'/valuations/calculate', 'post'>;
export type Results = Answer<'/valuations/calculate', 'post'>;
export type Indicator = Item<'/valuations/indicators'>;

export const VALUATION_STATUS: StatusMap<ValuationRow['status']> = {
  ordered: { text: '待接单', color: 'processing' },
  accepted: { text: '已接单', color: 'processing' },
  declined: { text: '已谢绝', color: 'default' },
  drafted: { text: '编制中', color: 'processing' },
  signed: { text: '已签署', color: 'warning' },
  filed: { text: '已出具', color: 'success' },
  cancelled: { text: '已取消', color: 'default' },
};

export type Method = 'income' | 'market' | 'cost';

export const METHOD: Record<Method, string> = {
  income: '收益法',
  market: '市场法',
  cost: '成本法',
};

export const methodOptions = (Object.keys(METHOD) as Method[]).map((value) => ({
  value,
  label: METHOD[value],
}));

export function methodWords(row: Pick<ValuationRow, 'method' | 'second_method'>): string {
  return (
    [row.method, row.second_method]
      .filter((method): method is Method => method !== '')
      .map((method) => METHOD[method])
      .join('、') || '—'
  );
}

export const VALUE_TYPE: Record<ValuationRow['value_type'], string> = {
  '': '—',
  market: '市场价值',
  liquidation: '清算价值',
};

export const VARIANT: Record<NonNullable<Workings['income']>['variant'], string> = {
  revenue_share: '销售收入分成',
  profit_share: '利润分成',
  royalty_relief: '许可费节省',
  excess_earnings: '超额收益',
};

export const LEVEL1: Record<Indicator['level1'], string> = {
  legal: '法律价值',
  technical: '技术价值',
  economic: '经济价值',
};
