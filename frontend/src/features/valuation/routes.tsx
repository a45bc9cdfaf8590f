import type { ConsoleRoute } from '@/shared/routing';

export const consoleRoutes: ConsoleRoute[] = [
  {
    path: 'valuations',
    title: '评估',
    permission: 'valuation:read',
    menu: { group: 'ip', order: 20, icon: 'calculator' },
    lazy: () => import('./valuation-list-page').then((m) => ({ Component: m.ValuationListPage })),
  },
  {
    path: 'valuations/new',
    title: '委托评估',
    permission: 'valuation:order',
    lazy: () => import('./valuation-order-page').then((m) => ({ Component: m.ValuationOrderPage })),
  },
  {
    path: 'valuations/:id',
    title: '评估委托详情',
    permission: 'valuation:read',
    lazy: () => import('./valuation-page').then((m) => ({ Component: m.ValuationPage })),
  },
  {
    path: 'valuations/:id/report',
    title: '编制评估报告',
    permission: 'valuation:write',
    lazy: () => import('./report-page').then((m) => ({ Component: m.ReportPage })),
  },
];
