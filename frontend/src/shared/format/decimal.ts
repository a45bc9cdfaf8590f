/**
 * Decimal strings, handled digit by digit. Money and rates reach the browser as strings and
 * are only shown: no function here turns one into a number.
 */

export interface Decimal {
  negative: boolean;
  whole: string;
  fraction: string;
}

/** Takes "-1500000.00" apart; undefined when it isn't a plain decimal. */
export function parseDecimal(value: string): Decimal | undefined {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(value.trim());
  if (!match) return undefined;
  const whole = (match[2] ?? '0').replace(/^0+(?=\d)/, '');
  return { negative: match[1] === '-', whole, fraction: match[3] ?? '' };
}

/** Moves the point to the left: 1500000.00 by four places is 150.000000. */
export function shiftLeft(value: Decimal, places: number): Decimal {
  const padded = value.whole.padStart(places + 1, '0');
  const cut = padded.length - places;
  return {
    negative: value.negative,
    whole: padded.slice(0, cut),
    fraction: padded.slice(cut) + value.fraction,
  };
}

/** Keeps so many digits after the point, half up, filling with zeros. */
export function roundTo(value: Decimal, places: number): Decimal {
  const kept = value.fraction.slice(0, places).padEnd(places, '0');
  const next = value.fraction[places];
  const digits = value.whole + kept;
  const rounded = next !== undefined && next >= '5' ? increment(digits) : digits;
  const cut = rounded.length - places;
  const whole = rounded.slice(0, cut);
  const fraction = rounded.slice(cut);
  const zero = /^0*$/.test(whole + fraction);
  return { negative: value.negative && !zero, whole, fraction };
}

/** Adds one to a row of digits, carrying as on paper. */
function increment(digits: string): string {
  const nines = /9*$/.exec(digits)?.[0].length ?? 0;
  const at = digits.length - nines - 1;
  const zeros = '0'.repeat(nines);
  if (at < 0) return `1${zeros}`;
  const successor = '1234567890'['0123456789'.indexOf(digits[at] ?? '0')] ?? '0';
  return digits.slice(0, at) + successor + zeros;
}

/** Writes it with separators: 1,500,000.00. */
export function writeDecimal(value: Decimal, separators = true): string {
  const whole = separators ? value.whole.replace(/\B(?=(\d{3})+$)/g, ',') : value.whole;
  return `${value.negative ? '-' : ''}${whole}${value.fraction ? `.${value.fraction}` : ''}`;
}

/** Drops zeros at the end of the fraction, so that 4.350000 reads 4.35. */
export function trimZeros(value: Decimal, leave = 0): Decimal {
  let fraction = value.fraction;
  while (fraction.length > leave && fraction.endsWith('0')) fraction = fraction.slice(0, -1);
  return { ...value, fraction };
}

/** Whether nothing but zeros is written. */
export function isZero(value: Decimal): boolean {
  return /^0*$/.test(value.whole + value.fraction);
}
