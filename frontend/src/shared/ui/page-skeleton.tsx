import { Skeleton } from 'antd';

import styles from './page-skeleton.module.css';

/** What stands while a page comes: its outline, not a spinner. */
export function PageSkeleton() {
  return (
    <div className={styles.page} role="status" aria-label="正在加载">
      <Skeleton active title={{ width: 220 }} paragraph={{ rows: 1, width: '40%' }} />
      <div className={styles.box}>
        <Skeleton active title={false} paragraph={{ rows: 8 }} />
      </div>
    </div>
  );
}
