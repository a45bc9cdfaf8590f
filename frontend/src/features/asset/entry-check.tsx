import { CheckCircleFilled, CloseCircleFilled, InfoCircleFilled } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

import { requestJSON } from '@/api/request';
import type { Answer } from '@/api/types';
import { formatDate } from '@/shared/format/date';
import { FactList } from '@/shared/ui/fact-list';
import { Money } from '@/shared/ui/money';
import { Panel } from '@/shared/ui/panel';

import { entryOf, type EntryValues } from './entry';
import styles from './entry-check.module.css';

type Checked = Answer<'/assets/check', 'post'>;

/** What the server says of the entry while it is typed: faults, term, next fee, prechecks. */
export function EntryCheck({ values, id }: { values: Partial<EntryValues>; id?: string }) {
  const body = JSON.stringify(Object.assign({ title: '', right_no: '' }, entryOf(values)));
  const settled = useSettled(body, 500);
  const ready = !!values.kind && !!values.right_no;
  const check = useQuery({
    queryKey: ['asset-check', id, settled],
    queryFn: ({ signal }) =>
      requestJSON<Checked>('POST', '/assets/check', {
        body: JSON.parse(settled) as unknown,
        query: { id },
        signal,
      }),
    enabled: ready,
    retry: false,
    placeholderData: (before) => before,
  });
  const found = ready ? check.data : undefined;
  return (
    <Panel title="实时检查">
      <div aria-live="polite">
        {found ? (
          <Result found={found} />
        ) : (
          <p className={styles.hint}>
            选择种类并填写号码后，这里会显示号码校验、法定期限、年费与出质预检的结果。
          </p>
        )}
      </div>
    </Panel>
  );
}

function Result({ found }: { found: Checked }) {
  const { upkeep } = found;
  return (
    <>
      <ul className={styles.list}>
        {found.problems.map((problem) => (
          <li key={problem.field + problem.code} data-tone="bad">
            <CloseCircleFilled aria-label="有误" />
            {problem.message}
          </li>
        ))}
        {found.findings.map((finding) => (
          <li key={finding.code} data-tone={finding.blocking ? 'bad' : 'warn'}>
            <InfoCircleFilled aria-label="出质预检" />
            {finding.text}
          </li>
        ))}
        {found.problems.length === 0 && found.findings.length === 0 ? (
          <li data-tone="good">
            <CheckCircleFilled aria-label="通过" />
            填写无误，出质预检未发现问题
          </li>
        ) : null}
      </ul>
      <FactList
        columns={1}
        facts={[
          !!found.right_no && {
            label: '规范写法',
            value: <span className="num">{found.right_no}</span>,
          },
          !!found.statutory_expires_on && {
            label: '法定届满日',
            value: <span className="num">{formatDate(found.statutory_expires_on)}</span>,
          },
          upkeep.patent_year > 0 &&
            !!upkeep.due_on && {
              label: `第 ${upkeep.patent_year} 年度年费`,
              value: (
                <>
                  <Money value={upkeep.total} variant="exact" />，{formatDate(upkeep.due_on)} 前缴纳
                </>
              ),
            },
        ]}
      />
    </>
  );
}

function useSettled(value: string, delay: number): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), delay);
    return () => clearTimeout(timer);
  }, [value, delay]);
  return settled;
}
