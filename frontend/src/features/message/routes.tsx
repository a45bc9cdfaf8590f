import type { ConsoleRoute, HeaderItem } from '@/shared/routing';

import { MessageBell } from './message-bell';

export const consoleRoutes: ConsoleRoute[] = [
  {
    path: 'messages',
    title: '消息',
    permission: 'message:read',
    menu: { group: 'workbench', order: 90, icon: 'bell' },
    lazy: () => import('./message-page').then((m) => ({ Component: m.MessagePage })),
  },
];

export const consoleHeader: HeaderItem[] = [{ order: 10, Component: MessageBell }];
