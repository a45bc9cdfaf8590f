import { Tag } from 'antd';
import type { ReactNode } from 'react';

import styles from './quote-card.module.css';

interface Props {
  /** The plan's own words, not touched up; marks of doubt such as [sic] included. */
  quote: string;
  /** Where it stands: "规划 二、（二）发展目标". */
  location: string;
  /** What the figure is: "专利运营及质押融资额度". */
  indicator: string;
  /** As printed: "年均 0.4 亿元". */
  target: ReactNode;
  baseline?: ReactNode;
  /** What was reached; 暂无数据 when nobody has counted. */
  actual?: ReactNode;
  /** Doubts and contradictions, said openly. */
  note?: ReactNode;
  /** "规划期已结束（2021–2025）". */
  badge?: string;
}

/** A promise of the plan in the plan's words, beside what came of it. */
export function QuoteCard(props: Props) {
  const { quote, location, indicator, target, baseline, actual, note, badge } = props;
  return (
    <article className={styles.card}>
      <header className={styles.head}>
        <h3>{indicator}</h3>
        {badge ? <Tag variant="filled">{badge}</Tag> : null}
      </header>
      <dl className={styles.figures}>
        {baseline === undefined ? null : (
          <div>
            <dt>基期</dt>
            <dd className="num">{baseline}</dd>
          </div>
        )}
        <div>
          <dt>规划目标</dt>
          <dd className={`num ${styles.target}`}>{target}</dd>
        </div>
        {actual === undefined ? null : (
          <div>
            <dt>实际</dt>
            <dd className="num">{actual}</dd>
          </div>
        )}
      </dl>
      <blockquote className={styles.quote}>
        <p>“{quote}”</p>
        <footer>{location}</footer>
      </blockquote>
      {note ? <p className={styles.note}>{note}</p> : null}
    </article>
  );
}
