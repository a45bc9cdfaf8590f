-- +goose Up
create table ledger_book (
  id uuid primary key,
  code text not null constraint ledger_book_code_uq unique,
  name text not null,
  kind text not null constraint ledger_book_kind_known check (kind in ('fund', 'sub_fund', 'subsidy')),
  area_code text references area (code),
  last_seq bigint not null default 0,
  last_hash text not null default '',
  last_posted_at timestamptz,
  closed_through date,
  published_through date,
  status text not null default 'open' constraint ledger_book_status_known check (status in ('open', 'closed')),
  opened_at timestamptz not null
);
comment on table ledger_book is 'One book per fund, sub-fund or subsidy budget. The row is the head of its chain: whoever posts locks it, so nothing else in the book needs a lock.';

create table ledger_account (
  book_id uuid not null references ledger_book (id),
  path text not null constraint ledger_account_path_is_formed check (path ~ '^[a-z_]+(:[A-Za-z0-9_.-]+)*$' and length(path) <= 200),
  name text not null,
  may_go_negative boolean not null,
  balance numeric(18,2) not null default 0,
  opened_at timestamptz not null,
  primary key (book_id, path),
  constraint ledger_account_is_not_overdrawn check (may_go_negative or balance >= 0),
  constraint ledger_account_cash_never_goes_negative check (not (may_go_negative and path like 'cash:%'))
);
comment on table ledger_account is 'Accounts as paths with the owner last; the balance is the sum of what came in less what went out.';

create table ledger_entry (
  book_id uuid not null references ledger_book (id),
  seq bigint not null constraint ledger_entry_seq_is_positive check (seq > 0),
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
  reverses uuid references ledger_entry (id),
  posted_at timestamptz not null,
  prev_hash text not null,
  hash text not null,
  primary key (book_id, seq),
  constraint ledger_entry_key_uq unique (book_id, idempotency_key),
  constraint ledger_entry_maker_is_not_checker check (checker_id is null or checker_id <> maker_id),
  constraint ledger_entry_takes_two_people check (checker_id is not null or kind in ('interest', 'enrol', 'exposure_down', 'recover', 'memo')),
  constraint ledger_entry_reverses_another check (reverses is null or (reverses <> id and kind = 'reverse'))
);
create unique index ledger_entry_reversed_once on ledger_entry (reverses) where reverses is not null;
create index ledger_entry_reference_idx on ledger_entry (reference);
create index ledger_entry_effective_idx on ledger_entry (book_id, effective_on);
comment on table ledger_entry is 'Journal entries, numbered without gap and chained by hash in each book. Append-only.';

create table ledger_posting (
  book_id uuid not null,
  seq bigint not null,
  line int not null constraint ledger_posting_line_in_range check (line between 1 and 100),
  source text not null,
  destination text not null,
  amount numeric(18,2) not null constraint ledger_posting_amount_is_positive check (amount > 0),
  primary key (book_id, seq, line),
  constraint ledger_posting_moves check (source <> destination),
  constraint ledger_posting_keeps_money_and_memo_apart
    check ((split_part(source, ':', 1) in ('exposure', 'memo')) = (split_part(destination, ':', 1) in ('exposure', 'memo')))
);
create index ledger_posting_source_idx on ledger_posting (book_id, source, seq);
create index ledger_posting_destination_idx on ledger_posting (book_id, destination, seq);
comment on table ledger_posting is 'A positive amount moved from source to destination: an unbalanced entry cannot be expressed. Append-only.';

-- A posting stands on an entry and two accounts. Three foreign keys would say so row by
-- row, which costs a sixth of the time of posting; this says it once per statement. It is
-- as strong, because entries and accounts are never deleted or renamed.
-- +goose StatementBegin
create function ledger_posting_stands() returns trigger language plpgsql
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  perform 1 from added p
  where not exists (select from ledger_entry e where e.book_id = p.book_id and e.seq = p.seq)
    or not exists (select from ledger_account a where a.book_id = p.book_id and a.path = p.source)
    or not exists (select from ledger_account a where a.book_id = p.book_id and a.path = p.destination);
  if found then
    raise exception 'a posting names an entry or an account that is not there' using errcode = 'foreign_key_violation', constraint = 'ledger_posting_stands';
  end if;
  return null;
end $$;
-- +goose StatementEnd
create trigger ledger_posting_stands after insert on ledger_posting
  referencing new table as added for each statement execute function ledger_posting_stands();

create trigger ledger_entry_append_only before update or delete on ledger_entry for each row execute function refuse_change();
create trigger ledger_posting_append_only before update or delete on ledger_posting for each row execute function refuse_change();
create trigger ledger_entry_no_truncate before truncate on ledger_entry execute function refuse_change();
create trigger ledger_posting_no_truncate before truncate on ledger_posting execute function refuse_change();
create trigger ledger_account_no_delete before delete on ledger_account for each row execute function refuse_change();
create trigger ledger_account_no_truncate before truncate on ledger_account execute function refuse_change();
create trigger ledger_account_stays_itself before update of book_id, path, may_go_negative on ledger_account for each row execute function refuse_change();
create trigger ledger_book_no_delete before delete on ledger_book for each row execute function refuse_change();

-- +goose StatementBegin
create function ledger_entry_has_postings() returns trigger language plpgsql as $$
begin
  perform 1 from ledger_posting where book_id = new.book_id and seq = new.seq limit 1;
  if not found then
    raise exception 'entry % has no postings', new.seq using errcode = 'check_violation', constraint = 'ledger_entry_has_postings';
  end if;
  return null;
end $$;
-- +goose StatementEnd
create constraint trigger ledger_entry_has_postings after insert on ledger_entry
  deferrable initially deferred for each row execute function ledger_entry_has_postings();

