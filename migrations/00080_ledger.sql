-- +goose Up
create table ledger_book (
  id uuid primary key,
  code text not null constraint ledger_book_code_uq unique,
  name text not null,
  kind text not null constraint ledger_book_kind_known check (kind in ('fund', 'sub_fund', 'subsidy')),
  area_code text references area (code),
  last_seq bigint not null default 0,
  last_hash text not null default '',
  status text not null default 'open' constraint ledger_book_status_known check (status in ('open', 'closed')),
  opened_at timestamptz not null
);
comment on table ledger_book is 'One book per fund, sub-fund or subsidy budget. last_seq and last_hash are the head of its chain; whoever posts locks this row.';

create table ledger_account (
  book_id uuid not null references ledger_book (id),
  path text not null,
  name text not null,
  may_go_negative boolean not null,
  balance numeric(18,2) not null default 0,
  primary key (book_id, path),
  constraint ledger_account_is_not_overdrawn check (may_go_negative or balance >= 0)
);
comment on table ledger_account is 'Accounts as paths with the owner last; the balance is the sum of what came in less what went out.';

create table ledger_entry (
  book_id uuid not null references ledger_book (id),
  seq bigint not null,
  id uuid not null constraint ledger_entry_id_uq unique,
  kind text not null,
  reference text not null,
  effective_on date not null,
  narrative text not null default '',
  maker_id uuid,
  checker_id uuid,
  maker_name text not null default '',
  checker_name text not null default '',
  idempotency_key text not null,
  content_hash text not null,
  reverses uuid,
  posted_at timestamptz not null,
  prev_hash text not null,
  hash text not null,
  primary key (book_id, seq),
  constraint ledger_entry_key_uq unique (book_id, idempotency_key),
  constraint ledger_entry_maker_is_not_checker check (checker_id is null or checker_id <> maker_id)
);
create unique index ledger_entry_reversed_once on ledger_entry (reverses) where reverses is not null;
create index ledger_entry_reference_idx on ledger_entry (reference);
create index ledger_entry_effective_idx on ledger_entry (book_id, effective_on);
comment on table ledger_entry is 'Journal entries, numbered without gap and chained by hash in each book. Append-only.';

create table ledger_posting (
  book_id uuid not null,
  seq bigint not null,
  line int not null,
  source text not null,
  destination text not null,
  amount numeric(18,2) not null constraint ledger_posting_amount_is_positive check (amount > 0),
  primary key (book_id, seq, line),
  foreign key (book_id, seq) references ledger_entry (book_id, seq),
  foreign key (book_id, source) references ledger_account (book_id, path),
  foreign key (book_id, destination) references ledger_account (book_id, path),
  constraint ledger_posting_moves check (source <> destination)
);
create index ledger_posting_source_idx on ledger_posting (book_id, source, seq);
create index ledger_posting_destination_idx on ledger_posting (book_id, destination, seq);
comment on table ledger_posting is 'A positive amount moved from source to destination: an unbalanced entry cannot be expressed. Append-only.';

create trigger ledger_entry_append_only before update or delete on ledger_entry for each row execute function refuse_change();
create trigger ledger_posting_append_only before update or delete on ledger_posting for each row execute function refuse_change();
create trigger ledger_entry_no_truncate before truncate on ledger_entry execute function refuse_change();
create trigger ledger_posting_no_truncate before truncate on ledger_posting execute function refuse_change();

create table ledger_period (
  book_id uuid not null references ledger_book (id),
  month date not null,
  closed_at timestamptz not null,
  closed_by uuid not null,
  checked_by uuid not null,
  closing_hash text not null,
  primary key (book_id, month),
  constraint ledger_period_maker_is_not_checker check (closed_by <> checked_by)
);
comment on table ledger_period is 'Closed months; they take no entry.';

create table ledger_day_hash (
  book_id uuid not null references ledger_book (id),
  day date not null,
  seq bigint not null,
  hash text not null,
  published_at timestamptz not null,
  primary key (book_id, day)
);
comment on table ledger_day_hash is 'The last hash of each day, published on the portal, so that nobody can rewrite a published day.';
create trigger ledger_day_hash_append_only before update or delete on ledger_day_hash for each row execute function refuse_change();

create table ledger_verification (
  id uuid primary key,
  ran_at timestamptz not null,
  ok boolean not null,
  entries bigint not null,
  report jsonb not null
);
comment on table ledger_verification is 'Runs of ledger verify; the screen shows the last.';

-- +goose Down
drop table ledger_verification, ledger_day_hash, ledger_period, ledger_posting, ledger_entry, ledger_account, ledger_book;
