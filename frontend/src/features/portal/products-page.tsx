import { Button, Input, Select, Tag } from 'antd';

import { api } from '@/api/client';
import type { Item, Query } from '@/api/types';
import { formatRate } from '@/shared/format/rate';
import { EmptyState } from '@/shared/ui/empty-state';
import { FactList } from '@/shared/ui/fact-list';
import { Money } from '@/shared/ui/money';
import { PageHeader } from '@/shared/ui/page-header';
import { QueryView } from '@/shared/ui/query-view';
import { keepPrevious, useList } from '@/shared/ui/use-list';

import styles from './page.module.css';

type Product = Item<'/portal/products'>;
type ProductQuery = Query<'/portal/products', 'get'>;

const METHODS: Record<Product['methods'][number], string> = {
  equal_instalment: '等额本息',
  equal_principal: '等额本金',
  interest_only_bullet: '按月付息到期还本',
  bullet: '到期一次还本付息',
};

const KINDS: Record<string, string> = {
  invention_patent: '发明专利',
  utility_model: '实用新型',
  design_patent: '外观设计',
  trademark: '商标',
  gi_mark: '地理标志商标',
};

/** The shelf: what banks offer on pledged intellectual property. */
export function ProductsPage() {
  const list = useList<ProductQuery>({ defaultSort: '-published_at', limit: 30 });
  const query = api.useQuery(
    'get',
    '/portal/products',
    { params: { query: list.params } },
    keepPrevious,
  );
  return (
    <div className={styles.page}>
      <PageHeader
        title="产品货架"
        description="合作银行发布的知识产权质押贷款产品。实际利率与额度以银行报价为准。"
        extra={
          <>
            <Input.Search
              aria-label="搜索产品或银行"
              placeholder="产品、银行"
              defaultValue={list.q}
              allowClear
              onSearch={list.setSearch}
              style={{ width: 220 }}
            />
            <Select
              aria-label="排序"
              value={list.sort ?? '-published_at'}
              onChange={(value: string) => list.setSort(value)}
              options={[
                { value: '-published_at', label: '最新发布' },
                { value: 'rate_min', label: '利率从低到高' },
                { value: '-amount_max', label: '额度从高到低' },
              ]}
            />
          </>
        }
      />
      <QueryView query={query}>
        {(page) =>
          page.items.length === 0 ? (
            <EmptyState title="没有符合条件的产品" />
          ) : (
            <>
              <div className={styles.cards}>
                {page.items.map((product) => (
                  <ProductCard key={product.id} product={product} />
                ))}
              </div>
              {page.next_cursor ? (
                <Button onClick={() => list.next(page.next_cursor)}>下一页</Button>
              ) : null}
            </>
          )
        }
      </QueryView>
    </div>
  );
}

function ProductCard({ product }: { product: Product }) {
  return (
    <article className={styles.product}>
      <span className={styles.bank}>{product.bank_name}</span>
      <h2>{product.name}</h2>
      <span className={`num ${styles.rate}`}>
        {formatRate(product.rate_min)} – {formatRate(product.rate_max)}
      </span>
      {product.summary ? <p>{product.summary}</p> : null}
      <FactList
        columns={1}
        facts={[
          {
            label: '单笔额度',
            value: (
              <>
                <Money value={product.amount_min} /> – <Money value={product.amount_max} />
              </>
            ),
          },
          { label: '期限', value: `${product.term_min_months}–${product.term_max_months} 个月` },
          { label: '最高质押率', value: formatRate(product.ltv_max) },
          { label: '还款方式', value: product.methods.map((method) => METHODS[method]).join('、') },
        ]}
      />
      <div>
        {product.collateral_kinds.map((kind) => (
          <Tag key={kind} variant="filled">
            {KINDS[kind] ?? '其他'}
          </Tag>
        ))}
      </div>
    </article>
  );
}
