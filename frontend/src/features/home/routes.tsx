import type { ConsoleRoute } from '@/shared/routing';

export const consoleRoutes: ConsoleRoute[] = [
  {
    path: '',
    title: '工作台',
    menu: { group: 'workbench', order: 10, icon: 'home', label: '我的待办' },
    lazy: () => import('./home-page').then((m) => ({ Component: m.HomePage })),
  },
];
