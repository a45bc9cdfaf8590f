import { CheckCircleFilled, MinusCircleOutlined } from '@ant-design/icons';

import styles from './claim.module.css';
import type { Claim } from './status';

/** The papers a claim must be proved with, and which are there. */
export function CheckList({ items }: { items: Claim['checklist'] }) {
  const missing = items.filter((item) => !item.given).length;
  return (
    <>
      <p className={styles.who}>{missing === 0 ? '材料齐全' : `还缺 ${missing} 项材料`}</p>
      <ul className={styles.checklist}>
        {items.map((item) => (
          <li key={item.kind}>
            <span>
              {item.given ? (
                <CheckCircleFilled className={styles.given} aria-label="已提交" />
              ) : (
                <MinusCircleOutlined className={styles.missing} aria-label="未提交" />
              )}{' '}
              {item.text}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
