-- +goose Up
create table valuation_order (
  id uuid primary key,
  number text not null constraint valuation_order_number_uq unique,
  client_id uuid not null references organization (id),
  firm_id uuid not null references organization (id),
  purpose text not null,
  fee numeric(18,2) constraint valuation_fee_not_negative check (fee >= 0),
  note text not null default '',
  status text not null constraint valuation_order_status_known check (status in ('ordered', 'accepted', 'declined', 'drafted', 'signed', 'filed', 'cancelled')),
  status_reason text not null default '',
  method text not null default '' constraint valuation_method_known check (method in ('', 'income', 'market', 'cost')),
  second_method text not null default '' constraint valuation_second_method_known check (second_method in ('', 'income', 'market', 'cost')),
  single_method_reason text not null default '',
  value_type text not null default '' constraint valuation_value_type_known check (value_type in ('', 'market', 'liquidation')),
  valuation_on date,
  valid_until date,
  total numeric(18,2) constraint valuation_total_is_positive check (total > 0),
  assumptions text not null default '',
  restrictions text not null default '',
  inputs jsonb not null default '{}',
  report_document_id uuid references document (id),
  report_sha256 text not null default '',
  drafted_by uuid,
  first_signer_id uuid,
  first_signer_name text not null default '',
  first_signed_at timestamptz,
  second_signer_id uuid,
  second_signer_name text not null default '',
  second_signed_at timestamptz,
  reviewer_id uuid,
  reviewer_name text not null default '',
  filed_at timestamptz,
  created_at timestamptz not null,
  version bigint not null default 1,
  constraint valuation_client_is_not_firm check (client_id <> firm_id),
  constraint valuation_methods_differ check (second_method = '' or second_method <> method),
  constraint valuation_signed_by_two_people check (second_signer_id is null or second_signer_id <> first_signer_id),
  constraint valuation_reviewed_by_a_third check (reviewer_id is null or (reviewer_id <> first_signer_id and reviewer_id <> second_signer_id)),
  constraint valuation_signed_is_signed_twice check (status not in ('signed', 'filed') or (first_signer_id is not null and second_signer_id is not null)),
  constraint valuation_filed_is_complete check (status <> 'filed' or (reviewer_id is not null and total is not null and valuation_on is not null and valid_until > valuation_on and report_sha256 <> ''))
);
create index valuation_order_client_idx on valuation_order (client_id, created_at, id);
create index valuation_order_firm_idx on valuation_order (firm_id, created_at, id);
comment on table valuation_order is 'An order to an appraisal firm and the report that answers it: signed by two appraisers, filed by a third person.';

create table valuation_item (
  order_id uuid not null references valuation_order (id),
  asset_id uuid not null references ip_asset (id),
  value numeric(18,2) constraint valuation_item_value_is_positive check (value > 0),
  score numeric(9,6) constraint valuation_item_score_range check (score between 0 and 100),
  grade text not null default '' constraint valuation_item_grade_known check (grade in ('', 'A', 'B', 'C', 'D')),
  primary key (order_id, asset_id)
);
create index valuation_item_asset_idx on valuation_item (asset_id);
comment on table valuation_item is 'The value of each right in a report. The score is an indicator of quality and never turns into yuan.';

-- +goose Down
drop table valuation_item, valuation_order;
