import type { ReactNode } from 'react';

import { Icon, type IconName } from '@/shared/ui/icon';

import styles from './empty-state.module.css';

interface Props {
  /** What is missing: "还没有融资需求". */
  title?: string;
  /** Why, and what to do next. */
  description?: ReactNode;
  icon?: IconName;
  action?: ReactNode;
  /** Inside a table or a small box. */
  compact?: boolean;
  /** It is the whole page, and its title the page's heading. */
  page?: boolean;
}

/** Nothing here, and what to do about it. */
export function EmptyState({
  title = '暂无数据',
  description,
  icon = 'container',
  action,
  compact = false,
  page = false,
}: Props) {
  const Title = page ? 'h1' : 'p';
  return (
    <div className={styles.empty} data-compact={compact}>
      <span className={styles.picture}>
        <Icon name={icon} />
      </span>
      <Title className={styles.title}>{title}</Title>
      {description ? <p className={styles.description}>{description}</p> : null}
      {action ? <div className={styles.action}>{action}</div> : null}
    </div>
  );
}
