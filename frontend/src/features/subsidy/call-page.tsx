import { Link, useParams } from 'react-router';

import { api } from '@/api/client';
import type { Answer } from '@/api/types';
import { formatDate, formatDateTime } from '@/shared/format/date';
import { useCan } from '@/shared/session';
import { ActionBar } from '@/shared/ui/action-bar';
import { ApprovalPanel } from '@/shared/ui/approval-panel';
import { DetailPage } from '@/shared/ui/detail-page';
import { LinkButton } from '@/shared/ui/link-button';
import { Money } from '@/shared/ui/money';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';
import { StatusTag } from '@/shared/ui/status-tag';
import { fromAudit, Timeline } from '@/shared/ui/timeline';

import { CALL_STATUS } from './status';
import { SubsidySection } from './subsidy-section';
import styles from './subsidy.module.css';
import { TermsTable } from './terms-table';

type CallDetail = Answer<'/subsidy-calls/{id}', 'get'>;

/** One call: its window, budget and rules, and who applied. */
export function CallPage() {
  const { id = '' } = useParams();
  const query = api.useQuery('get', '/subsidy-calls/{id}', { params: { path: { id } } });
  return <QueryView query={query}>{(call) => <View call={call} />}</QueryView>;
}

function View({ call }: { call: CallDetail }) {
  const seesApplications = useCan('subsidy:read');
  return (
    <DetailPage
      title={call.title}
      number={call.number}
      status={<StatusTag status={call.status} map={CALL_STATUS} />}
      back={{ to: '/console/subsidy-calls', label: '补助征集' }}
      actions={<CallActions call={call} />}
      notice={
        <ApprovalPanel approval={call.pending_approval}>
          <p>
            {call.year} 年度，预算 <Money value={call.budget} variant="exact" />
            ，受理时间 {formatDate(call.opens_on)} 至 {formatDate(call.closes_on)}，
            {call.kinds_text}。
          </p>
        </ApprovalPanel>
      }
      facts={[
        { label: '补助年度', value: `${call.year} 年` },
        { label: '开始受理', value: formatDate(call.opens_on) },
        { label: '截止', value: formatDate(call.closes_on) },
        { label: '当前受理', value: call.open ? '是' : '否' },
        { label: '预算', value: <Money value={call.budget} variant="exact" /> },
        { label: '已核定', value: <Money value={call.granted} variant="exact" /> },
        { label: '预算余额', value: <Money value={call.left} variant="exact" strong /> },
        { label: '已拨付', value: <Money value={call.paid} variant="exact" /> },
        { label: '已提交的申请', value: `${call.applications} 份` },
        {
          label: call.policy_id ? '适用政策' : '现行政策（发布时确定）',
          value: call.policy_id ? (
            <Link to={`/console/policies/${call.policy_id}`}>{call.policy_number}</Link>
          ) : (
            call.policy_number || '—'
          ),
        },
        { label: '经办', value: call.maker_name || '—' },
        { label: '复核', value: call.checker_name || '—' },
        !!call.published_at && { label: '发布时间', value: formatDateTime(call.published_at) },
        !!call.status_reason && {
          label: call.status === 'draft' ? '退回原因' : '关闭原因',
          value: call.status_reason,
          wide: true,
        },
      ]}
      tabs={[
        {
          key: 'terms',
          label: '补助标准',
          children: (
            <div className={styles.tab}>
              <TermsTable terms={call.terms} />
              {call.guide ? (
                <>
                  <h2 className={styles.head}>申报须知</h2>
                  <p className={styles.guide}>{call.guide}</p>
                </>
              ) : null}
            </div>
          ),
        },
        seesApplications &&
          call.status !== 'draft' && {
            key: 'applications',
            label: '申请',
            count: call.applications,
            children: <SubsidySection fixed={{ call_id: call.id }} />,
          },
      ]}
      {...(call.timeline.length > 0
        ? {
            aside: (
              <Panel title="办理记录">
                <Timeline events={fromAudit(call.timeline)} />
              </Panel>
            ),
          }
        : {})}
    />
  );
}

function CallActions({ call }: { call: CallDetail }) {
  const submit = api.useMutation('post', '/subsidy-calls/{id}/submit');
  const cancel = api.useMutation('post', '/subsidy-calls/{id}/cancel');
  const close = api.useMutation('post', '/subsidy-calls/{id}/close');
  const mayApply = useCan('subsidy:apply');
  const params = { path: { id: call.id }, header: { 'If-Match': String(call.version) } };
  if (mayApply) {
    return call.open ? (
      <LinkButton type="primary" to={`/console/subsidies/new?call=${call.id}`}>
        申请补助
      </LinkButton>
    ) : null;
  }
  return (
    <ActionBar
      available={call.available_actions}
      actions={{
        cancel: {
          label: '取消征集',
          danger: true,
          confirm: { title: '取消这份草稿？', description: '取消后不能恢复。' },
          run: () => cancel.mutateAsync({ params }),
          done: '已取消',
        },
        edit: { label: '修改', to: `/console/subsidy-calls/${call.id}/edit` },
        close: {
          label: '提前关闭',
          danger: true,
          reason: {
            title: '提前关闭征集',
            label: '关闭原因',
            required: true,
            hint: '关闭后不再受理新的申请，已提交的继续办理。',
          },
          run: (reason) => close.mutateAsync({ params, body: { reason } }),
          done: '已关闭',
        },
        submit: {
          label: '提交复核',
          primary: true,
          confirm: { title: '提交复核？', description: '复核人签署后即对外发布。' },
          run: () => submit.mutateAsync({ params }),
          done: '已提交复核',
        },
      }}
    />
  );
}