-- +goose StatementBegin
create function ledger_entry_is_in_open_period() returns trigger language plpgsql as $$
begin
  perform 1 from added a join ledger_book b on b.id = a.book_id where a.effective_on <= b.closed_through;
  if found then
    raise exception 'a closed period takes no entry' using errcode = 'check_violation', constraint = 'ledger_entry_is_in_open_period';
  end if;
  return null;
end $$;
-- +goose StatementEnd
create trigger ledger_entry_is_in_open_period after insert on ledger_entry
  referencing new table as added for each statement execute function ledger_entry_is_in_open_period();

-- An account starts at nothing and a statement that changes balances only shifts them
-- between accounts, so the balances of a book add up to zero at every moment.
-- +goose StatementBegin
create function ledger_account_starts_at_zero() returns trigger language plpgsql as $$
begin
  if new.balance <> 0 then
    raise exception 'an account starts at zero' using errcode = 'check_violation', constraint = 'ledger_account_starts_at_zero';
  end if;
  return new;
end $$;
-- +goose StatementEnd
create trigger ledger_account_starts_at_zero before insert on ledger_account for each row execute function ledger_account_starts_at_zero();

-- +goose StatementBegin
create function ledger_book_sums_to_zero() returns trigger language plpgsql as $$
begin
  perform 1 from (
    select book_id, balance from after_rows
    union all select book_id, -balance from before_rows) moved
  group by book_id having sum(balance) <> 0;
  if found then
    raise exception 'balances of a book must add up to zero' using errcode = 'check_violation', constraint = 'ledger_book_sums_to_zero';
  end if;
  return null;
end $$;
-- +goose StatementEnd
create trigger ledger_book_sums_to_zero after update on ledger_account
  referencing old table as before_rows new table as after_rows for each statement execute function ledger_book_sums_to_zero();

-- +goose StatementBegin
create function ledger_head_moves_forward() returns trigger language plpgsql as $$
begin
  if new.last_seq < old.last_seq or (new.last_seq = old.last_seq and new.last_hash <> old.last_hash)
    or new.closed_through < old.closed_through or new.published_through < old.published_through then
    raise exception 'the head of a book only moves forward' using errcode = 'check_violation', constraint = 'ledger_head_moves_forward';
  end if;
  return new;
end $$;
-- +goose StatementEnd
create trigger ledger_head_moves_forward before update on ledger_book for each row execute function ledger_head_moves_forward();

create table ledger_period (
  book_id uuid not null references ledger_book (id),
  month date not null constraint ledger_period_month_is_first_day check (extract(day from month) = 1),
  closed_at timestamptz not null,
  closed_by uuid not null,
  closed_by_name text not null,
  checked_by uuid not null,
  checked_by_name text not null,
  closing_seq bigint not null,
  closing_hash text not null,
  primary key (book_id, month),
  constraint ledger_period_maker_is_not_checker check (closed_by <> checked_by)
);
comment on table ledger_period is 'Closed months; they and all before them take no entry.';
create trigger ledger_period_append_only before update or delete on ledger_period for each row execute function refuse_change();

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
  ran_by text not null default '',
  ok boolean not null,
  entries bigint not null,
  report jsonb not null
);
comment on table ledger_verification is 'Runs of ledger verify; the screen shows the last.';

-- The role that the program signs in with in production holds ippledge_app and owns
-- nothing. grant_app_role gives it select and insert on every table, and update and
-- delete on those that no append-only trigger guards; `ippledge migrate` calls it after
-- the last migration, so that new tables are covered. Where the migrating role may not
-- create roles, an administrator runs `create role ippledge_app nologin` once.
-- +goose StatementBegin
create function grant_app_role() returns void language plpgsql as $$
declare
  t record;
begin
  if not exists (select from pg_roles where rolname = 'ippledge_app') then
    begin
      create role ippledge_app nologin;
    exception when insufficient_privilege or duplicate_object or unique_violation then
      null;
    end;
  end if;
  if not exists (select from pg_roles where rolname = 'ippledge_app') then
    return;
  end if;
  grant usage on schema public to ippledge_app;
  grant usage, select on all sequences in schema public to ippledge_app;
  for t in
    select c.oid, c.relname,
      -- bits of pg_trigger.tgtype: 8 is delete, 16 is update; a trigger on named columns guards only those
      coalesce(bool_or(p.proname = 'refuse_change' and g.tgtype & 8 > 0), false) as keeps_rows,
      coalesce(bool_or(p.proname = 'refuse_change' and g.tgtype & 16 > 0 and g.tgattr::text = ''), false) as keeps_values
    from pg_class c
    left join pg_trigger g on g.tgrelid = c.oid and not g.tgisinternal
    left join pg_proc p on p.oid = g.tgfoid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    group by c.oid, c.relname
  loop
    execute format('revoke all on table %s from ippledge_app', t.oid::regclass);
    execute format('grant select, insert on table %s to ippledge_app', t.oid::regclass);
    if not t.keeps_values then
      execute format('grant update on table %s to ippledge_app', t.oid::regclass);
    end if;
    if not t.keeps_rows then
      execute format('grant delete on table %s to ippledge_app', t.oid::regclass);
    end if;
  end loop;
end $$;
-- +goose StatementEnd
select grant_app_role();

-- +goose Down
drop function grant_app_role;
drop table ledger_verification, ledger_day_hash, ledger_period, ledger_posting, ledger_entry, ledger_account, ledger_book;
drop function ledger_posting_stands, ledger_entry_has_postings, ledger_entry_is_in_open_period, ledger_account_starts_at_zero, ledger_book_sums_to_zero, ledger_head_moves_forward;
