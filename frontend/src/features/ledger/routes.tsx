import type { ConsoleRoute, PortalRoute } from '@/shared/routing';

export const consoleRoutes: ConsoleRoute[] = [
  {
    path: 'ledger',
    title: '基金账簿',
    permission: 'ledger:read',
    menu: { group: 'fund', order: 60, icon: 'book' },
    lazy: () => import('./book-list-page').then((m) => ({ Component: m.BookListPage })),
  },
  {
    path: 'ledger/verification',
    title: '账簿校验',
    permission: ['ledger:read', 'ledger:verify'],
    menu: { group: 'fund', order: 80, icon: 'shield' },
    lazy: () => import('./verification-page').then((m) => ({ Component: m.VerificationPage })),
  },
  {
    path: 'ledger/entries/:id',
    title: '分录详情',
    permission: 'ledger:read',
    lazy: () => import('./entry-page').then((m) => ({ Component: m.EntryPage })),
  },
  {
    path: 'ledger/:id',
    title: '账簿详情',
    permission: 'ledger:read',
    lazy: () => import('./book-page').then((m) => ({ Component: m.BookPage })),
  },
  {
    path: 'ledger/:id/statement',
    title: '科目对账单',
    permission: 'ledger:read',
    lazy: () => import('./statement-page').then((m) => ({ Component: m.StatementPage })),
  },
  {
    path: 'ledger/:id/adjust',
    title: '手工调整',
    permission: 'ledger:adjust',
    lazy: () => import('./adjustment-page').then((m) => ({ Component: m.AdjustmentPage })),
  },
  {
    path: 'ledger/:id/reconciliation',
    title: '银行对账',
    permission: 'ledger:read',
    lazy: () => import('./reconciliation-page').then((m) => ({ Component: m.ReconciliationPage })),
  },
];

export const portalRoutes: PortalRoute[] = [
  {
    path: 'ledger',
    title: '账簿指纹公示',
    nav: { order: 70, label: '账簿公示' },
    lazy: () => import('./day-hash-page').then((m) => ({ Component: m.DayHashPage })),
  },
];
