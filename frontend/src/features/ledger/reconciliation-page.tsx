import { Alert, Button, Checkbox, Select } from 'antd';
import { useState } from 'react';
import { useParams, useSearchParams } from 'react-router';

import { api } from '@/api/client';
import { download } from '@/api/request';
import type { Answer } from '@/api/types';
import { formatDate } from '@/shared/format/date';
import { formatCount } from '@/shared/format/rate';
import { useCan } from '@/shared/session';
import { DateInput } from '@/shared/ui/date-input';
import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { PageHeader } from '@/shared/ui/page-header';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';
import { SimpleTable } from '@/shared/ui/simple-table';
import { StatCard, StatRow } from '@/shared/ui/stat-card';
import { keepPrevious } from '@/shared/ui/use-list';

import styles from './ledger.module.css';
import { ColumnsModal, ImportModal, SidesModal, StatementPanel } from './reconciliation-modals';

export type Reconciliation = Answer<'/ledger/books/{id}/reconciliation', 'get'>;
type BankLine = Reconciliation['lines'][number];
type CashMove = Reconciliation['moves'][number];

/** What the user ticked on both sides. */
export interface Chosen {
  lines: string[];
  postings: { seq: number; line: number }[];
}

const nothing: Chosen = { lines: [], postings: [] };

/** Bank against book: what is open stands first, and closing a month waits for it. */
export function ReconciliationPage() {
  const { id = '' } = useParams();
  const [search, setSearch] = useSearchParams();
  const custody = search.get('custody') ?? 'main';
  const through = search.get('through') ?? undefined;
  const set = (name: string, value: string | undefined) => {
    const next = new URLSearchParams(search);
    if (value) next.set(name, value);
    else next.delete(name);
    setSearch(next, { replace: true, preventScrollReset: true });
  };
  const query = api.useQuery(
    'get',
    '/ledger/books/{id}/reconciliation',
    { params: { path: { id }, query: { custody, through } } },
    keepPrevious,
  );
  return (
    <QueryView query={query}>
      {(state) => (
        <div className={styles.stack}>
          <Head id={id} state={state} />
          <div className={styles.period}>
            <label>
              托管账户
              <Select
                value={state.custody}
                onChange={(value) => set('custody', value)}
                options={state.custodies.map((value) => ({
                  value,
                  label: value === 'main' ? '主托管账户' : `托管账户 ${value}`,
                }))}
              />
            </label>
            <label>
              截止日
              <DateInput value={state.through} onChange={(value) => set('through', value)} />
            </label>
          </div>
          <Figures state={state} />
          <Sides id={id} state={state} />
          <StatementPanel bookId={id} custody={state.custody} />
        </div>
      )}
    </QueryView>
  );
}

function Head({ id, state }: { id: string; state: Reconciliation }) {
  const [importing, setImporting] = useState(false);
  const [mapping, setMapping] = useState(false);
  const may = useCan('ledger:reconcile');
  const match = api.useMutation('post', '/ledger/books/{id}/matches/automatic');
  const query = { custody: state.custody };
  return (
    <>
      <PageHeader
        title="银行对账"
        description="导入托管银行对账单，按金额、日期、编号自动勾对；没有对上的排在前面。"
        back={{ to: `/console/ledger/${id}`, label: '账簿' }}
        extra={
          <>
            <Button
              onClick={() =>
                void download(`/ledger/books/${id}/reconciliation.xlsx`, {
                  custody: state.custody,
                  through: state.through,
                })
              }
            >
              导出余额调节表
            </Button>
            {may ? (
              <>
                <Button onClick={() => setMapping(true)}>列对应</Button>
                <Button
                  loading={match.isPending}
                  onClick={() => match.mutate({ params: { path: { id }, query } })}
                >
                  自动勾对
                </Button>
                <Button type="primary" onClick={() => setImporting(true)}>
                  导入对账单
                </Button>
              </>
            ) : null}
          </>
        }
      />
      <ImportModal
        bookId={id}
        custody={state.custody}
        open={importing}
        onClose={() => setImporting(false)}
      />
      <ColumnsModal
        bookId={id}
        custody={state.custody}
        open={mapping}
        onClose={() => setMapping(false)}
      />
    </>
  );
}

function Figures({ state }: { state: Reconciliation }) {
  return (
    <>
      {state.settled ? (
        <Alert
          type="success"
          showIcon
          title={`截至 ${formatDate(state.through)}，银行与账面已对平或已说明。`}
        />
      ) : (
        <Alert
          type="warning"
          showIcon
          title={`还有 ${formatCount(state.open_lines)} 笔银行流水、${formatCount(state.open_moves)} 笔账面变动未对平`}
          description="请勾对同一笔业务的两边，或说明未达的原因；两项都须复核人签署。全部对平或说明后才能结账。"
        />
      )}
      <StatRow>
        <StatCard label="账面余额" money={state.ledger_balance} />
        <StatCard
          label="银行余额"
          money={state.bank_balance}
          hint={state.bank_on ? `${formatDate(state.bank_on)} 对账单` : '对账单未载明'}
        />
        <StatCard label="银行已记、账面未记" money={state.bank_unmatched} />
        <StatCard label="账面已记、银行未记" money={state.book_unmatched} />
        <StatCard label="已勾对流水" value={formatCount(state.matched)} unit="笔" />
      </StatRow>
    </>
  );
}

