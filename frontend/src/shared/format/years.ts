/** The fund's first year: nothing is counted before it. */
const FIRST_YEAR = 2024;

/** The years there may be figures of, the latest first, for a select. */
export function yearChoices(): { value: string; label: string }[] {
  const now = new Date().getFullYear();
  return Array.from({ length: now - FIRST_YEAR + 1 }, (_, index) => ({
    value: String(now - index),
    label: `${now - index} 年`,
  }));
}
