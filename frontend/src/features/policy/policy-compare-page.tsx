import { Select } from 'antd';
import { useSearchParams } from 'react-router';

import { api } from '@/api/client';
import { formatDate } from '@/shared/format/date';
import { EmptyState } from '@/shared/ui/empty-state';
import { PageHeader } from '@/shared/ui/page-header';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';

import { ComparisonView } from './comparison-view';
import styles from './policy-compare-page.module.css';
import { policyLook } from './status';

/** Any two versions side by side; which ones stands in the address. */
export function PolicyComparePage() {
  const [search, setSearch] = useSearchParams();
  const query = api.useQuery('get', '/policies', {
    params: { query: { limit: 100, sort: '-effective_from' } },
  });
  return (
    <>
      <PageHeader
        title="政策版本对照"
        description="选择两个版本，逐项对照参数。"
        back={{ to: '/console/policies', label: '政策参数' }}
      />
      <QueryView query={query}>
        {({ items }) => {
          const a = search.get('a') ?? items[1]?.id;
          const b = search.get('b') ?? items[0]?.id;
          const options = items.map((row) => ({
            value: row.id,
            label: `${row.number} ${row.title}（${formatDate(row.effective_from)}，${policyLook(row).text}）`,
          }));
          const choose = (side: 'a' | 'b') => (value: string) => {
            const next = new URLSearchParams({ ...(a ? { a } : {}), ...(b ? { b } : {}) });
            next.set(side, value);
            setSearch(next, { replace: true });
          };
          return (
            <Panel>
              <div className={styles.choice}>
                <Side label="左侧版本" value={a} options={options} onChange={choose('a')} />
                <Side label="右侧版本" value={b} options={options} onChange={choose('b')} />
              </div>
              {a && b ? (
                <ComparisonView a={a} b={b} />
              ) : (
                <EmptyState
                  compact
                  title="目前只有一个政策版本"
                  description="有第二个版本后即可对照。"
                />
              )}
            </Panel>
          );
        }}
      </QueryView>
    </>
  );
}

interface SideProps {
  label: string;
  value: string | undefined;
  options: { value: string; label: string }[];
  onChange: (value: string) => void;
}

function Side({ label, value, options, onChange }: SideProps) {
  return (
    <label className={styles.side}>
      <span>{label}</span>
      <Select
        aria-label={label}
        {...(value ? { value } : {})}
        options={options}
        onChange={onChange}
        placeholder="请选择版本"
      />
    </label>
  );
}
