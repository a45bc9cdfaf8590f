-- +goose Up
create table loan_product (
  id uuid primary key,
  number text not null constraint loan_product_number_uq unique,
  bank_id uuid not null references organization (id),
  name text not null,
  summary text not null default '',
  amount_min numeric(18,2) not null,
  amount_max numeric(18,2) not null,
  term_min_months int not null,
  term_max_months int not null,
  rate_min numeric(9,6) not null,
  rate_max numeric(9,6) not null,
  methods text[] not null,
  collateral_kinds text[] not null,
  area_codes text[] not null default '{}',
  ltv_max numeric(9,6) not null,
  min_life_months int not null default 12,
  min_age_months int not null default 0,
  sme_only boolean not null default false,
  status text not null constraint loan_product_status_known check (status in ('draft', 'submitted', 'published', 'closed')),
  created_at timestamptz not null,
  published_at timestamptz,
  version bigint not null default 1,
  constraint loan_product_amounts_ordered check (0 < amount_min and amount_min <= amount_max),
  constraint loan_product_terms_ordered check (0 < term_min_months and term_min_months <= term_max_months),
  constraint loan_product_rates_ordered check (0 < rate_min and rate_min <= rate_max)
);
create index loan_product_bank_idx on loan_product (bank_id, created_at, id);
comment on table loan_product is 'What banks offer on the shelf; the limits are the facts that matching checks.';

create table financing_need (
  id uuid primary key,
  number text not null constraint financing_need_number_uq unique,
  org_id uuid not null references organization (id),
  title text not null,
  amount numeric(18,2) not null constraint financing_need_amount_is_positive check (amount > 0),
  term_months int not null constraint financing_need_term_range check (term_months between 1 and 120),
  purpose text not null,
  purpose_kind text not null default 'working_capital',
  method text not null constraint financing_need_method_known check (method in ('equal_instalment', 'equal_principal', 'interest_only_bullet', 'bullet')),
  rate_ceiling numeric(9,6) not null constraint financing_need_ceiling_is_positive check (rate_ceiling > 0),
  area_code text not null references area (code),
  bid_days_wd int not null default 5,
  opened_at timestamptz,
  closes_at timestamptz,
  closed_at timestamptz,
  awarded_amount numeric(18,2) not null default 0,
  status text not null constraint financing_need_status_known check (status in ('draft', 'submitted', 'pending_review', 'returned', 'open', 'evaluating', 'awarded', 'fulfilled', 'failed', 'cancelled')),
  status_reason text not null default '',
  created_at timestamptz not null,
  version bigint not null default 1,
  constraint financing_need_awards_fit check (awarded_amount between 0 and amount)
);
create index financing_need_org_idx on financing_need (org_id, created_at, id);
create index financing_need_list_idx on financing_need (status, created_at, id);
comment on table financing_need is 'What an enterprise asks of the banks, on a portfolio of its rights.';

create table financing_need_asset (
  need_id uuid not null references financing_need (id),
  asset_id uuid not null references ip_asset (id),
  primary key (need_id, asset_id)
);
create index financing_need_asset_asset_idx on financing_need_asset (asset_id);
comment on table financing_need_asset is 'The portfolio offered as collateral for a need.';

create table bid (
  id uuid primary key,
  number text not null constraint bid_number_uq unique,
  need_id uuid not null references financing_need (id),
  bank_id uuid not null references organization (id),
  product_id uuid references loan_product (id),
  amount numeric(18,2) not null constraint bid_amount_is_positive check (amount > 0),
  rate numeric(9,6) not null constraint bid_rate_is_positive check (rate > 0),
  spread_bp int not null default 0,
  term_months int not null constraint bid_term_range check (term_months between 1 and 120),
  method text not null constraint bid_method_known check (method in ('equal_instalment', 'equal_principal', 'interest_only_bullet', 'bullet')),
  fees numeric(18,2) not null default 0 constraint bid_fees_not_negative check (fees >= 0),
  ltv numeric(9,6) not null,
  conditions text not null default '',
  valid_until date not null,
  interest_total numeric(18,2),
  status text not null constraint bid_status_known check (status in ('draft', 'submitted', 'withdrawn', 'expired', 'accepted', 'lost', 'due_diligence', 'credit_approved', 'contracted', 'declined')),
  status_reason text not null default '',
  awarded_amount numeric(18,2) constraint bid_award_fits check (awarded_amount is null or (awarded_amount > 0 and awarded_amount <= amount)),
  submitted_at timestamptz,
  decided_at timestamptz,
  created_at timestamptz not null,
  version bigint not null default 1
);
create unique index bid_one_live_per_bank on bid (need_id, bank_id) where status not in ('withdrawn', 'expired', 'lost', 'declined');
create index bid_bank_idx on bid (bank_id, created_at, id);
comment on table bid is 'A bank''s sealed offer on a need. Nobody but the bank sees anything of it before the window closes.';

-- +goose Down
drop table bid, financing_need_asset, financing_need, loan_product;
