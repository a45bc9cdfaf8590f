import { Alert } from 'antd';
import { Link, useParams } from 'react-router';

import { api } from '@/api/client';
import { formatDate, formatDateTime } from '@/shared/format/date';
import { formatDecimal } from '@/shared/format/rate';
import { BID_STATUS, METHOD } from '@/shared/market-words';
import { useSession } from '@/shared/session';
import { ActionBar } from '@/shared/ui/action-bar';
import { ApprovalPanel } from '@/shared/ui/approval-panel';
import { DetailPage } from '@/shared/ui/detail-page';
import { FactList } from '@/shared/ui/fact-list';
import { Money } from '@/shared/ui/money';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';
import { Rate } from '@/shared/ui/rate';
import { StatusTag } from '@/shared/ui/status-tag';
import { fromAudit, Timeline } from '@/shared/ui/timeline';

import type { Bid } from './status';

/** One bid: its terms, what it costs, and how far the bank has come with it. */
export function BidPage() {
  const { id = '' } = useParams();
  const query = api.useQuery('get', '/bids/{id}', { params: { path: { id } } });
  return <QueryView query={query}>{(bid) => <BidView bid={bid} />}</QueryView>;
}

function BidView({ bid }: { bid: Bid }) {
  const own = useSession()?.organization.id === bid.bank_id;
  return (
    <DetailPage
      title={own ? `对“${bid.need_title}”的报价` : `${bid.bank_name}的报价`}
      number={bid.number}
      status={<StatusTag status={bid.status} map={BID_STATUS} />}
      back={{ to: '/console/bids', label: own ? '本行报价' : '报价' }}
      actions={<BidActions bid={bid} />}
      notice={<Notices bid={bid} own={own} />}
      facts={[
        {
          label: '融资需求',
          value: (
            <Link to={`/console/needs/${bid.need_id}`}>
              {bid.need_number} {bid.need_title}
            </Link>
          ),
        },
        { label: '企业', value: bid.enterprise_name },
        { label: '银行', value: bid.bank_name },
        { label: '报价金额', value: <Money value={bid.amount} variant="exact" /> },
        { label: '年利率', value: <Rate value={bid.rate} /> },
        {
          label: '定价',
          value: bid.lpr ? (
            <>
              1 年期 LPR <Rate value={bid.lpr} /> {bid.spread_bp < 0 ? '减' : '加'}{' '}
              {Math.abs(bid.spread_bp)} 个基点
            </>
          ) : (
            '—'
          ),
        },
        { label: '期限', value: `${bid.term_months} 个月` },
        { label: '还款方式', value: METHOD[bid.method] },
        { label: '费用', value: <Money value={bid.fees} variant="exact" /> },
        { label: '质押率', value: <Rate value={bid.ltv} variant="share" /> },
        { label: '有效期至', value: formatDate(bid.valid_until) },
        bid.product_name !== '' && { label: '依据产品', value: bid.product_name },
        bid.rank !== undefined && { label: '名次', value: `第 ${bid.rank} 名` },
        bid.awarded_amount !== undefined && {
          label: '选定金额',
          value: <Money value={bid.awarded_amount} variant="exact" strong />,
        },
        own && { label: '经办', value: bid.made_by_name },
        own && bid.checked_by_name !== '' && { label: '签署', value: bid.checked_by_name },
        bid.submitted_at && { label: '签署时间', value: formatDateTime(bid.submitted_at) },
        { label: '附加条件', value: bid.conditions || '无', wide: true },
      ]}
      aside={
        <>
          {bid.cost ? <CostPanel cost={bid.cost} /> : null}
          {bid.timeline.length > 0 ? (
            <Panel title="办理记录">
              <Timeline events={fromAudit(bid.timeline)} />
            </Panel>
          ) : null}
        </>
      }
    />
  );
}

function CostPanel({ cost }: { cost: NonNullable<Bid['cost']> }) {
  return (
    <Panel title="企业承担的成本">
      <FactList
        columns={1}
        facts={[
          { label: '利息合计', value: <Money value={cost.interest_total} variant="exact" /> },
          { label: '费用', value: <Money value={cost.fees} variant="exact" /> },
          { label: '总成本', value: <Money value={cost.total_cost} variant="exact" strong /> },
          { label: '综合年化成本', value: `${formatDecimal(cost.effective_annual_cost, 4)}%` },
          { label: '假定放款日', value: formatDate(cost.from) },
        ]}
      />
    </Panel>
  );
}

function Notices({ bid, own }: { bid: Bid; own: boolean }) {
  const space = { marginBottom: 12 };
  return (
    <>
      {bid.status_reason ? (
        <Alert
          type="warning"
          showIcon
          style={space}
          title={`${BID_STATUS[bid.status].text}：${bid.status_reason}`}
        />
      ) : null}
      {own && bid.sealed && ['draft', 'submitted'].includes(bid.status) ? (
        <Alert
          type="info"
          showIcon
          style={space}
          title={bid.closes_at ? `密封中，${formatDateTime(bid.closes_at)} 截止后揭晓` : '密封中'}
          description={
            bid.status === 'draft'
              ? '须由本行复核人在截止前签署，报价方为有效。'
              : '截止前除本行外无人可见，可由复核人撤回。'
          }
        />
      ) : null}
      <ApprovalPanel approval={bid.pending_approval} />
    </>
  );
}

function BidActions({ bid }: { bid: Bid }) {
  const submit = api.useMutation('post', '/bids/{id}/submit');
  const withdraw = api.useMutation('post', '/bids/{id}/withdraw');
  const survey = api.useMutation('post', '/bids/{id}/start-due-diligence');
  const approve = api.useMutation('post', '/bids/{id}/approve-credit');
  const decline = api.useMutation('post', '/bids/{id}/decline');
  const params = { path: { id: bid.id }, header: { 'If-Match': String(bid.version) } };
  return (
    <ActionBar
      available={bid.available_actions}
      actions={{
        withdraw: {
          label: '撤回报价',
          danger: true,
          confirm: { title: '撤回该报价？', description: '撤回后可在截止前重新报价。' },
          run: () => withdraw.mutateAsync({ params }),
          done: '已撤回',
        },
        decline: {
          label: '提出否决',
          danger: true,
          reason: {
            title: '提交审批人否决；否决后金额退回企业重新比选',
            label: '否决理由',
            required: true,
          },
          run: (reason) => decline.mutateAsync({ params, body: { reason } }),
          done: '已提交审批人',
        },
        edit: { label: '修改', to: `/console/bids/${bid.id}/edit` },
        submit: {
          label: '提交签署',
          primary: true,
          confirm: {
            title: '提交本行复核人签署？',
            description: '报价以签署时间为准，须在截止前签署。',
          },
          run: () => submit.mutateAsync({ params }),
          done: '已提交，等待签署',
        },
        start_due_diligence: {
          label: '开始贷前调查',
          primary: true,
          run: () => survey.mutateAsync({ params }),
          done: '已登记',
        },
        approve_credit: {
          label: '授信审批通过',
          primary: true,
          confirm: { title: '确认授信审批通过？', description: '通过后可签约并办理质押登记。' },
          run: () => approve.mutateAsync({ params }),
          done: '授信已批',
        },
      }}
    />
  );
}
