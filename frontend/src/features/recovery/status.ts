import type { Answer, Item } from '@/api/types';
import type { StatusMap } from '@/shared/ui/status-tag';

export type Recovery = Answer<'/recoveries/{id}', 'get'>;
export type RecoveryRow = Item<'/recoveries'>;
export type Receipt = Recovery['receipts'][number];

export const RECOVERY_STATUS: StatusMap<RecoveryRow['status']> = {
  open: { text: '待追偿', color: 'processing' },
  collecting: { text: '追偿中', color: 'processing' },
  exhausted: { text: '追偿终结', color: 'warning' },
  writeoff_applied: { text: '已申请核销', color: 'processing' },
  writeoff_endorsed: { text: '核销待财政会签', color: 'processing' },
  written_off: { text: '已核销', color: 'default' },
  completed: { text: '已足额追回', color: 'success' },
  reopened: { text: '核销后又有回款', color: 'warning' },
};

export const SOURCE: Record<Receipt['source'], string> = {
  auction: '质物拍卖、变卖',
  debtor: '债务人还款',
  guarantor: '保证人代偿',
  execution: '法院执行',
  bankruptcy: '破产分配',
  other: '其他',
};

export const COST: Record<Receipt['cost_items'][number]['kind'], string> = {
  court: '诉讼、保全、执行费',
  appraisal: '评估费',
  auction: '拍卖、变卖费',
  lawyer: '律师费',
  other: '其他必要费用',
};

export const RULING: Record<Recovery['ruling_kind'], string> = {
  '': '—',
  terminated: '终结本次执行裁定',
  bankruptcy_ended: '破产程序终结裁定',
};

export const DECISION: Record<Recovery['decisions'][number]['step'], string> = {
  exhaust: '认定追偿终结',
  apply: '申请核销',
  endorse: '知识产权局审定',
  confirm: '财政局会签',
};
