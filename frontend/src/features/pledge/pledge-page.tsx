import { Alert } from 'antd';
import { Link, useParams } from 'react-router';

import { api } from '@/api/client';
import { formatDateTime } from '@/shared/format/date';
import { formatDecimal } from '@/shared/format/rate';
import { ApprovalPanel } from '@/shared/ui/approval-panel';
import { DetailPage } from '@/shared/ui/detail-page';
import { FileList } from '@/shared/ui/file-list';
import { Money } from '@/shared/ui/money';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';
import { StatusTag } from '@/shared/ui/status-tag';
import { fromAudit, Timeline } from '@/shared/ui/timeline';

import { PledgeActions } from './pledge-actions';
import { PledgeAssets } from './pledge-assets';
import { PledgeFindings } from './pledge-findings';
import { PledgeSteps } from './pledge-steps';
import { PLEDGE_KIND, PLEDGE_STATUS, RELEASE_REASON, type Pledge } from './status';

/** One pledge: the contract, the checks, the registration and its end. */
export function PledgePage() {
  const { id = '' } = useParams();
  const query = api.useQuery('get', '/pledges/{id}', { params: { path: { id } } });
  return (
    <QueryView query={query}>
      {(pledge) => (
        <DetailPage
          title={`${pledge.pledgor_name}的质押`}
          number={pledge.number}
          status={<StatusTag status={pledge.status} map={PLEDGE_STATUS} />}
          back={{ to: '/console/pledges', label: '质押登记' }}
          actions={<PledgeActions pledge={pledge} />}
          notice={<Notices pledge={pledge} />}
          facts={facts(pledge)}
          tabs={[
            {
              key: 'assets',
              label: '质押组合',
              count: pledge.assets.length,
              children: <PledgeAssets pledge={pledge} />,
            },
            {
              key: 'checks',
              label: '登记预检',
              count: pledge.findings.length,
              children: <PledgeFindings findings={pledge.findings} />,
            },
          ]}
          aside={
            <>
              {pledge.timeline.length > 0 ? (
                <Panel title="办理记录">
                  <Timeline events={fromAudit(pledge.timeline)} />
                </Panel>
              ) : null}
              <Panel title="文件">
                <FileList files={pledge.documents} empty="没有文件" />
              </Panel>
            </>
          }
        />
      )}
    </QueryView>
  );
}

function Notices({ pledge }: { pledge: Pledge }) {
  return (
    <>
      <PledgeSteps pledge={pledge} />
      <ApprovalPanel approval={pledge.pending_approval} />
      {pledge.amount_differs ? (
        <Alert
          type="warning"
          showIcon
          title="登记金额与合同担保金额不一致"
          description="按最高人民法院担保制度解释第十五条，以登记簿上的金额为准。"
        />
      ) : null}
      {pledge.days_to_end !== undefined && pledge.days_to_end <= 60 ? (
        <Alert
          type="error"
          showIcon
          title={`登记期限还有 ${pledge.days_to_end} 天届满`}
          description="商标质权登记期满未延期即失效，请及时办理延期登记。"
        />
      ) : null}
    </>
  );
}

function facts(pledge: Pledge) {
  return [
    {
      label: '合同担保金额',
      value: <Money value={pledge.secured_amount} variant="exact" />,
    },
    {
      label: '登记金额',
      value: pledge.registered_amount ? (
        <Money value={pledge.registered_amount} variant="exact" />
      ) : (
        '尚未登记'
      ),
    },
    pledge.secured_to_value && {
      label: '担保金额占评估值',
      value: <span className="num">{formatDecimal(pledge.secured_to_value)}%</span>,
    },
    { label: '种类', value: PLEDGE_KIND[pledge.kind] },
    { label: '合同编号', value: pledge.contract_no },
    { label: '质权人', value: pledge.pledgee_name },
    {
      label: '融资需求',
      value: <Link to={`/console/needs/${pledge.need_id}`}>{pledge.need_number}</Link>,
    },
    { label: '主债权到期日', value: <span className="num">{pledge.debt_due_on}</span> },
    pledge.claims_from && {
      label: '债权确定期间',
      value: (
        <span className="num">
          {pledge.claims_from} 至 {pledge.claims_to}
        </span>
      ),
    },
    {
      label: '出质人签署',
      value: pledge.consented_at
        ? `${pledge.consented_by_name}，${formatDateTime(pledge.consented_at)}`
        : '尚未签署',
    },
    pledge.registration_no && {
      label: '质押登记号',
      value: <span className="num">{pledge.registration_no}</span>,
    },
    pledge.registered_on && {
      label: '登记日期',
      value: <span className="num">{pledge.registered_on}</span>,
    },
    pledge.registration_ends_on && {
      label: '登记期限届满日',
      value: <span className="num">{pledge.registration_ends_on}</span>,
    },
    pledge.release_reason && {
      label: '注销原因',
      value: RELEASE_REASON[pledge.release_reason],
    },
    pledge.cancelled_on && {
      label: '注销日期',
      value: <span className="num">{pledge.cancelled_on}</span>,
    },
    pledge.status_reason && { label: '说明', value: pledge.status_reason, wide: true },
  ];
}
