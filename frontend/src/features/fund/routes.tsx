import type { ConsoleRoute } from '@/shared/routing';

export const consoleRoutes: ConsoleRoute[] = [
  {
    path: 'funds',
    title: '风险补偿基金',
    permission: 'fund:read',
    menu: { group: 'fund', order: 10, icon: 'fund' },
    lazy: () => import('./fund-list-page').then((m) => ({ Component: m.FundListPage })),
  },
  {
    path: 'funds/new',
    title: '设立子基金',
    permission: 'fund:open',
    lazy: () => import('./fund-open-page').then((m) => ({ Component: m.FundOpenPage })),
  },
  {
    path: 'funds/movements',
    title: '基金收支',
    permission: 'fund_movement:read',
    menu: { group: 'fund', order: 30, icon: 'money' },
    lazy: () => import('./movement-list-page').then((m) => ({ Component: m.MovementListPage })),
  },
  {
    path: 'funds/movements/:id',
    title: '基金收支详情',
    permission: 'fund_movement:read',
    lazy: () => import('./movement-page').then((m) => ({ Component: m.MovementPage })),
  },
  {
    path: 'funds/:id',
    title: '基金详情',
    permission: 'fund:read',
    lazy: () => import('./fund-page').then((m) => ({ Component: m.FundPage })),
  },
];
