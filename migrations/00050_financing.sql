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
  industries text[] not null default '{}',
  ltv_max numeric(9,6) not null,
  min_life_months int not null default 12,
  min_age_months int not null default 0,
  sme_only boolean not null default false,
  status text not null constraint loan_product_status_known check (status in ('draft', 'published', 'closed')),
  created_at timestamptz not null,
  published_at timestamptz,
  version bigint not null default 1,
  constraint loan_product_amounts_ordered check (0 < amount_min and amount_min <= amount_max),
  constraint loan_product_terms_ordered check (0 < term_min_months and term_min_months <= term_max_months),
  constraint loan_product_rates_ordered check (0 < rate_min and rate_min <= rate_max),
  constraint loan_product_ltv_range check (ltv_max > 0 and ltv_max <= 100)
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
  bid_days_wd int not null default 5 constraint financing_need_bid_days_range check (bid_days_wd between 5 and 30),
  submitted_at timestamptz,
  opened_at timestamptz,
  closes_at timestamptz,
  closed_at timestamptz,
  awarded_amount numeric(18,2) not null default 0,
  status text not null constraint financing_need_status_known check (status in ('draft', 'submitted', 'pending_review', 'returned', 'open', 'evaluating', 'awarded', 'fulfilled', 'failed', 'cancelled')),
  status_reason text not null default '',
  created_at timestamptz not null,
  version bigint not null default 1,
  constraint financing_need_awards_fit check (awarded_amount between 0 and amount),
  constraint financing_need_open_has_window check (status <> 'open' or (opened_at is not null and closes_at is not null))
);
create index financing_need_org_idx on financing_need (org_id, created_at, id);
create index financing_need_list_idx on financing_need (status, created_at, id);
create index financing_need_due_idx on financing_need (closes_at) where status = 'open';
comment on table financing_need is 'What an enterprise asks of the banks, on a portfolio of its rights. closed_at is null until the bidding window has really closed: bids are sealed as long.';

create table financing_need_asset (
  need_id uuid not null references financing_need (id),
  asset_id uuid not null references ip_asset (id),
  primary key (need_id, asset_id)
);
create index financing_need_asset_asset_idx on financing_need_asset (asset_id);
comment on table financing_need_asset is 'The portfolio offered as collateral for a need.';

create table match_verdict (
  need_id uuid not null references financing_need (id),
  product_id uuid not null references loan_product (id),
  rules_version int not null,
  mask bigint not null,
  score int not null,
  score_rate int not null,
  score_amount int not null,
  score_ltv int not null,
  score_region int not null,
  score_method int not null,
  judged_at timestamptz not null,
  primary key (need_id, product_id),
  constraint match_verdict_score_is_sum check (score = score_rate + score_amount + score_ltv + score_region + score_method),
  constraint match_verdict_refused_has_no_score check (mask = 0 or score = 0)
);
create index match_verdict_product_idx on match_verdict (product_id, mask);
comment on table match_verdict is 'How each product on the shelf fitted a need when it opened: a bit per failed condition, and the score of those that fit, in whole points.';

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
  made_by uuid not null,
  made_by_name text not null default '',
  checked_by uuid,
  checked_by_name text not null default '',
  surveyed_by uuid,
  cost_from date,
  effective_cost numeric(9,6),
  lpr numeric(9,6),
  awarded_amount numeric(18,2) constraint bid_award_fits check (awarded_amount is null or (awarded_amount > 0 and awarded_amount <= amount)),
  submitted_at timestamptz,
  decided_at timestamptz,
  created_at timestamptz not null,
  version bigint not null default 1,
  constraint bid_maker_is_not_checker check (checked_by is null or checked_by <> made_by),
  constraint bid_submitted_is_signed check (status in ('draft', 'withdrawn', 'expired') or (submitted_at is not null and checked_by is not null and interest_total is not null)),
  constraint bid_ltv_range check (ltv > 0 and ltv <= 100)
);
create unique index bid_one_live_per_bank on bid (need_id, bank_id) where status not in ('withdrawn', 'expired', 'lost', 'declined');
create index bid_need_idx on bid (need_id, status);
create index bid_bank_idx on bid (bank_id, created_at, id);
comment on table bid is 'A bank''s sealed offer on a need. Nobody but the bank sees anything of it before the window closes.';

-- +goose Down
drop table bid, match_verdict, financing_need_asset, financing_need, loan_product;
