import { http, HttpResponse, type HttpHandler } from 'msw';
import { setupServer } from 'msw/node';

import type { FieldFault } from '@/api/problem';
import type { paths } from '@/api/schema';
import { BASE } from '@/api/transport';
import type { Answer } from '@/api/types';

/** Stands in for the back end; a request nobody answers fails the test. */
export const server = setupServer();

type Method = 'get' | 'post' | 'put' | 'delete';

/** Notes each request that a handler saw. */
export interface Seen {
  url: URL;
  body: unknown;
  headers: Headers;
}

function on(method: Method, path: string, reply: () => Response, seen?: Seen[]): HttpHandler {
  const pattern = `*${BASE}${path.replace(/\{(\w+)\}/g, ':$1')}`;
  return http[method](pattern, async ({ request }) => {
    const text = await request.clone().text();
    let body: unknown = text;
    try {
      body = text ? (JSON.parse(text) as unknown) : undefined;
    } catch {
      // A form: it stays text.
    }
    seen?.push({ url: new URL(request.url), body, headers: request.headers });
    return reply();
  });
}

/** A success, typed by the schema: `server.use(answer('get', '/needs', {…}))`. */
export function answer<P extends keyof paths, M extends Method & keyof paths[P]>(
  method: M,
  path: P,
  body: Answer<P, M>,
  seen?: Seen[],
): HttpHandler {
  return on(method, path, () => HttpResponse.json(body as never), seen);
}

/** A refusal, as the server words them. */
export function refuse(
  method: Method,
  path: string,
  status: number,
  problem: { code: string; detail: string; errors?: FieldFault[] },
): HttpHandler {
  return on(method, path, () =>
    HttpResponse.json(
      { status, title: '', ...problem },
      { status, headers: { 'Content-Type': 'application/problem+json' } },
    ),
  );
}

/** For the few paths that are no typed operation, such as /identifiers/check. */
export function answerAny(method: Method, path: string, body: unknown, seen?: Seen[]): HttpHandler {
  return on(method, path, () => HttpResponse.json(body as never), seen);
}
