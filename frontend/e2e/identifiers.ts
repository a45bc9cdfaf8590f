/** Valid numbers for the story, different in every run: they are checked and must be unique. */

const CODE = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Eight digits that no earlier run has used. */
export function serial(): string {
  return String(Date.now() % 100_000_000).padStart(8, '0');
}

/** An enterprise of 双清区 by GB 32100: both check characters are worked out. */
export function creditCode(eight: string): string {
  const weights = [3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce(
    (all, weight, at) => all + weight * LETTERS.indexOf(eight[at] ?? ''),
    0,
  );
  const rest = (11 - (sum % 11)) % 11;
  const body = `91430502${eight}${rest === 10 ? 'X' : String(rest)}`;
  let total = 0;
  let weight = 1;
  for (const each of body) {
    total += CODE.indexOf(each) * weight;
    weight = (weight * 3) % 31;
  }
  return body + (CODE[(31 - (total % 31)) % 31] ?? '');
}

/** An invention patent applied for in 2021 by ZC 0006: weights 2 to 9, then 2 to 5. */
export function patentNumber(seven: string): string {
  const digits = `20211${seven}`;
  const sum = [...digits].reduce((all, digit, at) => all + Number(digit) * ((at % 8) + 2), 0);
  const rest = sum % 11;
  return `ZL${digits}.${rest === 10 ? 'X' : String(rest)}`;
}
