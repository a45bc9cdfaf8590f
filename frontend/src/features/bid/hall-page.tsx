import { Segmented } from 'antd';

import { api } from '@/api/client';
import { BID_STATUS, METHOD } from '@/shared/market-words';
import { Deadline } from '@/shared/ui/deadline';
import { ListPage } from '@/shared/ui/list-page';
import type { ListColumn } from '@/shared/ui/list-table';
import { MatchReasons, VerdictTag } from '@/shared/ui/match-reasons';
import { Money } from '@/shared/ui/money';
import { Rate } from '@/shared/ui/rate';
import { keepPrevious, useList } from '@/shared/ui/use-list';

import styles from './hall-page.module.css';
import type { HallQuery, HallRow } from './status';

type Fit = NonNullable<HallQuery['fit']>;

/** The needs open to bids now, against the bank's own shelf: what fits, what nearly does. */
export function HallPage() {
  const list = useList<HallQuery>({ filters: ['fit', 'area_code'], defaultSort: 'closes_at' });
  const query = api.useQuery('get', '/hall', { params: { query: list.params } }, keepPrevious);
  const areas = api.useQuery('get', '/areas', {}, { staleTime: Infinity });
  const fit = (list.filters['fit'] ?? 'all') as Fit;
  return (
    <ListPage<HallRow>
      title="招标大厅"
      description="正在招标的融资需求，与本行在架产品逐条比对：符合的给出评分，不符合的说明差在哪里。"
      list={list}
      query={query}
      columns={columns}
      rowKey={(row) => row.need_id}
      rowHref={(row) => `/console/needs/${row.need_id}`}
      searchHint="编号、名称、企业、用途"
      filters={[
        {
          type: 'select',
          name: 'area_code',
          label: '县市区',
          options: (areas.data?.items ?? []).map((area) => ({
            value: area.code,
            label: area.name,
          })),
        },
      ]}
      above={
        <Segmented<Fit>
          aria-label="按匹配结果筛选"
          value={fit}
          onChange={(value) => list.setFilters({ fit: value === 'all' ? undefined : value })}
          options={[
            { value: 'all', label: '全部招标中' },
            { value: 'fits', label: '符合本行产品' },
            { value: 'near', label: '仅差一项' },
          ]}
        />
      }
      empty={{ title: '目前没有招标中的需求', description: '知识产权局核验发布后会显示在这里。' }}
    />
  );
}

const columns: ListColumn<HallRow>[] = [
  { key: 'title', title: '需求', render: (row) => row.title },
  {
    key: 'enterprise',
    title: '企业',
    render: (row) => (
      <>
        <div>{row.enterprise_name}</div>
        <div className={styles.below}>
          {row.area_name}，{row.number}
        </div>
      </>
    ),
  },
  {
    key: 'amount',
    title: '金额',
    align: 'right',
    render: (row) => (
      <>
        <Money value={row.amount} />
        <div className={styles.below}>{row.term_months} 个月</div>
      </>
    ),
    sort: 'amount',
  },
  {
    key: 'ceiling',
    title: '利率上限',
    align: 'right',
    render: (row) => <Rate value={row.rate_ceiling} />,
  },
  {
    key: 'closes',
    title: '报价截止',
    render: (row) => <Deadline on={row.closes_at} remaining={row.working_days_left} />,
    sort: 'closes_at',
  },
  {
    key: 'why',
    title: '与本行产品的匹配',
    render: (row) =>
      row.verdict ? (
        <div className={styles.match}>
          <div className={styles.verdict}>
            <VerdictTag verdict={row.verdict} />
            <span>{row.product_name}</span>
          </div>
          <MatchReasons verdict={row.verdict} />
        </div>
      ) : (
        '本行没有在架产品'
      ),
  },
  {
    key: 'own',
    title: '本行报价',
    render: (row) =>
      row.own_bid_status
        ? BID_STATUS[row.own_bid_status as keyof typeof BID_STATUS].text
        : '未报价',
    card: 'status',
  },
  {
    key: 'value',
    title: '组合评估值',
    align: 'right',
    render: (row) => (row.value ? <Money value={row.value} /> : '未评估'),
    hiddenAtFirst: true,
  },
  {
    key: 'method',
    title: '还款方式',
    render: (row) => METHOD[row.method],
    hiddenAtFirst: true,
    card: 'hidden',
  },
];
