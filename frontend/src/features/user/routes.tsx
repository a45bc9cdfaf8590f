import type { ConsoleRoute } from '@/shared/routing';

export const consoleRoutes: ConsoleRoute[] = [
  {
    path: 'users',
    title: '用户与角色',
    permission: ['user:read', 'user:read_own'],
    menu: { group: 'settings', order: 20, icon: 'team' },
    lazy: () => import('./user-list-page').then((m) => ({ Component: m.UserListPage })),
  },
  {
    path: 'users/:id',
    title: '用户详情',
    permission: ['user:read', 'user:read_own'],
    lazy: () => import('./user-page').then((m) => ({ Component: m.UserPage })),
  },
  {
    path: 'permissions',
    title: '角色权限表',
    roles: ['system_admin', 'security_admin', 'audit_admin'],
    menu: { group: 'settings', order: 30, icon: 'shield' },
    lazy: () => import('./permission-page').then((m) => ({ Component: m.PermissionPage })),
  },
  {
    path: 'api-keys',
    title: '接口密钥',
    permission: 'api_key:manage',
    menu: { group: 'settings', order: 40, icon: 'key' },
    lazy: () => import('./api-key-page').then((m) => ({ Component: m.ApiKeyPage })),
  },
];
