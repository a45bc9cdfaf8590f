import { Alert } from 'antd';
import type { ReactNode } from 'react';

import { api } from '@/api/client';
import { Rate } from '@/shared/ui/rate';
import type { Answer } from '@/api/types';
import { formatDateTime } from '@/shared/format/date';
import { formatRate, formatShare } from '@/shared/format/rate';
import { ActionBar } from '@/shared/ui/action-bar';
import { Chart, plot } from '@/shared/ui/chart';
import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { SimpleTable } from '@/shared/ui/simple-table';
import { StatusTag } from '@/shared/ui/status-tag';

import styles from './overview.module.css';
import { BREAKER } from './status';

type Fund = Answer<'/funds/{id}', 'get'>;
type Bank = Fund['banks'][number];
type Decision = Fund['decisions'][number];
type Agreement = NonNullable<Fund['resumption']>;

/** Every bank at the fund with its ratio, what it was paid, and its breaker. */
export function BreakerTab({ fund }: { fund: Fund }) {
  const limits = fund.limits;
  return (
    <div className={styles.page}>
      {fund.resumption ? <Waiting agreement={fund.resumption} who="基金整体" /> : null}
      {fund.banks.map((bank) =>
        bank.resumption ? (
          <Waiting key={bank.bank_id} agreement={bank.resumption} who={bank.bank_name} />
        ) : null,
      )}
      <Block title="合作银行">
        <SimpleTable<Bank>
          label="合作银行"
          rows={fund.banks}
          columns={bankColumns(fund)}
          rowKey={(bank) => bank.bank_id}
          rowHref={(bank) => `/console/enrolments?fund_id=${fund.id}&bank_id=${bank.bank_id}`}
          empty="还没有银行在本基金备案贷款"
        />
      </Block>
      {fund.banks.length > 0 ? <Ratios fund={fund} /> : null}
      <Block title="熔断决定">
        <SimpleTable<Decision>
          label="熔断决定"
          rows={fund.decisions}
          columns={decisionColumns}
          rowKey={(decision) => decision.id}
          empty="没有发生过预警或暂停"
        />
      </Block>
      <Block title="规则">
        单家银行不良率达到 {formatRate(limits.bank_warn)} 预警，达到{' '}
        {formatRate(limits.bank_suspend)}
        ，或本年已拨补偿达到年度份额的 {formatShare(limits.bank_paid)}{' '}
        时暂停其新增入库；基金整体不良率达到 {formatRate(limits.fund_suspend)}，或余额低于实收资本的{' '}
        {formatShare(limits.min_balance)} 时全部暂停。连续 {limits.month_ends}{' '}
        个月末回到预警线以下，并经知识产权局与财政局复核人共同决定，方可恢复。
      </Block>
    </div>
  );
}

