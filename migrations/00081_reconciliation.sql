-- +goose Up
create table bank_mapping (
  book_id uuid not null references ledger_book (id),
  custody text not null,
  columns jsonb not null,
  kept_by uuid not null,
  kept_at timestamptz not null,
  primary key (book_id, custody)
);
comment on table bank_mapping is 'Which column of the custody bank''s spreadsheet holds what, kept per custody account.';

create table bank_statement (
  id uuid primary key,
  book_id uuid not null references ledger_book (id),
  custody text not null,
  file_name text not null,
  sha256 text not null,
  format text not null constraint bank_statement_format_known check (format in ('xlsx', 'csv', 'camt053')),
  from_on date not null,
  to_on date not null,
  opening numeric(18,2),
  closing numeric(18,2),
  line_count int not null constraint bank_statement_has_lines check (line_count > 0),
  imported_by uuid not null,
  imported_by_name text not null,
  imported_at timestamptz not null,
  constraint bank_statement_period_is_forward check (from_on <= to_on),
  constraint bank_statement_imported_once unique (book_id, custody, sha256)
);
comment on table bank_statement is 'A statement of the custody bank as it was imported. Append-only.';
create trigger bank_statement_append_only before update or delete on bank_statement for each row execute function refuse_change();

create table bank_line (
  id uuid primary key,
  statement_id uuid not null references bank_statement (id),
  book_id uuid not null,
  custody text not null,
  line int not null,
  booked_on date not null,
  amount numeric(18,2) not null constraint bank_line_moves check (amount <> 0),
  reference text not null default '',
  counterparty text not null default '',
  narrative text not null default '',
  constraint bank_line_once_per_statement unique (statement_id, line)
);
create index bank_line_account_idx on bank_line (book_id, custody, booked_on);
comment on table bank_line is 'A movement as the bank booked it: positive came in, negative went out. Append-only.';
create trigger bank_line_append_only before update or delete on bank_line for each row execute function refuse_change();

create table bank_match (
  id uuid primary key,
  book_id uuid not null references ledger_book (id),
  custody text not null,
  how text not null constraint bank_match_how_known check (how in ('automatic', 'manual')),
  reason text not null,
  maker_id uuid not null,
  maker_name text not null,
  checker_id uuid,
  checker_name text not null default '',
  matched_at timestamptz not null,
  constraint bank_match_manual_takes_two check (how = 'automatic' or checker_id is not null),
  constraint bank_match_maker_is_not_checker check (checker_id is null or checker_id <> maker_id)
);
comment on table bank_match is 'Bank lines and postings that are the same movement, and why. Append-only.';
create trigger bank_match_append_only before update or delete on bank_match for each row execute function refuse_change();

create table bank_match_line (
  match_id uuid not null references bank_match (id),
  line_id uuid not null constraint bank_match_line_once unique references bank_line (id),
  primary key (match_id, line_id)
);
comment on table bank_match_line is 'The bank''s side of a match; a line is matched once.';

create table bank_match_posting (
  match_id uuid not null references bank_match (id),
  book_id uuid not null,
  seq bigint not null,
  line int not null,
  custody text not null,
  primary key (match_id, book_id, seq, line),
  constraint bank_match_posting_once unique (book_id, seq, line, custody),
  foreign key (book_id, seq, line) references ledger_posting (book_id, seq, line)
);
comment on table bank_match_posting is 'The ledger''s side of a match; a posting is matched once per custody account it moves.';

create table bank_explanation (
  id uuid primary key,
  book_id uuid not null references ledger_book (id),
  custody text not null,
  line_id uuid constraint bank_explanation_line_once unique references bank_line (id),
  seq bigint,
  posting_line int,
  reason text not null,
  maker_id uuid not null,
  maker_name text not null,
  checker_id uuid not null,
  checker_name text not null,
  explained_at timestamptz not null,
  constraint bank_explanation_posting_once unique (book_id, seq, posting_line, custody),
  constraint bank_explanation_is_of_one_side check ((line_id is null) <> (seq is null) and (seq is null) = (posting_line is null)),
  constraint bank_explanation_maker_is_not_checker check (checker_id <> maker_id)
);
comment on table bank_explanation is 'Why a line or a posting has no counterpart yet (未达账项). It may still be matched later. Append-only.';
create trigger bank_explanation_append_only before update or delete on bank_explanation for each row execute function refuse_change();

-- +goose Down
drop table bank_explanation, bank_match_posting, bank_match_line, bank_match, bank_line, bank_statement, bank_mapping;
