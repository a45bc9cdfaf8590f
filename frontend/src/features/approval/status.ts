import type { Item } from '@/api/types';
import type { StatusMap } from '@/shared/ui/status-tag';

export type Approval = Item<'/approvals'>;

export const APPROVAL_STATUS: StatusMap<Approval['status']> = {
  pending: { text: '待复核', color: 'processing' },
  signed: { text: '已复核', color: 'success' },
  rejected: { text: '已退回', color: 'error' },
  withdrawn: { text: '已撤回', color: 'default' },
  superseded: { text: '已失效', color: 'default' },
};
