-- +goose Up
-- The guards of the ledger ask their questions in one query where all is well, and only
-- find out which rule was broken where one was. Nothing is checked less.

-- Each row is looked up by the whole key of an index (see 00160).
-- +goose StatementBegin
create or replace function ledger_entry_stands() returns trigger language plpgsql set enable_seqscan = off as $$
begin
  perform 1 from added a
  where (select a.effective_on > coalesce(b.closed_through, '-infinity') from ledger_book b where b.id = a.book_id) is not true
    or (select p.line from ledger_posting p where p.book_id = a.book_id and p.seq = a.seq order by p.line limit 1) is null;
  if not found then
    return null;
  end if;
  perform 1 from added a where (select b.id from ledger_book b where b.id = a.book_id) is null;
  if found then
    raise exception 'an entry names a book that is not there' using errcode = 'foreign_key_violation', constraint = 'ledger_entry_book_id_fkey';
  end if;
  perform 1 from added a where a.effective_on <= (select b.closed_through from ledger_book b where b.id = a.book_id);
  if found then
    raise exception 'a closed period takes no entry' using errcode = 'check_violation', constraint = 'ledger_entry_is_in_open_period';
  end if;
  raise exception 'an entry has no postings' using errcode = 'check_violation', constraint = 'ledger_entry_has_postings';
end $$;
-- +goose StatementEnd

-- A statement moves the accounts of one book, nearly always; their sum then says it all.
-- +goose StatementBegin
create or replace function ledger_book_sums_to_zero() returns trigger language plpgsql as $$
declare
  moved numeric;
  one_book boolean;
begin
  select sum(a.balance) - (select sum(b.balance) from before_rows b), bool_and(a.book_id = (select b.book_id from before_rows b limit 1))
    into moved, one_book from after_rows a;
  if moved is null or (moved = 0 and one_book) then
    return null;
  end if;
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

-- Codes are compared byte by byte, not by the rules of a language.
drop trigger ledger_account_stays_itself on ledger_account;
alter table ledger_account alter path type text collate "C";
create trigger ledger_account_stays_itself before update of book_id, path, may_go_negative on ledger_account for each row execute function refuse_change();
alter table ledger_posting alter source type text collate "C", alter destination type text collate "C";
alter table ledger_entry alter reference type text collate "C", alter idempotency_key type text collate "C";

-- Days grow with the entries' numbers, so that a summary of each range of pages finds them.
drop index ledger_entry_effective_idx;
create index ledger_entry_effective_idx on ledger_entry using brin (effective_on) with (pages_per_range = 16, autosummarize = on);

-- +goose Down
drop index ledger_entry_effective_idx;
create index ledger_entry_effective_idx on ledger_entry (book_id, effective_on);
alter table ledger_entry alter reference type text collate "default", alter idempotency_key type text collate "default";
alter table ledger_posting alter source type text collate "default", alter destination type text collate "default";
drop trigger ledger_account_stays_itself on ledger_account;
alter table ledger_account alter path type text collate "default";
create trigger ledger_account_stays_itself before update of book_id, path, may_go_negative on ledger_account for each row execute function refuse_change();
-- +goose StatementBegin
create or replace function ledger_book_sums_to_zero() returns trigger language plpgsql as $$
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
-- +goose StatementBegin
create or replace function ledger_entry_stands() returns trigger language plpgsql set enable_seqscan = off as $$
begin
  perform 1 from added a where (select b.id from ledger_book b where b.id = a.book_id) is null;
  if found then
    raise exception 'an entry names a book that is not there' using errcode = 'foreign_key_violation', constraint = 'ledger_entry_book_id_fkey';
  end if;
  perform 1 from added a where a.effective_on <= (select b.closed_through from ledger_book b where b.id = a.book_id);
  if found then
    raise exception 'a closed period takes no entry' using errcode = 'check_violation', constraint = 'ledger_entry_is_in_open_period';
  end if;
  perform 1 from added a where (select p.line from ledger_posting p where p.book_id = a.book_id and p.seq = a.seq order by p.line limit 1) is null;
  if found then
    raise exception 'an entry has no postings' using errcode = 'check_violation', constraint = 'ledger_entry_has_postings';
  end if;
  return null;
end $$;
-- +goose StatementEnd
