import type { ConsoleRoute, PortalRoute } from '@/shared/routing';

export const consoleRoutes: ConsoleRoute[] = [
  {
    path: 'notices',
    title: '公告管理',
    permission: 'notice:read',
    menu: { group: 'supervision', order: 30, icon: 'notice' },
    lazy: () => import('./notice-list-page').then((m) => ({ Component: m.NoticeListPage })),
  },
  {
    path: 'notices/new',
    title: '起草公告',
    permission: 'notice:draft',
    lazy: () => import('./notice-form-page').then((m) => ({ Component: m.NoticeNewPage })),
  },
  {
    path: 'notices/:id',
    title: '公告详情',
    permission: 'notice:read',
    lazy: () => import('./notice-page').then((m) => ({ Component: m.NoticePage })),
  },
  {
    path: 'notices/:id/edit',
    title: '修改公告',
    permission: 'notice:draft',
    lazy: () => import('./notice-form-page').then((m) => ({ Component: m.NoticeEditPage })),
  },
];

export const portalRoutes: PortalRoute[] = [
  {
    path: 'notices',
    title: '公告公示',
    nav: { order: 40 },
    lazy: () =>
      import('./public-notice-list-page').then((m) => ({ Component: m.PublicNoticeListPage })),
  },
  {
    path: 'notices/:id',
    title: '公告',
    lazy: () => import('./public-notice-page').then((m) => ({ Component: m.PublicNoticePage })),
  },
];
