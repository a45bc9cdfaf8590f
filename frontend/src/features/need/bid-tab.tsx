import { api } from '@/api/client';
import { formatDate, formatDateTime } from '@/shared/format/date';
import { formatYuan } from '@/shared/format/money';
import { formatDecimal, formatRate } from '@/shared/format/rate';
import { BID_STATUS, METHOD } from '@/shared/market-words';
import { Chart, plot } from '@/shared/ui/chart';
import { EmptyState } from '@/shared/ui/empty-state';
import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';
import { Rate } from '@/shared/ui/rate';
import { SimpleTable } from '@/shared/ui/simple-table';
import { StatusTag } from '@/shared/ui/status-tag';

import styles from './bid-tab.module.css';
import type { Bid, Comparison, Need } from './status';

const columns: ListColumn<Bid>[] = [
  { key: 'bank', title: '银行', render: (bid) => bid.bank_name },
  {
    key: 'status',
    title: '状态',
    render: (bid) => <StatusTag status={bid.status} map={BID_STATUS} />,
    card: 'status',
  },
  { key: 'rank', title: '名次', align: 'right', render: (bid) => bid.rank ?? '—' },
  {
    key: 'effective',
    title: '综合年化成本',
    align: 'right',
    render: (bid) => <strong className="num">{effective(bid)}</strong>,
  },
  {
    key: 'total',
    title: '总成本',
    align: 'right',
    render: (bid) => (
      <>
        <Money value={bid.cost?.total_cost} variant="exact" />
        {bid.cost ? (
          <div className={styles.below}>
            {bid.fees === '0.00' ? '全部为利息，无其他费用' : `其中费用 ${formatYuan(bid.fees)}`}
          </div>
        ) : null}
      </>
    ),
  },
  {
    key: 'offer',
    title: '报价',
    align: 'right',
    render: (bid) => (
      <>
        <Money value={bid.amount} />
        <div className={styles.below}>
          年利率 {formatRate(bid.rate)}，{bid.term_months} 个月
        </div>
        <div className={styles.below}>{METHOD[bid.method]}</div>
      </>
    ),
  },
  {
    key: 'awarded',
    title: '选定金额',
    align: 'right',
    render: (bid) =>
      bid.awarded_amount ? <Money value={bid.awarded_amount} variant="exact" /> : '—',
  },
  {
    key: 'ltv',
    title: '质押率',
    align: 'right',
    render: (bid) => <Rate value={bid.ltv} variant="share" />,
  },
  { key: 'valid', title: '有效期至', render: (bid) => formatDate(bid.valid_until) },
  {
    key: 'conditions',
    title: '附加条件',
    render: (bid) => <span className={styles.conditions}>{bid.conditions || '无'}</span>,
  },
];

function effective(bid: Bid): string {
  return bid.cost ? `${formatDecimal(bid.cost.effective_annual_cost, 4)}%` : '—';
}

/** The bids side by side, once the window has closed; a bank finds its own and its rank. */
export function BidTab({ need }: { need: Need }) {
  const query = api.useQuery('get', '/needs/{id}/bids', { params: { path: { id: need.id } } });
  return (
    <QueryView query={query} skeleton={null}>
      {(comparison) =>
        comparison.sealed ? (
          <Panel>
            <EmptyState
              icon="key"
              title="报价密封中"
              description={
                comparison.closes_at
                  ? `${formatDateTime(comparison.closes_at)} 截止后统一揭晓，此前任何人都看不到报价。`
                  : '截止后统一揭晓。'
              }
            />
          </Panel>
        ) : (
          <Compared comparison={comparison} />
        )
      }
    </QueryView>
  );
}

function Compared({ comparison }: { comparison: Comparison }) {
  const { items, left } = comparison;
  if (items.length === 0) {
    return (
      <Panel>
        <EmptyState compact title="没有可以查看的报价" />
      </Panel>
    );
  }
  return (
    <>
      {items.length > 1 ? (
        <Panel>
          <CostChart bids={items} />
        </Panel>
      ) : null}
      <Panel
        flush
        title="报价明细"
        extra={left !== undefined ? <span>尚可选定 {formatYuan(left)}</span> : null}
      >
        <SimpleTable
          label="报价比选"
          rows={items}
          columns={columns}
          rowKey={(bid) => bid.id}
          rowHref={(bid) => `/console/bids/${bid.id}`}
        />
      </Panel>
    </>
  );
}

function CostChart({ bids }: { bids: readonly Bid[] }) {
  const cheapest = bids[0];
  return (
    <Chart
      title="综合年化成本比较"
      {...(cheapest?.cost
        ? {
            summary: `${cheapest.bank_name}最低，综合年化成本 ${effective(cheapest)}，总成本 ${formatYuan(cheapest.cost.total_cost)}。`,
          }
        : {})}
      height={Math.max(180, bids.length * 44 + 60)}
      note="统一假定在报价截止日放款，利息与费用按实际占用本金和天数折算为年化（实际天数/365），金额、期限、还款方式不同的报价可直接比较。"
      option={{
        grid: { left: 8, right: 72, top: 8, bottom: 28, containLabel: true },
        xAxis: { type: 'value', axisLabel: { formatter: '{value}%' } },
        yAxis: { type: 'category', inverse: true, data: bids.map((bid) => bid.bank_name) },
        series: [
          {
            type: 'bar',
            barMaxWidth: 24,
            label: { show: true, position: 'right', formatter: '{c}%' },
            data: bids.map((bid) => plot(bid.cost?.effective_annual_cost)),
          },
        ],
      }}
      table={{
        columns: [
          { title: '银行' },
          { title: '综合年化成本' },
          { title: '利息合计' },
          { title: '费用' },
          { title: '总成本' },
        ],
        rows: bids.map((bid) => [
          bid.bank_name,
          effective(bid),
          bid.cost ? formatYuan(bid.cost.interest_total) : '—',
          formatYuan(bid.fees),
          bid.cost ? formatYuan(bid.cost.total_cost) : '—',
        ]),
      }}
    />
  );
}
