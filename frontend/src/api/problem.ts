/** One fault of one field of a request. */
export interface FieldFault {
  /** Where it is, as the server counts: "amount", "shares[0].rate". */
  field: string;
  code: string;
  message: string;
}

/**
 * What the server says when it refuses (RFC 9457). `detail` is a Chinese sentence made to be
 * shown as it is; `code` is stable and made to be compared.
 */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly errors: FieldFault[];
  readonly request_id: string | undefined;

  constructor(fields: {
    status: number;
    code: string;
    title?: string;
    detail: string;
    errors?: FieldFault[];
    request_id?: string | undefined;
  }) {
    super(fields.detail);
    this.name = 'Problem';
    this.status = fields.status;
    this.code = fields.code;
    this.title = fields.title ?? '';
    this.detail = fields.detail;
    this.errors = fields.errors ?? [];
    this.request_id = fields.request_id;
  }
}

/** What to say when the server didn't say it itself. */
const sentences: Record<number, string> = {
  401: '登录已失效，请重新登录。',
  403: '您没有权限执行此操作。',
  404: '您要找的内容不存在或已被移除。',
  409: '数据已被他人修改，请刷新后重试。',
  413: '上传的文件太大。',
  429: '操作过于频繁，请稍后再试。',
  502: '服务暂时不可用，请稍后再试。',
  503: '服务暂时不可用，请稍后再试。',
};

/** Reads a refusal; one without our body (a proxy's page) still becomes a sentence. */
export async function problemFrom(response: Response): Promise<Problem> {
  let body: unknown;
  try {
    body = JSON.parse(await response.text());
  } catch {
    body = undefined;
  }
  return problemOf(response.status, body, response.headers.get('X-Request-Id') ?? undefined);
}

/** Makes a Problem of a status and whatever body came with it. */
export function problemOf(status: number, body: unknown, requestID?: string): Problem {
  const record = isRecord(body) ? body : {};
  return new Problem({
    status,
    code: text(record['code']) ?? `http_${status}`,
    title: text(record['title']) ?? '',
    detail: text(record['detail']) ?? sentences[status] ?? '系统出错，请稍后再试。',
    errors: Array.isArray(record['errors']) ? record['errors'].flatMap(faultOf) : [],
    request_id: text(record['request_id']) ?? requestID,
  });
}

/** Whatever was thrown, as a Problem: a lost connection included. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (isRecord(error) && typeof error['status'] === 'number' && 'detail' in error) {
    return problemOf(error['status'], error);
  }
  return new Problem({
    status: 0,
    code: 'network',
    detail: '无法连接服务器，请检查网络后重试。',
  });
}

const shown = new WeakSet<object>();

/** A form that shows the faults at their fields says so, and nobody repeats them. */
export function markShown(error: unknown): void {
  if (isRecord(error)) shown.add(error);
}

/** Whether the user has seen it already. */
export function wasShown(error: unknown): boolean {
  return isRecord(error) && shown.has(error);
}

function faultOf(value: unknown): FieldFault[] {
  if (!isRecord(value)) return [];
  const field = text(value['field']) ?? text(value['location']) ?? '';
  return [{ field, code: text(value['code']) ?? '', message: text(value['message']) ?? '' }];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
