import type { Item } from '@/api/types';
import type { StatusMap } from '@/shared/ui/status-tag';

export type Call = Item<'/subsidy-calls'>;
export type Subsidy = Item<'/subsidies'>;
export type Batch = Item<'/subsidy-batches'>;
export type Appropriation = Item<'/subsidy-budget/appropriations'>;
export type Kind = Subsidy['kind'];

export const CALL_STATUS: StatusMap<Call['status']> = {
  draft: { text: '草稿', color: 'default' },
  published: { text: '已发布', color: 'success' },
  closed: { text: '已关闭', color: 'default' },
  cancelled: { text: '已取消', color: 'default' },
};

export const SUBSIDY_STATUS: StatusMap<Subsidy['status']> = {
  draft: { text: '草稿', color: 'default' },
  submitted: { text: '待审核', color: 'processing' },
  returned: { text: '退回补正', color: 'warning' },
  publicity: { text: '公示中', color: 'processing' },
  objected: { text: '有异议', color: 'warning' },
  batched: { text: '拨付中', color: 'processing' },
  paid: { text: '已拨付', color: 'success' },
  rejected: { text: '不予补助', color: 'error' },
  withdrawn: { text: '已撤回', color: 'default' },
};

export const BATCH_STATUS: StatusMap<Batch['status']> = {
  submitted: { text: '待复核', color: 'processing' },
  paid: { text: '已拨付', color: 'success' },
  returned: { text: '已退回', color: 'warning' },
};

export const APPROPRIATION_STATUS: StatusMap<Appropriation['status']> = {
  submitted: { text: '待复核', color: 'processing' },
  posted: { text: '已入账', color: 'success' },
  returned: { text: '已退回', color: 'warning' },
};

export const KIND: Record<Kind, string> = {
  interest: '贷款贴息',
  valuation_fee: '评估费补助',
  guarantee_fee: '担保费补助',
  premium: '保费补助',
};

export const kindOptions = Object.entries(KIND).map(([value, label]) => ({ value, label }));
