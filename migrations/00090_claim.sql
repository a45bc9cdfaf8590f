-- +goose Up
create table claim (
  id uuid primary key,
  number text not null constraint claim_number_uq unique,
  enrolment_id uuid not null references enrolment (id),
  fund_id uuid not null references fund (id),
  loan_id uuid not null references loan (id),
  need_id uuid not null references financing_need (id),
  bank_id uuid not null references organization (id),
  borrower_id uuid not null references organization (id),
  policy_id uuid not null references policy_version (id),
  outstanding numeric(18,2) not null,
  recovered_before numeric(18,2) not null default 0 constraint claim_recovered_before_not_negative check (recovered_before >= 0),
  eligible_loss numeric(18,2) not null,
  asked numeric(18,2) not null constraint claim_asked_is_positive check (asked > 0),
  adjusted numeric(18,2),
  approved numeric(18,2),
  approved_on date,
  paid numeric(18,2) not null default 0,
  computation jsonb not null,
  days_past_due int not null,
  litigation_kind text not null default '' constraint claim_litigation_kind_known check (litigation_kind in ('', 'litigation', 'arbitration', 'bankruptcy')),
  litigation_no text not null default '',
  litigation_on date,
  report text not null default '',
  recovery_plan text not null default '',
  experts_wanted int not null default 0,
  publicity_round int not null default 0,
  publicity_from date,
  publicity_until date,
  publicity_document_id uuid references document (id),
  clawback_amount numeric(18,2) not null default 0,
  clawed_back numeric(18,2) not null default 0,
  step_due_on date,
  status text not null constraint claim_status_known check (status in ('draft', 'withdrawn', 'submitted', 'correction', 'accepted', 'first_reviewed', 'expert_reviewed', 'bureau_reviewed', 'publicised', 'objected', 'endorsed', 'approved', 'partly_paid', 'paid', 'rejected', 'clawback_ordered', 'clawed_back', 'closed')),
  status_reason text not null default '',
  submitted_at timestamptz,
  created_by uuid not null,
  created_at timestamptz not null,
  version bigint not null default 1,
  constraint claim_paid_fits check (paid >= 0 and (paid = 0 or (approved is not null and paid <= approved))),
  constraint claim_adjusted_fits check (adjusted is null or (adjusted > 0 and adjusted <= asked)),
  constraint claim_approved_fits check (approved is null or (approved > 0 and approved <= asked)),
  constraint claim_clawed_back_fits check (clawed_back >= 0 and clawed_back <= paid),
  constraint claim_paid_in_full check (status <> 'paid' or paid = approved)
);
create unique index claim_one_live_per_enrolment on claim (enrolment_id) where status not in ('rejected', 'withdrawn');
create index claim_bank_idx on claim (bank_id, created_at, id);
create index claim_borrower_idx on claim (borrower_id);
create index claim_list_idx on claim (status, step_due_on, id);
create index claim_queue_idx on claim (fund_id, approved_on, id) where status in ('approved', 'partly_paid');
comment on table claim is 'A bank''s claim on the fund for its loss, from filing to payout. asked, adjusted and approved stand side by side and are never added.';

create table claim_review (
  id uuid primary key,
  claim_id uuid not null references claim (id),
  step text not null constraint claim_review_step_known check (step in ('complete', 'first', 'expert', 'bureau', 'publicity', 'objection', 'approve', 'confirm', 'reject', 'clawback', 'close')),
  verdict text not null constraint claim_review_verdict_known check (verdict in ('pass', 'correct', 'reject', 'adjust', 'return')),
  amount numeric(18,2),
  reason_code text not null default '',
  opinion text not null,
  site_checked_on date,
  site_check text not null default '',
  maker_id uuid not null,
  maker_name text not null,
  maker_org text not null,
  checker_id uuid,
  checker_name text not null default '',
  checker_org text not null default '',
  reviewed_at timestamptz not null,
  constraint claim_review_maker_is_not_checker check (checker_id is null or checker_id <> maker_id),
  constraint claim_review_takes_two_people check (checker_id is not null or step in ('complete', 'expert', 'confirm'))
);
create index claim_review_claim_idx on claim_review (claim_id, reviewed_at, id);
comment on table claim_review is 'What each step of the review said. Append-only.';
create trigger claim_review_append_only before update or delete on claim_review for each row execute function refuse_change();
create trigger claim_review_no_truncate before truncate on claim_review execute function refuse_change();

