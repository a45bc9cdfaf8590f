import { Link, useParams } from 'react-router';

import { api } from '@/api/client';
import type { Answer } from '@/api/types';
import { useCan } from '@/shared/session';
import { ApprovalPanel } from '@/shared/ui/approval-panel';
import { DetailPage } from '@/shared/ui/detail-page';
import { QueryView } from '@/shared/ui/query-view';
import { StatusTag } from '@/shared/ui/status-tag';
import { fromAudit, Timeline } from '@/shared/ui/timeline';

import { BreakerTab } from './breaker-tab';
import { FundActions } from './fund-actions';
import { MovementSection } from './movement-section';
import { Overview } from './overview';
import styles from './overview.module.css';
import { sharesText } from './shares';
import { BREAKER, FUND_STATUS } from './status';

type Fund = Answer<'/funds/{id}', 'get'>;

/** The cockpit of a fund: its money, what it carries, its limits, its breakers. */
export function FundPage() {
  const { id = '' } = useParams();
  const query = api.useQuery('get', '/funds/{id}', { params: { path: { id } } });
  return <QueryView query={query}>{(fund) => <Cockpit fund={fund} />}</QueryView>;
}

function Cockpit({ fund }: { fund: Fund }) {
  const followsMoney = useCan('fund_movement:read');
  const readsLedger = useCan('ledger:read');
  return (
    <DetailPage
      title={fund.name}
      status={
        fund.status === 'active' ? (
          <StatusTag status={fund.breaker} map={BREAKER} />
        ) : (
          <StatusTag status={fund.status} map={FUND_STATUS} />
        )
      }
      back={{ to: '/console/funds', label: '风险补偿基金' }}
      actions={<FundActions fund={fund} />}
      notice={<ApprovalPanel approval={fund.pending_approval} />}
      facts={[
        { label: '区域', value: fund.area_name || '—' },
        { label: '托管银行', value: fund.custody_bank || '待确定' },
        {
          label: '适用政策',
          value: <Link to={`/console/policies/${fund.policy_id}`}>{fund.policy_number}</Link>,
        },
        readsLedger && {
          label: '账簿',
          value: <Link to={`/console/ledger/${fund.book_id}`}>查看账簿与分录</Link>,
        },
        {
          label: fund.own_shares ? '分担比例（本基金自定）' : '分担比例（按政策）',
          value: sharesText(fund.shares),
          wide: true,
        },
        !!fund.breaker_reason && {
          label: '熔断说明',
          value: fund.breaker_reason,
          wide: true,
        },
        !!fund.status_reason && { label: '退回原因', value: fund.status_reason, wide: true },
      ]}
      tabs={[
        { key: 'overview', label: '总览', children: <Overview fund={fund} /> },
        {
          key: 'breakers',
          label: '银行与熔断',
          count: fund.banks.length,
          children: <BreakerTab fund={fund} />,
        },
        followsMoney && {
          key: 'movements',
          label: '资金收支',
          children: <MovementSection fundID={fund.id} />,
        },
        followsMoney && {
          key: 'timeline',
          label: '办理记录',
          children: (
            <div className={styles.page}>
              <Timeline events={fromAudit(fund.timeline)} />
            </div>
          ),
        },
      ]}
    />
  );
}
