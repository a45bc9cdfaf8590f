-- +goose Up
create table message (
  id uuid primary key,
  user_id uuid not null references user_account (id),
  org_id uuid not null references organization (id),
  event text not null,
  title text not null,
  body text not null default '',
  link text not null default '',
  created_at timestamptz not null,
  read_at timestamptz
);
create index message_inbox_idx on message (user_id, org_id, created_at desc, id);
comment on table message is 'Messages to a person about what happened.';

create table notice (
  id uuid primary key,
  number text not null constraint notice_number_uq unique,
  kind text not null constraint notice_kind_known check (kind in ('announcement', 'publicity', 'list', 'disclosure')),
  title text not null,
  body text not null,
  subject_kind text not null default '',
  subject_id uuid,
  basis text not null default '',
  contact text not null default '',
  publish_from date,
  publish_until date,
  snapshot_document_id uuid references document (id),
  snapshot_sha256 text not null default '',
  status text not null constraint notice_status_known check (status in ('draft', 'submitted', 'published', 'withdrawn')),
  created_at timestamptz not null,
  published_at timestamptz,
  version bigint not null default 1
);
create index notice_list_idx on notice (status, published_at, id);
comment on table notice is 'What the public reads: notices and publicity periods, each with the fingerprint of its snapshot.';

-- +goose Down
drop table notice, message;
