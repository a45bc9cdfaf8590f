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
  debt_due_on date not null,
  consented_by uuid,
  consented_by_name text not null default '',
  consented_at timestamptz,
  registration_no text not null default '',
  registered_on date,
  registration_ends_on date,
  filed_on date,
  refusal_ground text not null default '',
  release_reason text not null default '' constraint pledge_release_reason_known check (release_reason in ('', 'debt_performed', 'pledge_realised', 'waived', 'contract_void', 'other')),
  cancelled_on date,
  certificate_document_id uuid references document (id),
  -- the last notice given before the registration ends: 60, 30 or 7 days; 0 when none was
  expiry_notice int not null default 0,
  status text not null constraint pledge_status_known check (status in ('draft', 'filed', 'correction', 'registered', 'refused', 'cancel_filed', 'cancelled', 'lapsed', 'revoked')),
  status_reason text not null default '',
  created_at timestamptz not null,
  version bigint not null default 1,
  constraint pledge_claims_period_for_max_amount check ((kind = 'max_amount') = (claims_from is not null and claims_to is not null and claims_from < claims_to)),
  constraint pledge_filed_with_consent check (filed_on is null or consented_at is not null),
  constraint pledge_registered_with_certificate check (status not in ('registered', 'cancel_filed', 'lapsed', 'revoked')
    or (registration_no <> '' and registered_on is not null and registered_amount is not null))
);
create index pledge_pledgee_idx on pledge (pledgee_id, created_at, id);
create index pledge_pledgor_idx on pledge (pledgor_id, created_at, id);
create index pledge_bid_idx on pledge (bid_id);
create unique index pledge_registration_no_uq on pledge (registration_no) where registration_no <> '';
comment on table pledge is 'A pledge contract and its registration with the national office. The right exists from registration only (Civil Code 444).';

create table pledge_asset (
  pledge_id uuid not null references pledge (id),
  asset_id uuid not null references ip_asset (id),
  allocated_amount numeric(18,2) not null constraint pledge_asset_allocated_is_positive check (allocated_amount > 0),
  live boolean not null,
  primary key (pledge_id, asset_id)
);
-- No second live pledge on a right (P09): the database refuses it, whatever the program thinks.
create unique index pledge_asset_one_live_pledge on pledge_asset (asset_id) where live;
create index pledge_asset_asset_idx on pledge_asset (asset_id);
comment on table pledge_asset is 'The rights under a pledge. live from filing until the pledge ends.';

-- +goose Down
drop table pledge_asset, pledge;
