import type { ConsoleRoute } from '@/shared/routing';

export const consoleRoutes: ConsoleRoute[] = [
  {
    path: 'simulations',
    title: '政策模拟',
    permission: 'simulator:run',
    menu: { group: 'fund', order: 80, icon: 'lab' },
    lazy: () => import('./simulation-list-page').then((m) => ({ Component: m.SimulationListPage })),
  },
  {
    path: 'simulations/new',
    title: '运行政策模拟',
    permission: 'simulator:run',
    lazy: () => import('./simulation-form-page').then((m) => ({ Component: m.SimulationNewPage })),
  },
  {
    path: 'simulations/compare',
    title: '比较政策模拟',
    permission: 'simulator:run',
    lazy: () => import('./compare-page').then((m) => ({ Component: m.ComparePage })),
  },
  {
    path: 'simulations/:id',
    title: '政策模拟结果',
    permission: 'simulator:run',
    lazy: () => import('./simulation-page').then((m) => ({ Component: m.SimulationPage })),
  },
];
