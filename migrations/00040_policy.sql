-- +goose Up
create table policy_version (
  id uuid primary key,
  number text not null constraint policy_version_number_uq unique,
  title text not null,
  effective_from date not null,
  parameters jsonb not null,
  basis text not null default '',
  status text not null constraint policy_version_status_known check (status in ('draft', 'submitted', 'in_force', 'returned', 'withdrawn')),
  status_reason text not null default '',
  created_by uuid,
  maker_name text not null default '',
  checker_name text not null default '',
  created_at timestamptz not null,
  approved_at timestamptz,
  version bigint not null default 1
);
create unique index policy_version_effective_uq on policy_version (effective_from) where status = 'in_force';
comment on table policy_version is 'The dated parameters of the scheme (domain §4.8). A version once in force is never edited; a later one follows it.';

-- +goose StatementBegin
create function refuse_change_of_policy_in_force() returns trigger language plpgsql as $$
begin
  raise exception 'policy % is in force and never changes', old.number
    using errcode = 'restrict_violation', constraint = 'policy_version_in_force_stands';
end $$;
-- +goose StatementEnd
create trigger policy_version_in_force_stands before update or delete on policy_version
  for each row when (old.status = 'in_force') execute function refuse_change_of_policy_in_force();

create table lpr_quote (
  id uuid primary key,
  published_on date not null,
  one_year numeric(9,6) not null constraint lpr_quote_one_year_range check (one_year > 0 and one_year < 20),
  five_year numeric(9,6) not null constraint lpr_quote_five_year_range check (five_year > 0 and five_year < 20),
  source text not null,
  status text not null constraint lpr_quote_status_known check (status in ('submitted', 'recorded', 'returned')),
  recorded_at timestamptz not null,
  version bigint not null default 1
);
create unique index lpr_quote_one_per_day on lpr_quote (published_on) where status <> 'returned';
comment on table lpr_quote is 'Loan prime rate history, in percent, with its source marked. What was entered by hand counts once a second person signed (recorded).';

create table plan_target (
  code text primary key,
  indicator text not null,
  quote text not null,
  location text not null,
  scope text not null,
  unit text not null,
  baseline_year int,
  baseline_value text not null default '',
  baseline_note text not null default '',
  target_year int,
  target_value text not null default '',
  aggregation text not null constraint plan_target_aggregation_known check (aggregation in ('point', 'annual_avg', 'cumulative')),
  caveat text not null default '',
  seq int not null
);
comment on table plan_target is 'What the plan promises, word for word, with what contradicts it (domain §7.2-7.3).';

-- +goose Down
drop table plan_target, lpr_quote, policy_version;
drop function refuse_change_of_policy_in_force();
