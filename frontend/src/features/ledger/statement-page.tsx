import { Alert, Button } from 'antd';
import { useParams, useSearchParams } from 'react-router';

import { api } from '@/api/client';
import { download } from '@/api/request';
import type { Answer } from '@/api/types';
import { formatDate } from '@/shared/format/date';
import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { PageHeader } from '@/shared/ui/page-header';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';
import { SimpleTable } from '@/shared/ui/simple-table';
import { StatCard, StatRow } from '@/shared/ui/stat-card';
import { keepPrevious } from '@/shared/ui/use-list';

import styles from './ledger.module.css';
import { PeriodPicker, usePeriod } from './period-picker';

type Line = Answer<'/ledger/books/{id}/statement', 'get'>['lines'][number];

const columns: ListColumn<Line>[] = [
  { key: 'seq', title: '分录', render: (l) => <span className="num">第 {l.seq} 号</span> },
  { key: 'on', title: '记账日期', render: (l) => formatDate(l.effective_on) },
  { key: 'kind', title: '种类', render: (l) => l.kind_text },
  {
    key: 'reference',
    title: '业务编号',
    render: (l) => <span className="num">{l.reference}</span>,
  },
  { key: 'narrative', title: '摘要', render: (l) => l.narrative, card: 'hidden' },
  { key: 'opposite', title: '对方科目', render: (l) => l.opposite_name },
  {
    key: 'in',
    title: '转入',
    align: 'right',
    render: (l) => (l.in ? <Money value={l.in} variant="exact" /> : null),
  },
  {
    key: 'out',
    title: '转出',
    align: 'right',
    render: (l) => (l.out ? <Money value={l.out} variant="exact" /> : null),
  },
  {
    key: 'balance',
    title: '余额',
    align: 'right',
    render: (l) => <Money value={l.balance} variant="exact" />,
  },
];

/** One account over a period: opening, every movement, closing. */
export function StatementPage() {
  const { id = '' } = useParams();
  const [search] = useSearchParams();
  const path = search.get('path') ?? '';
  const period = usePeriod();
  const query = api.useQuery(
    'get',
    '/ledger/books/{id}/statement',
    { params: { path: { id }, query: { path, ...period } } },
    keepPrevious,
  );
  return (
    <QueryView query={query}>
      {(statement) => (
        <div className={styles.stack}>
          <PageHeader
            title={statement.name}
            description={<code className={styles.hash}>{statement.path}</code>}
            back={{ to: `/console/ledger/${id}?tab=accounts`, label: '科目' }}
            extra={
              <Button
                onClick={() =>
                  void download(`/ledger/books/${id}/statement.xlsx`, { path, ...period })
                }
              >
                导出
              </Button>
            }
          />
          <PeriodPicker shown={statement} />
          <StatRow>
            <StatCard
              label="期初余额"
              money={statement.opening}
              hint={formatDate(statement.from)}
            />
            <StatCard label="本期转入" money={statement.in} />
            <StatCard label="本期转出" money={statement.out} />
            <StatCard
              label="期末余额"
              money={statement.closing}
              tone="accent"
              hint={formatDate(statement.to)}
            />
          </StatRow>
          {statement.truncated ? (
            <Alert type="info" showIcon title="明细较多，只列出前面的部分；全部明细请导出。" />
          ) : null}
          <Panel flush>
            <SimpleTable<Line>
              label="明细"
              rows={statement.lines}
              columns={columns}
              rowKey={(l) => `${l.seq}-${l.opposite}-${l.balance}`}
              rowHref={(l) => `/console/ledger/entries/${l.entry_id}`}
              empty="这段期间没有变动"
            />
          </Panel>
        </div>
      )}
    </QueryView>
  );
}
