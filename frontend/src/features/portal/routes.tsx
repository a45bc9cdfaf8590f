import type { PortalRoute } from '@/shared/routing';

export const portalRoutes: PortalRoute[] = [
  {
    path: '',
    title: '首页',
    nav: { order: 0 },
    lazy: () => import('./home-page').then((m) => ({ Component: m.HomePage })),
  },
];