function Sides({ id, state }: { id: string; state: Reconciliation }) {
  const [chosen, setChosen] = useState<Chosen>(nothing);
  const [asking, setAsking] = useState<'match' | 'explain'>();
  const may = useCan('ledger:reconcile');
  const count = chosen.lines.length + chosen.postings.length;
  const lines = lineColumns(chosen, setChosen, may);
  const moves = moveColumns(chosen, setChosen, may);
  return (
    <>
      {may ? (
        <div className={styles.bar}>
          <span>
            已选银行流水 {chosen.lines.length} 笔、账面变动 {chosen.postings.length} 笔
          </span>
          <span className={styles.pick}>
            <Button disabled={count === 0} onClick={() => setAsking('explain')}>
              说明未达
            </Button>
            <Button
              type="primary"
              disabled={chosen.lines.length === 0 || chosen.postings.length === 0}
              onClick={() => setAsking('match')}
            >
              人工勾对
            </Button>
          </span>
        </div>
      ) : null}
      <Panel flush title="银行已记、账面未记">
        <SimpleTable<BankLine>
          label="银行已记、账面未记"
          rows={state.lines}
          columns={lines}
          rowKey={(l) => l.id}
          empty="没有未对上的银行流水"
        />
      </Panel>
      <Panel flush title="账面已记、银行未记">
        <SimpleTable<CashMove>
          label="账面已记、银行未记"
          rows={state.moves}
          columns={moves}
          rowKey={(m) => `${m.seq}-${m.line}`}
          empty="没有未对上的账面变动"
        />
      </Panel>
      <SidesModal
        bookId={id}
        custody={state.custody}
        chosen={chosen}
        asking={asking}
        onClose={(done) => {
          setAsking(undefined);
          if (done) setChosen(nothing);
        }}
      />
    </>
  );
}

type Choose = (chosen: Chosen) => void;

function lineColumns(chosen: Chosen, choose: Choose, may: boolean): ListColumn<BankLine>[] {
  const toggle = (l: BankLine, on: boolean) =>
    choose({
      ...chosen,
      lines: on ? [...chosen.lines, l.id] : chosen.lines.filter((each) => each !== l.id),
    });
  return [
    {
      key: 'on',
      title: '日期',
      render: (l) =>
        may ? (
          <Checkbox
            checked={chosen.lines.includes(l.id)}
            onChange={(event) => toggle(l, event.target.checked)}
          >
            {formatDate(l.booked_on)}
          </Checkbox>
        ) : (
          formatDate(l.booked_on)
        ),
    },
    {
      key: 'amount',
      title: '金额',
      align: 'right',
      render: (l) => <Money value={l.amount} variant="exact" />,
    },
    { key: 'party', title: '对方户名', render: (l) => l.counterparty || '未载明' },
    {
      key: 'text',
      title: '流水号与摘要',
      render: (l) => `${l.reference} ${l.narrative}`.trim() || '未载明',
    },
    {
      key: 'state',
      title: '说明或候选',
      render: (l) =>
        l.explained || l.suggestions.map((s) => s.reason).join('；') || '没有金额相同的账面变动',
    },
  ];
}

function moveColumns(chosen: Chosen, choose: Choose, may: boolean): ListColumn<CashMove>[] {
  const isChosen = (m: CashMove) =>
    chosen.postings.some((p) => p.seq === m.seq && p.line === m.line);
  const toggle = (m: CashMove, on: boolean) =>
    choose({
      ...chosen,
      postings: on
        ? [...chosen.postings, { seq: m.seq, line: m.line }]
        : chosen.postings.filter((p) => p.seq !== m.seq || p.line !== m.line),
    });
  return [
    {
      key: 'on',
      title: '日期',
      render: (m) =>
        may ? (
          <Checkbox checked={isChosen(m)} onChange={(event) => toggle(m, event.target.checked)}>
            {formatDate(m.effective_on)}
          </Checkbox>
        ) : (
          formatDate(m.effective_on)
        ),
    },
    {
      key: 'amount',
      title: '金额',
      align: 'right',
      render: (m) => <Money value={m.amount} variant="exact" />,
    },
    { key: 'kind', title: '种类', render: (m) => m.kind_text },
    {
      key: 'entry',
      title: '分录与业务编号',
      render: (m) => `第 ${m.seq} 号 ${m.reference}`,
    },
    { key: 'state', title: '说明', render: (m) => m.explained || '尚未说明' },
  ];
}
