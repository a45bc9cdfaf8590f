import { Steps } from 'antd';

import { useNarrow } from '@/shared/ui/use-narrow';

import styles from './claim.module.css';
import type { Claim } from './status';

/** How many steps are behind a claim in each status. */
const REACHED: Record<Claim['status'], number> = {
  draft: 0,
  withdrawn: 0,
  submitted: 1,
  correction: 1,
  accepted: 2,
  first_reviewed: 3,
  expert_reviewed: 4,
  bureau_reviewed: 5,
  publicised: 5,
  objected: 5,
  endorsed: 6,
  approved: 7,
  partly_paid: 7,
  paid: 8,
  closed: 8,
  clawback_ordered: 8,
  clawed_back: 8,
  rejected: 0,
};

const NAMES = ['提交', '受理', '初审', '专家评审', '复核', '公示', '核准会签', '拨付'];

/** Where the review stands, as a row of steps. */
export function ClaimSteps({ claim }: { claim: Claim }) {
  const narrow = useNarrow();
  const ended = claim.status === 'rejected' || claim.status === 'withdrawn';
  const skipped = claim.experts_wanted === 0 && claim.experts.length === 0;
  let current = ended ? lastStep(claim) : REACHED[claim.status];
  if (skipped && claim.status === 'first_reviewed') current = 4;
  const items = NAMES.map((title, index) => ({
    title,
    ...(index === 3 && skipped && current > 2 ? { content: '未达金额，免评审' } : {}),
  }));
  const shown = narrow ? items.slice(Math.max(0, current - 1), current + 2) : items;
  return (
    <nav className={styles.steps} aria-label="审核进度">
      <Steps
        size="small"
        orientation={narrow ? 'vertical' : 'horizontal'}
        current={narrow ? Math.min(current, 1) : current}
        status={ended ? 'error' : claim.status === 'objected' ? 'error' : 'process'}
        items={shown}
      />
    </nav>
  );
}

/** Where an ended claim had got to, by what was said of it. */
function lastStep(claim: Claim): number {
  const said = claim.reviews.map((review) => review.step);
  if (said.includes('publicity')) return 6;
  if (said.includes('bureau')) return 4;
  if (said.includes('first')) return 2;
  return claim.submitted_at ? 1 : 0;
}
