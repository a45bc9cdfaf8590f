import { Button, Form, Input } from 'antd';
import { useState } from 'react';

import { api } from '@/api/client';
import type { Input as Body, Query } from '@/api/types';
import { formatDate } from '@/shared/format/date';
import { useCan } from '@/shared/session';
import { FormWide, useApiForm } from '@/shared/ui/api-form';
import { ApprovalPanel } from '@/shared/ui/approval-panel';
import { DateInput } from '@/shared/ui/date-input';
import { FormModal } from '@/shared/ui/form-modal';
import { LinkButton } from '@/shared/ui/link-button';
import { ListPage } from '@/shared/ui/list-page';
import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { MoneyInput } from '@/shared/ui/money-input';
import { StatCard, StatRow } from '@/shared/ui/stat-card';
import { statusOptions, StatusTag } from '@/shared/ui/status-tag';
import { keepPrevious, useList } from '@/shared/ui/use-list';

import { APPROPRIATION_STATUS, type Appropriation } from './status';
import styles from './subsidy.module.css';

type RowQuery = Query<'/subsidy-budget/appropriations', 'get'>;
type Values = Body<'/subsidy-budget/appropriations', 'post'>;

const columns: ListColumn<Appropriation>[] = [
  { key: 'number', title: '编号', render: (row) => <span className="num">{row.number}</span> },
  {
    key: 'status',
    title: '状态',
    card: 'status',
    render: (row) => <StatusTag status={row.status} map={APPROPRIATION_STATUS} />,
  },
  {
    key: 'amount',
    title: '金额',
    align: 'right',
    render: (row) => <Money value={row.amount} variant="exact" />,
    sort: 'amount',
  },
  { key: 'on', title: '到账日期', render: (row) => formatDate(row.on_date), sort: 'on_date' },
  { key: 'voucher', title: '银行回单号', render: (row) => row.voucher },
  {
    key: 'entry',
    title: '分录序号',
    align: 'right',
    render: (row) => <span className="num">{row.entry_seq ?? '—'}</span>,
  },
  { key: 'maker', title: '经办', render: (row) => row.maker_name },
  { key: 'checker', title: '复核', render: (row) => row.checker_name || '—' },
  { key: 'note', title: '说明', render: (row) => row.note || row.status_reason || '—' },
];

/** The money behind the subsidies: what came in, what is left. */
export function BudgetPage() {
  const list = useList<RowQuery>({ filters: ['status'], defaultSort: '-created_at' });
  const query = api.useQuery(
    'get',
    '/subsidy-budget/appropriations',
    { params: { query: list.params } },
    keepPrevious,
  );
  const budget = api.useQuery('get', '/subsidy-budget', {});
  const mayFund = useCan('subsidy_budget:fund');
  const readsLedger = useCan('ledger:read');
  const [open, setOpen] = useState(false);
  const enter = mayFund ? (
    <Button type="primary" onClick={() => setOpen(true)}>
      登记资金拨入
    </Button>
  ) : null;
  const figures = budget.data;
  const waiting = query.data?.items.filter((row) => row.pending_approval) ?? [];
  return (
    <>
      <ListPage<Appropriation>
        title="补助资金"
        description="质押融资补助资金单独设账簿：财政拨入、补助拨付各有分录，余额不足时不能拨付。"
        list={list}
        query={query}
        columns={columns}
        rowKey={(row) => row.id}
        searchHint="编号、回单号"
        filters={[
          {
            type: 'select',
            name: 'status',
            label: '状态',
            options: statusOptions(APPROPRIATION_STATUS),
          },
        ]}
        exportPath="/subsidy-budget/appropriations/export.xlsx"
        empty={{
          title: '还没有资金拨入',
          description: '由财政局经办登记、复核签署后入账。',
          action: enter,
        }}
        extra={
          <>
            {readsLedger && figures?.book_id ? (
              <LinkButton to={`/console/ledger/${figures.book_id}`}>查看账簿</LinkButton>
            ) : null}
            {enter}
          </>
        }
        above={
          <div className={styles.above}>
            {waiting.map((row) => (
              <ApprovalPanel key={row.id} approval={row.pending_approval}>
                <p>
                  {row.number}：拨入 <Money value={row.amount} variant="exact" />
                  ，到账日期 {formatDate(row.on_date)}，回单号 {row.voucher}。
                </p>
              </ApprovalPanel>
            ))}
            <StatRow>
              <StatCard label="账户余额" money={figures?.balance} />
              <StatCard
                label="可用"
                money={figures?.available}
                hint="余额减待复核批次"
                tone="accent"
              />
              <StatCard
                label="公示期满待拨付"
                money={figures?.payable}
                hint={figures ? `${figures.payable_items} 份申请` : undefined}
              />
              <StatCard label="累计核定" money={figures?.granted} />
              <StatCard label="累计拨付" money={figures?.paid} />
            </StatRow>
          </div>
        }
      />
      <EnterModal open={open} onClose={() => setOpen(false)} />
    </>
  );
}

function EnterModal({ open, onClose }: { open: boolean; onClose: () => void }) {
  const form = useApiForm<Values>();
  const enter = api.useMutation('post', '/subsidy-budget/appropriations', { onSuccess: onClose });
  return (
    <FormModal<Values>
      open={open}
      onClose={onClose}
      title="登记补助资金拨入"
      submitText="提交复核"
      columns={2}
      api={form}
      submitting={enter.isPending}
      onFinish={({ note, ...values }) =>
        enter.mutate({ body: { ...values, ...(note ? { note } : {}) } }, { onError: form.refuse })
      }
    >
      <Form.Item name="amount" label="金额" rules={[{ required: true, message: '请填写金额' }]}>
        <MoneyInput />
      </Form.Item>
      <Form.Item
        name="on_date"
        label="到账日期"
        rules={[{ required: true, message: '请选择到账日期' }]}
      >
        <DateInput />
      </Form.Item>
      <FormWide>
        <Form.Item
          name="voucher"
          label="银行回单号"
          rules={[{ required: true, message: '请填写银行回单号' }]}
        >
          <Input maxLength={100} />
        </Form.Item>
      </FormWide>
      <FormWide>
        <Form.Item name="note" label="说明">
          <Input maxLength={300} placeholder="如预算文号" />
        </Form.Item>
      </FormWide>
    </FormModal>
  );
}
