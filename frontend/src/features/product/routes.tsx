import type { ConsoleRoute } from '@/shared/routing';

export const consoleRoutes: ConsoleRoute[] = [
  {
    path: 'products',
    title: '贷款产品',
    permission: 'product:read',
    menu: { group: 'financing', order: 40, icon: 'shop' },
    lazy: () => import('./product-list-page').then((m) => ({ Component: m.ProductListPage })),
  },
  {
    path: 'products/new',
    title: '起草贷款产品',
    permission: 'product:draft',
    lazy: () => import('./product-form-page').then((m) => ({ Component: m.ProductCreatePage })),
  },
  {
    path: 'products/:id',
    title: '贷款产品详情',
    permission: 'product:read',
    lazy: () => import('./product-page').then((m) => ({ Component: m.ProductPage })),
  },
  {
    path: 'products/:id/edit',
    title: '修改贷款产品',
    permission: 'product:draft',
    lazy: () => import('./product-form-page').then((m) => ({ Component: m.ProductEditPage })),
  },
];
