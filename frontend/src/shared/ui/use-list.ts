import { keepPreviousData } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';

/** Keeps the old page on screen while the next one comes: the last argument of api.useQuery. */
export const keepPrevious = { placeholderData: keepPreviousData };

export type FilterValues = Record<string, string | undefined>;

export interface ListState<Q = unknown> {
  /** What to ask the server for: limit, cursor, sort, q and the filters that are set. */
  params: Q;
  q: string;
  sort: string | undefined;
  filters: FilterValues;
  /** 1, 2, … or undefined when the page was opened from a link. */
  page: number | undefined;
  setSearch: (q: string) => void;
  setSort: (sort: string | undefined) => void;
  setFilters: (values: FilterValues) => void;
  clear: () => void;
  next: (cursor: string) => void;
  previous: (() => void) | undefined;
}

interface Options {
  /** The names of the query parameters that this list filters by. */
  filters?: readonly string[];
  defaultSort?: string;
  limit?: number;
  /** Filters that the page sets itself and the user can't change. */
  fixed?: Record<string, string | undefined>;
}

/**
 * The state of a list in the address, so that a link, a reload and the back button all show
 * the same rows. Give it the operation's query type: `useList<Query<'/needs', 'get'>>(…)`.
 */
export function useList<Q = Record<string, string | number | undefined>>(
  options: Options = {},
): ListState<Q> {
  const [search] = useSearchParams();
  const location = useLocation();
  const navigate = useNavigate();
  const { filters: names = [], defaultSort, limit = 20, fixed } = options;

  const q = search.get('q') ?? '';
  const sort = search.get('sort') ?? undefined;
  const cursor = search.get('cursor') ?? undefined;
  const filters: FilterValues = {};
  for (const name of names) {
    const value = search.get(name);
    if (value) filters[name] = value;
  }
  const trail = cursor ? trailOf(location.state) : [];

  // A text that changes only when what is asked for does; the query key hangs on it.
  const key = JSON.stringify({
    ...filters,
    ...fixed,
    limit,
    cursor,
    sort: sort ?? defaultSort,
    q: q || undefined,
  });
  const params = useMemo(() => JSON.parse(key) as Q, [key]);

  const go = (
    change: (search: URLSearchParams) => void,
    how: { state?: { trail: string[] }; replace?: boolean } = {},
  ) => {
    const next = new URLSearchParams(search);
    next.delete('cursor');
    change(next);
    void navigate({ search: next.toString() }, { preventScrollReset: true, ...how });
  };
  const set = (next: URLSearchParams, name: string, value: string | undefined) => {
    if (value) next.set(name, value);
    else next.delete(name);
  };

  return {
    params,
    q,
    sort: sort ?? defaultSort,
    filters,
    page: cursor ? (trail ? trail.length + 1 : undefined) : 1,
    setSearch: (value) => go((next) => set(next, 'q', value.trim()), { replace: true }),
    setSort: (value) => go((next) => set(next, 'sort', value), { replace: true }),
    setFilters: (values) =>
      go((next) => Object.entries(values).forEach(([name, value]) => set(next, name, value)), {
        replace: true,
      }),
    clear: () => go((next) => ['q', ...names].forEach((name) => next.delete(name))),
    next: (to) =>
      go((next) => next.set('cursor', to), { state: { trail: [...(trail ?? []), cursor ?? ''] } }),
    previous: cursor
      ? () => {
          const before = trail?.at(-1);
          go((next) => set(next, 'cursor', before), {
            state: { trail: (trail ?? []).slice(0, -1) },
          });
        }
      : undefined,
  };
}

/** The cursors of the pages before, which the history entry keeps; undefined for a link. */
function trailOf(state: unknown): string[] | undefined {
  const trail = (state as { trail?: unknown } | null)?.trail;
  return Array.isArray(trail) ? (trail as string[]) : undefined;
}
