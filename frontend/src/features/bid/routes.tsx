import type { ConsoleRoute } from '@/shared/routing';

export const consoleRoutes: ConsoleRoute[] = [
  {
    path: 'hall',
    title: '招标大厅',
    permission: 'match:read',
    kinds: ['bank'],
    menu: { group: 'financing', order: 5, icon: 'apps' },
    lazy: () => import('./hall-page').then((m) => ({ Component: m.HallPage })),
  },
  {
    path: 'bids',
    title: '报价',
    permission: 'bid:read',
    menu: { group: 'financing', order: 20, icon: 'solution' },
    lazy: () => import('./bid-list-page').then((m) => ({ Component: m.BidListPage })),
  },
  {
    path: 'bids/new',
    title: '起草报价',
    permission: 'bid:draft',
    lazy: () => import('./bid-form-page').then((m) => ({ Component: m.BidCreatePage })),
  },
  {
    path: 'bids/:id',
    title: '报价详情',
    permission: 'bid:read',
    lazy: () => import('./bid-page').then((m) => ({ Component: m.BidPage })),
  },
  {
    path: 'bids/:id/edit',
    title: '修改报价',
    permission: 'bid:draft',
    lazy: () => import('./bid-form-page').then((m) => ({ Component: m.BidEditPage })),
  },
];
