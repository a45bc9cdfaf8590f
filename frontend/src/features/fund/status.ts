import type { Item } from '@/api/types';
import type { StatusMap } from '@/shared/ui/status-tag';

type Fund = Item<'/funds'>;
type Movement = Item<'/fund-movements'>;

export const FUND_STATUS: StatusMap<Fund['status']> = {
  proposed: { text: '待复核', color: 'processing' },
  active: { text: '运行中', color: 'success' },
  closed: { text: '已关闭', color: 'default' },
};

export const BREAKER: StatusMap<Fund['breaker']> = {
  normal: { text: '正常', color: 'success' },
  warned: { text: '预警', color: 'warning' },
  suspended: { text: '暂停入库', color: 'error' },
};

export const MOVEMENT_STATUS: StatusMap<Movement['status']> = {
  submitted: { text: '待复核', color: 'processing' },
  posted: { text: '已入账', color: 'success' },
  returned: { text: '已退回', color: 'warning' },
};

export const MOVEMENT_KIND: Record<Movement['kind'], string> = {
  contribute: '出资',
  interest: '利息收入',
  return_capital: '退回出资',
  fee: '管理费',
};

/** Money in, or out. */
export function isIncoming(kind: Movement['kind']): boolean {
  return kind === 'contribute' || kind === 'interest';
}
