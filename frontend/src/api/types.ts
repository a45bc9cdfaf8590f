import type { paths } from '@/api/schema';

type Operation<P extends keyof paths, M extends keyof paths[P]> = paths[P][M];

type JSONOf<T> = T extends { content: { 'application/json': infer Body } } ? Body : never;

type Success<R> =
  R extends Record<PropertyKey, unknown> ? JSONOf<R[Extract<keyof R, 200 | 201 | 202>]> : never;

/** The body of a success: `Answer<'/bids/{id}', 'get'>`. Saves knowing the schema's name. */
export type Answer<P extends keyof paths, M extends keyof paths[P]> =
  Operation<P, M> extends { responses: infer R } ? Success<R> : never;

/** One row of a list: `Item<'/bids'>`. */
export type Item<P extends keyof paths> = 'get' extends keyof paths[P]
  ? Answer<P, 'get'> extends { items: infer Items }
    ? NonNullable<Items> extends readonly (infer Row)[]
      ? Row
      : never
    : never
  : never;

/** The query parameters of an operation: `Query<'/bids', 'get'>`. */
export type Query<P extends keyof paths, M extends keyof paths[P]> =
  Operation<P, M> extends { parameters: { query?: infer Q } } ? NonNullable<Q> : never;

/** The body an operation takes: `Input<'/bids', 'post'>`. */
export type Input<P extends keyof paths, M extends keyof paths[P]> =
  Operation<P, M> extends { requestBody?: infer B } ? JSONOf<NonNullable<B>> : never;
