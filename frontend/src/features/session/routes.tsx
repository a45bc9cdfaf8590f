import type { ConsoleRoute, PlainRoute } from '@/shared/routing';

export const plainRoutes: PlainRoute[] = [
  {
    path: 'sign-in',
    title: '登录',
    lazy: () => import('./sign-in-page').then((m) => ({ Component: m.SignInPage })),
  },
];

export const consoleRoutes: ConsoleRoute[] = [
  {
    path: 'account',
    title: '我的账号',
    lazy: () => import('./account-page').then((m) => ({ Component: m.AccountPage })),
  },
  {
    path: 'account/password',
    title: '修改口令',
    lazy: () => import('./password-page').then((m) => ({ Component: m.PasswordPage })),
  },
  {
    path: 'account/totp',
    title: '动态口令',
    lazy: () => import('./totp-page').then((m) => ({ Component: m.TotpPage })),
  },
];
