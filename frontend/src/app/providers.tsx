import { MutationCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { App, ConfigProvider } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { useEffect, useState, type ReactNode } from 'react';

import { toProblem, wasShown } from '@/api/problem';
import { onSignedOut } from '@/api/transport';
import { sessionQuery } from '@/shared/session';
import { theme } from '@/shared/theme';
import { EmptyState } from '@/shared/ui/empty-state';

dayjs.locale('zh-cn');

/** The value that the server's Content-Security-Policy allows for style elements. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;

/** People whom motion troubles get none; the browser tests ask for that too. */
const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
const calm = still ? { ...theme, token: { ...theme.token, motion: false } } : theme;

/** Theme, words and server state for everything below. */
export function Providers({ children }: { children: ReactNode }) {
  return (
    <ConfigProvider
      locale={zhCN}
      theme={calm}
      {...(nonce ? { csp: { nonce } } : {})}
      button={{ autoInsertSpace: false }}
      card={{ variant: 'borderless' }}
      form={{ scrollToFirstError: { block: 'center' } }}
      renderEmpty={() => <EmptyState compact />}
    >
      <App message={{ maxCount: 3, top: 64 }}>
        <Queries>{children}</Queries>
      </App>
    </ConfigProvider>
  );
}

/**
 * Holds the server state. Every successful change makes everything on screen stale, since a
 * step in one place (a bid accepted) shows in many; every refusal is said once, here, unless a
 * form has shown it at its fields or the caller set `meta: { quiet: true }`. With
 * `meta: { keep: true }` a success makes nothing stale.
 */
function Queries({ children }: { children: ReactNode }) {
  const { message } = App.useApp();
  const [queries] = useState(() => {
    const made: QueryClient = new QueryClient({
      defaultOptions: {
        queries: {
          staleTime: 10_000,
          retry: (failures, error) =>
            failures < 2 && [0, 502, 503].includes(toProblem(error).status),
        },
        mutations: { retry: false },
      },
      mutationCache: new MutationCache({
        onSuccess: (_data, _variables, _result, mutation) => {
          if (mutation.meta?.['keep'] !== true) void made.invalidateQueries();
        },
        onError: (error, _variables, _result, mutation) => {
          const problem = toProblem(error);
          // Somebody else was faster: what is on screen is old.
          if (problem.status === 409 || problem.status === 412) void made.invalidateQueries();
          if (mutation.meta?.['quiet'] === true) return;
          // The caller's own onError runs after this one; a form shows the faults itself.
          setTimeout(() => {
            if (!wasShown(error)) void message.error(problem.detail, 5);
          }, 60);
        },
      }),
    });
    return made;
  });

  useEffect(() => onSignedOut(() => queries.setQueryData(sessionQuery.queryKey, null)), [queries]);

  return <QueryClientProvider client={queries}>{children}</QueryClientProvider>;
}
