import { Link, useParams } from 'react-router';

import { api } from '@/api/client';
import type { Answer } from '@/api/types';
import { formatDate, formatDateTime } from '@/shared/format/date';
import { useCan } from '@/shared/session';
import { ApprovalPanel } from '@/shared/ui/approval-panel';
import { DetailPage } from '@/shared/ui/detail-page';
import { EmptyState } from '@/shared/ui/empty-state';
import { FileList } from '@/shared/ui/file-list';
import { Money } from '@/shared/ui/money';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';
import { fromAudit, Timeline } from '@/shared/ui/timeline';

import { ComputationView } from './computation-view';
import { KIND } from './status';
import { SubsidyActions } from './subsidy-actions';
import { SubsidyStatus } from './subsidy-columns';
import styles from './subsidy.module.css';

type SubsidyDetail = Answer<'/subsidies/{id}', 'get'>;

/** One application: how its amount was found, and its way to the payment. */
export function SubsidyPage() {
  const { id = '' } = useParams();
  const query = api.useQuery('get', '/subsidies/{id}', { params: { path: { id } } });
  return <QueryView query={query}>{(subsidy) => <View subsidy={subsidy} />}</QueryView>;
}

function View({ subsidy }: { subsidy: SubsidyDetail }) {
  const seesBatches = useCan('subsidy_budget:read');
  return (
    <DetailPage
      title={`${subsidy.enterprise_name} ${KIND[subsidy.kind]}`}
      number={subsidy.number}
      status={<SubsidyStatus row={subsidy} />}
      back={{ to: '/console/subsidies', label: '补助申请' }}
      actions={<SubsidyActions subsidy={subsidy} />}
      notice={
        <ApprovalPanel approval={subsidy.pending_approval}>
          {subsidy.proposed ? (
            <p>
              {KIND[subsidy.kind]}，测算金额 <Money value={subsidy.proposed} variant="exact" />
              ，贷款 {subsidy.loan_number}（{subsidy.bank_name}）。
            </p>
          ) : null}
        </ApprovalPanel>
      }
      facts={facts(subsidy, seesBatches)}
      tabs={[
        {
          key: 'computation',
          label: '金额测算',
          children: (
            <div className={styles.tab}>
              {subsidy.computation ? (
                <ComputationView computation={subsidy.computation} />
              ) : (
                <EmptyState compact title="还没有测算" />
              )}
            </div>
          ),
        },
      ]}
      aside={
        <>
          <Panel title="材料">
            <FileList files={subsidy.documents} empty="没有上传材料" />
          </Panel>
          <Panel title="办理记录">
            <Timeline events={fromAudit(subsidy.timeline)} />
          </Panel>
        </>
      }
    />
  );
}

function facts(subsidy: SubsidyDetail, seesBatches: boolean) {
  return [
    {
      label: '征集',
      value: <Link to={`/console/subsidy-calls/${subsidy.call_id}`}>{subsidy.call_title}</Link>,
    },
    {
      label: '贷款',
      value: <Link to={`/console/loans/${subsidy.loan_id}`}>{subsidy.loan_number}</Link>,
    },
    { label: '银行', value: subsidy.bank_name },
    { label: '放款金额', value: <Money value={subsidy.loan_principal} variant="exact" /> },
    { label: '补助年度', value: `${subsidy.year} 年` },
    { label: '县市区', value: subsidy.area_name },
    !!subsidy.fee_paid && {
      label: '实际支付费用',
      value: <Money value={subsidy.fee_paid} variant="exact" />,
    },
    !!subsidy.fee_paid_on && { label: '付款日期', value: formatDate(subsidy.fee_paid_on) },
    !!subsidy.invoice_no && { label: '发票号码', value: subsidy.invoice_no },
    subsidy.other_subsidy !== '0.00' && {
      label: '已获其他层级补助',
      value: <Money value={subsidy.other_subsidy} variant="exact" />,
    },
    { label: '测算金额', value: <Money value={subsidy.proposed} variant="exact" /> },
    {
      label: '核定金额',
      value: subsidy.approved ? <Money value={subsidy.approved} variant="exact" strong /> : '—',
    },
    !!subsidy.review_reason && { label: '审核说明', value: subsidy.review_reason, wide: true },
    !!subsidy.publicity_from &&
      !!subsidy.publicity_until && {
        label: '公示期',
        value: `${formatDate(subsidy.publicity_from)} 至 ${formatDate(subsidy.publicity_until)}`,
      },
    !!subsidy.objection && { label: '异议内容', value: subsidy.objection, wide: true },
    !!subsidy.objector && { label: '异议人', value: subsidy.objector },
    !!subsidy.objection_answer && {
      label: '异议处理意见',
      value: subsidy.objection_answer,
      wide: true,
    },
    { label: '收款开户银行', value: subsidy.payee_bank || '—' },
    {
      label: '收款账号',
      value: <span className="num">{subsidy.payee_account || '—'}</span>,
    },
    !!subsidy.batch_id && {
      label: '拨付批次',
      value: seesBatches ? (
        <Link to={`/console/subsidy-batches/${subsidy.batch_id}`}>{subsidy.batch_number}</Link>
      ) : (
        subsidy.batch_number
      ),
    },
    !!subsidy.paid_at && { label: '拨付时间', value: formatDateTime(subsidy.paid_at) },
    !!subsidy.entry_seq && {
      label: '账簿分录',
      value: seesBatches ? (
        <Link to={`/console/ledger/entries/${subsidy.entry_id ?? ''}`}>
          第 {subsidy.entry_seq} 号
        </Link>
      ) : (
        `第 ${subsidy.entry_seq} 号`
      ),
    },
    !!subsidy.status_reason && {
      label: '退回或不予补助的原因',
      value: subsidy.status_reason,
      wide: true,
    },
    !!subsidy.note && { label: '说明', value: subsidy.note, wide: true },
  ];
}
