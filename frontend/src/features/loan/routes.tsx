import type { ConsoleRoute } from '@/shared/routing';

export const consoleRoutes: ConsoleRoute[] = [
  {
    path: 'loans',
    title: '贷款',
    permission: 'loan:read',
    menu: { group: 'loan', order: 20, icon: 'money' },
    lazy: () => import('./loan-list-page').then((m) => ({ Component: m.LoanListPage })),
  },
  {
    path: 'loans/arrears',
    title: '逾期与分类',
    permission: 'loan:report',
    menu: { group: 'loan', order: 30, icon: 'alert' },
    lazy: () => import('./arrears-page').then((m) => ({ Component: m.ArrearsPage })),
  },
  {
    path: 'loans/new',
    title: '登记授信审批结果',
    permission: 'loan:approve',
    lazy: () => import('./loan-form-page').then((m) => ({ Component: m.LoanNewPage })),
  },
  {
    path: 'loans/:id',
    title: '贷款详情',
    permission: 'loan:read',
    lazy: () => import('./loan-page').then((m) => ({ Component: m.LoanPage })),
  },
];
