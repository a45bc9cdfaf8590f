-- +goose Up
create table annual_settlement (
  id uuid primary key,
  year int not null constraint annual_settlement_one_per_year unique,
  due_on date not null,
  status text not null constraint annual_settlement_status_known check (status in ('prepared', 'settled')),
  content jsonb,
  prepared_by uuid not null,
  prepared_name text not null,
  checked_by uuid,
  checked_name text not null default '',
  settled_at timestamptz,
  created_at timestamptz not null,
  version bigint not null default 1,
  constraint annual_settlement_maker_is_not_checker check (checked_by is null or checked_by <> prepared_by),
  constraint annual_settlement_settled_is_whole check (status = 'prepared' or (content is not null and checked_by is not null and settled_at is not null))
);
comment on table annual_settlement is 'A year settled by two people of the fund manager: what the statements said at that moment stays as it was signed.';

-- +goose StatementBegin
create function refuse_settled_change() returns trigger language plpgsql as $$
begin
  if old.status = 'settled' then
    raise exception 'a settled year is never changed or deleted';
  end if;
  if tg_op = 'DELETE' then
    return old;
  end if;
  return new;
end $$;
-- +goose StatementEnd
create trigger annual_settlement_stands before update or delete on annual_settlement for each row execute function refuse_settled_change();

create table claim_payment_failure (
  id uuid primary key,
  claim_id uuid not null references claim (id),
  amount numeric(18,2) not null constraint claim_payment_failure_amount_is_positive check (amount > 0),
  reason text not null constraint claim_payment_failure_has_reason check (reason <> ''),
  failed_on date not null,
  reported_by uuid not null,
  reported_name text not null,
  reported_at timestamptz not null
);
create index claim_payment_failure_claim_idx on claim_payment_failure (claim_id, reported_at);
comment on table claim_payment_failure is 'Lines of the payment file that the custody bank sent back unpaid, with its reason. Append-only.';
create trigger claim_payment_failure_append_only before update or delete on claim_payment_failure for each row execute function refuse_change();

-- +goose Down
drop table claim_payment_failure;
drop table annual_settlement;
drop function refuse_settled_change();
