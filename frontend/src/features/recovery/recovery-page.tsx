import { Link, useParams } from 'react-router';

import { api } from '@/api/client';
import { formatDate } from '@/shared/format/date';
import { ApprovalPanel } from '@/shared/ui/approval-panel';
import { DetailPage } from '@/shared/ui/detail-page';
import { FileList } from '@/shared/ui/file-list';
import { Money } from '@/shared/ui/money';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';
import { StatusTag } from '@/shared/ui/status-tag';
import { fromAudit, Timeline } from '@/shared/ui/timeline';

import { BearerChart } from './bearer-chart';
import { DecisionList } from './decision-list';
import { ReceiptList } from './receipt-list';
import { RecoveryActions } from './recovery-actions';
import styles from './recovery.module.css';
import { RECOVERY_STATUS, RULING, type Recovery } from './status';

/** One pursuit: who bore what, each receipt and how it was shared out, how it ended. */
export function RecoveryPage() {
  const { id = '' } = useParams();
  const query = api.useQuery('get', '/recoveries/{id}', { params: { path: { id } } });
  return (
    <QueryView query={query}>
      {(recovery) => (
        <DetailPage
          title={recovery.borrower_name}
          number={recovery.number}
          status={<StatusTag status={recovery.status} map={RECOVERY_STATUS} />}
          back={{ to: '/console/recoveries', label: '追偿核销' }}
          actions={<RecoveryActions recovery={recovery} />}
          notice={<ApprovalPanel approval={recovery.pending_approval} />}
          facts={facts(recovery)}
          tabs={[
            {
              key: 'receipts',
              label: '回款与分配',
              count: recovery.receipts.length,
              children: (
                <div className={styles.tab}>
                  <ReceiptList recovery={recovery} />
                </div>
              ),
            },
            {
              key: 'bearers',
              label: '各方追回进度',
              children: (
                <div className={styles.tab}>
                  <BearerChart recovery={recovery} />
                </div>
              ),
            },
            recovery.decisions.length > 0 && {
              key: 'decisions',
              label: '终结与核销',
              count: recovery.decisions.length,
              children: (
                <div className={styles.tab}>
                  <DecisionList recovery={recovery} />
                </div>
              ),
            },
          ]}
          aside={
            <>
              <Panel title="文件">
                <FileList files={recovery.documents} empty="没有文件" />
              </Panel>
              <Panel title="办理记录">
                <Timeline events={fromAudit(recovery.timeline)} />
              </Panel>
            </>
          }
        />
      )}
    </QueryView>
  );
}

function facts(recovery: Recovery) {
  return [
    {
      label: '补偿申请',
      value: <Link to={`/console/claims/${recovery.claim_id}`}>{recovery.claim_number}</Link>,
    },
    {
      label: '贷款',
      value: <Link to={`/console/loans/${recovery.loan_id}`}>{recovery.loan_number}</Link>,
    },
    { label: '银行', value: recovery.bank_name },
    { label: '基金', value: recovery.fund_name },
    { label: '补偿日期', value: formatDate(recovery.compensated_on) },
    { label: '损失合计', value: <Money value={recovery.loss} variant="exact" /> },
    { label: '净回款累计', value: <Money value={recovery.recovered} variant="exact" /> },
    {
      label: '尚未追回',
      value: (
        <strong>
          <Money value={recovery.left} variant="exact" />
        </strong>
      ),
    },
    { label: '基金承担', value: <Money value={recovery.fund_loss} variant="exact" /> },
    { label: '基金应得追回', value: <Money value={recovery.fund_recovered} variant="exact" /> },
    recovery.interest_paid !== '0.00' && {
      label: '归银行的利息、罚息',
      value: <Money value={recovery.interest_paid} variant="exact" />,
    },
    recovery.surplus !== '0.00' && {
      label: '退还出质人',
      value: <Money value={recovery.surplus} variant="exact" />,
    },
    !!recovery.ruling_no && {
      label: '终结裁定',
      value: `${RULING[recovery.ruling_kind]} ${recovery.ruling_no}`,
    },
    !!recovery.ruling_on && { label: '裁定日期', value: formatDate(recovery.ruling_on) },
    { label: '最早可申请核销', value: formatDate(recovery.writeoff_from) },
    recovery.written_off !== '0.00' && {
      label: '已核销',
      value: <Money value={recovery.written_off} variant="exact" />,
    },
    !!recovery.written_off_on && { label: '核销日期', value: formatDate(recovery.written_off_on) },
    !!recovery.status_reason && { label: '退回理由', value: recovery.status_reason, wide: true },
  ];
}
