import { Link, useParams } from 'react-router';

import { api } from '@/api/client';
import type { Answer } from '@/api/types';
import { formatDate, formatDateTime } from '@/shared/format/date';
import { ApprovalPanel } from '@/shared/ui/approval-panel';
import { Deadline } from '@/shared/ui/deadline';
import { DetailPage } from '@/shared/ui/detail-page';
import { FileList } from '@/shared/ui/file-list';
import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';
import { Rate } from '@/shared/ui/rate';
import { SimpleTable } from '@/shared/ui/simple-table';
import { fromAudit, Timeline } from '@/shared/ui/timeline';

import { CheckList } from './check-list';
import { EnrolmentActions } from './enrolment-actions';
import { ExtensionList } from './extension-list';
import styles from './enrolment-page.module.css';
import { EnrolmentStatus } from './enrolment-status';
import { LATE_PERMIT, SEAT } from './status';

type Enrolment = Answer<'/enrolments/{id}', 'get'>;
type Party = Enrolment['parties'][number];

const parties: ListColumn<Party>[] = [
  { key: 'seat', title: '分担方', render: (party) => SEAT[party.seat] },
  { key: 'name', title: '单位', render: (party) => party.name },
  {
    key: 'share',
    title: '份额',
    align: 'right',
    render: (party) => <Rate value={party.share} variant="share" />,
  },
];

/** One loan filed with the fund: its rules one by one, who bears what, what happened. */
export function EnrolmentPage() {
  const { id = '' } = useParams();
  const query = api.useQuery('get', '/enrolments/{id}', { params: { path: { id } } });
  return (
    <QueryView query={query}>
      {(enrolment) => (
        <DetailPage
          title={enrolment.borrower_name}
          number={enrolment.number}
          status={<EnrolmentStatus enrolment={enrolment} />}
          back={{ to: '/console/enrolments', label: '贷款备案' }}
          actions={<EnrolmentActions enrolment={enrolment} />}
          notice={<ApprovalPanel approval={enrolment.pending_approval} />}
          facts={facts(enrolment)}
          tabs={[
            {
              key: 'checks',
              label: '入库条件',
              count: enrolment.checks.length,
              children: (
                <div className={styles.tab}>
                  <CheckList checks={enrolment.checks} final={enrolment.checks_final} />
                </div>
              ),
            },
            {
              key: 'parties',
              label: '损失分担',
              count: enrolment.parties.length,
              children: (
                <div className={styles.tab}>
                  <SimpleTable<Party>
                    label="损失分担"
                    rows={enrolment.parties}
                    columns={parties}
                    rowKey={(party) => party.seat}
                  />
                </div>
              ),
            },
            ...(enrolment.extensions.length > 0
              ? [
                  {
                    key: 'extensions',
                    label: '展期重新备案',
                    count: enrolment.extensions.length,
                    children: (
                      <div className={styles.tab}>
                        <ExtensionList extensions={enrolment.extensions} />
                      </div>
                    ),
                  },
                ]
              : []),
          ]}
          aside={
            <>
              <Panel title="材料">
                <FileList files={enrolment.documents} empty="没有上传材料" />
              </Panel>
              <Panel title="办理记录">
                <Timeline events={fromAudit(enrolment.timeline)} />
              </Panel>
            </>
          }
        />
      )}
    </QueryView>
  );
}

function facts(enrolment: Enrolment) {
  const open = enrolment.status === 'draft' || enrolment.status === 'submitted';
  return [
    { label: '银行', value: enrolment.bank_name },
    {
      label: '贷款',
      value: <Link to={`/console/loans/${enrolment.loan_id}`}>{enrolment.loan_number}</Link>,
    },
    { label: '基金', value: enrolment.fund_name },
    { label: '放款金额', value: <Money value={enrolment.principal} variant="exact" /> },
    { label: '知识产权占比', value: <Rate value={enrolment.ip_share} variant="share" /> },
    {
      label: '放款时在保本金',
      value: <Money value={enrolment.covered_principal} variant="exact" />,
    },
    { label: '在保贷款余额', value: <Money value={enrolment.outstanding} variant="exact" /> },
    {
      label: '在保本金余额',
      value: <Money value={enrolment.covered_outstanding} variant="exact" />,
    },
    { label: '基金敞口', value: <Money value={enrolment.exposure} variant="exact" strong /> },
    { label: '放款日', value: formatDate(enrolment.disbursed_on) },
    {
      label: '备案期限',
      value: (
        <Deadline
          on={enrolment.due_on}
          remaining={enrolment.days_left}
          provisional={enrolment.provisional}
          done={!open}
        />
      ),
    },
    !!enrolment.refiling_due_on && {
      label: '展期重新备案期限',
      value: (
        <Deadline
          on={enrolment.refiling_due_on}
          remaining={enrolment.extensions.find((each) => each.status === 'awaiting')?.days_left}
          done={enrolment.refiling !== 'awaiting'}
        />
      ),
    },
    { label: '备案日', value: enrolment.filed_on ? formatDate(enrolment.filed_on) : '—' },
    !!enrolment.enrolled_at && {
      label: '入库时间',
      value: formatDateTime(enrolment.enrolled_at),
    },
    {
      label: '适用政策',
      value: <Link to={`/console/policies/${enrolment.policy_id}`}>{enrolment.policy_number}</Link>,
    },
    { label: '信用声明', value: enrolment.clean_credit ? '已声明无不良信用记录' : '未声明' },
    (enrolment.late || enrolment.late_permit !== '') && {
      label: '逾期备案许可',
      value: LATE_PERMIT[enrolment.late_permit],
    },
    !!enrolment.late_reason && {
      label: '银行申请逾期备案的理由',
      value: enrolment.late_reason,
      wide: true,
    },
    !!enrolment.late_permit_reason && {
      label: '知识产权局的意见',
      value: enrolment.late_permit_reason,
      wide: true,
    },
    !!enrolment.status_reason && {
      label: enrolment.status === 'refused' ? '不予入库的原因' : '退回原因',
      value: enrolment.status_reason,
      wide: true,
    },
    !!enrolment.note && { label: '说明', value: enrolment.note, wide: true },
  ];
}
