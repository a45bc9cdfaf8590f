-- +goose Up
create table fund (
  id uuid primary key,
  code text not null constraint fund_code_uq unique,
  name text not null,
  book_id uuid not null references ledger_book (id),
  area_code text references area (code),
  status text not null default 'active' constraint fund_status_known check (status in ('active', 'suspended', 'closed')),
  status_reason text not null default '',
  created_at timestamptz not null,
  version bigint not null default 1
);
comment on table fund is 'The risk-compensation fund and its sub-funds, each with a book of its own.';

create table fund_bank_state (
  fund_id uuid not null references fund (id),
  bank_id uuid not null references organization (id),
  breaker text not null default 'normal' constraint fund_bank_state_breaker_known check (breaker in ('normal', 'warned', 'suspended')),
  reason text not null default '',
  changed_at timestamptz not null,
  version bigint not null default 1,
  primary key (fund_id, bank_id)
);
comment on table fund_bank_state is 'The circuit breaker of a bank at a fund.';

create table enrolment (
  id uuid primary key,
  number text not null constraint enrolment_number_uq unique,
  fund_id uuid not null references fund (id),
  loan_id uuid not null references loan (id),
  bank_id uuid not null references organization (id),
  borrower_id uuid not null references organization (id),
  policy_id uuid not null references policy_version (id),
  principal numeric(18,2) not null,
  ip_share numeric(9,6) not null,
  covered_principal numeric(18,2) not null,
  exposure numeric(18,2) not null,
  shares jsonb not null,
  disbursed_on date not null,
  due_on date not null,
  filed_on date,
  late boolean not null default false,
  late_reason text not null default '',
  checks jsonb not null default '[]',
  status text not null constraint enrolment_status_known check (status in ('draft', 'submitted', 'enrolled', 'refused', 'released', 'claimed', 'compensated')),
  status_reason text not null default '',
  enrolled_at timestamptz,
  created_at timestamptz not null,
  version bigint not null default 1
);
create unique index enrolment_one_live_per_loan on enrolment (loan_id) where status not in ('refused');
create index enrolment_bank_idx on enrolment (bank_id, created_at, id);
create index enrolment_list_idx on enrolment (status, created_at, id);
comment on table enrolment is 'A loan filed with the fund (备案入库). The fund carries exposure from here, not from the award.';

-- +goose Down
drop table enrolment, fund_bank_state, fund;
