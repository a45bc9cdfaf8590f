import type { Answer, Item } from '@/api/types';
import type { StatusMap } from '@/shared/ui/status-tag';

export type Loan = Answer<'/loans/{id}', 'get'>;
export type LoanRow = Item<'/loans'>;
export type Board = Answer<'/loans/arrears', 'get'>;

export const LOAN_STATUS: StatusMap<LoanRow['status']> = {
  approved: { text: '待签约', color: 'processing' },
  signed: { text: '已签约', color: 'processing' },
  ready: { text: '待放款', color: 'processing' },
  active: { text: '正常', color: 'success' },
  overdue: { text: '逾期', color: 'error' },
  extended: { text: '已展期', color: 'warning' },
  defaulted: { text: '不良', color: 'error' },
  in_recovery: { text: '追偿中', color: 'error' },
  settled: { text: '已结清', color: 'default' },
  written_off: { text: '已核销', color: 'default' },
  cancelled: { text: '已取消', color: 'default' },
};

export const LOAN_CLASS: StatusMap<LoanRow['class']> = {
  normal: { text: '正常', color: 'success' },
  special_mention: { text: '关注', color: 'warning' },
  substandard: { text: '次级', color: 'error' },
  doubtful: { text: '可疑', color: 'error' },
  loss: { text: '损失', color: 'error' },
};

export const METHOD: Record<LoanRow['method'], string> = {
  interest_only_bullet: '按月付息到期还本',
  equal_instalment: '等额本息',
  equal_principal: '等额本金',
  bullet: '到期一次还本付息',
};

export const DAY_COUNT: Record<Loan['day_count'], string> = {
  act_360: '实际天数 / 360',
  act_365: '实际天数 / 365',
  '30_360': '每月 30 天 / 360',
};

export const INSTALMENT_STATE: StatusMap<Loan['instalments'][number]['state']> = {
  paid: { text: '已还', color: 'success' },
  partly_paid: { text: '部分已还', color: 'processing' },
  overdue: { text: '逾期', color: 'error' },
  due: { text: '今日应还', color: 'warning' },
  upcoming: { text: '未到期', color: 'default' },
};

export const MEASURE: Record<Loan['recovery_measure'], string> = {
  '': '—',
  litigation: '诉讼',
  arbitration: '仲裁',
  bankruptcy: '破产债权申报',
  disposal: '处置质物',
};

export const BUCKET: Record<Board['buckets'][number]['bucket'], string> = {
  '1-30': '1–30 天',
  '31-60': '31–60 天',
  '61-90': '61–90 天',
  '91-180': '91–180 天',
  '181-270': '181–270 天',
  '271-360': '271–360 天',
  '361+': '361 天及以上',
};
