import { useParams } from 'react-router';

import { api } from '@/api/client';
import type { Answer } from '@/api/types';
import { formatDate, formatDateTime } from '@/shared/format/date';
import { ActionBar } from '@/shared/ui/action-bar';
import { ApprovalPanel } from '@/shared/ui/approval-panel';
import { DetailPage } from '@/shared/ui/detail-page';
import { LinkButton } from '@/shared/ui/link-button';
import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';
import { SimpleTable } from '@/shared/ui/simple-table';
import { StatusTag } from '@/shared/ui/status-tag';
import { fromAudit, Timeline } from '@/shared/ui/timeline';

import styles from './ledger.module.css';

type Detail = Answer<'/ledger/entries/{id}', 'get'>;
type Posting = Detail['postings'][number];

const columns: ListColumn<Posting>[] = [
  { key: 'source', title: '转出科目', render: (p) => p.source_name },
  { key: 'destination', title: '转入科目', render: (p) => p.destination_name },
  {
    key: 'amount',
    title: '金额',
    align: 'right',
    render: (p) => <Money value={p.amount} variant="exact" />,
  },
];

/** One entry: what it moved, who made and checked it, and its place on the chain. */
export function EntryPage() {
  const { id = '' } = useParams();
  const query = api.useQuery('get', '/ledger/entries/{id}', { params: { path: { id } } });
  return (
    <QueryView query={query}>
      {(entry) => (
        <DetailPage
          title={`${entry.kind_text} 第 ${entry.seq} 号`}
          number={entry.reference}
          status={
            entry.reversed_by ? (
              <StatusTag
                status="reversed"
                map={{ reversed: { text: `已由第 ${entry.reversed_by} 号冲正`, color: 'warning' } }}
              />
            ) : null
          }
          back={{ to: `/console/ledger/${entry.book_id}?tab=entries`, label: entry.book_name }}
          actions={<EntryActions entry={entry} />}
          notice={<ApprovalPanel approval={entry.pending_approval} />}
          facts={[
            { label: '金额', value: <Money value={entry.amount} variant="exact" /> },
            { label: '记账日期', value: formatDate(entry.effective_on) },
            { label: '入账时间', value: formatDateTime(entry.posted_at) },
            { label: '经办', value: entry.maker_name || '系统' },
            { label: '复核', value: entry.checker_name || '该类分录由一人或系统办理' },
            !!entry.narrative && { label: '摘要', value: entry.narrative, wide: true },
          ]}
          tabs={[
            {
              key: 'postings',
              label: '明细',
              count: entry.postings.length,
              children: (
                <Panel flush>
                  <SimpleTable<Posting>
                    label="明细"
                    rows={entry.postings}
                    columns={columns}
                    rowKey={(p) => `${p.source} ${p.destination} ${p.amount}`}
                  />
                </Panel>
              ),
            },
            { key: 'chain', label: '账链', children: <Chain entry={entry} /> },
          ]}
          aside={
            <Panel title="办理记录">
              <Timeline events={fromAudit(entry.timeline)} />
            </Panel>
          }
        />
      )}
    </QueryView>
  );
}

function Chain({ entry }: { entry: Detail }) {
  return (
    <div className={styles.stack}>
      <Panel title="前一笔的指纹">
        <code className={styles.hash}>{entry.prev_hash || '本笔是账簿的第一笔'}</code>
        {entry.prev_id ? (
          <p>
            <LinkButton size="small" to={`/console/ledger/entries/${entry.prev_id}?tab=chain`}>
              查看前一笔
            </LinkButton>
          </p>
        ) : null}
      </Panel>
      <Panel title="本笔的指纹">
        <code className={styles.hash}>{entry.hash}</code>
      </Panel>
      <Panel title="内容指纹与规范内容">
        <code className={styles.hash}>{entry.content_hash}</code>
        <pre className={styles.canonical}>{entry.canonical}</pre>
      </Panel>
    </div>
  );
}

function EntryActions({ entry }: { entry: Detail }) {
  const reverse = api.useMutation('post', '/ledger/entries/{id}/reverse');
  const other = entry.reversed_by_id ?? entry.reverses_id;
  return (
    <>
      {other ? (
        <LinkButton to={`/console/ledger/entries/${other}`}>
          {entry.reversed_by_id ? '查看冲正分录' : '查看被冲正的分录'}
        </LinkButton>
      ) : null}
      <ActionBar
        available={entry.available_actions}
        actions={{
          reverse: {
            label: '冲正',
            danger: true,
            reason: {
              title: `冲正第 ${entry.seq} 号分录`,
              label: '冲正理由',
              required: true,
              hint: '复核通过后，系统记一笔方向相反的分录；每笔只能冲正一次。',
            },
            run: (reason) =>
              reverse.mutateAsync({ params: { path: { id: entry.id } }, body: { reason } }),
            done: '已提交复核',
          },
        }}
      />
    </>
  );
}
