-- +goose Up
create table loan (
  id uuid primary key,
  number text not null constraint loan_number_uq unique,
  need_id uuid not null references financing_need (id),
  bid_id uuid not null constraint loan_one_per_bid unique references bid (id),
  pledge_id uuid references pledge (id),
  borrower_id uuid not null references organization (id),
  bank_id uuid not null references organization (id),
  contract_no text not null,
  credit_line numeric(18,2) not null constraint loan_credit_line_is_positive check (credit_line > 0),
  principal numeric(18,2) not null constraint loan_principal_is_positive check (principal > 0),
  annual_rate numeric(9,6) not null,
  lpr numeric(9,6),
  spread_bp int not null default 0,
  method text not null constraint loan_method_known check (method in ('equal_instalment', 'equal_principal', 'interest_only_bullet', 'bullet')),
  day_count text not null default 'act_360',
  payment_day int not null default 21 constraint loan_payment_day_range check (payment_day between 1 and 28),
  penalty_markup numeric(9,6) not null default 50,
  grace_days int not null default 0 constraint loan_grace_range check (grace_days between 0 and 15),
  ip_share numeric(9,6) not null default 100 constraint loan_ip_share_range check (ip_share > 0 and ip_share <= 100),
  signed_on date,
  disbursed_on date,
  matures_on date not null,
  outstanding numeric(18,2) not null default 0 constraint loan_outstanding_fits check (outstanding between 0 and principal),
  disbursed_amount numeric(18,2) not null default 0 constraint loan_disbursed_fits check (disbursed_amount between 0 and principal),
  days_past_due int not null default 0,
  class text not null default 'normal' constraint loan_class_known check (class in ('normal', 'special_mention', 'substandard', 'doubtful', 'loss')),
  class_override text not null default '',
  accelerated_on date,
  first_loan boolean not null default false,
  status text not null constraint loan_status_known check (status in ('approved', 'signed', 'ready', 'active', 'overdue', 'extended', 'defaulted', 'in_recovery', 'settled', 'written_off', 'cancelled')),
  status_reason text not null default '',
  settled_on date,
  created_at timestamptz not null,
  version bigint not null default 1
);
create index loan_bank_idx on loan (bank_id, created_at, id);
create index loan_borrower_idx on loan (borrower_id, created_at, id);
create index loan_status_idx on loan (status, matures_on);
comment on table loan is 'A loan of a bank as the platform records it. credit_line, the pledge''s registered amount and disbursed_amount are three different sums and never added.';

create table loan_instalment (
  loan_id uuid not null references loan (id),
  number int not null,
  due_on date not null,
  principal numeric(18,2) not null,
  interest numeric(18,2) not null,
  principal_paid numeric(18,2) not null default 0,
  interest_paid numeric(18,2) not null default 0,
  settled_on date,
  primary key (loan_id, number),
  constraint loan_instalment_paid_fits check (principal_paid between 0 and principal and interest_paid between 0 and interest)
);
comment on table loan_instalment is 'The schedule: what falls due when, and what of it is paid.';

create table loan_repayment (
  id uuid primary key,
  loan_id uuid not null references loan (id),
  number text not null constraint loan_repayment_number_uq unique,
  paid_on date not null,
  amount numeric(18,2) not null constraint loan_repayment_amount_is_positive check (amount > 0),
  costs numeric(18,2) not null default 0,
  penalty numeric(18,2) not null default 0,
  compound numeric(18,2) not null default 0,
  interest numeric(18,2) not null default 0,
  principal numeric(18,2) not null default 0,
  prepayment boolean not null default false,
  recorded_by uuid not null,
  checked_by uuid,
  recorded_at timestamptz not null,
  constraint loan_repayment_is_allocated_whole check (amount = costs + penalty + compound + interest + principal),
  constraint loan_repayment_maker_is_not_checker check (checked_by is null or checked_by <> recorded_by)
);
create index loan_repayment_loan_idx on loan_repayment (loan_id, paid_on);
comment on table loan_repayment is 'Money the borrower paid, allocated to the fen. Append-only.';
create trigger loan_repayment_append_only before update or delete on loan_repayment for each row execute function refuse_change();

-- +goose Down
drop table loan_repayment, loan_instalment, loan;
