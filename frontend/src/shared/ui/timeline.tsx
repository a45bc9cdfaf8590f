import { Timeline as Line } from 'antd';
import type { ReactNode } from 'react';

import { formatDateTime } from '@/shared/format/date';
import { EmptyState } from '@/shared/ui/empty-state';

import styles from './timeline.module.css';

export interface TimelineEvent {
  /** Unique within the line. */
  id: string;
  /** An instant, or a date. */
  at: string;
  /** What happened, in words: "提交复核". */
  what: ReactNode;
  /** Who did it; missing for the system. */
  who?: string | null | undefined;
  /** For which organisation. */
  organization?: string | null | undefined;
  /** A reason or remark. */
  note?: ReactNode;
  tone?: 'normal' | 'good' | 'bad' | 'waiting';
}

const colors = {
  normal: 'var(--teal)',
  good: 'var(--success)',
  bad: 'var(--danger)',
  waiting: 'gray',
};

/** Who did what, and when; newest first as the API sends it. */
export function Timeline({ events }: { events: readonly TimelineEvent[] }) {
  if (events.length === 0) return <EmptyState compact title="还没有办理记录" />;
  return (
    <Line
      items={events.map((event) => ({
        key: event.id,
        color: colors[event.tone ?? 'normal'],
        content: (
          <div className={styles.event}>
            <div className={styles.what}>{event.what}</div>
            <div className={styles.who}>
              <span>{event.who ?? '系统'}</span>
              {event.organization ? <span>{event.organization}</span> : null}
              <time className="num" dateTime={event.at}>
                {formatDateTime(event.at)}
              </time>
            </div>
            {event.note ? <div className={styles.note}>{event.note}</div> : null}
          </div>
        ),
      }))}
    />
  );
}

/** One line of `timeline` in a detail view (audit.Line). */
interface AuditLine {
  id: string;
  at: string;
  user_name: string;
  org_name: string;
  text: string;
  detail?: unknown;
}

/** The audit trail of one thing as events; a reason given is shown as the note. */
export function fromAudit(lines: readonly AuditLine[] | null | undefined): TimelineEvent[] {
  return (lines ?? []).map((line) => {
    const reason = (line.detail as { reason?: unknown } | null | undefined)?.reason;
    return {
      id: line.id,
      at: line.at,
      what: line.text,
      who: line.user_name,
      organization: line.org_name,
      ...(typeof reason === 'string' && reason ? { note: reason } : {}),
    };
  });
}
