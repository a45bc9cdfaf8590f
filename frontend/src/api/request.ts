import { BASE, transport } from '@/api/transport';

type Values = Record<string, string | number | boolean | readonly string[] | undefined>;

/** An address below the API, with the parameters that have a value. */
export function apiURL(path: string, query: Values = {}): string {
  const url = new URL(BASE + path, globalThis.location.href);
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === '') continue;
    if (Array.isArray(value)) value.forEach((each: string) => url.searchParams.append(name, each));
    else url.searchParams.set(name, String(value));
  }
  return url.href;
}

/**
 * A call whose path is given at run time, for shared pieces that serve many nouns (approval,
 * import). Features use the typed `api` instead.
 */
export async function requestJSON<T>(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  options: { body?: unknown; form?: FormData; query?: Values; signal?: AbortSignal } = {},
): Promise<T> {
  const request = new Request(apiURL(path, options.query), {
    method,
    ...(options.signal ? { signal: options.signal } : {}),
    ...(options.form
      ? { body: options.form }
      : options.body === undefined
        ? {}
        : {
            body: JSON.stringify(options.body),
            headers: { 'Content-Type': 'application/json' },
          }),
  });
  const response = await transport(request);
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

/** Fetches a file and hands it to the browser under the name the server gave it. */
export async function download(path: string, query: Values = {}): Promise<void> {
  const response = await transport(new Request(apiURL(path, query)));
  const name = fileName(response.headers.get('Content-Disposition')) ?? '导出.xlsx';
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function fileName(disposition: string | null): string | undefined {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1];
  if (encoded) return decodeURIComponent(encoded);
  return /filename="?([^";]+)"?/i.exec(disposition ?? '')?.[1];
}
