import { Alert, Button } from 'antd';

import { api } from '@/api/client';
import type { Item } from '@/api/types';
import { formatDateTime } from '@/shared/format/date';
import { formatCount } from '@/shared/format/rate';
import { useCan } from '@/shared/session';
import { EmptyState } from '@/shared/ui/empty-state';
import { LinkButton } from '@/shared/ui/link-button';
import type { ListColumn } from '@/shared/ui/list-table';
import { PageHeader } from '@/shared/ui/page-header';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';
import { SimpleTable } from '@/shared/ui/simple-table';
import { StatusTag, type StatusMap } from '@/shared/ui/status-tag';

import styles from './ledger.module.css';

type Run = Item<'/ledger/verifications'>;
type BookReport = Run['books'][number];

const OK: StatusMap<'yes' | 'no'> = {
  yes: { text: '完好', color: 'success' },
  no: { text: '断裂', color: 'error' },
};

const bookColumns: ListColumn<BookReport>[] = [
  { key: 'name', title: '账簿', render: (b) => b.name },
  {
    key: 'ok',
    title: '结果',
    card: 'status',
    render: (b) => <StatusTag status={b.ok ? 'yes' : 'no'} map={OK} />,
  },
  {
    key: 'entries',
    title: '分录',
    align: 'right',
    render: (b) => <span className="num">{formatCount(b.entries)}</span>,
  },
  {
    key: 'head',
    title: '链尾指纹',
    render: (b) => <code className={styles.hash}>{b.head || '尚无分录'}</code>,
  },
];

const runColumns: ListColumn<Run>[] = [
  { key: 'at', title: '校验时间', render: (r) => formatDateTime(r.ran_at) },
  {
    key: 'ok',
    title: '结果',
    card: 'status',
    render: (r) => <StatusTag status={r.ok ? 'yes' : 'no'} map={OK} />,
  },
  { key: 'by', title: '发起', render: (r) => r.ran_by || '系统' },
  {
    key: 'entries',
    title: '分录',
    align: 'right',
    render: (r) => <span className="num">{formatCount(r.entries)}</span>,
  },
  { key: 'break', title: '断裂处', render: (r) => r.break?.text ?? '无' },
];

/** The last proof of the books, and the button for the next. */
export function VerificationPage() {
  const query = api.useQuery('get', '/ledger/verifications');
  const verify = api.useMutation('post', '/ledger/verifications');
  const may = useCan('ledger:verify');
  return (
    <>
      <PageHeader
        title="账簿校验"
        description="重算每一笔的内容指纹、账链、序号、余额，核对已公布的每日指纹和业务单据，指出第一处断裂。"
        extra={
          <>
            <LinkButton to="/ledger">公开的每日指纹</LinkButton>
            {may ? (
              <Button type="primary" loading={verify.isPending} onClick={() => verify.mutate({})}>
                立即校验
              </Button>
            ) : null}
          </>
        }
      />
      <QueryView query={query}>
        {({ items }) => {
          const last = items[0];
          if (!last) {
            return (
              <EmptyState
                title="还没有校验过"
                description="系统每日自动校验一次，也可以立即校验。"
              />
            );
          }
          return (
            <div className={styles.stack}>
              <LastRun run={last} />
              <Panel flush title="各账簿">
                <SimpleTable<BookReport>
                  label="各账簿"
                  rows={last.books}
                  columns={bookColumns}
                  rowKey={(b) => b.code}
                />
              </Panel>
              <Panel flush title="历次校验">
                <SimpleTable<Run>
                  label="历次校验"
                  rows={items}
                  columns={runColumns}
                  rowKey={(r) => r.id}
                />
              </Panel>
            </div>
          );
        }}
      </QueryView>
    </>
  );
}

function LastRun({ run }: { run: Run }) {
  const when = formatDateTime(run.ran_at);
  if (run.ok) {
    return (
      <Alert
        type="success"
        showIcon
        title={`最近一次校验通过：${formatCount(run.entries)} 笔分录完好`}
        description={`${when}${run.ran_by ? `，${run.ran_by}` : ''}`}
      />
    );
  }
  const name = run.books.find((b) => b.code === run.break?.book)?.name;
  return (
    <Alert
      type="error"
      showIcon
      title={`账簿断裂：${name ? `${name}，` : ''}${run.break?.text ?? ''}`}
      description={`${when}发现。请立即保全数据库，停止入账并报告审计管理员。`}
    />
  );
}
