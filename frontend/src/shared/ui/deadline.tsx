import { Tag, Tooltip } from 'antd';

import { formatDate } from '@/shared/format/date';

import styles from './deadline.module.css';

interface Props {
  /** The last day, YYYY-MM-DD. */
  on: string | null | undefined;
  /** Working days left, as the API counts them on the State Council calendar; below 0 is late. */
  remaining?: number | null | undefined;
  /** Past the published calendar: the count may change. */
  provisional?: boolean | undefined;
  /** Already dealt with: no count, no alarm. */
  done?: boolean | undefined;
}

/** A day by which something must be done, and how urgent that is. */
export function Deadline({ on, remaining, provisional = false, done = false }: Props) {
  if (!on) return <span className={styles.none}>未设期限</span>;
  const level = done || remaining === null || remaining === undefined ? 'calm' : levelOf(remaining);
  return (
    <span className={styles.deadline} data-level={level}>
      <span className="num">{formatDate(on)}</span>
      {done || remaining === null || remaining === undefined ? null : (
        <span className={styles.rest}>{words(remaining)}</span>
      )}
      {provisional ? (
        <Tooltip title="国务院尚未公布该年度节假日安排，期限按周末推算，公布后自动更正。">
          <Tag variant="filled" style={{ marginInlineEnd: 0 }}>
            暂定
          </Tag>
        </Tooltip>
      ) : null}
    </span>
  );
}

function levelOf(remaining: number): 'late' | 'soon' | 'calm' {
  if (remaining < 0) return 'late';
  return remaining <= 2 ? 'soon' : 'calm';
}

function words(remaining: number): string {
  if (remaining < 0) return `已超期 ${-remaining} 个工作日`;
  return remaining === 0 ? '今日到期' : `剩 ${remaining} 个工作日`;
}
