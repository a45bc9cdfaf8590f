import { Alert } from 'antd';
import { useParams } from 'react-router';

import { api } from '@/api/client';
import { formatDateTime } from '@/shared/format/date';
import { METHOD } from '@/shared/market-words';
import { useCan } from '@/shared/session';
import { ApprovalPanel } from '@/shared/ui/approval-panel';
import { Deadline } from '@/shared/ui/deadline';
import { DetailPage } from '@/shared/ui/detail-page';
import { FileList } from '@/shared/ui/file-list';
import { LinkButton } from '@/shared/ui/link-button';
import { Money } from '@/shared/ui/money';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';
import { Rate } from '@/shared/ui/rate';
import { StatusTag } from '@/shared/ui/status-tag';
import { fromAudit, Timeline } from '@/shared/ui/timeline';

import { BidTab } from './bid-tab';
import { MatchTab } from './match-tab';
import { NeedActions } from './need-actions';
import { PortfolioTab } from './portfolio-tab';
import { NEED_STATUS, PURPOSE, type Need } from './status';

/** One need: what is asked, on which rights, who fits, and, after the close, who bid what. */
export function NeedPage() {
  const { id = '' } = useParams();
  const query = api.useQuery('get', '/needs/{id}', { params: { path: { id } } });
  return <QueryView query={query}>{(need) => <NeedView need={need} />}</QueryView>;
}

function NeedView({ need }: { need: Need }) {
  const seesMatches = useCan('match:read');
  const seesBids = useCan('bid:read');
  return (
    <DetailPage
      title={need.title}
      number={need.number}
      status={<StatusTag status={need.status} map={NEED_STATUS} />}
      back={{ to: '/console/needs', label: '融资需求' }}
      actions={<NeedActions need={need} />}
      notice={<Notices need={need} />}
      facts={facts(need)}
      tabs={[
        {
          key: 'assets',
          label: '质押组合',
          count: need.assets.length,
          children: <PortfolioTab need={need} />,
        },
        seesMatches && { key: 'matches', label: '产品匹配', children: <MatchTab need={need} /> },
        seesBids &&
          need.opened_at !== undefined && {
            key: 'bids',
            label: '报价比选',
            count: need.bid_count,
            children: <BidTab need={need} />,
          },
      ]}
      aside={
        <>
          <Panel title="附件">
            <FileList files={need.documents} empty="没有上传附件" />
          </Panel>
          {need.timeline.length > 0 ? (
            <Panel title="办理记录">
              <Timeline events={fromAudit(need.timeline)} />
            </Panel>
          ) : null}
        </>
      }
    />
  );
}

function facts(need: Need) {
  return [
    { label: '企业', value: need.enterprise_name },
    { label: '融资金额', value: <Money value={need.amount} variant="exact" /> },
    { label: '期限', value: `${need.term_months} 个月` },
    { label: '最高年利率', value: <Rate value={need.rate_ceiling} /> },
    { label: '还款方式', value: METHOD[need.method] },
    { label: '用途类别', value: PURPOSE[need.purpose_kind] },
    { label: '县市区', value: need.area_name },
    { label: '组合评估值', value: <Money value={need.total_value} variant="exact" /> },
    need.awarded_amount !== undefined && {
      label: '已选定金额',
      value: <Money value={need.awarded_amount} variant="exact" />,
    },
    need.opened_at !== undefined && { label: '发布时间', value: formatDateTime(need.opened_at) },
    need.closes_at !== undefined && {
      label: '报价截止',
      value:
        need.status === 'open' ? (
          <Deadline
            on={need.closes_at}
            remaining={need.working_days_left ?? null}
            provisional={need.provisional}
          />
        ) : (
          formatDateTime(need.closes_at)
        ),
    },
    need.closes_at === undefined && { label: '报价期', value: `${need.bid_days_wd} 个工作日` },
    { label: '用途说明', value: need.purpose, wide: true },
  ];
}

function Notices({ need }: { need: Need }) {
  const space = { marginBottom: 12 };
  return (
    <>
      {need.status_reason ? (
        <Alert
          type="warning"
          showIcon
          style={space}
          title={`${NEED_STATUS[need.status].text}：${need.status_reason}`}
        />
      ) : null}
      {need.bids_sealed && need.status === 'open' && need.closes_at ? (
        <Alert
          type="info"
          showIcon
          style={space}
          title={`密封报价中，${formatDateTime(need.closes_at)} 截止后统一揭晓`}
          description="截止前，除报价银行自己外，企业、其他银行、知识产权局和平台都看不到是否有报价、有几笔、报价多少。"
        />
      ) : null}
      {need.own_bid_id ? (
        <Alert
          type="success"
          showIcon
          style={space}
          title="本行对该需求已有报价"
          action={<LinkButton to={`/console/bids/${need.own_bid_id}`}>查看本行报价</LinkButton>}
        />
      ) : null}
      <ApprovalPanel approval={need.pending_approval} />
    </>
  );
}
