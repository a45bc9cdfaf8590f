import type { Item } from '@/api/types';
import type { StatusMap } from '@/shared/ui/status-tag';

type Need = Item<'/needs'>;
type Bid = Item<'/bids'>;

/** Words that needs, products and bids share. */
export const METHOD: Record<Need['method'], string> = {
  interest_only_bullet: '按月付息到期还本',
  equal_instalment: '等额本息',
  equal_principal: '等额本金',
  bullet: '到期一次还本付息',
};

export const methodOptions = (Object.keys(METHOD) as Need['method'][]).map((value) => ({
  value,
  label: METHOD[value],
}));

const KIND: Record<string, string> = {
  invention_patent: '发明专利',
  utility_model: '实用新型专利',
  design_patent: '外观设计专利',
  trademark: '注册商标',
  gi_mark: '地理标志商标',
};

export const rightKindOptions = Object.entries(KIND).map(([value, label]) => ({ value, label }));

/** The kind of a right; an unknown one is named in general rather than shown as a code. */
export function rightKind(kind: string): string {
  return KIND[kind] ?? '其他权利';
}

export const BID_STATUS: StatusMap<Bid['status']> = {
  draft: { text: '草稿', color: 'default' },
  submitted: { text: '已提交', color: 'processing' },
  withdrawn: { text: '已撤回', color: 'default' },
  expired: { text: '已失效', color: 'default' },
  accepted: { text: '已选定', color: 'success' },
  lost: { text: '未选定', color: 'default' },
  due_diligence: { text: '贷前调查中', color: 'processing' },
  credit_approved: { text: '授信已批', color: 'success' },
  contracted: { text: '已签约', color: 'success' },
  declined: { text: '已否决', color: 'error' },
};
