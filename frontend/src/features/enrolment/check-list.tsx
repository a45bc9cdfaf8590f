import { CheckCircleFilled, CloseCircleFilled } from '@ant-design/icons';

import type { Answer } from '@/api/types';

import styles from './check-list.module.css';

type Check = Answer<'/enrolments/{id}', 'get'>['checks'][number];

interface Props {
  checks: readonly Check[];
  /** false: worked out as things stand, the signature decides. */
  final: boolean;
}

/** Each rule of entry with what it asks and what is so; the failed ones come first. */
export function CheckList({ checks, final }: Props) {
  const failed = checks.filter((check) => !check.passed);
  const inOrder = [...failed, ...checks.filter((check) => check.passed)];
  return (
    <div>
      <p className={styles.verdict} data-passed={failed.length === 0}>
        {failed.length === 0
          ? `${final ? '' : '按当前数据试算，'}全部 ${checks.length} 项条件均符合。`
          : `${final ? '' : '按当前数据试算，'}${checks.length} 项条件中有 ${failed.length} 项不符合。`}
        {final ? null : <span>以复核人签署时的结果为准。</span>}
      </p>
      <ul className={styles.list}>
        {inOrder.map((check) => (
          <li key={check.code} data-passed={check.passed}>
            {check.passed ? (
              <CheckCircleFilled className={styles.pass} aria-label="符合" />
            ) : (
              <CloseCircleFilled className={styles.fail} aria-label="不符合" />
            )}
            <div>
              <strong>{check.rule}</strong>
              <dl className={styles.figures}>
                <div>
                  <dt>要求</dt>
                  <dd className="num">{check.needed}</dd>
                </div>
                <div>
                  <dt>实际</dt>
                  <dd className="num">{check.actual}</dd>
                </div>
              </dl>
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
