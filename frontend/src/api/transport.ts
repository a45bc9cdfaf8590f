import { problemFrom, toProblem } from '@/api/problem';

export const BASE = '/api/v1';

type Listener = () => void;
const signedOut = new Set<Listener>();

/** Calls back when a request is answered with 401: the session is over. */
export function onSignedOut(listener: Listener): () => void {
  signedOut.add(listener);
  return () => signedOut.delete(listener);
}

/** Tells everybody who listens. Uploads, which don't go through `transport`, use it too. */
export function announceSignedOut(): void {
  signedOut.forEach((listener) => listener());
}

/** A key under which the server does a change once, however often it is sent. */
export function newKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  // Plain HTTP inside an office network is no secure context: randomUUID is missing there.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/**
 * The one way to the server: adds the idempotency key, and throws a Problem for everything
 * that isn't a success, so that callers see either their data or a sentence to show.
 */
export async function transport(request: Request): Promise<Response> {
  if (request.method === 'POST' && !request.headers.has('Idempotency-Key')) {
    request.headers.set('Idempotency-Key', newKey());
  }
  let response: Response;
  try {
    response = await fetch(request);
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw toProblem(error);
  }
  if (response.ok) return response;
  const problem = await problemFrom(response);
  // A wrong password is answered with 401 too, and asking who is signed in may be.
  if (problem.status === 401 && !new URL(request.url).pathname.endsWith('/session')) {
    announceSignedOut();
  }
  throw problem;
}
