import type { ConsoleRoute } from '@/shared/routing';

export const consoleRoutes: ConsoleRoute[] = [
  {
    path: 'enrolments',
    title: '贷款备案',
    permission: 'enrolment:read',
    menu: { group: 'fund', order: 20, icon: 'container' },
    lazy: () => import('./enrolment-list-page').then((m) => ({ Component: m.EnrolmentListPage })),
  },
  {
    path: 'enrolments/new',
    title: '办理备案入库',
    permission: 'enrolment:file',
    lazy: () => import('./enrolment-form-page').then((m) => ({ Component: m.EnrolmentNewPage })),
  },
  {
    path: 'enrolments/:id',
    title: '备案详情',
    permission: 'enrolment:read',
    lazy: () => import('./enrolment-page').then((m) => ({ Component: m.EnrolmentPage })),
  },
  {
    path: 'enrolments/:id/edit',
    title: '修改备案',
    permission: 'enrolment:file',
    lazy: () => import('./enrolment-form-page').then((m) => ({ Component: m.EnrolmentEditPage })),
  },
];
