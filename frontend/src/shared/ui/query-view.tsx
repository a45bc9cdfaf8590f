import type { ReactNode } from 'react';

import { toProblem } from '@/api/problem';
import { PageSkeleton } from '@/shared/ui/page-skeleton';
import { ProblemView } from '@/shared/ui/problem-view';

/** The part of a TanStack query that this needs; any `api.useQuery(…)` result fits. */
export interface Loadable<T> {
  data: T | undefined;
  error: unknown;
  refetch: () => unknown;
}

const whole = <PageSkeleton />;

interface Props<T> {
  query: Loadable<T>;
  children: (data: T) => ReactNode;
  /** Instead of the outline of a whole page. */
  skeleton?: ReactNode;
}

/** Outline while loading, sentence on failure, children with the data. */
export function QueryView<T>({ query, children, skeleton = whole }: Props<T>) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) {
    const page = skeleton === whole;
    return (
      <ProblemView
        page={page}
        problem={toProblem(query.error)}
        onRetry={() => void query.refetch()}
      />
    );
  }
  return <>{skeleton}</>;
}
