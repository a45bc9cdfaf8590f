import { describe, expect, it } from 'vitest';

import { formatDate, formatDateTime, formatAgo, formatLongDate } from '@/shared/format/date';
import { formatDecimal, formatRate, formatRatio, formatShare } from '@/shared/format/rate';

describe('rates', () => {
  it('keep at least two decimals and lose nothing', () => {
    expect(formatRate('4.350000')).toBe('4.35%');
    expect(formatRate('4')).toBe('4.00%');
    expect(formatRate('3.456500')).toBe('3.4565%');
  });

  it('reads shares without a fraction', () => {
    expect(formatShare('50.000000')).toBe('50%');
    expect(formatShare('100')).toBe('100%');
  });

  it('shows a computed ratio to two places, and none where there is none', () => {
    expect(formatRatio('1.177950')).toBe('1.18%');
    expect(formatRatio('0')).toBe('0.00%');
    expect(formatRatio(null)).toBeNull();
  });

  it('rounds a multiple half up', () => {
    expect(formatDecimal('3.255')).toBe('3.26');
    expect(formatDecimal('9.999')).toBe('10.00');
  });
});

describe('dates', () => {
  it('show Shanghai time whatever the zone of the machine', () => {
    expect(formatDateTime('2026-03-01T16:30:00Z')).toBe('2026-03-02 00:30');
    expect(formatDate('2026-03-01T16:30:00Z')).toBe('2026-03-02');
  });

  it('leave a plain date alone', () => {
    expect(formatDate('2026-03-01')).toBe('2026-03-01');
    expect(formatLongDate('2026-03-01')).toBe('2026年3月1日');
  });

  it('count back from now', () => {
    const now = new Date('2026-03-01T10:00:00Z');
    expect(formatAgo('2026-03-01T09:59:40Z', now)).toBe('刚刚');
    expect(formatAgo('2026-03-01T07:00:00Z', now)).toBe('3 小时前');
    expect(formatAgo('2026-02-01T07:00:00Z', now)).toBe('2026-02-01');
  });
});
