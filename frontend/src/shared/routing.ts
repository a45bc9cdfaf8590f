import type { ComponentType } from 'react';

import type { Access } from '@/shared/session';
import type { IconName } from '@/shared/ui/icon';

/** The business areas of the side menu, in their order. */
export const MENU_GROUPS = {
  workbench: '工作台',
  ip: '知识产权',
  financing: '融资对接',
  loan: '质押与贷款',
  fund: '风险补偿',
  subsidy: '奖补政策',
  supervision: '统计与公开',
  settings: '机构与设置',
} as const;

export type MenuGroup = keyof typeof MENU_GROUPS;

type LazyPage = () => Promise<{ Component: ComponentType }>;

/** A page behind sign-in, at /console/<path>. */
export interface ConsoleRoute extends Access {
  /** Without a leading slash: "needs", "needs/:id". "" is the first page after sign-in. */
  path: string;
  /** `() => import('./x-page').then((m) => ({ Component: m.XPage }))`. */
  lazy: LazyPage;
  /** Chinese; the browser's title and, with `menu`, the name in the menu. */
  title: string;
  menu?: { group: MenuGroup; order: number; icon: IconName; label?: string };
}

/** A public page, at /<path>. */
export interface PortalRoute {
  path: string;
  lazy: LazyPage;
  title: string;
  /** Shown in the public site's head. */
  nav?: { order: number; label?: string };
}

/** A page without any frame around it, such as sign-in or a printed form. */
export interface PlainRoute {
  path: string;
  lazy: LazyPage;
  title: string;
}

/** Something small in the console's head, such as the bell of the notices. */
export interface HeaderItem {
  order: number;
  Component: ComponentType;
}

/** What a feature's routes.tsx may export. */
export interface FeatureRoutes {
  consoleRoutes?: readonly ConsoleRoute[];
  portalRoutes?: readonly PortalRoute[];
  plainRoutes?: readonly PlainRoute[];
  consoleHeader?: readonly HeaderItem[];
}
