-- +goose Up
create table subsidy_call (
  id uuid primary key,
  number text not null constraint subsidy_call_number_uq unique,
  title text not null,
  year int not null constraint subsidy_call_year_in_range check (year between 2020 and 2100),
  kinds jsonb not null,
  budget numeric(18,2) not null constraint subsidy_call_budget_is_positive check (budget > 0),
  granted numeric(18,2) not null default 0,
  opens_on date not null,
  closes_on date not null,
  guide text not null default '',
  policy_id uuid references policy_version (id),
  status text not null constraint subsidy_call_status_known check (status in ('draft', 'published', 'closed', 'cancelled')),
  status_reason text not null default '',
  maker_name text not null default '',
  checker_name text not null default '',
  created_by uuid not null,
  created_at timestamptz not null,
  published_at timestamptz,
  version bigint not null default 1,
  constraint subsidy_call_window_is_forward check (closes_on >= opens_on),
  constraint subsidy_call_grants_within_budget check (granted between 0 and budget),
  constraint subsidy_call_published_has_policy check (status in ('draft', 'cancelled') or (policy_id is not null and published_at is not null))
);
create index subsidy_call_status_idx on subsidy_call (status, opens_on);
comment on table subsidy_call is 'A call for applications with its budget; granted is what was approved against it and is changed under the row''s lock only.';

create table subsidy_batch (
  id uuid primary key,
  number text not null constraint subsidy_batch_number_uq unique,
  call_id uuid not null references subsidy_call (id),
  total numeric(18,2) not null constraint subsidy_batch_total_is_positive check (total > 0),
  items int not null constraint subsidy_batch_has_items check (items > 0),
  note text not null default '',
  status text not null constraint subsidy_batch_status_known check (status in ('submitted', 'paid', 'returned')),
  status_reason text not null default '',
  maker_id uuid not null,
  maker_name text not null default '',
  checker_id uuid,
  checker_name text not null default '',
  created_at timestamptz not null,
  paid_at timestamptz,
  version bigint not null default 1,
  constraint subsidy_batch_maker_is_not_checker check (checker_id is null or checker_id <> maker_id),
  constraint subsidy_batch_paid_takes_two_people check (status <> 'paid' or (checker_id is not null and paid_at is not null))
);
comment on table subsidy_batch is 'Approved subsidies paid out together; each line becomes one entry of the subsidy book.';

create table subsidy_application (
  id uuid primary key,
  number text not null constraint subsidy_application_number_uq unique,
  call_id uuid not null references subsidy_call (id),
  org_id uuid not null references organization (id),
  loan_id uuid not null references loan (id),
  kind text not null constraint subsidy_application_kind_known check (kind in ('interest', 'valuation_fee', 'guarantee_fee', 'premium')),
  year int not null,
  fee_paid numeric(18,2) constraint subsidy_application_fee_is_positive check (fee_paid > 0),
  fee_paid_on date,
  invoice_no text not null default '',
  other_subsidy numeric(18,2) not null default 0 constraint subsidy_application_other_not_negative check (other_subsidy >= 0),
  payee_bank text not null default '',
  payee_account text not null default '',
  note text not null default '',
  computation jsonb,
  proposed numeric(18,2) constraint subsidy_application_proposed_not_negative check (proposed >= 0),
  approved numeric(18,2),
  review_reason text not null default '',
  policy_id uuid references policy_version (id),
  publicity_from date,
  publicity_until date,
  objector text not null default '',
  objection text not null default '',
  objected_on date,
  objection_answer text not null default '',
  batch_id uuid references subsidy_batch (id),
  entry_id uuid references ledger_entry (id),
  entry_seq bigint,
  paid_at timestamptz,
  status text not null constraint subsidy_application_status_known
    check (status in ('draft', 'submitted', 'returned', 'publicity', 'objected', 'batched', 'paid', 'rejected', 'withdrawn')),
  status_reason text not null default '',
  created_by uuid not null,
  created_at timestamptz not null,
  submitted_at timestamptz,
  version bigint not null default 1,
  constraint subsidy_application_fee_is_evidenced check (kind = 'interest' or status in ('draft', 'returned', 'withdrawn') or (fee_paid is not null and fee_paid_on is not null)),
  constraint subsidy_application_approved_fits check (approved is null or (approved > 0 and approved <= proposed)),
  constraint subsidy_application_grant_is_published check (status not in ('publicity', 'objected', 'batched', 'paid') or (approved is not null and publicity_until is not null)),
  constraint subsidy_application_paid_has_entry check ((status = 'paid') = (entry_id is not null))
);
create unique index subsidy_application_one_per_loan_kind_year on subsidy_application (loan_id, kind, year) where status not in ('rejected', 'withdrawn');
create unique index subsidy_application_fee_once_per_loan on subsidy_application (loan_id, kind) where kind <> 'interest' and status not in ('rejected', 'withdrawn');
create index subsidy_application_call_idx on subsidy_application (call_id, status);
create index subsidy_application_org_idx on subsidy_application (org_id, kind, year);
create index subsidy_application_created_idx on subsidy_application (created_at, id);
create index subsidy_application_batch_idx on subsidy_application (batch_id) where batch_id is not null;
comment on table subsidy_application is 'An enterprise''s application for one kind of subsidy on one loan and year. computation is how the amount was found, as it stood when it was last decided.';

create table subsidy_appropriation (
  id uuid primary key,
  number text not null constraint subsidy_appropriation_number_uq unique,
  amount numeric(18,2) not null constraint subsidy_appropriation_is_positive check (amount > 0),
  on_date date not null,
  voucher text not null,
  note text not null default '',
  status text not null constraint subsidy_appropriation_status_known check (status in ('submitted', 'posted', 'returned')),
  status_reason text not null default '',
  entry_id uuid references ledger_entry (id),
  entry_seq bigint,
  maker_id uuid not null,
  maker_name text not null default '',
  checker_id uuid,
  checker_name text not null default '',
  created_at timestamptz not null,
  posted_at timestamptz,
  version bigint not null default 1,
  constraint subsidy_appropriation_maker_is_not_checker check (checker_id is null or checker_id <> maker_id),
  constraint subsidy_appropriation_posted_has_entry check ((status = 'posted') = (entry_id is not null))
);
comment on table subsidy_appropriation is 'Money the finance bureau puts into the subsidy book.';

-- +goose Down
drop table subsidy_appropriation, subsidy_application, subsidy_batch, subsidy_call;
