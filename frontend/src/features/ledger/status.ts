import type { Item } from '@/api/types';
import type { StatusMap } from '@/shared/ui/status-tag';

export type Book = Item<'/ledger/books'>;

export const BOOK_KIND: Record<Book['kind'], string> = {
  fund: '基金',
  sub_fund: '子基金',
  subsidy: '补贴资金',
};

export const BOOK_STATUS: StatusMap<Book['status']> = {
  open: { text: '使用中', color: 'success' },
  closed: { text: '已关闭', color: 'default' },
};

/** The kinds of entries, for the filter of the list; rows bring their own word. */
export const ENTRY_KINDS = [
  { value: 'contribute', label: '出资入账' },
  { value: 'interest', label: '利息收入' },
  { value: 'enrol', label: '备案入库（敞口增加）' },
  { value: 'exposure_down', label: '敞口减少' },
  { value: 'approve_claim', label: '补偿核准' },
  { value: 'pay', label: '补偿拨付' },
  { value: 'recover', label: '追偿收回' },
  { value: 'claw_back', label: '补偿追回' },
  { value: 'write_off', label: '损失核销' },
  { value: 'return_capital', label: '退回出资' },
  { value: 'fee', label: '管理费' },
  { value: 'subsidy', label: '补贴支出' },
  { value: 'close_year', label: '年终结转' },
  { value: 'reverse', label: '冲正' },
  { value: 'adjust', label: '手工调整' },
  { value: 'memo', label: '备查登记' },
];
