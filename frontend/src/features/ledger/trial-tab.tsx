import { Alert, Button } from 'antd';
import { Link } from 'react-router';

import { api } from '@/api/client';
import { download } from '@/api/request';
import type { Answer } from '@/api/types';
import { formatCount } from '@/shared/format/rate';
import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';
import { SimpleTable } from '@/shared/ui/simple-table';
import { keepPrevious } from '@/shared/ui/use-list';

import styles from './ledger.module.css';
import { PeriodPicker, usePeriod } from './period-picker';

type Trial = Answer<'/ledger/books/{id}/trial-balance', 'get'>;
type Line = Trial['money'];

const amounts: ListColumn<Line>[] = (
  [
    ['opening', '期初'],
    ['in', '转入'],
    ['out', '转出'],
    ['closing', '期末'],
  ] as const
).map(([key, title]) => ({
  key,
  title,
  align: 'right' as const,
  render: (l) => <Money value={l[key]} variant="exact" />,
}));

/** The trial balance: every class of accounts with its accounts, which add up to zero. */
export function TrialTab({ bookId }: { bookId: string }) {
  const period = usePeriod();
  const query = api.useQuery(
    'get',
    '/ledger/books/{id}/trial-balance',
    { params: { path: { id: bookId }, query: period } },
    keepPrevious,
  );
  return (
    <QueryView query={query}>
      {(trial) => (
        <div className={`${styles.stack} ${styles.tab}`}>
          <div className={styles.bar}>
            <PeriodPicker shown={trial} />
            <Button
              onClick={() =>
                void download(`/ledger/books/${bookId}/trial-balance.xlsx`, { ...period })
              }
            >
              导出
            </Button>
          </div>
          <Alert
            type={trial.balanced ? 'success' : 'error'}
            showIcon
            title={
              trial.balanced
                ? '试算平衡：各科目期初、期末合计为零，转入与转出相等。'
                : '试算不平衡，请立即校验账簿。'
            }
            description="余额为转入减转出；出资、收益、应付等来源类科目按此为负数。"
          />
          {trial.groups.map((group) => (
            <Panel
              key={group.class}
              flush
              title={`${group.text}（${formatCount(group.count)} 个科目）`}
            >
              <SimpleTable<Line>
                label={group.text}
                rows={group.accounts}
                rowKey={(l) => l.path}
                columns={[
                  {
                    key: 'name',
                    title: '科目',
                    render: (l) => (
                      <Link
                        to={`/console/ledger/${bookId}/statement?path=${encodeURIComponent(l.path)}`}
                      >
                        {l.name}
                      </Link>
                    ),
                  },
                  ...amounts,
                ]}
                summary={['小计', ...amounts.map((column) => column.render(group.total))]}
              />
            </Panel>
          ))}
        </div>
      )}
    </QueryView>
  );
}
