/** Every clock on screen is the office's clock, wherever the reader sits. */
const ZONE = 'Asia/Shanghai';

const instant = new Intl.DateTimeFormat('zh-CN', {
  timeZone: ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

function parts(value: string): Record<string, string> | undefined {
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return undefined;
  return Object.fromEntries(instant.formatToParts(date).map((part) => [part.type, part.value]));
}

const isDate = (value: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(value);

/** A date, or the date of an instant in Shanghai time: "2026-03-01". */
export function formatDate(value: string): string {
  if (isDate(value)) return value;
  const p = parts(value);
  return p ? `${p['year']}-${p['month']}-${p['day']}` : value;
}

/** For people who read rather than compare: "2026年3月1日". */
export function formatLongDate(value: string): string {
  const [year, month, day] = formatDate(value).split('-');
  if (!year || !month || !day) return value;
  return `${year}年${month.replace(/^0/, '')}月${day.replace(/^0/, '')}日`;
}

/** An instant to the minute: "2026-03-01 09:30". */
export function formatDateTime(value: string): string {
  if (isDate(value)) return value;
  const p = parts(value);
  return p ? `${p['year']}-${p['month']}-${p['day']} ${p['hour']}:${p['minute']}` : value;
}

/** How long ago, while that says more than the date; afterwards the date. */
export function formatAgo(value: string, now: Date = new Date()): string {
  const minutes = Math.floor((now.getTime() - new Date(value).getTime()) / 60_000);
  if (Number.isNaN(minutes)) return value;
  if (minutes < 0) return formatDateTime(value);
  if (minutes < 1) return '刚刚';
  if (minutes < 60) return `${minutes} 分钟前`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} 小时前`;
  if (minutes < 7 * 24 * 60) return `${Math.floor(minutes / (24 * 60))} 天前`;
  return formatDate(value);
}

/** A size of a file: 1536 → "1.5 KB". */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
