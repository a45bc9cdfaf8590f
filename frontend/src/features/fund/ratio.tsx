import { formatDecimal } from '@/shared/format/rate';

/** A computed ratio to two places: the thresholds are compared exactly by the server. */
export function ratioText(value: string | null | undefined): string {
  return value ? `${formatDecimal(value, 2)}%` : '暂无数据';
}
