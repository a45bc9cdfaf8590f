-- +goose Up
create table fund (
  id uuid primary key,
  code text not null constraint fund_code_uq unique,
  name text not null,
  book_id uuid not null references ledger_book (id),
  area_code text references area (code),
  custody text not null default 'main',
  custody_bank text not null default '',
  shares jsonb,
  status text not null default 'active' constraint fund_status_known check (status in ('proposed', 'active', 'closed')),
  status_reason text not null default '',
  breaker text not null default 'normal' constraint fund_breaker_known check (breaker in ('normal', 'warned', 'suspended')),
  breaker_reason text not null default '',
  breaker_at timestamptz,
  created_at timestamptz not null,
  version bigint not null default 1
);
comment on table fund is 'The risk-compensation fund and its sub-funds, each with a book of its own. shares, where set, stand before the policy''s.';

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

create table fund_breaker_decision (
  id uuid primary key,
  fund_id uuid not null references fund (id),
  bank_id uuid references organization (id),
  from_state text not null,
  to_state text not null,
  reason text not null,
  figures jsonb not null,
  policy_id uuid not null references policy_version (id),
  decided_by text not null,
  decided_at timestamptz not null
);
create index fund_breaker_decision_idx on fund_breaker_decision (fund_id, decided_at);
comment on table fund_breaker_decision is 'Every change of a circuit breaker with the figures that decided; bank_id is null for the whole fund. Append-only.';
create trigger fund_breaker_decision_append_only before update or delete on fund_breaker_decision for each row execute function refuse_change();

create table fund_ratio (
  fund_id uuid not null references fund (id),
  bank_id uuid,
  on_date date not null,
  enrolled numeric(18,2) not null,
  npl numeric(18,2) not null,
  constraint fund_ratio_one_per_day unique nulls not distinct (fund_id, bank_id, on_date)
);
comment on table fund_ratio is 'Enrolled and non-performing principal day by day; resuming asks for the ratio at past month-ends. bank_id is null for the whole fund.';

create table fund_resumption (
  id uuid primary key,
  fund_id uuid not null references fund (id),
  bank_id uuid references organization (id),
  reason text not null,
  status text not null constraint fund_resumption_status_known check (status in ('open', 'granted')),
  bureau_by uuid,
  bureau_name text not null default '',
  bureau_at timestamptz,
  finance_by uuid,
  finance_name text not null default '',
  finance_at timestamptz,
  created_at timestamptz not null,
  version bigint not null default 1,
  constraint fund_resumption_takes_two check (bureau_by is null or finance_by is null or bureau_by <> finance_by),
  constraint fund_resumption_granted_by_both check (status <> 'granted' or (bureau_by is not null and finance_by is not null))
);
create unique index fund_resumption_one_open on fund_resumption (fund_id, bank_id) nulls not distinct where status = 'open';
comment on table fund_resumption is 'Lifting a suspension takes the IP bureau''s checker and the finance bureau''s checker (domain §4.8).';

create table fund_movement (
  id uuid primary key,
  number text not null constraint fund_movement_number_uq unique,
  fund_id uuid not null references fund (id),
  kind text not null constraint fund_movement_kind_known check (kind in ('contribute', 'interest', 'return_capital', 'fee')),
  payer text not null default '',
  amount numeric(18,2) not null constraint fund_movement_amount_is_positive check (amount > 0),
  on_date date not null,
  voucher text not null default '',
  note text not null default '',
  status text not null constraint fund_movement_status_known check (status in ('submitted', 'posted', 'returned')),
  status_reason text not null default '',
  entry_id uuid,
  entry_seq bigint,
  maker_id uuid not null,
  maker_name text not null,
  checker_id uuid,
  checker_name text not null default '',
  created_at timestamptz not null,
  posted_at timestamptz,
  version bigint not null default 1,
  constraint fund_movement_maker_is_not_checker check (checker_id is null or checker_id <> maker_id),
  constraint fund_movement_posted_has_entry check (status <> 'posted' or (entry_id is not null and checker_id is not null))
);
create index fund_movement_fund_idx on fund_movement (fund_id, on_date, id);
comment on table fund_movement is 'Money into and out of the fund besides compensation: contributions, interest, capital returned, fees; each becomes one ledger entry when signed.';

create table enrolment (
  id uuid primary key,
  number text not null constraint enrolment_number_uq unique,
  fund_id uuid not null references fund (id),
  loan_id uuid not null references loan (id),
  bank_id uuid not null references organization (id),
  borrower_id uuid not null references organization (id),
  policy_id uuid not null references policy_version (id),
  guarantor_id uuid references organization (id),
  insurer_id uuid references organization (id),
  appraiser_id uuid references organization (id),
  clean_credit boolean not null default false,
  note text not null default '',
  principal numeric(18,2) not null,
  ip_share numeric(9,6) not null,
  covered_principal numeric(18,2) not null,
  outstanding numeric(18,2) not null,
  covered_outstanding numeric(18,2) not null,
  exposure numeric(18,2) not null,
  shares jsonb not null,
  disbursed_on date not null,
  due_on date not null,
  filed_on date,
  late boolean not null default false,
  late_reason text not null default '',
  late_permit text not null default '' constraint enrolment_late_permit_known check (late_permit in ('', 'requested', 'allowed', 'denied')),
  late_permit_reason text not null default '',
  checks jsonb not null default '[]',
  movements int not null default 0,
  status text not null constraint enrolment_status_known check (status in ('draft', 'submitted', 'enrolled', 'refused', 'withdrawn', 'released', 'claimed', 'compensated')),
  status_reason text not null default '',
  enrolled_at timestamptz,
  created_by uuid not null,
  created_at timestamptz not null,
  version bigint not null default 1,
  constraint enrolment_outstanding_fits check (outstanding between 0 and principal and covered_outstanding between 0 and covered_principal),
  constraint enrolment_exposure_fits check (exposure between 0 and covered_outstanding)
);
create unique index enrolment_one_live_per_loan on enrolment (loan_id) where status not in ('refused', 'withdrawn');
create index enrolment_bank_idx on enrolment (bank_id, created_at, id);
create index enrolment_list_idx on enrolment (status, created_at, id);
create index enrolment_fund_idx on enrolment (fund_id, status);
create index enrolment_borrower_idx on enrolment (borrower_id, status);
comment on table enrolment is 'A loan filed with the fund (备案入库). The fund carries exposure from here, not from the award. outstanding, covered_outstanding and exposure follow the repayments.';

-- +goose Down
drop table enrolment, fund_movement, fund_resumption, fund_ratio, fund_breaker_decision, fund_bank_state, fund;
