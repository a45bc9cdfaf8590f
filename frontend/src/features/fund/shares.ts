import type { Item } from '@/api/types';
import { formatShare } from '@/shared/format/rate';

export type Shares = Item<'/funds'>['shares'];

export const SHARE_NAMES: Record<keyof Shares, string> = {
  fund: '基金',
  bank: '银行',
  guarantor: '担保机构',
  insurer: '保险机构',
  appraiser: '评估处置机构',
};

/** "基金 45%，银行 45%，评估处置机构 10%": those with a share, in the policy's order. */
export function sharesText(shares: Shares): string {
  return (Object.keys(SHARE_NAMES) as (keyof Shares)[])
    .filter((seat) => !/^0(\.0*)?$/.test(shares[seat]))
    .map((seat) => `${SHARE_NAMES[seat]} ${formatShare(shares[seat])}`)
    .join('，');
}
