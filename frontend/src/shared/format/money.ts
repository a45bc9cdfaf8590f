import {
  isZero,
  parseDecimal,
  roundTo,
  shiftLeft,
  trimZeros,
  writeDecimal,
} from '@/shared/format/decimal';

/** What stands where an amount is unknown. It is never shown as 0. */
export const NO_DATA = '暂无数据';

export interface MoneyText {
  figure: string;
  unit: '元' | '万元' | '亿元';
}

export type MoneyUnit = MoneyText['unit'];

const placesOf: Record<MoneyUnit, number> = { 元: 0, 万元: 4, 亿元: 8 };

/** An amount in one unit, two decimals, half up to the last digit shown. */
export function inUnit(value: string, unit: MoneyUnit): MoneyText {
  const parsed = parseDecimal(value);
  if (!parsed) return { figure: value, unit };
  return { figure: writeDecimal(roundTo(shiftLeft(parsed, placesOf[unit]), 2)), unit };
}

/** Picks 元 below ten thousand, 万元 below a hundred million, 亿元 above. */
export function autoUnit(value: string): MoneyText {
  const digits = parseDecimal(value)?.whole.length ?? 0;
  if (digits > 8) return inUnit(value, '亿元');
  return inUnit(value, digits > 4 ? '万元' : '元');
}

/** "1500000.00" → "1,500,000.00 元": exact to the fen. */
export function formatYuan(value: string): string {
  return join(inUnit(value, '元'));
}

/** "1500000.00" → "150.00 万元". */
export function formatWan(value: string): string {
  return join(inUnit(value, '万元'));
}

/** "150000000.00" → "1.50 亿元". */
export function formatYi(value: string): string {
  return join(inUnit(value, '亿元'));
}

/** The unit that reads best. */
export function formatMoney(value: string): string {
  return join(autoUnit(value));
}

function join(text: MoneyText): string {
  return `${text.figure} ${text.unit}`;
}

/** As a person says it, without trailing zeros: "1500000.00" → "150 万元". */
export function readMoney(value: string): string {
  const parsed = parseDecimal(value);
  if (!parsed) return '';
  const unit: MoneyUnit =
    parsed.whole.length > 8 ? '亿元' : parsed.whole.length > 4 ? '万元' : '元';
  return `${writeDecimal(trimZeros(shiftLeft(parsed, placesOf[unit])))} ${unit}`;
}

const DIGITS = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
const PLACES = ['', '拾', '佰', '仟'];
const GROUPS = ['', '万', '亿', '万亿'];

/** 大写金额 as banks write it: "1500000.50" → "壹佰伍拾万元伍角整". */
export function formatUppercase(value: string): string {
  const parsed = parseDecimal(value);
  if (!parsed || parsed.whole.length > 16) return '';
  const amount = roundTo(parsed, 2);
  if (isZero(amount)) return '零元整';
  const sign = amount.negative ? '负' : '';
  const whole = wholeUppercase(amount.whole);
  const jiao = digit(amount.fraction[0]);
  const fen = digit(amount.fraction[1]);
  const head = whole ? `${whole}元` : '';
  if (jiao === '零' && fen === '零') return `${sign}${head}整`;
  // A zero between yuan and fen is spoken; one at the very front is not.
  const middle = jiao === '零' ? (head ? '零' : '') : `${jiao}角`;
  return `${sign}${head}${middle}${fen === '零' ? '整' : `${fen}分`}`;
}

function digit(character: string | undefined): string {
  return DIGITS['0123456789'.indexOf(character ?? '0')] ?? '零';
}

/** Reads groups of four digits; a gap of zeros inside is one 零. */
function wholeUppercase(whole: string): string {
  if (/^0*$/.test(whole)) return '';
  const groups = whole.padStart(Math.ceil(whole.length / 4) * 4, '0').match(/\d{4}/g) ?? [];
  let text = '';
  let gap = false;
  groups.forEach((group, index) => {
    const written = groupUppercase(group);
    if (!written) {
      gap = text !== '';
      return;
    }
    if (text && (gap || group.startsWith('0'))) text += '零';
    text += written + (GROUPS[groups.length - 1 - index] ?? '');
    gap = false;
  });
  return text;
}

function groupUppercase(group: string): string {
  let text = '';
  let gap = false;
  [...group].forEach((character, index) => {
    if (character === '0') {
      gap = text !== '';
      return;
    }
    text += (gap ? '零' : '') + digit(character) + (PLACES[3 - index] ?? '');
    gap = false;
  });
  return text;
}
