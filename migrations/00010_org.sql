-- +goose Up
create table area (
  code text primary key,
  name text not null,
  kind text not null constraint area_kind_known check (kind in ('city', 'county', 'park')),
  parent_code text references area (code),
  seq int not null
);
comment on table area is 'The city, its counties (GB/T 2260 codes) and parks (codes of our own). From seeds/reference.';

create table organization (
  id uuid primary key,
  kind text not null constraint organization_kind_known check (kind in ('enterprise', 'gi_registrant', 'bank', 'appraisal_firm', 'guarantor', 'insurer', 'ip_bureau', 'finance_bureau', 'fund_manager', 'expert_pool', 'financial_office', 'platform')),
  number text not null constraint organization_number_uq unique,
  name text not null,
  uscc text,
  uscc_overridden boolean not null default false,
  area_code text not null references area (code),
  park_code text references area (code),
  address text not null default '',
  legal_representative text not null default '',
  contact_name text not null default '',
  contact_mobile text not null default '',
  established_on date,
  scale text not null default '' constraint organization_scale_known check (scale in ('', 'micro', 'small', 'medium', 'large')),
  high_tech boolean not null default false,
  specialised boolean not null default false,
  industry text not null default '',
  filing_no text not null default '',
  cnaps text,
  status text not null constraint organization_status_known check (status in ('draft', 'submitted', 'admitted', 'returned', 'suspended', 'closed')),
  status_reason text not null default '',
  consented_at timestamptz,
  admitted_at timestamptz,
  created_at timestamptz not null,
  version bigint not null default 1
);
create unique index organization_uscc_uq on organization (uscc) where uscc is not null and status <> 'closed';
create index organization_list_idx on organization (kind, status, created_at, id);
create index organization_name_idx on organization (name);
comment on table organization is 'Everybody who does business here, admitted by the bureau (maker, then checker).';

-- +goose Down
drop table organization, area;
