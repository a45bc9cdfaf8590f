-- +goose Up
-- What every noun stands on: repeated requests, the audit trail, numbers, files, approvals.

-- +goose StatementBegin
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are never changed or deleted', tg_table_name
    using errcode = 'restrict_violation', constraint = 'append_only';
end $$;
-- +goose StatementEnd

create table idempotency_key (
  org_id uuid not null,
  key text not null,
  operation text not null,
  digest text not null,
  answer text,
  created_at timestamptz not null,
  primary key (org_id, key)
);
comment on table idempotency_key is 'A repeated request returns the answer of the first; kept in the transaction of the use case.';

create table session (
  token text primary key,
  data bytea not null,
  expiry timestamptz not null
);
create index session_expiry_idx on session (expiry);
comment on table session is 'Server-side sessions.';

create table business_number (
  prefix text not null,
  year int not null,
  last int not null,
  primary key (prefix, year)
);
comment on table business_number is 'The last number given out per kind and year, such as RZ2026000123.';

create table audit_entry (
  id uuid primary key,
  at timestamptz not null,
  user_id uuid,
  user_name text not null,
  org_id uuid,
  org_name text not null,
  action text not null,
  object_kind text not null,
  object_id text not null,
  detail jsonb not null,
  address text not null default '',
  request_id text not null default '',
  sealed_until timestamptz,
  result text not null default 'ok' constraint audit_entry_result_known check (result in ('ok', 'refused'))
);
create index audit_entry_object_idx on audit_entry (object_kind, object_id, at);
create index audit_entry_at_idx on audit_entry (at, id);
create index audit_entry_user_idx on audit_entry (user_id, at);
comment on table audit_entry is 'Who did what, when, from where. Append-only.';
create trigger audit_entry_append_only before update or delete on audit_entry for each row execute function refuse_change();
create trigger audit_entry_no_truncate before truncate on audit_entry execute function refuse_change();

create table audit_seal (
  seq bigint primary key,
  entry_id uuid not null constraint audit_seal_once_per_entry unique references audit_entry (id),
  hash text not null
);
comment on table audit_seal is 'The chain over audit_entry: each hash covers the entry and the hash before it. Sealing follows the entry within a second, so that business transactions do not queue at one row.';
create trigger audit_seal_append_only before update or delete on audit_seal for each row execute function refuse_change();
create trigger audit_seal_no_truncate before truncate on audit_seal execute function refuse_change();

create table case_side (
  case_id uuid not null,
  user_id uuid not null,
  org_id uuid not null,
  since timestamptz not null,
  primary key (case_id, user_id)
);
comment on table case_side is 'For which organisation a person acted in a case (a financing need and all that follows from it); a second side is refused (domain F2).';

create table approval_proposal (
  id uuid primary key,
  kind text not null,
  subject_kind text not null,
  subject_id uuid not null,
  org_id uuid not null,
  title text not null,
  payload json not null, -- json keeps the text as it was proposed; the digest is over it
  subject_version bigint not null,
  digest text not null,
  status text not null constraint approval_proposal_status_known check (status in ('pending', 'signed', 'rejected', 'withdrawn', 'superseded')),
  maker_id uuid not null,
  maker_name text not null,
  made_at timestamptz not null,
  checker_id uuid,
  checker_name text not null default '',
  decided_at timestamptz,
  reason text not null default '',
  due_on date,
  version bigint not null default 1,
  constraint approval_proposal_maker_is_not_checker check (checker_id is null or checker_id <> maker_id),
  constraint approval_proposal_decided_has_checker check (status not in ('signed', 'rejected') or (checker_id is not null and decided_at is not null))
);
create unique index approval_proposal_one_pending_per_kind on approval_proposal (kind, subject_id) where status = 'pending';
create index approval_proposal_org_idx on approval_proposal (org_id, status, made_at);
create index approval_proposal_subject_idx on approval_proposal (subject_kind, subject_id, made_at);
comment on table approval_proposal is 'A step that takes two people: made by one, in effect when another signs.';

create table document (
  id uuid primary key,
  org_id uuid not null,
  name text not null,
  media_type text not null,
  size bigint not null constraint document_size_is_positive check (size > 0),
  sha256 text not null constraint document_sha256_is_hex check (sha256 ~ '^[0-9a-f]{64}$'),
  blob_key text not null,
  uploaded_by uuid not null,
  uploader_name text not null,
  uploaded_at timestamptz not null
);
create index document_org_idx on document (org_id, uploaded_at);
comment on table document is 'Uploaded files; the bytes lie in blob storage under blob_key.';
create trigger document_append_only before update or delete on document for each row execute function refuse_change();

create table document_link (
  document_id uuid not null references document (id),
  subject_kind text not null,
  subject_id uuid not null,
  purpose text not null,
  linked_at timestamptz not null,
  primary key (document_id, subject_kind, subject_id, purpose)
);
create index document_link_subject_idx on document_link (subject_kind, subject_id);
comment on table document_link is 'What a document is evidence of.';

-- +goose Down
drop table document_link, document, approval_proposal, case_side, audit_seal, audit_entry, business_number, session, idempotency_key;
drop function refuse_change();
