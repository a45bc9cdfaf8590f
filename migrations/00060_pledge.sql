-- +goose Up
create table pledge (
  id uuid primary key,
  number text not null constraint pledge_number_uq unique,
  need_id uuid not null references financing_need (id),
  bid_id uuid not null references bid (id),
  pledgor_id uuid not null references organization (id),
  pledgee_id uuid not null references organization (id),
  kind text not null constraint pledge_kind_known check (kind in ('specific', 'max_amount')),
  contract_no text not null,
  secured_amount numeric(18,2) not null constraint pledge_secured_amount_is_positive check (secured_amount > 0),
  registered_amount numeric(18,2) constraint pledge_registered_amount_is_positive check (registered_amount > 0),
  claims_from date,
  claims_to date,
  debt_due_on date,
  registration_no text not null default '',
  registered_on date,
  registration_ends_on date,
  filed_on date,
  refusal_ground text not null default '',
  release_reason text not null default '' constraint pledge_release_reason_known check (release_reason in ('', 'debt_performed', 'pledge_realised', 'waived', 'contract_void', 'other')),
  certificate_document_id uuid references document (id),
  status text not null constraint pledge_status_known check (status in ('draft', 'filed', 'correction', 'registered', 'refused', 'cancel_filed', 'cancelled', 'lapsed', 'revoked')),
  status_reason text not null default '',
  created_at timestamptz not null,
  version bigint not null default 1
);
create index pledge_pledgee_idx on pledge (pledgee_id, created_at, id);
create index pledge_pledgor_idx on pledge (pledgor_id, created_at, id);
comment on table pledge is 'A pledge contract and its registration with the national office. The right exists from registration only (Civil Code 444).';

create table pledge_asset (
  pledge_id uuid not null references pledge (id),
  asset_id uuid not null references ip_asset (id),
  allocated_amount numeric(18,2) not null,
  live boolean not null,
  primary key (pledge_id, asset_id)
);
-- No second live pledge on a right (P09): the database refuses it, whatever the program thinks.
create unique index pledge_asset_one_live_pledge on pledge_asset (asset_id) where live;
comment on table pledge_asset is 'The rights under a pledge. live from filing until the pledge ends.';

-- +goose Down
drop table pledge_asset, pledge;
