import type { ConsoleRoute } from '@/shared/routing';

export const consoleRoutes: ConsoleRoute[] = [
  {
    path: 'pledges',
    title: '质押登记',
    permission: 'pledge:read',
    menu: { group: 'loan', order: 10, icon: 'pledge' },
    lazy: () => import('./pledge-list-page').then((m) => ({ Component: m.PledgeListPage })),
  },
  {
    path: 'pledges/new',
    title: '起草质押合同',
    permission: 'pledge:draft',
    lazy: () => import('./pledge-form-page').then((m) => ({ Component: m.PledgeNewPage })),
  },
  {
    path: 'pledges/:id',
    title: '质押详情',
    permission: 'pledge:read',
    lazy: () => import('./pledge-page').then((m) => ({ Component: m.PledgePage })),
  },
  {
    path: 'pledges/:id/edit',
    title: '修改质押合同',
    permission: 'pledge:draft',
    lazy: () => import('./pledge-form-page').then((m) => ({ Component: m.PledgeEditPage })),
  },
];
