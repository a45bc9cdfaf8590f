import type { ConsoleRoute, PortalRoute } from '@/shared/routing';

export const portalRoutes: PortalRoute[] = [
  {
    path: 'calculators',
    title: '计算器',
    nav: { order: 40 },
    lazy: () => import('./calculators-page').then((m) => ({ Component: m.CalculatorsPage })),
  },
];

export const consoleRoutes: ConsoleRoute[] = [
  {
    path: 'calculators',
    title: '计算器',
    menu: { group: 'workbench', order: 90, icon: 'calculator' },
    lazy: () => import('./calculators-page').then((m) => ({ Component: m.CalculatorsPage })),
  },
];
