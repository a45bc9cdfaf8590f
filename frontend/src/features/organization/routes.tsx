import type { ConsoleRoute, PortalRoute } from '@/shared/routing';

export const portalRoutes: PortalRoute[] = [
  {
    path: 'register',
    title: '申请入驻',
    lazy: () => import('./register-page').then((m) => ({ Component: m.RegisterPage })),
  },
];

export const consoleRoutes: ConsoleRoute[] = [
  {
    path: 'organization',
    title: '本单位资料',
    permission: 'org:edit_own',
    menu: { group: 'settings', order: 5, icon: 'solution' },
    lazy: () => import('./own-page').then((m) => ({ Component: m.OwnPage })),
  },
  {
    path: 'organizations',
    title: '入驻机构',
    permission: 'org:read',
    menu: { group: 'settings', order: 10, icon: 'bank' },
    lazy: () =>
      import('./organization-list-page').then((m) => ({ Component: m.OrganizationListPage })),
  },
  {
    path: 'organizations/new',
    title: '登记机构',
    permission: 'org:create',
    lazy: () =>
      import('./organization-create-page').then((m) => ({ Component: m.OrganizationCreatePage })),
  },
  {
    path: 'organizations/:id',
    title: '机构详情',
    permission: ['org:read', 'org:edit_own'],
    lazy: () => import('./organization-page').then((m) => ({ Component: m.OrganizationPage })),
  },
  {
    path: 'organizations/:id/edit',
    title: '修改机构资料',
    permission: ['org:edit_own', 'org:create'],
    lazy: () =>
      import('./organization-edit-page').then((m) => ({ Component: m.OrganizationEditPage })),
  },
];