create table claim_expert (
  claim_id uuid not null references claim (id),
  user_id uuid not null references user_account (id),
  org_id uuid not null references organization (id),
  name text not null,
  place int not null,
  drawn_at timestamptz not null,
  draw_seed text not null constraint claim_expert_seed_is_hex check (draw_seed ~ '^[0-9a-f]{64}$'),
  draw_pool jsonb not null,
  recused boolean not null default false,
  recusal_reason text not null default '',
  scores jsonb,
  total int,
  amount numeric(18,2),
  opinion text not null default '',
  verdict text not null default '' constraint claim_expert_verdict_known check (verdict in ('', 'pass', 'reject', 'adjust')),
  scored_at timestamptz,
  primary key (claim_id, user_id),
  constraint claim_expert_recused_does_not_score check (not recused or scored_at is null)
);
create index claim_expert_user_idx on claim_expert (user_id, claim_id);
comment on table claim_expert is 'Experts drawn at random for a claim; seed and pool recorded so that anybody can repeat the draw.';

create table claim_publicity (
  id uuid primary key,
  claim_id uuid not null references claim (id),
  round int not null,
  title text not null,
  basis text not null,
  content text not null,
  amount numeric(18,2) not null,
  contact text not null,
  from_on date not null,
  until_on date not null,
  org_id uuid not null references organization (id),
  document_id uuid not null references document (id),
  sha256 text not null,
  maker_id uuid not null,
  checker_id uuid not null,
  published_at timestamptz not null,
  constraint claim_publicity_one_per_round unique (claim_id, round),
  constraint claim_publicity_maker_is_not_checker check (checker_id <> maker_id),
  constraint claim_publicity_lasts check (until_on >= from_on)
);
create index claim_publicity_list_idx on claim_publicity (until_on, id);
comment on table claim_publicity is 'What was shown to the public, with the fingerprint of its PDF. A change takes another round. Append-only.';
create trigger claim_publicity_append_only before update or delete on claim_publicity for each row execute function refuse_change();

create table claim_objection (
  id uuid primary key,
  claim_id uuid not null references claim (id),
  publicity_id uuid not null references claim_publicity (id),
  receipt_no text not null constraint claim_objection_receipt_uq unique,
  name text not null,
  contact text not null,
  content text not null,
  raised_at timestamptz not null,
  due_on date not null,
  answer text not null default '',
  upheld boolean,
  answered_by uuid,
  answered_name text not null default '',
  checked_by uuid,
  checked_name text not null default '',
  answered_at timestamptz,
  constraint claim_objection_maker_is_not_checker check (checked_by is null or checked_by <> answered_by),
  constraint claim_objection_answered_by_two check (answered_at is null or (answered_by is not null and checked_by is not null and upheld is not null))
);
create index claim_objection_claim_idx on claim_objection (claim_id, raised_at);
comment on table claim_objection is 'Objections during publicity, with receipt and answer.';

create table claim_payout (
  id uuid primary key,
  claim_id uuid not null references claim (id),
  number text not null constraint claim_payout_number_uq unique,
  amount numeric(18,2) not null constraint claim_payout_amount_is_positive check (amount > 0),
  voucher text not null constraint claim_payout_has_voucher check (voucher <> ''),
  paid_on date not null,
  entry_id uuid not null,
  maker_id uuid not null,
  maker_name text not null,
  checker_id uuid not null,
  checker_name text not null,
  created_at timestamptz not null,
  constraint claim_payout_maker_is_not_checker check (checker_id <> maker_id)
);
create index claim_payout_claim_idx on claim_payout (claim_id, created_at);
comment on table claim_payout is 'Money paid to the bank, each part with its ledger entry. Append-only.';
create trigger claim_payout_append_only before update or delete on claim_payout for each row execute function refuse_change();
create trigger claim_payout_no_truncate before truncate on claim_payout execute function refuse_change();

