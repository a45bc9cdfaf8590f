import { Segmented } from 'antd';
import { useState } from 'react';

import { api } from '@/api/client';
import { Deadline } from '@/shared/ui/deadline';
import type { ListColumn } from '@/shared/ui/list-table';
import { MatchReasons, VerdictTag } from '@/shared/ui/match-reasons';
import { Money } from '@/shared/ui/money';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';
import { SimpleTable } from '@/shared/ui/simple-table';

import styles from './fitting-tab.module.css';
import type { Fitting, Product } from './status';

const columns: ListColumn<Fitting>[] = [
  { key: 'title', title: '需求', render: (need) => need.title },
  {
    key: 'enterprise',
    title: '企业',
    render: (need) => (
      <>
        <div>{need.enterprise_name}</div>
        <div className={styles.below}>{need.number}</div>
      </>
    ),
  },
  { key: 'amount', title: '金额', align: 'right', render: (need) => <Money value={need.amount} /> },
  {
    key: 'closes',
    title: '报价截止',
    render: (need) => <Deadline on={need.closes_at} remaining={need.working_days_left} />,
  },
  {
    key: 'why',
    title: '匹配',
    render: (need) =>
      need.verdict ? (
        <div className={styles.match}>
          <span>
            <VerdictTag verdict={need.verdict} />
          </span>
          <MatchReasons verdict={need.verdict} />
        </div>
      ) : (
        '—'
      ),
  },
];

type Fit = 'fits' | 'near' | 'all';

/** Needs whose window is open now, against this product. */
export function FittingTab({ product }: { product: Product }) {
  const [fit, setFit] = useState<Fit>('fits');
  const query = api.useQuery('get', '/products/{id}/matches', {
    params: { path: { id: product.id }, query: { fit, limit: 50 } },
  });
  return (
    <QueryView query={query} skeleton={null}>
      {({ items }) => (
        <Panel
          flush
          title="招标中的需求"
          extra={
            <Segmented<Fit>
              size="small"
              aria-label="筛选匹配结果"
              value={fit}
              onChange={setFit}
              options={[
                { value: 'fits', label: '符合' },
                { value: 'near', label: '仅差一项' },
                { value: 'all', label: '全部' },
              ]}
            />
          }
        >
          <SimpleTable
            label="适合的融资需求"
            rows={items}
            columns={columns}
            rowKey={(need) => need.need_id}
            rowHref={(need) => `/console/needs/${need.need_id}`}
            empty="目前没有这样的需求"
          />
        </Panel>
      )}
    </QueryView>
  );
}
