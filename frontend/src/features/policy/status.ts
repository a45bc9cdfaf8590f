import type { Item } from '@/api/types';
import type { StatusLook, StatusMap } from '@/shared/ui/status-tag';

type Row = Item<'/policies'>;

export const POLICY_STATUS: StatusMap<Row['status']> = {
  draft: { text: '草稿', color: 'default' },
  submitted: { text: '待复核', color: 'processing' },
  in_force: { text: '已批准', color: 'success' },
  returned: { text: '已退回', color: 'warning' },
  withdrawn: { text: '已撤回', color: 'default' },
};

const EFFECT: Record<'upcoming' | 'current' | 'past', StatusLook> = {
  upcoming: { text: '已批准，待施行', color: 'processing' },
  current: { text: '施行中', color: 'success' },
  past: { text: '已被替代', color: 'default' },
};

/** Of an approved version it matters whether it rules today. */
export function policyLook(row: Pick<Row, 'status' | 'effect'>): StatusLook {
  return row.effect ? EFFECT[row.effect] : POLICY_STATUS[row.status];
}
