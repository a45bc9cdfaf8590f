import { Tag } from 'antd';

import { formatDate, formatDateTime } from '@/shared/format/date';
import { EmptyState } from '@/shared/ui/empty-state';
import { Money } from '@/shared/ui/money';

import styles from './claim.module.css';
import { STEP, VERDICT, type Review } from './status';

const COLOR: Record<Review['verdict'], string> = {
  pass: 'success',
  adjust: 'warning',
  reject: 'error',
  correct: 'warning',
  return: 'warning',
};

/** What each step of the review said, who said it and who checked it. */
export function ReviewList({ reviews }: { reviews: readonly Review[] }) {
  if (reviews.length === 0) return <EmptyState compact title="还没有审核意见" />;
  return (
    <ol className={styles.reviews}>
      {reviews.map((review) => (
        <li key={review.reviewed_at + review.step}>
          <header>
            <strong>{STEP[review.step]}</strong>
            <Tag variant="filled" color={COLOR[review.verdict]}>
              {review.step === 'publicity' ? '已公示' : VERDICT[review.verdict]}
            </Tag>
            {review.amount ? <Money value={review.amount} variant="exact" /> : null}
            {review.reason_text ? <span>{review.reason_text}</span> : null}
          </header>
          <p>{review.opinion}</p>
          {review.site_check ? (
            <p>
              现场核查{review.site_checked_on ? `（${formatDate(review.site_checked_on)}）` : ''}：
              {review.site_check}
            </p>
          ) : null}
          <span className={styles.who}>
            {people(review)}
            <span className="num"> {formatDateTime(review.reviewed_at)}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}

function people(review: Review): string {
  if (review.step === 'expert') return '专家组';
  const maker = `${review.maker_org} ${review.maker_name}`;
  if (!review.checker_name) return maker;
  const checker =
    review.checker_org === review.maker_org
      ? review.checker_name
      : `${review.checker_org} ${review.checker_name}`;
  return `${maker} 经办，${checker} ${review.step === 'confirm' ? '会签' : '复核'}`;
}
