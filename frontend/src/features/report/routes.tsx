import type { ConsoleRoute } from '@/shared/routing';

export const consoleRoutes: ConsoleRoute[] = [
  {
    path: 'reports',
    title: '监管报表',
    permission: 'indicator:read',
    menu: { group: 'supervision', order: 20, icon: 'profile' },
    lazy: () => import('./report-page').then((m) => ({ Component: m.ReportPage })),
  },
];
