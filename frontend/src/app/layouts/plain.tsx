import { Outlet, ScrollRestoration } from 'react-router';

import { useTitle } from '@/app/use-title';

/** No frame at all: the page brings its own. */
export function PlainLayout() {
  useTitle();
  return (
    <>
      <Outlet />
      <ScrollRestoration />
    </>
  );
}
