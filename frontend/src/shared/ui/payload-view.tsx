import type { ReactNode } from 'react';

import { formatDate, formatDateTime } from '@/shared/format/date';
import { roleLabel } from '@/shared/labels';
import { wordOf } from '@/shared/payload-words';
import { valueWord } from '@/shared/value-words';
import { Money } from '@/shared/ui/money';
import { Rate } from '@/shared/ui/rate';

import styles from './payload-view.module.css';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const day = /^\d{4}-\d{2}-\d{2}$/;
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;
const code = /^[a-z][a-z0-9]*([_.][a-z0-9]+)*$/;

/**
 * What a proposal or an entry of the trail carries, readable: names for the keys, amounts
 * and dates written out, internal ids left away. Nothing is left out silently: what has no
 * name stands under 其他内容.
 */
export function PayloadView({ value }: { value: unknown }) {
  if (!isRecord(value)) {
    const shown = scalar('', value);
    return shown === undefined ? <p className={styles.none}>没有附加内容</p> : <p>{shown}</p>;
  }
  const known: [string, string, ReactNode][] = [];
  const rest: ReactNode[] = [];
  for (const [key, each] of Object.entries(value)) {
    const shown = show(key, each);
    if (shown === undefined) continue;
    const word = wordOf(key);
    if (word) known.push([key, word.label, shown]);
    else rest.push(shown);
  }
  if (known.length + rest.length === 0) return <p className={styles.none}>没有附加内容</p>;
  return (
    <dl className={styles.list}>
      {known.map(([key, label, shown]) => (
        <div key={key}>
          <dt>{label}</dt>
          <dd>{shown}</dd>
        </div>
      ))}
      {rest.length > 0 ? (
        <div>
          <dt>其他内容</dt>
          <dd>
            {rest.map((shown, index) => (
              <div key={index}>{shown}</div>
            ))}
          </dd>
        </div>
      ) : null}
    </dl>
  );
}

/** undefined where there is nothing a reader could use. */
function show(key: string, value: unknown): ReactNode | undefined {
  if (Array.isArray(value)) return many(key, value);
  if (isRecord(value))
    return Object.keys(value).length > 0 ? <PayloadView value={value} /> : undefined;
  return scalar(key, value);
}

function many(key: string, values: readonly unknown[]): ReactNode | undefined {
  if (values.length === 0) return undefined;
  if (values.every((each) => typeof each === 'string' && uuid.test(each))) {
    return `${values.length} 项`;
  }
  if (values.some(isRecord)) {
    return (
      <ol className={styles.many}>
        {values.map((each, index) => (
          <li key={index}>{show(key, each)}</li>
        ))}
      </ol>
    );
  }
  return values
    .map((each) => scalar(key, each))
    .filter((each) => each !== undefined)
    .map((each, index) => (
      <span key={index}>
        {index > 0 ? '，' : ''}
        {each}
      </span>
    ));
}

function scalar(key: string, value: unknown): ReactNode | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value === 'number') return <span className="num">{value}</span>;
  if (typeof value !== 'string' || uuid.test(value)) return undefined;
  const kind = wordOf(key)?.kind;
  const figure = /^-?\d+(\.\d+)?$/.test(value);
  if (kind === 'money' && figure) return <Money value={value} variant="exact" />;
  if (kind === 'rate' && figure) return <Rate value={value} />;
  if (day.test(value)) return formatDate(value);
  if (instant.test(value)) return formatDateTime(value);
  if (key === 'role') return roleLabel(value);
  const word = valueWord(value);
  if (word) return word;
  // Hashes are meant to be compared letter by letter; other codes mean nothing to a reader.
  if (/^[0-9a-f]{64}$/.test(value)) return <code className={styles.hash}>{value}</code>;
  if (code.test(value) && key !== 'username' && key !== 'name') return undefined;
  return value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
