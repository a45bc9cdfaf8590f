import { useParams } from 'react-router';

import { api } from '@/api/client';
import { formatDateTime } from '@/shared/format/date';
import { formatYuan } from '@/shared/format/money';
import { formatRate } from '@/shared/format/rate';
import { METHOD, rightKind } from '@/shared/market-words';
import { ActionBar } from '@/shared/ui/action-bar';
import { ApprovalPanel } from '@/shared/ui/approval-panel';
import { DetailPage } from '@/shared/ui/detail-page';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';
import { Rate } from '@/shared/ui/rate';
import { StatusTag } from '@/shared/ui/status-tag';
import { fromAudit, Timeline } from '@/shared/ui/timeline';
import { useSession } from '@/shared/session';

import { FittingTab } from './fitting-tab';
import { PRODUCT_STATUS, type Product } from './status';

/** One product, and, for its bank, the open needs that it fits. */
export function ProductPage() {
  const { id = '' } = useParams();
  const query = api.useQuery('get', '/products/{id}', { params: { path: { id } } });
  return <QueryView query={query}>{(product) => <ProductView product={product} />}</QueryView>;
}

function ProductView({ product }: { product: Product }) {
  const own = useSession()?.organization.id === product.bank_id;
  return (
    <DetailPage
      title={product.name}
      number={product.number}
      status={<StatusTag status={product.status} map={PRODUCT_STATUS} />}
      back={{ to: '/console/products', label: '贷款产品' }}
      actions={<ProductActions product={product} />}
      notice={<ApprovalPanel approval={product.pending_approval} />}
      facts={[
        { label: '银行', value: product.bank_name },
        {
          label: '单笔金额',
          value: `${formatYuan(product.amount_min)} 至 ${formatYuan(product.amount_max)}`,
        },
        {
          label: '期限',
          value: `${product.term_min_months} 至 ${product.term_max_months} 个月`,
        },
        {
          label: '年利率',
          value: `${formatRate(product.rate_min)} 至 ${formatRate(product.rate_max)}`,
        },
        { label: '最高质押率', value: <Rate value={product.ltv_max} variant="share" /> },
        {
          label: '还款方式',
          value: product.methods.map((method) => METHOD[method]).join('、'),
        },
        { label: '接受的权利', value: product.collateral_kinds.map(rightKind).join('、') },
        { label: '服务地区', value: product.area_names.join('、') || '全市' },
        { label: '支持行业', value: product.industries.join('、') || '不限' },
        { label: '到期后权利存续', value: `不少于 ${product.min_life_months} 个月` },
        {
          label: '企业成立',
          value: product.min_age_months === 0 ? '不限' : `满 ${product.min_age_months} 个月`,
        },
        { label: '适用企业', value: product.sme_only ? '仅限中小微企业' : '不限规模' },
        product.published_at && { label: '发布时间', value: formatDateTime(product.published_at) },
        product.summary !== '' && { label: '产品说明', value: product.summary, wide: true },
      ]}
      tabs={[
        own && {
          key: 'needs',
          label: '适合的融资需求',
          children: <FittingTab product={product} />,
        },
      ]}
      aside={
        product.timeline.length > 0 ? (
          <Panel title="办理记录">
            <Timeline events={fromAudit(product.timeline)} />
          </Panel>
        ) : null
      }
    />
  );
}

function ProductActions({ product }: { product: Product }) {
  const publish = api.useMutation('post', '/products/{id}/publish');
  const close = api.useMutation('post', '/products/{id}/close');
  const reopen = api.useMutation('post', '/products/{id}/reopen');
  const params = { path: { id: product.id }, header: { 'If-Match': String(product.version) } };
  const toColleague = '已提交复核，复核通过后生效';
  return (
    <ActionBar
      available={product.available_actions}
      actions={{
        close: {
          label: '下架',
          danger: true,
          confirm: {
            title: '提交复核人下架该产品？',
            description: '下架后不再参与匹配，已有报价不受影响。',
          },
          run: () => close.mutateAsync({ params }),
          done: toColleague,
        },
        reopen: {
          label: '重新起草',
          run: () => reopen.mutateAsync({ params }),
          done: '已转为草稿',
        },
        edit: { label: '修改', to: `/console/products/${product.id}/edit` },
        publish: {
          label: '提交发布',
          primary: true,
          confirm: {
            title: '提交本行复核人发布？',
            description: '复核通过后在公开货架展示并参与匹配。',
          },
          run: () => publish.mutateAsync({ params }),
          done: toColleague,
        },
      }}
    />
  );
}
