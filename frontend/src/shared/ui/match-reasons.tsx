import { Tag } from 'antd';

import styles from './match-reasons.module.css';

interface Reason {
  code: string;
  text: string;
  needed: string;
  actual: string;
}

interface Verdict {
  fits: boolean;
  near_miss: boolean;
  score: number;
  score_parts: { rate: number; amount: number; ltv: number; region: number; method: number };
  reasons: readonly Reason[];
}

/** Whether a product fits a need, in one word. */
export function VerdictTag({ verdict }: { verdict: Verdict }) {
  if (verdict.fits) {
    return (
      <Tag variant="filled" color="success">
        符合，{verdict.score} 分
      </Tag>
    );
  }
  if (verdict.near_miss) {
    return (
      <Tag variant="filled" color="warning">
        仅差一项
      </Tag>
    );
  }
  return <Tag variant="filled">差 {verdict.reasons.length} 项</Tag>;
}

/** Why: the parts of the score where it fits, else each condition with both sides of it. */
export function MatchReasons({ verdict }: { verdict: Verdict }) {
  if (verdict.fits) {
    const { rate, amount, ltv, region, method } = verdict.score_parts;
    return (
      <span className={styles.parts}>
        利率 {rate}/40，质押率余量 {ltv}/25，金额 {amount}/15，地区 {region}/10，还款方式 {method}
        /10
      </span>
    );
  }
  return (
    <ul className={styles.list}>
      {verdict.reasons.map((reason) => (
        <li key={reason.code}>
          <span className={styles.text}>{reason.text}</span>
          <span className={styles.sides}>
            要求：{reason.needed}；实际：{reason.actual}
          </span>
        </li>
      ))}
    </ul>
  );
}
