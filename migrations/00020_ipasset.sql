-- +goose Up
create table ip_asset (
  id uuid primary key,
  number text not null constraint ip_asset_number_uq unique,
  org_id uuid not null references organization (id),
  kind text not null constraint ip_asset_kind_known check (kind in ('invention_patent', 'utility_model', 'design_patent', 'trademark', 'gi_mark')),
  title text not null,
  right_no text not null,
  nice_class int constraint ip_asset_nice_class_range check (nice_class between 1 and 45),
  mark_kind text not null default '' constraint ip_asset_mark_kind_known check (mark_kind in ('', 'ordinary', 'certification', 'collective')),
  ipc text not null default '',
  filed_on date,
  granted_on date,
  expires_on date not null,
  expiry_note text not null default '',
  divisional boolean not null default false,
  fee_paid_until date,
  registered_owner text not null,
  co_owned boolean not null default false,
  co_owners_consent boolean not null default false,
  same_day_filing boolean not null default false,
  invalidation_pending boolean not null default false,
  preserved boolean not null default false,
  acknowledged_risks boolean not null default false,
  extract_on date,
  product_revenue numeric(18,2),
  description text not null default '',
  status text not null constraint ip_asset_status_known check (status in ('draft', 'submitted', 'verified', 'rejected', 'listed', 'reserved', 'pledged', 'in_disposal', 'disposed', 'frozen', 'lapsed', 'invalid', 'withdrawn')),
  status_reason text not null default '',
  held_before text not null default '' constraint ip_asset_held_before_known check (held_before in ('', 'submitted', 'verified', 'listed', 'reserved', 'pledged', 'in_disposal')),
  reserved_until timestamptz,
  created_at timestamptz not null,
  submitted_at timestamptz,
  verified_at timestamptz,
  version bigint not null default 1,
  constraint ip_asset_marks_have_a_class check ((kind in ('trademark', 'gi_mark')) = (nice_class is not null)),
  constraint ip_asset_reserved_until_a_time check (status <> 'reserved' or reserved_until is not null),
  constraint ip_asset_expires_after_filing check (filed_on is null or expires_on > filed_on),
  constraint ip_asset_granted_after_filing check (filed_on is null or granted_on is null or granted_on >= filed_on)
);
-- A right is listed once, whoever its owner and whatever kind it is called; patents have no class.
create unique index ip_asset_right_uq on ip_asset (right_no, coalesce(nice_class, 0)) where status not in ('rejected', 'withdrawn', 'disposed');
create index ip_asset_org_idx on ip_asset (org_id, created_at, id);
create index ip_asset_list_idx on ip_asset (status, created_at, id);
create index ip_asset_class_idx on ip_asset (org_id, nice_class) where nice_class is not null;
comment on column ip_asset.held_before is 'Where the right stood when the register froze it or it lapsed; a restored right returns to its pledge, not out of it.';
comment on table ip_asset is 'Patents, trademarks and GI marks that may become collateral.';

create table ip_alert (
  id uuid primary key,
  asset_id uuid not null references ip_asset (id),
  kind text not null,
  severity text not null constraint ip_alert_severity_known check (severity in ('amber', 'red', 'critical')),
  step text not null default '',
  message text not null,
  due_on date,
  raised_at timestamptz not null,
  closed_at timestamptz
);
create index ip_alert_list_idx on ip_alert (raised_at, id);
create unique index ip_alert_open_uq on ip_alert (asset_id, kind) where closed_at is null;
comment on table ip_alert is 'Events in the life of a right that endanger it as collateral (domain §2.3).';

-- +goose Down
drop table ip_alert, ip_asset;
