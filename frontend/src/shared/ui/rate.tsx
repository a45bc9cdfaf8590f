import { NO_DATA } from '@/shared/format/money';
import { formatRate, formatRatio, formatShare } from '@/shared/format/rate';

interface Props {
  /** Percent as the API sends it. */
  value: string | null | undefined;
  /** rate: at least two decimals (年利率); share: none needed (分担比例); ratio: two (不良率). */
  variant?: 'rate' | 'share' | 'ratio';
}

const FORMATS = { rate: formatRate, share: formatShare, ratio: formatRatio };

/** A percentage. */
export function Rate({ value, variant = 'rate' }: Props) {
  if (value === null || value === undefined || value === '') {
    return <span style={{ color: 'var(--text-faint)' }}>{NO_DATA}</span>;
  }
  return <span className="num">{FORMATS[variant](value)}</span>;
}
