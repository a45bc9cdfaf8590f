import type { Answer, Item } from '@/api/types';
import type { StatusMap } from '@/shared/ui/status-tag';

export type Claim = Answer<'/claims/{id}', 'get'>;
export type ClaimRow = Item<'/claims'>;
export type Review = Claim['reviews'][number];
export type Expert = Claim['experts'][number];

export const CLAIM_STATUS: StatusMap<ClaimRow['status']> = {
  draft: { text: '草稿', color: 'default' },
  withdrawn: { text: '已撤回', color: 'default' },
  submitted: { text: '待受理', color: 'processing' },
  correction: { text: '待补正', color: 'warning' },
  accepted: { text: '已受理', color: 'processing' },
  first_reviewed: { text: '已初审', color: 'processing' },
  expert_reviewed: { text: '专家已评审', color: 'processing' },
  bureau_reviewed: { text: '已复核', color: 'processing' },
  publicised: { text: '公示中', color: 'processing' },
  objected: { text: '异议处理中', color: 'warning' },
  endorsed: { text: '待财政会签', color: 'processing' },
  approved: { text: '已核准', color: 'success' },
  partly_paid: { text: '部分拨付', color: 'warning' },
  paid: { text: '已拨付', color: 'success' },
  rejected: { text: '不予补偿', color: 'error' },
  clawback_ordered: { text: '责令退回', color: 'error' },
  clawed_back: { text: '已追回', color: 'error' },
  closed: { text: '已办结', color: 'default' },
};

export const STEP: Record<Review['step'], string> = {
  complete: '受理审查',
  first: '初审',
  expert: '专家评审',
  bureau: '知识产权局复核',
  publicity: '公示',
  objection: '异议答复',
  approve: '知识产权局核准',
  confirm: '财政局会签',
  reject: '不予补偿',
  clawback: '责令退回',
  close: '办结',
};

export const VERDICT: Record<Review['verdict'], string> = {
  pass: '同意',
  adjust: '调整金额',
  reject: '不予补偿',
  correct: '要求补正',
  return: '退回',
};

export const LITIGATION: Record<Claim['litigation_kind'], string> = {
  '': '—',
  litigation: '诉讼',
  arbitration: '仲裁',
  bankruptcy: '破产申报',
};
