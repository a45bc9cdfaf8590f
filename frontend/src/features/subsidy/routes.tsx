import type { ConsoleRoute, PortalRoute } from '@/shared/routing';

export const consoleRoutes: ConsoleRoute[] = [
  {
    path: 'subsidy-calls',
    title: '补助征集',
    permission: 'subsidy_call:read',
    menu: { group: 'subsidy', order: 10, icon: 'notice' },
    lazy: () => import('./call-list-page').then((m) => ({ Component: m.CallListPage })),
  },
  {
    path: 'subsidy-calls/new',
    title: '起草补助征集',
    permission: 'subsidy_call:draft',
    lazy: () => import('./call-form-page').then((m) => ({ Component: m.CallNewPage })),
  },
  {
    path: 'subsidy-calls/:id',
    title: '补助征集详情',
    permission: 'subsidy_call:read',
    lazy: () => import('./call-page').then((m) => ({ Component: m.CallPage })),
  },
  {
    path: 'subsidy-calls/:id/edit',
    title: '修改补助征集',
    permission: 'subsidy_call:draft',
    lazy: () => import('./call-form-page').then((m) => ({ Component: m.CallEditPage })),
  },
  {
    path: 'subsidies',
    title: '补助申请',
    permission: 'subsidy:read',
    menu: { group: 'subsidy', order: 20, icon: 'gift' },
    lazy: () => import('./subsidy-list-page').then((m) => ({ Component: m.SubsidyListPage })),
  },
  {
    path: 'subsidies/new',
    title: '申请补助',
    permission: 'subsidy:apply',
    lazy: () => import('./subsidy-form-page').then((m) => ({ Component: m.SubsidyNewPage })),
  },
  {
    path: 'subsidies/:id',
    title: '补助申请详情',
    permission: 'subsidy:read',
    lazy: () => import('./subsidy-page').then((m) => ({ Component: m.SubsidyPage })),
  },
  {
    path: 'subsidies/:id/edit',
    title: '修改补助申请',
    permission: 'subsidy:apply',
    lazy: () => import('./subsidy-form-page').then((m) => ({ Component: m.SubsidyEditPage })),
  },
  {
    path: 'subsidy-batches',
    title: '补助拨付',
    permission: 'subsidy_budget:read',
    menu: { group: 'subsidy', order: 30, icon: 'money' },
    lazy: () => import('./batch-list-page').then((m) => ({ Component: m.BatchListPage })),
  },
  {
    path: 'subsidy-batches/new',
    title: '新建拨付批次',
    permission: 'subsidy:pay',
    lazy: () => import('./batch-form-page').then((m) => ({ Component: m.BatchNewPage })),
  },
  {
    path: 'subsidy-batches/:id',
    title: '拨付批次详情',
    permission: 'subsidy_budget:read',
    lazy: () => import('./batch-page').then((m) => ({ Component: m.BatchPage })),
  },
  {
    path: 'subsidy-budget',
    title: '补助资金',
    permission: 'subsidy_budget:read',
    menu: { group: 'subsidy', order: 40, icon: 'wallet' },
    lazy: () => import('./budget-page').then((m) => ({ Component: m.BudgetPage })),
  },
];

export const portalRoutes: PortalRoute[] = [
  {
    path: 'subsidies',
    title: '奖补政策',
    nav: { order: 40 },
    lazy: () => import('./public-page').then((m) => ({ Component: m.PublicSubsidiesPage })),
  },
];
