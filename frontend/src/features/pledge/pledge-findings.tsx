import { Tag } from 'antd';

import { Panel } from '@/shared/ui/panel';

import styles from './pledge.module.css';
import type { Pledge } from './status';

/** What the office would object to: what blocks comes first. */
export function PledgeFindings({ findings }: { findings: Pledge['findings'] }) {
  const inOrder = [
    ...findings.filter((one) => one.blocking),
    ...findings.filter((one) => !one.blocking),
  ];
  return (
    <Panel>
      {inOrder.length === 0 ? (
        <p className={styles.clean}>按平台掌握的权利状态，没有发现不予登记的情形。</p>
      ) : (
        <ul className={styles.findings}>
          {inOrder.map((one, index) => (
            <li key={index}>
              <Tag color={one.blocking ? 'error' : 'warning'}>
                {one.blocking ? '须先解决' : '提示'}
              </Tag>
              <strong>{one.asset_title}</strong>
              <span>{one.text}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
