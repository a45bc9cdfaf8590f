import type { ConsoleRoute } from '@/shared/routing';

export const consoleRoutes: ConsoleRoute[] = [
  {
    path: 'approvals',
    title: '复核事项',
    permission: 'approval:read',
    menu: { group: 'workbench', order: 20, icon: 'audit' },
    lazy: () => import('./approval-list-page').then((m) => ({ Component: m.ApprovalListPage })),
  },
  {
    path: 'approvals/:id',
    title: '复核事项详情',
    permission: 'approval:read',
    lazy: () => import('./approval-page').then((m) => ({ Component: m.ApprovalPage })),
  },
];
