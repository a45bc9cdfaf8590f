import { Button } from 'antd';
import { Link, useParams } from 'react-router';

import { api } from '@/api/client';
import { download } from '@/api/request';
import { formatDateTime } from '@/shared/format/date';
import { useCan } from '@/shared/session';
import { ApprovalPanel } from '@/shared/ui/approval-panel';
import { DetailPage } from '@/shared/ui/detail-page';
import { Money } from '@/shared/ui/money';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';
import { SimpleTable } from '@/shared/ui/simple-table';
import { StatusTag } from '@/shared/ui/status-tag';
import { fromAudit, Timeline } from '@/shared/ui/timeline';

import { BATCH_STATUS, type Subsidy } from './status';
import { subsidyColumns } from './subsidy-columns';
import styles from './subsidy.module.css';

const columns = subsidyColumns.filter((column) =>
  ['number', 'enterprise', 'kind', 'status', 'approved', 'loan'].includes(column.key),
);

/** One batch and its lines. */
export function BatchPage() {
  const { id = '' } = useParams();
  const query = api.useQuery('get', '/subsidy-batches/{id}', { params: { path: { id } } });
  const pays = useCan('subsidy:pay');
  const checks = useCan('subsidy:pay_check');
  return (
    <QueryView query={query}>
      {(batch) => (
        <DetailPage
          title={`补助拨付 ${batch.number}`}
          status={<StatusTag status={batch.status} map={BATCH_STATUS} />}
          back={{ to: '/console/subsidy-batches', label: '补助拨付' }}
          actions={
            pays || checks ? (
              <Button onClick={() => void download(`/subsidy-batches/${id}/payments.xlsx`)}>
                下载付款清单
              </Button>
            ) : null
          }
          notice={
            <ApprovalPanel approval={batch.pending_approval}>
              <p>
                共 {batch.items} 笔，合计 <Money value={batch.total} variant="exact" />
                。签署后逐笔记入补助账簿。
              </p>
            </ApprovalPanel>
          }
          facts={[
            {
              label: '征集',
              value: <Link to={`/console/subsidy-calls/${batch.call_id}`}>{batch.call_title}</Link>,
            },
            { label: '笔数', value: `${batch.items} 笔` },
            { label: '合计', value: <Money value={batch.total} variant="exact" strong /> },
            { label: '经办', value: batch.maker_name },
            { label: '复核', value: batch.checker_name || '—' },
            { label: '提交时间', value: formatDateTime(batch.created_at) },
            !!batch.paid_at && { label: '拨付时间', value: formatDateTime(batch.paid_at) },
            !!batch.status_reason && {
              label: '退回原因',
              value: batch.status_reason,
              wide: true,
            },
            !!batch.note && { label: '说明', value: batch.note, wide: true },
          ]}
          tabs={[
            {
              key: 'lines',
              label: '明细',
              count: batch.lines.length,
              children: (
                <div className={styles.tab}>
                  <SimpleTable<Subsidy>
                    label="拨付明细"
                    rows={batch.lines}
                    columns={columns}
                    rowKey={(row) => row.id}
                    rowHref={(row) => `/console/subsidies/${row.id}`}
                    empty="已退回的批次不再保留明细"
                  />
                </div>
              ),
            },
          ]}
          aside={
            <Panel title="办理记录">
              <Timeline events={fromAudit(batch.timeline)} />
            </Panel>
          }
        />
      )}
    </QueryView>
  );
}
