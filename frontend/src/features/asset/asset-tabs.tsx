import { Button } from 'antd';
import { useState } from 'react';

import { formatDate, formatDateTime } from '@/shared/format/date';
import { useCan, useSession } from '@/shared/session';
import { EmptyState } from '@/shared/ui/empty-state';
import { FactList } from '@/shared/ui/fact-list';
import { LinkButton } from '@/shared/ui/link-button';
import { Money } from '@/shared/ui/money';
import { SimpleTable } from '@/shared/ui/simple-table';
import { StatusTag } from '@/shared/ui/status-tag';

import { alertKind, isPatent, SEVERITY, UPKEEP, type AssetDetail } from './status';

const day = (value: string | undefined) => (
  <span className="num">{value ? formatDate(value) : '—'}</span>
);

/** What is due next, and the fee of every patent year. */
export function UpkeepTab({ asset }: { asset: AssetDetail }) {
  const { upkeep } = asset;
  return (
    <>
      <FactList
        facts={[
          {
            label: '状态',
            value: <StatusTag status={upkeep.state} map={UPKEEP} />,
          },
          isPatent(asset.kind)
            ? { label: '年费已缴至', value: day(asset.fee_paid_until) }
            : { label: '可办理续展', value: day(upkeep.opens_on) },
          !!upkeep.due_on && {
            label: upkeep.patent_year > 0 ? `第 ${upkeep.patent_year} 年度年费期限` : '有效期至',
            value: day(upkeep.due_on),
          },
          !!upkeep.last_on && {
            label: upkeep.patent_year > 0 ? '滞纳期截止' : '宽展期截止',
            value: day(upkeep.last_on),
          },
          !!upkeep.fee && {
            label: '全额年费',
            value: <Money value={upkeep.fee} variant="exact" />,
          },
          !!upkeep.surcharge && {
            label: '滞纳金（截至今日）',
            value: <Money value={upkeep.surcharge} variant="exact" />,
          },
        ]}
      />
      {asset.fees.length > 0 ? <FeeYears asset={asset} /> : null}
    </>
  );
}

/** The years around now; all of them when asked for. */
function FeeYears({ asset }: { asset: AssetDetail }) {
  const [all, setAll] = useState(false);
  const now = asset.upkeep.patent_year || 1;
  const near = asset.fees.filter((fee) => fee.patent_year >= now - 1 && fee.patent_year < now + 4);
  return (
    <>
      <h3 style={{ margin: '20px 0 8px', fontSize: 15 }}>各年度年费（全额，未计减缴）</h3>
      <SimpleTable
        label="各年度年费"
        rows={all ? asset.fees : near}
        rowKey={(row) => String(row.patent_year)}
        columns={[
          {
            key: 'year',
            title: '年度',
            render: (row) => <span className="num">第 {row.patent_year} 年</span>,
          },
          { key: 'due', title: '缴纳期限', render: (row) => day(row.due_on) },
          {
            key: 'fee',
            title: '全额年费',
            align: 'right',
            render: (row) => <Money value={row.fee} variant="exact" />,
          },
          {
            key: 'paid',
            title: '缴纳',
            card: 'status',
            render: (row) => (row.paid ? '已缴' : '未缴'),
          },
        ]}
      />
      <Button type="link" onClick={() => setAll(!all)}>
        {all ? '只看临近年度' : `显示全部 ${asset.fees.length} 个年度`}
      </Button>
    </>
  );
}

/** Open alerts first, then those that are over. */
export function AlertTab({ asset }: { asset: AssetDetail }) {
  return (
    <SimpleTable
      label="预警"
      rows={asset.alerts}
      rowKey={(row) => row.id}
      empty="没有预警"
      columns={[
        { key: 'kind', title: '事项', render: (row) => alertKind(row.kind) },
        {
          key: 'severity',
          title: '程度',
          card: 'status',
          render: (row) => <StatusTag status={row.severity} map={SEVERITY} />,
        },
        { key: 'message', title: '说明', render: (row) => row.message },
        { key: 'due', title: '期限', render: (row) => day(row.due_on) },
        { key: 'raised', title: '发出', render: (row) => formatDateTime(row.raised_at) },
        {
          key: 'closed',
          title: '解除',
          render: (row) => (row.closed_at ? formatDateTime(row.closed_at) : '未解除'),
        },
      ]}
    />
  );
}

const READY = ['verified', 'listed', 'reserved', 'pledged', 'in_disposal'];

/** Filed reports that value this right, the newest first. */
export function ValuationTab({ asset }: { asset: AssetDetail }) {
  const mine = useSession()?.organization.id === asset.enterprise_id;
  const mayOrder = useCan('valuation:order') && mine && READY.includes(asset.status);
  const order = mayOrder ? (
    <LinkButton to={`/console/valuations/new?asset=${asset.id}`}>委托评估</LinkButton>
  ) : null;
  if (asset.valuations.length === 0) {
    return (
      <EmptyState
        compact
        title="还没有评估报告"
        description="核验通过后，可委托评估机构评估；报告须由两名评估师签署。"
        action={order}
      />
    );
  }
  return (
    <>
      <SimpleTable
        label="评估报告"
        rows={asset.valuations}
        rowKey={(row) => row.order_id}
        rowHref={(row) => `/console/valuations/${row.order_id}`}
        columns={[
          {
            key: 'number',
            title: '报告',
            render: (row) => <span className="num">{row.number}</span>,
          },
          { key: 'firm', title: '评估机构', render: (row) => row.firm_name },
          {
            key: 'value',
            title: '评估值',
            align: 'right',
            render: (row) => <Money value={row.value} variant="exact" />,
          },
          { key: 'grade', title: '价值度等级', render: (row) => row.grade || '未评分' },
          { key: 'on', title: '基准日', render: (row) => day(row.valued_on) },
          { key: 'until', title: '有效期至', render: (row) => day(row.valid_until) },
        ]}
      />
      {order ? <div style={{ marginTop: 12 }}>{order}</div> : null}
    </>
  );
}
