import type { Answer } from '@/api/types';
import { formatDecimal } from '@/shared/format/rate';
import { plot } from '@/shared/ui/chart';
import { Money } from '@/shared/ui/money';
import { Panel } from '@/shared/ui/panel';

import styles from './target-bar.module.css';

type Figures = Pick<Answer<'/indicators/dashboard', 'get'>, 'year' | 'disbursed' | 'targets'>;

/** The year's pledged financing against the plan's 1.5 亿元. */
export function TargetBar({ data }: { data: Figures }) {
  const target = data.targets.find((candidate) => candidate.code === 'pledge_financing_annual');
  if (!target) return null;
  const share = Math.min(100, plot(target.ratio) ?? 0);
  return (
    <Panel>
      <div className={styles.bar}>
        <div className={styles.words}>
          <span className={styles.label}>{data.year} 年知识产权质押融资额</span>
          <Money value={data.disbursed} strong />
          <span className={styles.goal}>
            规划目标 {target.target} {target.unit}
            {target.ratio ? `，完成 ${formatDecimal(target.ratio)}%` : ''}
          </span>
        </div>
        <div
          className={styles.track}
          role="img"
          aria-label={`完成规划目标的 ${target.ratio ? `${formatDecimal(target.ratio)}%` : '暂无数据'}`}
        >
          <span className={styles.fill} style={{ width: `${share}%` }} />
        </div>
        <p className={styles.note}>
          “{target.quote}”——{target.location}
          {target.closed ? '。规划期（2021–2025）已结束，目标仅作参照。' : ''}
        </p>
      </div>
    </Panel>
  );
}
