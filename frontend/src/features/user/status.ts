import type { Item } from '@/api/types';
import type { StatusMap } from '@/shared/ui/status-tag';

export type User = Item<'/users'>;

export const USER_STATUS: StatusMap<User['status']> = {
  active: { text: '正常', color: 'success' },
  disabled: { text: '已停用', color: 'default' },
};
