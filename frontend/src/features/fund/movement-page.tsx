import { Link, useParams } from 'react-router';

import { api } from '@/api/client';
import { formatDate, formatDateTime } from '@/shared/format/date';
import { ApprovalPanel } from '@/shared/ui/approval-panel';
import { DetailPage } from '@/shared/ui/detail-page';
import { Money } from '@/shared/ui/money';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';
import { StatusTag } from '@/shared/ui/status-tag';
import { fromAudit, Timeline } from '@/shared/ui/timeline';

import { MOVEMENT_KIND, MOVEMENT_STATUS } from './status';

/** One movement of money, from the treasurer's entry to the ledger. */
export function MovementPage() {
  const { id = '' } = useParams();
  const query = api.useQuery('get', '/fund-movements/{id}', { params: { path: { id } } });
  return (
    <QueryView query={query}>
      {(movement) => (
        <DetailPage
          title={`${MOVEMENT_KIND[movement.kind]}${movement.payer_name ? `：${movement.payer_name}` : ''}`}
          number={movement.number}
          status={<StatusTag status={movement.status} map={MOVEMENT_STATUS} />}
          back={{ to: '/console/funds/movements', label: '基金收支' }}
          notice={
            <ApprovalPanel approval={movement.pending_approval}>
              <p>
                {MOVEMENT_KIND[movement.kind]} <Money value={movement.amount} variant="exact" />
                ，日期 <span className="num">{formatDate(movement.on_date)}</span>，回单号{' '}
                {movement.voucher}。
              </p>
            </ApprovalPanel>
          }
          facts={[
            {
              label: '基金',
              value: <Link to={`/console/funds/${movement.fund_id}`}>{movement.fund_name}</Link>,
            },
            { label: '金额', value: <Money value={movement.amount} variant="exact" strong /> },
            { label: '日期', value: formatDate(movement.on_date) },
            !!movement.payer_name && { label: '出资方', value: movement.payer_name },
            { label: '银行回单号', value: movement.voucher },
            { label: '经办', value: movement.maker_name },
            { label: '复核', value: movement.checker_name || '—' },
            !!movement.entry_seq && {
              label: '账簿分录',
              value: (
                <Link to={`/console/ledger/entries/${movement.entry_id ?? ''}`}>
                  第 {movement.entry_seq} 号
                </Link>
              ),
            },
            !!movement.posted_at && {
              label: '入账时间',
              value: formatDateTime(movement.posted_at),
            },
            !!movement.status_reason && {
              label: '退回原因',
              value: movement.status_reason,
              wide: true,
            },
            !!movement.note && { label: '说明', value: movement.note, wide: true },
          ]}
          aside={
            <Panel title="办理记录">
              <Timeline events={fromAudit(movement.timeline)} />
            </Panel>
          }
        />
      )}
    </QueryView>
  );
}
