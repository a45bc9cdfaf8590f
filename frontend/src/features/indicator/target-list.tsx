import type { Answer } from '@/api/types';
import { formatDecimal } from '@/shared/format/rate';
import { Money } from '@/shared/ui/money';
import { QuoteCard } from '@/shared/ui/quote-card';

import styles from './target-list.module.css';

type Target = Answer<'/indicators/dashboard', 'get'>['targets'][number];

const AGGREGATION = { point: '当年值', annual_avg: '年均', cumulative: '累计' } as const;

/** What the plan promises, word for word, beside what this platform has counted. */
export function TargetList({ targets }: { targets: readonly Target[] }) {
  return (
    <div className={styles.list}>
      {targets.map((target) => (
        <QuoteCard
          key={target.code}
          indicator={target.indicator}
          quote={target.quote}
          location={`${target.document}，${target.location}`}
          baseline={target.baseline ? `${target.baseline} ${target.unit}` : '未载明'}
          target={`${target.target} ${target.unit}（${AGGREGATION[target.aggregation]}${target.target_year ? `，${target.target_year} 年` : ''}）`}
          actual={
            target.reached ? (
              <>
                <Money value={target.reached} />
                {target.ratio ? ` · ${formatDecimal(target.ratio)}%` : ''}
              </>
            ) : (
              '暂无数据'
            )
          }
          {...(target.caveat ? { note: target.caveat } : {})}
          {...(target.closed ? { badge: '规划期已结束（2021–2025）' } : {})}
        />
      ))}
    </div>
  );
}
