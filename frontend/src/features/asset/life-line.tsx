import { formatDate } from '@/shared/format/date';

import styles from './life-line.module.css';
import type { AssetDetail } from './status';

interface Mark {
  key: string;
  on: string;
  label: string;
  tone: 'past' | 'now' | 'due' | 'end';
}

/** A right's life as a line: filed, granted, fees paid until, today, next due, end. */
export function LifeLine({ asset, today }: { asset: AssetDetail; today: string }) {
  const start = asset.filed_on ?? asset.granted_on;
  if (!start) return null;
  const end = asset.expires_on;
  const span = days(start, end);
  const at = (on: string) =>
    `${Math.min(100, Math.max(0, (days(start, on) / span) * 100)).toFixed(2)}%`;
  const marks: Mark[] = [
    { key: 'start', on: start, label: asset.filed_on ? '申请' : '注册', tone: 'past' },
  ];
  if (asset.filed_on && asset.granted_on) {
    marks.push({ key: 'granted', on: asset.granted_on, label: '授权', tone: 'past' });
  }
  if (today < end) marks.push({ key: 'today', on: today, label: '今天', tone: 'now' });
  const due = asset.upkeep.opens_on ?? asset.upkeep.due_on;
  if (due && due < end) {
    marks.push({
      key: 'due',
      on: due,
      label: asset.upkeep.opens_on ? '可续展' : `第 ${asset.upkeep.patent_year} 年年费`,
      tone: 'due',
    });
  }
  marks.push({ key: 'end', on: end, label: '期满', tone: 'end' });
  const words = marks.map((mark) => `${mark.label} ${formatDate(mark.on)}`).join('，');
  return (
    <div className={styles.box} role="img" aria-label={`权利期限：${words}`}>
      <div className={styles.line}>
        <div className={styles.lived} style={{ width: at(today) }} />
        {marks.map((mark) => (
          <span
            key={mark.key}
            className={styles.dot}
            data-tone={mark.tone}
            style={{ left: at(mark.on) }}
          />
        ))}
      </div>
      <ul className={styles.legend} aria-hidden>
        {marks.map((mark) => (
          <li key={mark.key} data-tone={mark.tone}>
            <span>{mark.label}</span>
            <span className="num">{formatDate(mark.on)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function days(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}
