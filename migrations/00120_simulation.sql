-- +goose Up
create table simulation (
  id uuid primary key,
  number text not null constraint simulation_number_uq unique,
  title text not null,
  inputs jsonb not null,
  result jsonb not null,
  seed bigint not null,
  paths int not null constraint simulation_paths_in_range check (paths between 1 and 100000),
  ruin_percent numeric(9,6) not null constraint simulation_ruin_is_a_share check (ruin_percent between 0 and 100),
  policy_id uuid references policy_version (id),
  made_by uuid not null,
  maker_name text not null,
  org_name text not null default '',
  created_at timestamptz not null
);
create index simulation_created_idx on simulation (created_at, id);
comment on table simulation is 'Runs of the policy simulator with their inputs and seed. Estimates: nothing here enters the ledger. Append-only.';
create trigger simulation_append_only before update or delete on simulation for each row execute function refuse_change();

-- +goose Down
drop table simulation;
