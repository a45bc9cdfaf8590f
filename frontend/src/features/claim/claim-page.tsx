import { Link, useParams } from 'react-router';

import { api } from '@/api/client';
import { formatDate, formatDateTime } from '@/shared/format/date';
import { ApprovalPanel } from '@/shared/ui/approval-panel';
import { Deadline } from '@/shared/ui/deadline';
import { DetailPage } from '@/shared/ui/detail-page';
import { FileList } from '@/shared/ui/file-list';
import { Money } from '@/shared/ui/money';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';
import { StatusTag } from '@/shared/ui/status-tag';
import { fromAudit, Timeline } from '@/shared/ui/timeline';

import { ClaimActions } from './claim-actions';
import { ClaimFigures } from './claim-figures';
import { ClaimSteps } from './claim-steps';
import styles from './claim.module.css';
import { CheckList } from './check-list';
import { ComputationView } from './computation-view';
import { ExpertList } from './expert-list';
import { ObjectionList } from './objection-list';
import { PayNotice } from './pay-notice';
import { PayoutTable } from './payout-table';
import { ReviewList } from './review-list';
import { CLAIM_STATUS, LITIGATION, type Claim } from './status';

/** One claim: where its review stands, how the loss was worked out, what everybody said. */
export function ClaimPage() {
  const { id = '' } = useParams();
  const query = api.useQuery('get', '/claims/{id}', { params: { path: { id } } });
  return (
    <QueryView query={query}>
      {(claim) => (
        <DetailPage
          title={claim.borrower_name}
          number={claim.number}
          status={<StatusTag status={claim.status} map={CLAIM_STATUS} />}
          back={{ to: '/console/claims', label: '风险补偿' }}
          actions={<ClaimActions claim={claim} />}
          notice={
            <>
              <ApprovalPanel approval={claim.pending_approval} />
              <PayNotice claim={claim} />
              <ClaimSteps claim={claim} />
              <ClaimFigures claim={claim} />
            </>
          }
          facts={facts(claim)}
          tabs={tabs(claim)}
          aside={
            <>
              <Panel title="材料清单">
                <CheckList items={claim.checklist} />
              </Panel>
              <Panel title="文件">
                <FileList files={claim.documents} empty="没有文件" />
              </Panel>
              <Panel title="办理记录">
                <Timeline events={fromAudit(claim.timeline)} />
              </Panel>
            </>
          }
        />
      )}
    </QueryView>
  );
}

function tabs(claim: Claim) {
  return [
    {
      key: 'working',
      label: '损失计算',
      children: (
        <div className={styles.tab}>
          <ComputationView computation={claim.computation} />
        </div>
      ),
    },
    {
      key: 'reviews',
      label: '审核意见',
      count: claim.reviews.length,
      children: (
        <div className={styles.tab}>
          <ReviewList reviews={claim.reviews} />
        </div>
      ),
    },
    claim.experts.length > 0 && {
      key: 'experts',
      label: '专家评审',
      count: claim.experts.length,
      children: (
        <div className={styles.tab}>
          <ExpertList experts={claim.experts} />
        </div>
      ),
    },
    claim.publicities.length > 0 && {
      key: 'publicity',
      label: '公示与异议',
      count: claim.objections.length,
      children: (
        <div className={styles.tab}>
          <ObjectionList claim={claim} />
        </div>
      ),
    },
    claim.approved !== undefined && {
      key: 'payouts',
      label: '拨付',
      count: claim.payouts.length,
      children: (
        <div className={styles.tab}>
          <PayoutTable claim={claim} />
        </div>
      ),
    },
  ];
}

/** How often the claim was sent back to be completed. */
function rounds(claim: Claim): number {
  return claim.reviews.filter((review) => review.verdict === 'correct').length;
}

function facts(claim: Claim) {
  return [
    { label: '银行', value: claim.bank_name },
    {
      label: '贷款',
      value: <Link to={`/console/loans/${claim.loan_id}`}>{claim.loan_number}</Link>,
    },
    {
      label: '备案',
      value: <Link to={`/console/enrolments/${claim.enrolment_id}`}>{claim.enrolment_number}</Link>,
    },
    { label: '基金', value: claim.fund_name },
    { label: '申请时本金余额', value: <Money value={claim.outstanding} variant="exact" /> },
    { label: '逾期天数', value: `${claim.days_past_due} 天` },
    {
      label: '立案',
      value: claim.litigation_no
        ? `${LITIGATION[claim.litigation_kind]} ${claim.litigation_no}`
        : '—',
    },
    !!claim.litigation_on && { label: '立案日期', value: formatDate(claim.litigation_on) },
    !!claim.submitted_at && { label: '提交时间', value: formatDateTime(claim.submitted_at) },
    !!claim.step_due_on && {
      label: '当前环节期限',
      value: (
        <Deadline
          on={claim.step_due_on}
          remaining={claim.days_left}
          provisional={claim.provisional}
        />
      ),
    },
    claim.status === 'correction' && {
      label: '当前环节期限',
      value: `第 ${rounds(claim)} 次补正，受理期限停止计算`,
    },
    claim.status !== 'correction' &&
      rounds(claim) > 0 && { label: '补正', value: `已补正 ${rounds(claim)} 次` },
    !!claim.publicity_until && {
      label: '公示期',
      value: `${claim.publicity_from ? formatDate(claim.publicity_from) : ''} 至 ${formatDate(claim.publicity_until)}`,
    },
    !!claim.approved_on && { label: '核准日期', value: formatDate(claim.approved_on) },
    {
      label: '适用政策',
      value: <Link to={`/console/policies/${claim.policy_id}`}>{claim.policy_number}</Link>,
    },
    !!claim.recovery_id && {
      label: '追偿',
      value: <Link to={`/console/recoveries/${claim.recovery_id}`}>{claim.recovery_number}</Link>,
    },
    claim.clawback_amount !== '0.00' && {
      label: '责令退回',
      value: <Money value={claim.clawback_amount} variant="exact" />,
    },
    !!claim.status_reason && { label: '事由', value: claim.status_reason, wide: true },
    !!claim.report && { label: '申请报告', value: claim.report, wide: true },
    !!claim.recovery_plan && { label: '追偿方案', value: claim.recovery_plan, wide: true },
  ];
}
