import { Alert } from 'antd';
import { Link, useParams } from 'react-router';

import { api } from '@/api/client';
import { formatDateTime } from '@/shared/format/date';
import { formatRate } from '@/shared/format/rate';
import { ApprovalPanel } from '@/shared/ui/approval-panel';
import { DetailPage } from '@/shared/ui/detail-page';
import { FileList } from '@/shared/ui/file-list';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';
import { StatusTag } from '@/shared/ui/status-tag';
import { fromAudit, Timeline } from '@/shared/ui/timeline';

import { LoanActions } from './loan-actions';
import { LoanAmounts } from './loan-amounts';
import { LoanConditions } from './loan-conditions';
import { LoanOwed } from './loan-owed';
import { LoanPledges } from './loan-pledges';
import { LoanRepayments } from './loan-repayments';
import { LoanSchedule } from './loan-schedule';
import { DAY_COUNT, LOAN_CLASS, LOAN_STATUS, MEASURE, METHOD, type Loan } from './status';

/** One loan: the three sums, the schedule, what was paid, what is owed. */
export function LoanPage() {
  const { id = '' } = useParams();
  const query = api.useQuery('get', '/loans/{id}', { params: { path: { id } } });
  return (
    <QueryView query={query}>
      {(loan) => (
        <DetailPage
          title={`${loan.borrower_name}的贷款`}
          number={loan.number}
          status={
            <>
              <StatusTag status={loan.status} map={LOAN_STATUS} />
              {loan.disbursed_on ? <StatusTag status={loan.class} map={LOAN_CLASS} /> : null}
            </>
          }
          back={{ to: '/console/loans', label: '贷款' }}
          actions={<LoanActions loan={loan} />}
          notice={<Notices loan={loan} />}
          facts={facts(loan)}
          tabs={[
            {
              key: 'schedule',
              label: '还款计划',
              count: loan.instalments.length,
              children: <LoanSchedule loan={loan} />,
            },
            {
              key: 'repayments',
              label: '还款记录',
              count: loan.repayments.length,
              children: <LoanRepayments loan={loan} />,
            },
            {
              key: 'pledges',
              label: '质押',
              count: loan.pledges.length,
              children: <LoanPledges loan={loan} />,
            },
            {
              key: 'conditions',
              label: '放款条件',
              children: <LoanConditions conditions={loan.conditions} />,
            },
          ]}
          aside={
            <>
              {loan.owed ? <LoanOwed owed={loan.owed} /> : null}
              {loan.timeline.length > 0 ? (
                <Panel title="办理记录">
                  <Timeline events={fromAudit(loan.timeline)} />
                </Panel>
              ) : null}
              <Panel title="文件">
                <FileList files={loan.documents} empty="没有文件" />
              </Panel>
            </>
          }
        />
      )}
    </QueryView>
  );
}

function Notices({ loan }: { loan: Loan }) {
  return (
    <>
      <LoanAmounts loan={loan} />
      <ApprovalPanel approval={loan.pending_approval} />
      {loan.warnings.map((warning) => (
        <Alert key={warning} type="warning" showIcon title={warning} />
      ))}
    </>
  );
}

function facts(loan: Loan) {
  const signature = (name: string, at: string | undefined) =>
    at ? `${name}，${formatDateTime(at)}` : '尚未签署';
  return [
    { label: '银行', value: loan.bank_name },
    { label: '借款合同编号', value: loan.contract_no },
    {
      label: '融资需求',
      value: <Link to={`/console/needs/${loan.need_id}`}>{loan.need_number}</Link>,
    },
    {
      label: '年利率',
      value: (
        <span className="num">
          {formatRate(loan.annual_rate)}
          {loan.lpr
            ? `（LPR ${formatRate(loan.lpr)} ${loan.spread_bp < 0 ? '减' : '加'} ${String(Math.abs(loan.spread_bp))} 基点）`
            : ''}
        </span>
      ),
    },
    {
      label: '按 365 天折算',
      value: <span className="num">{formatRate(loan.effective_annual_rate_365)}</span>,
    },
    { label: '罚息年利率', value: <span className="num">{formatRate(loan.penalty_rate)}</span> },
    { label: '还款方式', value: METHOD[loan.method] },
    { label: '计息基准', value: DAY_COUNT[loan.day_count] },
    { label: '期限', value: `${String(loan.term_months)} 个月` },
    { label: '放款日', value: <span className="num">{loan.disbursed_on ?? '尚未放款'}</span> },
    {
      label: loan.disbursed_on ? '到期日' : '预计到期日',
      value: (
        <span className="num">
          {loan.matures_on}
          {loan.matures_on === loan.original_matures_on ? '' : `（原 ${loan.original_matures_on}）`}
        </span>
      ),
    },
    { label: '宽限期', value: `${String(loan.grace_days)} 天` },
    {
      label: '借款人签署',
      value: signature(loan.borrower_signed_name, loan.borrower_signed_at),
    },
    { label: '银行签署', value: signature(loan.bank_signed_name, loan.bank_signed_at) },
    loan.accelerated_on && {
      label: '宣布提前到期',
      value: <span className="num">{loan.accelerated_on}</span>,
    },
    loan.recovery_measure && {
      label: '追偿方式',
      value: `${MEASURE[loan.recovery_measure]}${loan.recovery_reference ? `，${loan.recovery_reference}` : ''}`,
    },
    loan.settled_on && { label: '结清日', value: <span className="num">{loan.settled_on}</span> },
    loan.status_reason && { label: '说明', value: loan.status_reason, wide: true },
  ];
}
