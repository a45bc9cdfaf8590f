import type { Item } from '@/api/types';
import type { StatusMap } from '@/shared/ui/status-tag';

export type Organization = Item<'/organizations'>;

export const ORGANIZATION_STATUS: StatusMap<Organization['status']> = {
  draft: { text: '草稿', color: 'default' },
  submitted: { text: '待审核', color: 'processing' },
  admitted: { text: '已准入', color: 'success' },
  returned: { text: '已退回', color: 'warning' },
  suspended: { text: '已暂停', color: 'error' },
  closed: { text: '已注销', color: 'default' },
};

export const SCALE: Record<Exclude<Organization['scale'], ''>, string> = {
  micro: '微型',
  small: '小型',
  medium: '中型',
  large: '大型',
};

export const scaleOptions = Object.entries(SCALE).map(([value, label]) => ({ value, label }));

/** The scale in words; "—" where nobody said. */
export function scaleLabel(scale: Organization['scale']): string {
  return scale === '' ? '—' : SCALE[scale];
}
