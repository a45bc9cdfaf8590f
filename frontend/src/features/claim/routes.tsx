import type { ConsoleRoute } from '@/shared/routing';

export const consoleRoutes: ConsoleRoute[] = [
  {
    path: 'claims',
    title: '风险补偿',
    permission: 'claim:read',
    menu: { group: 'fund', order: 30, icon: 'shield' },
    lazy: () => import('./claim-list-page').then((m) => ({ Component: m.ClaimListPage })),
  },
  {
    path: 'claims/new',
    title: '申请补偿',
    permission: 'claim:file',
    lazy: () => import('./claim-form-page').then((m) => ({ Component: m.ClaimNewPage })),
  },
  {
    path: 'claims/:id',
    title: '补偿申请详情',
    permission: 'claim:read',
    lazy: () => import('./claim-page').then((m) => ({ Component: m.ClaimPage })),
  },
  {
    path: 'claims/:id/edit',
    title: '修改补偿申请',
    permission: 'claim:file',
    lazy: () => import('./claim-form-page').then((m) => ({ Component: m.ClaimEditPage })),
  },
  {
    path: 'settlements',
    title: '年度清算',
    permission: 'claim:settle',
    menu: { group: 'fund', order: 60, icon: 'reconcile' },
    lazy: () => import('./settlement-page').then((m) => ({ Component: m.SettlementPage })),
  },
];
