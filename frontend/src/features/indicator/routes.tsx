import type { ConsoleRoute } from '@/shared/routing';

export const consoleRoutes: ConsoleRoute[] = [
  {
    path: 'indicators',
    title: '运行总览',
    permission: 'indicator:read',
    menu: { group: 'workbench', order: 20, icon: 'dashboard' },
    lazy: () => import('./dashboard-page').then((m) => ({ Component: m.DashboardPage })),
  },
  {
    path: 'indicators/fund',
    title: '基金驾驶舱',
    permission: 'indicator:read',
    menu: { group: 'fund', order: 5, icon: 'dashboard' },
    lazy: () => import('./cockpit-page').then((m) => ({ Component: m.CockpitPage })),
  },
  {
    path: 'indicators/rows',
    title: '指标明细',
    permission: 'indicator:read',
    lazy: () => import('./figure-rows-page').then((m) => ({ Component: m.FigureRowsPage })),
  },
  {
    path: 'indicators/disbursements',
    title: '放款明细',
    permission: 'indicator:read',
    lazy: () => import('./disbursement-page').then((m) => ({ Component: m.DisbursementPage })),
  },
];
