import type { PortalRoute } from '@/shared/routing';

export const portalRoutes: PortalRoute[] = [
  {
    path: '',
    title: '首页',
    nav: { order: 0 },
    lazy: () => import('./home-page').then((m) => ({ Component: m.HomePage })),
  },
  {
    path: 'figures',
    title: '公开指标',
    nav: { order: 10 },
    lazy: () => import('./figures-page').then((m) => ({ Component: m.FiguresPage })),
  },
  {
    path: 'products',
    title: '产品货架',
    nav: { order: 20 },
    lazy: () => import('./products-page').then((m) => ({ Component: m.ProductsPage })),
  },
];