create table recovery (
  id uuid primary key,
  number text not null constraint recovery_number_uq unique,
  claim_id uuid not null constraint recovery_one_per_claim unique references claim (id),
  fund_id uuid not null references fund (id),
  loan_id uuid not null references loan (id),
  need_id uuid not null references financing_need (id),
  bank_id uuid not null references organization (id),
  borrower_id uuid not null references organization (id),
  compensated_on date not null,
  status text not null constraint recovery_status_known check (status in ('open', 'collecting', 'exhausted', 'writeoff_applied', 'writeoff_endorsed', 'written_off', 'completed', 'reopened')),
  status_reason text not null default '',
  bearers jsonb not null,
  recovered numeric(18,2) not null default 0,
  interest_paid numeric(18,2) not null default 0,
  surplus numeric(18,2) not null default 0,
  ruling_kind text not null default '' constraint recovery_ruling_kind_known check (ruling_kind in ('', 'terminated', 'bankruptcy_ended')),
  ruling_no text not null default '',
  ruling_on date,
  written_off numeric(18,2) not null default 0,
  written_off_on date,
  created_at timestamptz not null,
  version bigint not null default 1,
  constraint recovery_exhausted_has_ruling check (status not in ('exhausted', 'writeoff_applied', 'writeoff_endorsed', 'written_off') or (ruling_kind <> '' and ruling_no <> ''))
);
create index recovery_bank_idx on recovery (bank_id, created_at, id);
create index recovery_list_idx on recovery (status, created_at, id);
comment on table recovery is 'What comes back after the fund has paid; bearers are the losses each party bore.';

create table recovery_receipt (
  id uuid primary key,
  recovery_id uuid not null references recovery (id),
  number text not null constraint recovery_receipt_number_uq unique,
  received_on date not null,
  gross numeric(18,2) not null constraint recovery_receipt_gross_is_positive check (gross > 0),
  costs numeric(18,2) not null constraint recovery_receipt_costs_fit check (costs >= 0 and costs <= gross),
  cost_items jsonb not null,
  net numeric(18,2) not null,
  interest_owed numeric(18,2) not null default 0,
  source text not null,
  distribution jsonb not null,
  fund_part numeric(18,2) not null,
  interest_part numeric(18,2) not null default 0,
  surplus numeric(18,2) not null default 0,
  transfer_due_on date not null,
  maker_id uuid not null,
  maker_name text not null,
  checker_id uuid not null,
  checker_name text not null,
  created_at timestamptz not null,
  constraint recovery_receipt_maker_is_not_checker check (checker_id <> maker_id),
  constraint recovery_receipt_net check (net = gross - costs),
  constraint recovery_receipt_parts_fit check (fund_part >= 0 and interest_part >= 0 and surplus >= 0 and fund_part + interest_part + surplus <= net)
);
create index recovery_receipt_recovery_idx on recovery_receipt (recovery_id, received_on);
comment on table recovery_receipt is 'Money recovered and how it was shared out to the fen; each receipt is its own distribution record. Append-only.';
create trigger recovery_receipt_append_only before update or delete on recovery_receipt for each row execute function refuse_change();
create trigger recovery_receipt_no_truncate before truncate on recovery_receipt execute function refuse_change();

create table recovery_transfer (
  receipt_id uuid primary key references recovery_receipt (id),
  transferred_on date not null,
  voucher text not null constraint recovery_transfer_has_voucher check (voucher <> ''),
  entry_id uuid not null,
  maker_id uuid not null,
  maker_name text not null,
  checker_id uuid not null,
  checker_name text not null,
  created_at timestamptz not null,
  constraint recovery_transfer_maker_is_not_checker check (checker_id <> maker_id)
);
comment on table recovery_transfer is 'The fund''s part of a receipt, arrived in the custody account, with its ledger entry. Append-only.';
create trigger recovery_transfer_append_only before update or delete on recovery_transfer for each row execute function refuse_change();

create table recovery_decision (
  id uuid primary key,
  recovery_id uuid not null references recovery (id),
  step text not null constraint recovery_decision_step_known check (step in ('exhaust', 'apply', 'endorse', 'confirm')),
  verdict text not null constraint recovery_decision_verdict_known check (verdict in ('pass', 'return')),
  amount numeric(18,2),
  opinion text not null,
  maker_id uuid not null,
  maker_name text not null,
  maker_org text not null,
  checker_id uuid,
  checker_name text not null default '',
  checker_org text not null default '',
  decided_at timestamptz not null,
  constraint recovery_decision_maker_is_not_checker check (checker_id is null or checker_id <> maker_id),
  constraint recovery_decision_takes_two_people check (checker_id is not null or step = 'confirm')
);
create index recovery_decision_idx on recovery_decision (recovery_id, decided_at);
comment on table recovery_decision is 'Who found a recovery exhausted and who decided on its write-off. Append-only.';
create trigger recovery_decision_append_only before update or delete on recovery_decision for each row execute function refuse_change();

-- +goose Down
drop table recovery_decision, recovery_transfer, recovery_receipt, recovery, claim_payout, claim_objection, claim_publicity, claim_expert, claim_review, claim;
