-- +goose Up
create table enrolment_refiling (
  id uuid primary key,
  enrolment_id uuid not null references enrolment (id),
  covered_until date not null,
  matures_on date not null,
  extended_on date not null,
  due_on date not null,
  status text not null constraint enrolment_refiling_status_known check (status in ('awaiting', 'filed', 'confirmed')),
  filed_on date,
  filed_name text not null default '',
  guarantors_consent boolean not null default false,
  note text not null default '',
  late_reason text not null default '',
  opinion text not null default '',
  maker_id uuid,
  maker_name text not null default '',
  checker_id uuid,
  checker_name text not null default '',
  confirmed_on date,
  created_at timestamptz not null,
  constraint enrolment_refiling_extends check (matures_on > covered_until),
  constraint enrolment_refiling_once_per_maturity unique (enrolment_id, matures_on),
  constraint enrolment_refiling_confirmed_by_two check (status <> 'confirmed' or (maker_id is not null and checker_id is not null and maker_id <> checker_id and confirmed_on is not null)),
  constraint enrolment_refiling_late_has_reason check (status = 'awaiting' or filed_on <= due_on or late_reason <> '')
);
create index enrolment_refiling_open_idx on enrolment_refiling (status, due_on) where status <> 'confirmed';
comment on table enrolment_refiling is 'The extension of an enrolled loan as it is filed with the fund anew (重新备案). Until it is confirmed the fund''s promise ends at covered_until.';

-- +goose Down
drop table enrolment_refiling;