function Block({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.block}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Waiting({ agreement, who }: { agreement: Agreement; who: string }) {
  const signed = agreement.bureau_name
    ? `知识产权局 ${agreement.bureau_name} 已同意，等待财政局决定。`
    : `财政局 ${agreement.finance_name} 已同意，等待知识产权局决定。`;
  return (
    <Alert
      type="info"
      showIcon
      title={`${who}：恢复入库待共同决定`}
      description={`${signed}理由：${agreement.reason}`}
    />
  );
}

function bankColumns(fund: Fund): ListColumn<Bank>[] {
  return [
    { key: 'name', title: '银行', render: (bank) => bank.bank_name },
    {
      key: 'breaker',
      title: '熔断状态',
      card: 'status',
      render: (bank) => <StatusTag status={bank.breaker} map={BREAKER} />,
    },
    {
      key: 'enrolled',
      title: '在保余额',
      align: 'right',
      render: (bank) => (
        <>
          <Money value={bank.enrolled} />
          <span className="num">（{bank.count} 笔）</span>
        </>
      ),
    },
    {
      key: 'exposure',
      title: '基金敞口',
      align: 'right',
      render: (bank) => <Money value={bank.exposure} />,
    },
    {
      key: 'npl',
      title: '不良率',
      align: 'right',
      render: (bank) => <Rate value={bank.npl_ratio} variant="ratio" />,
    },
    {
      key: 'paid',
      title: '本年已拨 / 上限',
      align: 'right',
      render: (bank) => (
        <>
          <Money value={bank.paid} /> / <Money value={bank.year_cap} />
        </>
      ),
    },
    { key: 'reason', title: '说明', render: (bank) => bank.reason || '—' },
    {
      key: 'actions',
      title: '操作',
      render: (bank) => <ResumeAction fund={fund} bank={bank} />,
    },
  ];
}

const decisionColumns: ListColumn<Decision>[] = [
  {
    key: 'at',
    title: '时间',
    render: (decision) => <span className="num">{formatDateTime(decision.decided_at)}</span>,
  },
  { key: 'who', title: '对象', render: (decision) => decision.bank_name || '基金整体' },
  {
    key: 'to',
    title: '变更为',
    card: 'status',
    render: (decision) => (
      <>
        {BREAKER[decision.from].text} → <StatusTag status={decision.to} map={BREAKER} />
      </>
    ),
  },
  { key: 'reason', title: '依据', render: (decision) => decision.reason },
  { key: 'by', title: '决定人', render: (decision) => decision.decided_by },
];

function ResumeAction({ fund, bank }: { fund: Fund; bank: Bank }) {
  const resume = api.useMutation('post', '/funds/{id}/resume');
  if (bank.available_actions.length === 0) return <>—</>;
  return (
    <ActionBar
      inline
      available={bank.available_actions}
      actions={{
        resume: {
          label: '同意恢复',
          reason: {
            title: `同意恢复${bank.bank_name}入库`,
            label: '理由',
            required: true,
            hint: '知识产权局与财政局的复核人都同意后恢复。',
          },
          run: (reason) =>
            resume.mutateAsync({
              params: { path: { id: fund.id } },
              body: { bank_id: bank.bank_id, reason },
            }),
          done: '已记录本局的决定',
        },
      }}
    />
  );
}

function Ratios({ fund }: { fund: Fund }) {
  const line = (name: string, value: string) => ({ name, xAxis: plot(value) });
  const banks = [...fund.banks].reverse();
  return (
    <Chart
      title="各银行不良率与预警、暂停线"
      summary={`预警线 ${formatRate(fund.limits.bank_warn)}，暂停线 ${formatRate(fund.limits.bank_suspend)}。`}
      height={Math.max(180, banks.length * 40 + 80)}
      option={{
        xAxis: { type: 'value', name: '%', min: 0, max: axisEnd(fund) },
        yAxis: { type: 'category', data: banks.map((bank) => bank.bank_name) },
        series: [
          {
            type: 'bar',
            barMaxWidth: 22,
            data: banks.map((bank) => plot(bank.npl_ratio)),
            markLine: {
              symbol: 'none',
              label: { formatter: '{b}' },
              data: [line('预警', fund.limits.bank_warn), line('暂停', fund.limits.bank_suspend)],
            },
          },
        ],
      }}
      table={{
        columns: [
          { title: '银行' },
          { title: '不良余额' },
          { title: '在保余额' },
          { title: '不良率' },
        ],
        rows: fund.banks.map((bank) => [
          bank.bank_name,
          <Money key="npl" value={bank.npl} variant="exact" />,
          <Money key="enrolled" value={bank.enrolled} variant="exact" />,
          <Rate key="ratio" value={bank.npl_ratio} variant="ratio" />,
        ]),
      }}
    />
  );
}

/** The axis shows the suspension line with some room, further where a bar needs it. */
function axisEnd(fund: Fund): number {
  const values = [...fund.banks.map((bank) => bank.npl_ratio), fund.limits.bank_suspend].map(
    (value) => plot(value) ?? 0,
  );
  return Math.min(100, Math.ceil(Math.max(...values) * 1.2));
}
