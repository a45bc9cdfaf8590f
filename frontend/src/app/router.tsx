import { createBrowserRouter, type RouteObject } from 'react-router';

import { consoleRoutes, plainRoutes, portalRoutes } from '@/app/features';
import { Guard, RequireSession } from '@/app/guard';
import { ConsoleLayout } from '@/app/layouts/console';
import { PlainLayout } from '@/app/layouts/plain';
import { PortalLayout } from '@/app/layouts/portal';
import { NotFound } from '@/app/not-found';
import { RouteError } from '@/app/route-error';
import { PageSkeleton } from '@/shared/ui/page-skeleton';

/** React Router marks a page without a path as the index of its parent. */
function at(path: string, lazy: RouteObject['lazy'], title: string): RouteObject {
  const page = { handle: { title }, ...(lazy ? { lazy } : {}) };
  return path === '' || path === '/'
    ? { index: true, ...page }
    : { path: path.replace(/^\//, ''), ...page };
}

const missing: RouteObject = { path: '*', element: <NotFound />, handle: { title: '页面不存在' } };

const consoleHome: RouteObject = {
  index: true,
  handle: { title: '首页' },
  lazy: () => import('@/app/console-home').then((m) => ({ Component: m.ConsoleHome })),
};

export const routes: RouteObject[] = [
  {
    path: '/console',
    element: <RequireSession />,
    errorElement: <RouteError />,
    hydrateFallbackElement: <PageSkeleton />,
    children: [
      {
        element: <ConsoleLayout />,
        children: [
          {
            errorElement: <RouteError />,
            children: [
              ...consoleRoutes.map((route) => ({
                element: <Guard access={route} />,
                children: [at(route.path, route.lazy, route.title)],
              })),
              ...(consoleRoutes.some((route) => route.path === '') ? [] : [consoleHome]),
              missing,
            ],
          },
        ],
      },
    ],
  },
  {
    element: <PlainLayout />,
    errorElement: <RouteError />,
    hydrateFallbackElement: <PageSkeleton />,
    children: plainRoutes.map((route) => at(route.path, route.lazy, route.title)),
  },
  {
    path: '/',
    element: <PortalLayout />,
    errorElement: <RouteError />,
    hydrateFallbackElement: <PageSkeleton />,
    children: [
      {
        errorElement: <RouteError />,
        children: [
          ...portalRoutes.map((route) => at(route.path, route.lazy, route.title)),
          missing,
        ],
      },
    ],
  },
];

export const router = createBrowserRouter(routes);
