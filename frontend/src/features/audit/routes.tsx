import type { ConsoleRoute } from '@/shared/routing';

export const consoleRoutes: ConsoleRoute[] = [
  {
    path: 'audit',
    title: '审计日志',
    permission: 'audit:read',
    menu: { group: 'supervision', order: 90, icon: 'shield' },
    lazy: () => import('./audit-page').then((m) => ({ Component: m.AuditPage })),
  },
];
