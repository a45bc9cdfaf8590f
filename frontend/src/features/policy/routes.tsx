import type { ConsoleRoute } from '@/shared/routing';

export const consoleRoutes: ConsoleRoute[] = [
  {
    path: 'policies',
    title: '政策参数',
    permission: 'policy:read',
    menu: { group: 'fund', order: 50, icon: 'settings' },
    lazy: () => import('./policy-list-page').then((m) => ({ Component: m.PolicyListPage })),
  },
  {
    path: 'policies/new',
    title: '起草政策版本',
    permission: 'policy:draft',
    lazy: () => import('./policy-form-page').then((m) => ({ Component: m.PolicyNewPage })),
  },
  {
    path: 'policies/compare',
    title: '政策版本对照',
    permission: 'policy:read',
    lazy: () => import('./policy-compare-page').then((m) => ({ Component: m.PolicyComparePage })),
  },
  {
    path: 'policies/lpr',
    title: '贷款市场报价利率',
    permission: 'policy:read',
    menu: { group: 'fund', order: 60, icon: 'calendar' },
    lazy: () => import('./lpr-page').then((m) => ({ Component: m.LPRPage })),
  },
  {
    path: 'policies/:id',
    title: '政策版本',
    permission: 'policy:read',
    lazy: () => import('./policy-page').then((m) => ({ Component: m.PolicyPage })),
  },
  {
    path: 'policies/:id/edit',
    title: '修改政策草稿',
    permission: 'policy:draft',
    lazy: () => import('./policy-form-page').then((m) => ({ Component: m.PolicyEditPage })),
  },
];
