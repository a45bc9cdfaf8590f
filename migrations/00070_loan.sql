-- +goose Up
create table loan (
  id uuid primary key,
  number text not null constraint loan_number_uq unique,
  need_id uuid not null references financing_need (id),
  bid_id uuid not null references bid (id),
  pledge_id uuid references pledge (id),
  borrower_id uuid not null references organization (id),
  bank_id uuid not null references organization (id),
  contract_no text not null,
  credit_line numeric(18,2) not null constraint loan_credit_line_is_positive check (credit_line > 0),
  principal numeric(18,2) not null constraint loan_principal_is_positive check (principal > 0),
  annual_rate numeric(9,6) not null constraint loan_rate_range check (annual_rate between 0 and 100),
  lpr numeric(9,6),
  spread_bp int not null default 0,
  method text not null constraint loan_method_known check (method in ('equal_instalment', 'equal_principal', 'interest_only_bullet', 'bullet')),
  day_count text not null default 'act_360' constraint loan_day_count_known check (day_count in ('act_360', 'act_365', '30_360')),
  due_date_rule text not null default 'extend' constraint loan_due_date_rule_known check (due_date_rule in ('extend', 'none')),
  term_months int not null constraint loan_term_range check (term_months between 1 and 120),
  -- 0 is the default of the method: the 21st, or the day of the drawdown
  payment_day int not null default 0 constraint loan_payment_day_range check (payment_day between 0 and 28),
  penalty_markup numeric(9,6) not null default 50,
  grace_days int not null default 0 constraint loan_grace_range check (grace_days between 0 and 15),
  ip_share numeric(9,6) not null default 100 constraint loan_ip_share_range check (ip_share > 0 and ip_share <= 100),
  borrower_signed_by uuid,
  borrower_signed_name text not null default '',
  borrower_signed_at timestamptz,
  bank_signed_by uuid,
  bank_signed_name text not null default '',
  bank_signed_at timestamptz,
  signed_on date,
  conditions json not null default '[]',
  disbursed_on date,
  matures_on date not null,
  original_matures_on date not null,
  outstanding numeric(18,2) not null default 0 constraint loan_outstanding_fits check (outstanding between 0 and principal),
  disbursed_amount numeric(18,2) not null default 0 constraint loan_disbursed_fits check (disbursed_amount = 0 or disbursed_amount = principal),
  -- unpaid and worked out up to accrued_to; what has grown since is worked out on reading
  costs_due numeric(18,2) not null default 0 constraint loan_costs_not_negative check (costs_due >= 0),
  penalty_due numeric(18,2) not null default 0 constraint loan_penalty_not_negative check (penalty_due >= 0),
  compound_due numeric(18,2) not null default 0 constraint loan_compound_not_negative check (compound_due >= 0),
  accrued_to date,
  assessed_on date,
  days_past_due int not null default 0 constraint loan_days_not_negative check (days_past_due >= 0),
  class text not null default 'normal' constraint loan_class_known check (class in ('normal', 'special_mention', 'substandard', 'doubtful', 'loss')),
  class_override text not null default '' constraint loan_class_override_known check (class_override in ('', 'special_mention', 'substandard', 'doubtful', 'loss')),
  accelerated_on date,
  defaulted_on date,
  recovery_measure text not null default '' constraint loan_recovery_measure_known check (recovery_measure in ('', 'litigation', 'arbitration', 'bankruptcy', 'disposal')),
  recovery_reference text not null default '',
  recovery_started_on date,
  first_loan boolean not null default false,
  status text not null constraint loan_status_known check (status in ('approved', 'signed', 'ready', 'active', 'overdue', 'extended', 'defaulted', 'in_recovery', 'settled', 'written_off', 'cancelled')),
  status_reason text not null default '',
  settled_on date,
  created_at timestamptz not null,
  version bigint not null default 1,
  constraint loan_signed_by_both check (status in ('approved', 'cancelled') or (borrower_signed_at is not null and bank_signed_at is not null and signed_on is not null)),
  constraint loan_money_flowed_on_pledge check (disbursed_on is null or (pledge_id is not null and disbursed_amount = principal)),
  constraint loan_settled_owes_nothing check (status <> 'settled' or (outstanding = 0 and settled_on is not null))
);
create unique index loan_one_per_bid on loan (bid_id) where status <> 'cancelled';
create index loan_bank_idx on loan (bank_id, created_at, id);
create index loan_borrower_idx on loan (borrower_id, created_at, id);
create index loan_status_idx on loan (status, matures_on);
create index loan_disbursed_idx on loan (disbursed_on) where disbursed_on is not null;
comment on table loan is 'A loan of a bank as the platform records it. credit_line, the pledge''s registered amount and disbursed_amount are three different sums and never added.';

create table loan_instalment (
  loan_id uuid not null references loan (id),
  number int not null,
  from_on date not null,
  to_on date not null,
  due_on date not null,
  principal numeric(18,2) not null,
  interest numeric(18,2) not null,
  principal_paid numeric(18,2) not null default 0,
  interest_paid numeric(18,2) not null default 0,
  settled_on date,
  primary key (loan_id, number),
  constraint loan_instalment_paid_fits check (principal_paid between 0 and principal and interest_paid between 0 and interest)
);
create index loan_instalment_due_idx on loan_instalment (due_on) where settled_on is null;
comment on table loan_instalment is 'The schedule: what falls due when, and what of it is paid. A prepayment replans what is still to come.';

create table loan_repayment (
  id uuid primary key,
  loan_id uuid not null references loan (id),
  number text not null constraint loan_repayment_number_uq unique,
  source text not null constraint loan_repayment_source_known check (source in ('borrower', 'recovery')),
  paid_on date not null,
  amount numeric(18,2) not null constraint loan_repayment_amount_is_positive check (amount > 0),
  costs numeric(18,2) not null default 0,
  penalty numeric(18,2) not null default 0,
  compound numeric(18,2) not null default 0,
  interest numeric(18,2) not null default 0,
  principal numeric(18,2) not null default 0,
  outstanding_after numeric(18,2) not null,
  prepayment boolean not null default false,
  recorded_by uuid not null,
  recorded_by_name text not null default '',
  checked_by uuid,
  checked_by_name text not null default '',
  recorded_at timestamptz not null,
  constraint loan_repayment_is_allocated_whole check (amount = costs + penalty + compound + interest + principal),
  constraint loan_repayment_maker_is_not_checker check (checked_by is null or checked_by <> recorded_by)
);
create index loan_repayment_loan_idx on loan_repayment (loan_id, paid_on);
comment on table loan_repayment is 'Money the borrower paid, allocated to the fen. Append-only.';
create trigger loan_repayment_append_only before update or delete on loan_repayment for each row execute function refuse_change();
create trigger loan_repayment_no_truncate before truncate on loan_repayment execute function refuse_change();

create table loan_repayment_batch (
  id uuid primary key,
  bank_id uuid not null references organization (id),
  lines json not null,
  posted_at timestamptz,
  created_at timestamptz not null,
  version bigint not null default 1
);
comment on table loan_repayment_batch is 'Repayments from one spreadsheet, posted together by one signature or not at all.';

-- +goose Down
drop table loan_repayment_batch, loan_repayment, loan_instalment, loan;
