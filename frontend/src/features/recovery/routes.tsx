import type { ConsoleRoute } from '@/shared/routing';

export const consoleRoutes: ConsoleRoute[] = [
  {
    path: 'recoveries',
    title: '追偿核销',
    permission: 'claim:read',
    kinds: [
      'bank',
      'ip_bureau',
      'finance_bureau',
      'fund_manager',
      'financial_office',
      'guarantor',
      'insurer',
    ],
    menu: { group: 'fund', order: 40, icon: 'swap' },
    lazy: () => import('./recovery-list-page').then((m) => ({ Component: m.RecoveryListPage })),
  },
  {
    path: 'compensation',
    title: '补偿与追偿',
    permission: 'loan:read',
    kinds: ['enterprise'],
    menu: { group: 'loan', order: 60, icon: 'shield' },
    lazy: () => import('./follow-page').then((m) => ({ Component: m.FollowPage })),
  },
  {
    path: 'recoveries/:id',
    title: '追偿详情',
    permission: 'claim:read',
    lazy: () => import('./recovery-page').then((m) => ({ Component: m.RecoveryPage })),
  },
];
