/** Stands in until `make generate` writes this file from internal/openapi.yaml. */
type JSONResponse<T> = { headers: Record<string, unknown>; content: { 'application/json': T } };
type Empty = { headers: Record<string, unknown>; content?: never };

interface None {
  query?: never;
  header?: never;
  path?: never;
  cookie?: never;
}

interface Refusal {
  code: string;
  title: string;
  status: number;
  detail: string;
  errors?: { field: string; code: string; message: string }[] | null;
  request_id?: string;
}

interface SessionView {
  user: { id: string; name: string; username: string };
  organization: { id: string; name: string; kind: string };
  roles: string[] | null;
  permissions: string[] | null;
  must_change_password: boolean;
  totp_enrolled: boolean;
  totp_required: boolean;
  memberships: { organization_id: string; name: string; kind: string; roles: string[] | null }[] | null;
}

interface Post<Body, Result> {
  parameters: None;
  get?: never;
  post: {
    parameters: None;
    requestBody: { content: { 'application/json': Body } };
    responses: {
      200: Result;
      default: { headers: Record<string, unknown>; content: { 'application/problem+json': Refusal } };
    };
  };
}

export interface paths {
  '/session': {
    parameters: None;
    get: {
      parameters: None;
      requestBody?: never;
      responses: { 200: JSONResponse<SessionView> };
    };
    post: {
      parameters: None;
      requestBody: {
        content: { 'application/json': { username: string; password: string; totp_code?: string } };
      };
      responses: { 200: JSONResponse<SessionView> };
    };
    delete: {
      parameters: None;
      requestBody?: never;
      responses: { 204: Empty };
    };
  };
  '/session/switch': Post<{ organization_id: string }, JSONResponse<SessionView>>;
  '/session/password': Post<{ old_password: string; new_password: string }, Empty>;
  '/session/totp/enrol': {
    parameters: None;
    post: {
      parameters: None;
      requestBody?: never;
      responses: {
        200: JSONResponse<{ secret: string; otpauth_url: string; qr_png_base64: string }>;
      };
    };
  };
  '/session/totp/confirm': Post<{ code: string }, Empty>;
  '/portal/demo-accounts': {
    parameters: None;
    get: {
      parameters: None;
      requestBody?: never;
      responses: {
        200: JSONResponse<{
          items:
            | {
                username: string;
                name: string;
                organization: string;
                role_name: string;
                password: string;
              }[]
            | null;
        }>;
      };
    };
  };
}
