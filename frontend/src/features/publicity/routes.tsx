import type { PortalRoute } from '@/shared/routing';

export const portalRoutes: PortalRoute[] = [
  {
    path: 'publicity',
    title: '补偿公示',
    nav: { order: 35 },
    lazy: () => import('./publicity-list-page').then((m) => ({ Component: m.PublicityListPage })),
  },
  {
    path: 'publicity/:id',
    title: '补偿公示详情',
    lazy: () => import('./publicity-page').then((m) => ({ Component: m.PublicityPage })),
  },
  {
    path: 'disclosure',
    title: '基金信息公开',
    nav: { order: 36 },
    lazy: () => import('./disclosure-page').then((m) => ({ Component: m.DisclosurePage })),
  },
];
