import type { ReactNode } from 'react';

import { Money } from '@/shared/ui/money';

import styles from './claim.module.css';
import type { Claim } from './status';

/** Asked, adjusted, approved and paid side by side: never added together. */
export function ClaimFigures({ claim }: { claim: Claim }) {
  return (
    <dl className={styles.figures} aria-label="申请、审核、核准与拨付金额">
      <Figure label="申请金额">
        <Money value={claim.asked} variant="exact" />
      </Figure>
      <Figure label="审核调整">
        {claim.adjusted ? <Money value={claim.adjusted} variant="exact" /> : '未调整'}
      </Figure>
      <Figure label="核准金额">
        {claim.approved ? <Money value={claim.approved} variant="exact" strong /> : '未核准'}
      </Figure>
      <Figure label="已拨付">
        <Money value={claim.paid} variant="exact" />
      </Figure>
    </dl>
  );
}

function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
