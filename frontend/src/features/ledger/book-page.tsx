import { Alert, Form, InputNumber } from 'antd';
import { useState } from 'react';
import { useParams } from 'react-router';

import { api } from '@/api/client';
import { download } from '@/api/request';
import type { Answer } from '@/api/types';
import { formatDate, formatDateTime } from '@/shared/format/date';
import { formatCount } from '@/shared/format/rate';
import { ActionBar } from '@/shared/ui/action-bar';
import { useApiForm } from '@/shared/ui/api-form';
import { ApprovalPanel } from '@/shared/ui/approval-panel';
import { DetailPage } from '@/shared/ui/detail-page';
import { FormModal } from '@/shared/ui/form-modal';
import type { ListColumn } from '@/shared/ui/list-table';
import { LinkButton } from '@/shared/ui/link-button';
import { Money } from '@/shared/ui/money';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';
import { SimpleTable } from '@/shared/ui/simple-table';
import { StatusTag } from '@/shared/ui/status-tag';
import { fromAudit, Timeline } from '@/shared/ui/timeline';

import { AccountTab } from './account-tab';
import { EntryTab } from './entry-tab';
import styles from './ledger.module.css';
import { BOOK_KIND, BOOK_STATUS } from './status';
import { TrialTab } from './trial-tab';

type Detail = Answer<'/ledger/books/{id}', 'get'>;
type Closed = Detail['periods'][number];

/** One book: balances, accounts, journal, closed months. */
export function BookPage() {
  const { id = '' } = useParams();
  const query = api.useQuery('get', '/ledger/books/{id}', { params: { path: { id } } });
  return (
    <QueryView query={query}>
      {(book) => (
        <DetailPage
          title={book.name}
          status={<StatusTag status={book.status} map={BOOK_STATUS} />}
          back={{ to: '/console/ledger', label: '基金账簿' }}
          actions={<BookActions book={book} />}
          notice={<ApprovalPanel approval={book.pending_approval} />}
          facts={[
            { label: '种类', value: BOOK_KIND[book.kind] },
            { label: '托管存款', value: <Money value={book.cash} variant="exact" /> },
            { label: '累计出资', value: <Money value={book.capital} variant="exact" /> },
            { label: '应付补偿款', value: <Money value={book.payable} variant="exact" /> },
            { label: '在保敞口（备查）', value: <Money value={book.exposure} variant="exact" /> },
            { label: '分录', value: <span className="num">{formatCount(book.entries)} 笔</span> },
            {
              label: '已结账至',
              value: book.closed_through ? formatDate(book.closed_through) : '尚未结账',
            },
            {
              label: '指纹公布至',
              value: book.published_through ? formatDate(book.published_through) : '尚未公布',
            },
            {
              label: '链尾指纹',
              value: <code className={styles.hash}>{book.head || '尚无分录'}</code>,
              wide: true,
            },
          ]}
          tabs={[
            { key: 'trial', label: '试算平衡', children: <TrialTab bookId={book.id} /> },
            {
              key: 'accounts',
              label: '科目',
              children: (
                <AccountTab
                  bookId={book.id}
                  mayOpen={book.available_actions.includes('open_account')}
                />
              ),
            },
            { key: 'entries', label: '分录', children: <EntryTab bookId={book.id} /> },
            {
              key: 'periods',
              label: '结账',
              count: book.periods.length,
              children: <PeriodTab book={book} />,
            },
          ]}
          aside={
            <Panel title="办理记录">
              <Timeline events={fromAudit(book.timeline)} />
            </Panel>
          }
        />
      )}
    </QueryView>
  );
}

function BookActions({ book }: { book: Detail }) {
  const [closingYear, setClosingYear] = useState(false);
  const close = api.useMutation('post', '/ledger/books/{id}/periods');
  const params = { path: { id: book.id } };
  const month = book.next_month;
  return (
    <>
      <LinkButton to={`/console/ledger/${book.id}/reconciliation`}>银行对账</LinkButton>
      <ActionBar
        available={[...book.available_actions, 'export_chain']}
        actions={{
          export_chain: {
            label: '下载账链',
            run: () => download(`/ledger/books/${book.id}/chain.jsonl`),
          },
          adjust: { label: '手工调整', to: `/console/ledger/${book.id}/adjust` },
          close_year: { label: '年终结转', run: () => setClosingYear(true) },
          ...(month
            ? {
                close_period: {
                  label: `${monthText(month)}结账`,
                  primary: true,
                  confirm: {
                    title: `提交 ${monthText(month)}结账？`,
                    description: '复核通过后，该月及以前不能再入账。',
                  },
                  run: () => close.mutateAsync({ params, body: { month } }),
                  done: '已提交复核',
                },
              }
            : {}),
        }}
      />
      <CloseYear bookId={book.id} open={closingYear} onClose={() => setClosingYear(false)} />
    </>
  );
}

function monthText(month: string): string {
  const [year, number] = month.split('-');
  return `${year ?? ''} 年 ${(number ?? '').replace(/^0/, '')} 月`;
}

function CloseYear({
  bookId,
  open,
  onClose,
}: {
  bookId: string;
  open: boolean;
  onClose: () => void;
}) {
  const form = useApiForm<{ year: number }>();
  const close = api.useMutation('post', '/ledger/books/{id}/year-closings', { onSuccess: onClose });
  return (
    <FormModal<{ year: number }>
      open={open}
      onClose={onClose}
      title="年终结转"
      submitText="提交复核"
      api={form}
      submitting={close.isPending}
      onFinish={(body) =>
        close.mutate({ params: { path: { id: bookId } }, body }, { onError: form.refuse })
      }
    >
      <Form.Item
        name="year"
        label="年度"
        extra="把该年末的收益、损失、追偿、费用、补贴余额结转到历年结余，记在 12 月 31 日。"
        rules={[{ required: true, message: '请填写年度' }]}
      >
        <InputNumber min={2000} max={2200} style={{ width: '100%' }} />
      </Form.Item>
    </FormModal>
  );
}

const periodColumns: ListColumn<Closed>[] = [
  { key: 'month', title: '月份', render: (p) => monthText(p.month) },
  { key: 'at', title: '结账时间', render: (p) => formatDateTime(p.closed_at) },
  {
    key: 'people',
    title: '经办 / 复核',
    render: (p) => `${p.closed_by_name} / ${p.checked_by_name}`,
  },
  {
    key: 'seq',
    title: '截至分录',
    render: (p) => <span className="num">第 {p.closing_seq} 号</span>,
  },
  {
    key: 'hash',
    title: '结账时指纹',
    card: 'hidden',
    render: (p) => <code className={styles.hash}>{p.closing_hash.slice(0, 16)}…</code>,
  },
];

function PeriodTab({ book }: { book: Detail }) {
  return (
    <div className={`${styles.stack} ${styles.tab}`}>
      {book.next_month ? (
        <Alert
          type={book.blocked ? 'warning' : 'info'}
          showIcon
          title={
            book.blocked
              ? `${monthText(book.next_month)}暂不能结账`
              : `${monthText(book.next_month)}可以结账`
          }
          description={book.blocked || '由财政局经办提交、复核人签署后生效。'}
          action={
            book.blocked ? (
              <LinkButton size="small" to={`/console/ledger/${book.id}/reconciliation`}>
                去对账
              </LinkButton>
            ) : null
          }
        />
      ) : null}
      <Panel flush>
        <SimpleTable<Closed>
          label="已结账的月份"
          rows={book.periods}
          columns={periodColumns}
          rowKey={(p) => p.month}
          empty="还没有结账的月份"
        />
      </Panel>
    </div>
  );
}
