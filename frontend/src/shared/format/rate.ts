import { parseDecimal, roundTo, trimZeros, writeDecimal } from '@/shared/format/decimal';

/** A rate in percent, at least two decimals, never more than it has: "4.350000" → "4.35%". */
export function formatRate(value: string): string {
  const parsed = parseDecimal(value);
  if (!parsed) return value;
  const padded = { ...parsed, fraction: parsed.fraction.padEnd(2, '0') };
  return `${writeDecimal(trimZeros(padded, 2))}%`;
}

/** A share in percent as people say it: "50.000000" → "50%". */
export function formatShare(value: string): string {
  const parsed = parseDecimal(value);
  return parsed ? `${writeDecimal(trimZeros(parsed))}%` : value;
}

/** Any decimal with a fixed number of places, such as a multiple: ("3.256", 2) → "3.26". */
export function formatDecimal(value: string, places = 2): string {
  const parsed = parseDecimal(value);
  return parsed ? writeDecimal(roundTo(parsed, places)) : value;
}

/** A computed ratio in percent to two places; thresholds are compared exactly by the server. */
export function formatRatio(value: string | null | undefined): string | null {
  return value ? `${formatDecimal(value, 2)}%` : null;
}

/** A count with separators: 5000 → "5,000". */
export function formatCount(value: number): string {
  return value.toLocaleString('zh-CN');
}
