import { App, Button } from 'antd';
import { useState } from 'react';

import { api } from '@/api/client';
import { formatDate, formatDateTime } from '@/shared/format/date';
import { EmptyState } from '@/shared/ui/empty-state';
import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { ReasonModal } from '@/shared/ui/reason-modal';
import { SimpleTable } from '@/shared/ui/simple-table';
import { useCan } from '@/shared/session';

import styles from './claim.module.css';
import type { Claim } from './status';

type Round = Claim['publicities'][number];
type Objection = Claim['objections'][number];

const rounds: ListColumn<Round>[] = [
  { key: 'round', title: '公示', render: (round) => `第 ${round.round} 次` },
  {
    key: 'period',
    title: '公示期',
    render: (round) => `${formatDate(round.from_on)} 至 ${formatDate(round.until_on)}`,
  },
  {
    key: 'amount',
    title: '拟补偿金额',
    align: 'right',
    render: (round) => <Money value={round.amount} variant="exact" />,
  },
  {
    key: 'page',
    title: '公示页',
    render: (round) => (
      <a href={`/publicity/${round.id}`} target="_blank" rel="noreferrer">
        查看
      </a>
    ),
  },
  {
    key: 'hash',
    title: '文件指纹',
    render: (round) => <code className={styles.seed}>{round.sha256.slice(0, 16)}…</code>,
  },
];

/** The rounds of publicity and what the public had against them, personal data masked. */
export function ObjectionList({ claim }: { claim: Claim }) {
  const mayReveal = useCan('claim:decide');
  const { modal } = App.useApp();
  const [asked, setAsked] = useState<Objection>();
  const reveal = api.useMutation('post', '/claims/{id}/objections/{objection_id}/reveal');
  return (
    <>
      <SimpleTable<Round>
        label="公示"
        rows={claim.publicities}
        columns={rounds}
        rowKey={(round) => round.id}
      />
      {claim.objections.length === 0 ? (
        <EmptyState compact title="没有收到异议" />
      ) : (
        <ol className={styles.reviews}>
          {claim.objections.map((objection) => (
            <li key={objection.id}>
              <header>
                <strong className="num">{objection.receipt_no}</strong>
                <span>
                  {objection.name} {objection.contact}
                </span>
                {mayReveal ? (
                  <Button size="small" type="link" onClick={() => setAsked(objection)}>
                    查看联系方式
                  </Button>
                ) : null}
              </header>
              <p>{objection.content}</p>
              {objection.answered_at ? (
                <p>
                  答复（{objection.upheld ? '异议成立' : '异议不成立'}）：{objection.answer}
                </p>
              ) : (
                <p className={styles.who}>待答复，期限 {formatDate(objection.due_on)}</p>
              )}
              <span className={styles.who}>
                {formatDateTime(objection.raised_at)} 收到
                {objection.answered_at
                  ? `；${objection.answered_name} 经办，${objection.checked_name} 复核，${formatDateTime(objection.answered_at)} 答复`
                  : ''}
              </span>
            </li>
          ))}
        </ol>
      )}
      {asked ? (
        <ReasonModal
          title="查看异议人信息"
          label="查看事由"
          required
          hint="查看行为及事由将记入审计记录。"
          okText="查看"
          busy={reveal.isPending}
          onCancel={() => setAsked(undefined)}
          onSubmit={async (reason) => {
            const person = await reveal.mutateAsync({
              params: { path: { id: claim.id, objection_id: asked.id } },
              body: { reason },
            });
            setAsked(undefined);
            modal.info({ title: '异议人信息', content: `${person.name}，${person.contact}` });
          }}
        />
      ) : null}
    </>
  );
}
