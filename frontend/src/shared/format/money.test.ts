import { describe, expect, it } from 'vitest';

import {
  autoUnit,
  formatMoney,
  formatUppercase,
  formatWan,
  formatYi,
  formatYuan,
  readMoney,
} from '@/shared/format/money';

describe('formatting money', () => {
  it.each([
    ['1500000.00', '1,500,000.00 元'],
    ['0.00', '0.00 元'],
    ['-1234567.89', '-1,234,567.89 元'],
    ['9007199254740993.01', '9,007,199,254,740,993.01 元'],
    ['12.5', '12.50 元'],
  ])('writes %s to the fen', (value, text) => {
    expect(formatYuan(value)).toBe(text);
  });

  it.each([
    ['1500000.00', '150.00 万元'],
    ['49.99', '0.00 万元'],
    ['50.00', '0.01 万元'],
    ['9999999.99', '1,000.00 万元'],
    ['-50.00', '-0.01 万元'],
    ['-1.00', '0.00 万元'],
  ])('writes %s in units of ten thousand, half up', (value, text) => {
    expect(formatWan(value)).toBe(text);
  });

  it('writes hundreds of millions', () => {
    expect(formatYi('150000000.00')).toBe('1.50 亿元');
  });

  it('picks the unit by size', () => {
    expect(autoUnit('9999.99').unit).toBe('元');
    expect(autoUnit('10000.00')).toEqual({ figure: '1.00', unit: '万元' });
    expect(formatMoney('100000000.00')).toBe('1.00 亿元');
  });

  it('leaves what is no amount as it is', () => {
    expect(formatYuan('abc')).toBe('abc 元');
  });

  it('reads an amount aloud without trailing zeros', () => {
    expect(readMoney('1500000.00')).toBe('150 万元');
    expect(readMoney('123456789.1')).toBe('1.234567891 亿元');
    expect(readMoney('x')).toBe('');
  });
});

describe('writing amounts in capitals', () => {
  it.each([
    ['0.00', '零元整'],
    ['1500000.00', '壹佰伍拾万元整'],
    ['1500000.50', '壹佰伍拾万元伍角整'],
    ['1005.06', '壹仟零伍元零陆分'],
    ['10000001.00', '壹仟万零壹元整'],
    ['100000000.00', '壹亿元整'],
    ['100050000.00', '壹亿零伍万元整'],
    ['0.06', '陆分'],
    ['0.60', '陆角整'],
    ['-12.34', '负壹拾贰元叁角肆分'],
    ['1200000034.00', '壹拾贰亿零叁拾肆元整'],
  ])('%s is %s', (value, text) => {
    expect(formatUppercase(value)).toBe(text);
  });
});
