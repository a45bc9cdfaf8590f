-- +goose Up
create table claim (
  id uuid primary key,
  number text not null constraint claim_number_uq unique,
  enrolment_id uuid not null references enrolment (id),
  fund_id uuid not null references fund (id),
  loan_id uuid not null references loan (id),
  bank_id uuid not null references organization (id),
  borrower_id uuid not null references organization (id),
  policy_id uuid not null references policy_version (id),
  outstanding numeric(18,2) not null,
  eligible_loss numeric(18,2) not null,
  asked numeric(18,2) not null constraint claim_asked_is_positive check (asked > 0),
  adjusted numeric(18,2),
  approved numeric(18,2),
  paid numeric(18,2) not null default 0,
  computation jsonb not null,
  days_past_due int not null,
  litigation_no text not null default '',
  report text not null default '',
  recovery_plan text not null default '',
  publicity_from date,
  publicity_until date,
  publicity_document_id uuid references document (id),
  step_due_on date,
  status text not null constraint claim_status_known check (status in ('draft', 'submitted', 'correction', 'accepted', 'first_reviewed', 'expert_reviewed', 'bureau_reviewed', 'publicised', 'objected', 'approved', 'partly_paid', 'paid', 'rejected', 'clawed_back', 'closed')),
  status_reason text not null default '',
  submitted_at timestamptz,
  created_at timestamptz not null,
  version bigint not null default 1,
  constraint claim_paid_fits check (paid >= 0 and (approved is null or paid <= approved))
);
create unique index claim_one_live_per_enrolment on claim (enrolment_id) where status not in ('rejected');
create index claim_bank_idx on claim (bank_id, created_at, id);
create index claim_list_idx on claim (status, step_due_on, id);
comment on table claim is 'A bank''s claim on the fund for its loss, from filing to payout.';

create table claim_review (
  id uuid primary key,
  claim_id uuid not null references claim (id),
  step text not null,
  verdict text not null constraint claim_review_verdict_known check (verdict in ('pass', 'correct', 'reject', 'adjust')),
  amount numeric(18,2),
  reason_code text not null default '',
  opinion text not null,
  maker_id uuid not null,
  maker_name text not null,
  checker_id uuid,
  checker_name text not null default '',
  reviewed_at timestamptz not null,
  constraint claim_review_maker_is_not_checker check (checker_id is null or checker_id <> maker_id)
);
create index claim_review_claim_idx on claim_review (claim_id, reviewed_at);
comment on table claim_review is 'What each step of the review said. Append-only.';
create trigger claim_review_append_only before update or delete on claim_review for each row execute function refuse_change();

create table claim_expert (
  claim_id uuid not null references claim (id),
  user_id uuid not null references user_account (id),
  name text not null,
  drawn_at timestamptz not null,
  draw_seed text not null,
  recused boolean not null default false,
  recusal_reason text not null default '',
  scores jsonb,
  amount numeric(18,2),
  opinion text not null default '',
  verdict text not null default '' constraint claim_expert_verdict_known check (verdict in ('', 'pass', 'reject', 'adjust')),
  scored_at timestamptz,
  primary key (claim_id, user_id)
);
comment on table claim_expert is 'Experts drawn at random for a claim, the seed recorded.';

create table claim_objection (
  id uuid primary key,
  claim_id uuid not null references claim (id),
  receipt_no text not null constraint claim_objection_receipt_uq unique,
  name text not null,
  contact text not null,
  content text not null,
  raised_at timestamptz not null,
  answer text not null default '',
  upheld boolean,
  answered_by uuid,
  checked_by uuid,
  answered_at timestamptz,
  constraint claim_objection_maker_is_not_checker check (checked_by is null or checked_by <> answered_by)
);
create index claim_objection_claim_idx on claim_objection (claim_id);
comment on table claim_objection is 'Objections during publicity, with receipt and answer.';

create table claim_payout (
  id uuid primary key,
  claim_id uuid not null references claim (id),
  number text not null constraint claim_payout_number_uq unique,
  amount numeric(18,2) not null constraint claim_payout_amount_is_positive check (amount > 0),
  voucher text not null default '',
  paid_on date not null,
  entry_id uuid not null,
  maker_id uuid not null,
  checker_id uuid not null,
  created_at timestamptz not null,
  constraint claim_payout_maker_is_not_checker check (checker_id <> maker_id)
);
create index claim_payout_claim_idx on claim_payout (claim_id);
comment on table claim_payout is 'Money paid to the bank, each part with its ledger entry. Append-only.';
create trigger claim_payout_append_only before update or delete on claim_payout for each row execute function refuse_change();

create table recovery (
  id uuid primary key,
  number text not null constraint recovery_number_uq unique,
  claim_id uuid not null constraint recovery_one_per_claim unique references claim (id),
  bank_id uuid not null references organization (id),
  status text not null constraint recovery_status_known check (status in ('open', 'collecting', 'exhausted', 'writeoff_applied', 'written_off', 'completed', 'reopened')),
  status_reason text not null default '',
  bearers jsonb not null,
  recovered numeric(18,2) not null default 0,
  created_at timestamptz not null,
  version bigint not null default 1
);
comment on table recovery is 'What comes back after the fund has paid; bearers are the losses each party bore.';

create table recovery_receipt (
  id uuid primary key,
  recovery_id uuid not null references recovery (id),
  number text not null constraint recovery_receipt_number_uq unique,
  received_on date not null,
  gross numeric(18,2) not null constraint recovery_receipt_gross_is_positive check (gross > 0),
  costs numeric(18,2) not null constraint recovery_receipt_costs_fit check (costs >= 0 and costs <= gross),
  net numeric(18,2) not null,
  source text not null,
  distribution jsonb not null,
  fund_part numeric(18,2) not null,
  transfer_due_on date not null,
  transferred_on date,
  entry_id uuid,
  maker_id uuid not null,
  checker_id uuid not null,
  created_at timestamptz not null,
  constraint recovery_receipt_maker_is_not_checker check (checker_id <> maker_id),
  constraint recovery_receipt_net check (net = gross - costs)
);
create index recovery_receipt_recovery_idx on recovery_receipt (recovery_id, received_on);
comment on table recovery_receipt is 'Money recovered and how it was shared out to the fen; each receipt is its own distribution record.';

-- +goose Down
drop table recovery_receipt, recovery, claim_payout, claim_objection, claim_expert, claim_review, claim;
