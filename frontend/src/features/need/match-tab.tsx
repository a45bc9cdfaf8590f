import { Segmented } from 'antd';
import { useState } from 'react';

import { api } from '@/api/client';
import { formatRate } from '@/shared/format/rate';
import type { ListColumn } from '@/shared/ui/list-table';
import { MatchReasons, VerdictTag } from '@/shared/ui/match-reasons';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';
import { SimpleTable } from '@/shared/ui/simple-table';

import styles from './match-tab.module.css';
import type { Match, Need } from './status';

const columns: ListColumn<Match>[] = [
  { key: 'product', title: '产品', render: (match) => match.product_name },
  {
    key: 'bank',
    title: '银行',
    render: (match) => <span className={styles.bank}>{match.bank_name}</span>,
  },
  {
    key: 'rate',
    title: '利率区间',
    align: 'right',
    render: (match) => (
      <span className="num">
        {formatRate(match.rate_min)} 至 {formatRate(match.rate_max)}
      </span>
    ),
  },
  {
    key: 'why',
    title: '匹配',
    render: (match) => (
      <div className={styles.match}>
        <span>
          <VerdictTag verdict={match} />
        </span>
        <MatchReasons verdict={match} />
      </div>
    ),
  },
];

type Box = 'fits' | 'near' | 'all';

/** Which products fit the need and which nearly do, each with its reasons. */
export function MatchTab({ need }: { need: Need }) {
  const [box, setBox] = useState<Box>('all');
  const query = api.useQuery('get', '/needs/{id}/matches', { params: { path: { id: need.id } } });
  return (
    <QueryView query={query} skeleton={null}>
      {({ items, fits, near_misses }) => (
        <Panel
          flush
          title={`${fits} 个产品符合，${near_misses} 个仅差一项`}
          extra={
            <Segmented<Box>
              size="small"
              aria-label="筛选匹配结果"
              value={box}
              onChange={setBox}
              options={[
                { value: 'all', label: '全部' },
                { value: 'fits', label: '符合' },
                { value: 'near', label: '仅差一项' },
              ]}
            />
          }
        >
          <SimpleTable
            label="产品匹配"
            rows={items.filter(
              (match) => box === 'all' || (box === 'fits' ? match.fits : match.near_miss),
            )}
            columns={columns}
            rowKey={(match) => match.product_id}
            rowHref={(match) => `/console/products/${match.product_id}`}
            empty="没有这样的产品"
          />
        </Panel>
      )}
    </QueryView>
  );
}
