-- +goose Up
create table user_account (
  id uuid primary key,
  username text not null constraint user_account_username_uq unique constraint user_account_username_is_lower check (username = lower(username)),
  name text not null,
  mobile text not null default '',
  email text not null default '',
  org_id uuid references organization (id), -- the organisation the account was opened for
  password_hash text not null,
  must_change_password boolean not null default true,
  password_changed_at timestamptz not null,
  totp_secret text not null default '',
  totp_confirmed_at timestamptz,
  totp_last_step bigint not null default 0, -- a code is good once: the time step of the last one used
  failed_attempts int not null default 0,
  locked_until timestamptz,
  status text not null constraint user_account_status_known check (status in ('active', 'disabled')),
  demo boolean not null default false,
  created_at timestamptz not null,
  last_sign_in_at timestamptz,
  version bigint not null default 1
);
create index user_account_list_idx on user_account (created_at, id);
create index user_account_org_idx on user_account (org_id);
comment on table user_account is 'One row a person; a person may act for several organisations, one at a time.';

create table user_role (
  user_id uuid not null references user_account (id),
  org_id uuid not null references organization (id),
  role text not null,
  granted_by uuid,
  granted_at timestamptz not null,
  primary key (user_id, org_id, role)
);
create index user_role_org_idx on user_role (org_id);
comment on table user_role is 'What a person does for an organisation.';

create table password_history (
  user_id uuid not null references user_account (id),
  password_hash text not null,
  changed_at timestamptz not null,
  primary key (user_id, changed_at)
);
comment on table password_history is 'The last passwords, which may not be used again.';

create table api_key (
  id uuid primary key,
  user_id uuid not null references user_account (id),
  org_id uuid not null references organization (id),
  name text not null,
  prefix text not null constraint api_key_prefix_uq unique,
  hash text not null,
  scopes text[] not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz not null,
  last_used_at timestamptz
);
create index api_key_user_idx on api_key (user_id);
comment on table api_key is 'Keys of machines, with scopes that narrow the owner''s permissions.';

-- +goose Down
drop table api_key, password_history, user_role, user_account;
