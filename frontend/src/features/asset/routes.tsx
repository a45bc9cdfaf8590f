import type { ConsoleRoute } from '@/shared/routing';

export const consoleRoutes: ConsoleRoute[] = [
  {
    path: 'assets',
    title: '知识产权',
    permission: 'asset:read',
    menu: { group: 'ip', order: 10, icon: 'trademark' },
    lazy: () => import('./asset-list-page').then((m) => ({ Component: m.AssetListPage })),
  },
  {
    path: 'assets/queue',
    title: '核验工作台',
    permission: ['asset:verify', 'asset:check'],
    menu: { group: 'ip', order: 5, icon: 'check' },
    lazy: () => import('./verification-page').then((m) => ({ Component: m.VerificationPage })),
  },
  {
    path: 'assets/new',
    title: '登记知识产权',
    permission: 'asset:write',
    lazy: () => import('./asset-form-page').then((m) => ({ Component: m.AssetCreatePage })),
  },
  {
    path: 'assets/:id',
    title: '知识产权详情',
    permission: 'asset:read',
    lazy: () => import('./asset-page').then((m) => ({ Component: m.AssetPage })),
  },
  {
    path: 'assets/:id/edit',
    title: '修改知识产权',
    permission: 'asset:write',
    lazy: () => import('./asset-form-page').then((m) => ({ Component: m.AssetEditPage })),
  },
  {
    path: 'alerts',
    title: '权利预警',
    permission: 'asset:read',
    menu: { group: 'ip', order: 30, icon: 'alert' },
    lazy: () => import('./alert-list-page').then((m) => ({ Component: m.AlertListPage })),
  },
];
