import type { Answer, Input, Item, Query } from '@/api/types';
import type { StatusMap } from '@/shared/ui/status-tag';

export type ProductRow = Item<'/products'>;
export type Product = Answer<'/products/{id}', 'get'>;
export type ProductQuery = Query<'/products', 'get'>;
export type ProductInput = Input<'/products', 'post'>;
export type Fitting = Item<'/products/{id}/matches'>;

export const PRODUCT_STATUS: StatusMap<ProductRow['status']> = {
  draft: { text: '草稿', color: 'default' },
  published: { text: '已发布', color: 'success' },
  closed: { text: '已下架', color: 'default' },
};
