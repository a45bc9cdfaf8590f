import type { Answer, Input, Item, Query } from '@/api/types';
import type { StatusMap } from '@/shared/ui/status-tag';

export type NeedRow = Item<'/needs'>;
export type Need = Answer<'/needs/{id}', 'get'>;
export type NeedQuery = Query<'/needs', 'get'>;
export type NeedInput = Input<'/needs', 'post'>;
export type Portfolio = Need['assets'];
export type Comparison = Answer<'/needs/{id}/bids', 'get'>;
export type Bid = Comparison['items'][number];
export type Match = Answer<'/needs/{id}/matches', 'get'>['items'][number];

export const NEED_STATUS: StatusMap<NeedRow['status']> = {
  draft: { text: '草稿', color: 'default' },
  submitted: { text: '待签署', color: 'processing' },
  pending_review: { text: '待核验', color: 'processing' },
  returned: { text: '已退回', color: 'error' },
  open: { text: '招标中', color: 'processing' },
  evaluating: { text: '比选中', color: 'warning' },
  awarded: { text: '已选定', color: 'success' },
  fulfilled: { text: '已放款', color: 'success' },
  failed: { text: '流标', color: 'error' },
  cancelled: { text: '已撤销', color: 'default' },
};

export const PURPOSE: Record<NeedInput['purpose_kind'], string> = {
  working_capital: '流动资金周转',
  equipment: '购置设备',
  research: '研发投入',
  expansion: '扩大生产',
  refinancing: '置换高成本融资',
};

export const purposeOptions = (Object.keys(PURPOSE) as NeedInput['purpose_kind'][]).map(
  (value) => ({ value, label: PURPOSE[value] }),
);
