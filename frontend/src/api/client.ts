import createFetchClient from 'openapi-fetch';
import createQueryClient from 'openapi-react-query';

import type { paths } from '@/api/schema';
import { BASE, transport } from '@/api/transport';

/** Typed calls outside React, such as in event handlers: `client.POST('/session', {body})`. */
export const client = createFetchClient<paths>({
  baseUrl: new URL(BASE, globalThis.location.href).href,
  fetch: transport,
});

/** Typed hooks: `api.useQuery('get', '/bids/{id}', …)`, `api.useMutation('post', '/bids')`. */
export const api = createQueryClient(client);
