import type { ConsoleRoute } from '@/shared/routing';

export const consoleRoutes: ConsoleRoute[] = [
  {
    path: 'needs',
    title: '融资需求',
    permission: 'need:read',
    menu: { group: 'financing', order: 10, icon: 'file' },
    lazy: () => import('./need-list-page').then((m) => ({ Component: m.NeedListPage })),
  },
  {
    path: 'needs/new',
    title: '发布融资需求',
    permission: 'need:draft',
    lazy: () => import('./need-form-page').then((m) => ({ Component: m.NeedCreatePage })),
  },
  {
    path: 'needs/:id',
    title: '融资需求详情',
    permission: 'need:read',
    lazy: () => import('./need-page').then((m) => ({ Component: m.NeedPage })),
  },
  {
    path: 'needs/:id/edit',
    title: '修改融资需求',
    permission: 'need:draft',
    lazy: () => import('./need-form-page').then((m) => ({ Component: m.NeedEditPage })),
  },
];
