package claim

import (
	"database/sql"
	"errors"

	"github.com/google/uuid"

	"ippledge/internal/calendar"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
)

// cashByKind sums what came into the custody accounts less what went out, by kind of
// entry, without reversed entries and their reversals.
func cashByKind(tx postgres.Tx, bookID uuid.UUID, from, to calendar.Date) (map[string]money.Amount, error) {
	var rows []struct {
		Kind   string
		Amount money.Amount
	}
	err := tx.Gorm().Raw(`select e.kind, sum(case when starts_with(p.destination, 'cash:') then p.amount else 0 end
			- case when starts_with(p.source, 'cash:') then p.amount else 0 end) as amount
		from ledger_posting p join ledger_entry e using (book_id, seq)
		where p.book_id = ? and e.effective_on between ? and ? and e.reverses is null
			and not exists (select 1 from ledger_entry r where r.reverses = e.id)
		group by e.kind`, bookID, from, to).Scan(&rows).Error
	out := map[string]money.Amount{}
	for _, r := range rows {
		out[r.Kind] = r.Amount
	}
	return out, err
}

// cashOn is the balance of the custody accounts at the end of a day.
func cashOn(tx postgres.Tx, bookID uuid.UUID, on calendar.Date) (total money.Amount, err error) {
	err = tx.Gorm().Raw(`select coalesce(sum(case when starts_with(p.destination, 'cash:') then p.amount else 0 end
			- case when starts_with(p.source, 'cash:') then p.amount else 0 end), 0)
		from ledger_posting p join ledger_entry e using (book_id, seq) where p.book_id = ? and e.effective_on <= ?`, bookID, on).Row().Scan(&total)
	return total, err
}

func writtenOffIn(tx postgres.Tx, fundID uuid.UUID, from, to calendar.Date) (total money.Amount, err error) {
	err = tx.Gorm().Raw(`select coalesce(sum(written_off), 0) from recovery where fund_id = ? and written_off_on between ? and ?`, fundID, from, to).Row().Scan(&total)
	return total, err
}

// ratioAt is the last figure the breaker noted up to a day.
func ratioAt(tx postgres.Tx, fundID uuid.UUID, on calendar.Date) (enrolled, npl money.Amount, err error) {
	err = tx.Gorm().Raw(`select enrolled, npl from fund_ratio where fund_id = ? and bank_id is null and on_date <= ? order by on_date desc limit 1`, fundID, on).
		Row().Scan(&enrolled, &npl)
	if isNoRow(err) {
		return money.Zero, money.Zero, nil
	}
	return enrolled, npl, err
}

const bankYearSelect = `
with period as (select cast(? as date) as from_on, cast(? as date) as to_on),
filed as (
  select bank_id, count(*) as n, sum(asked) as amount from claim, period
  where submitted_at is not null and cast(submitted_at at time zone 'Asia/Shanghai' as date) between from_on and to_on group by bank_id),
decided as (
  select bank_id, count(*) as n, sum(approved) as amount from claim, period where approved_on between from_on and to_on group by bank_id),
paid as (
  select c.bank_id, sum(p.amount) as amount from claim_payout p join claim c on c.id = p.claim_id, period where p.paid_on between from_on and to_on group by c.bank_id),
back as (
  select r.bank_id, sum(x.fund_part) as amount from recovery_receipt x join recovery_transfer t on t.receipt_id = x.id
  join recovery r on r.id = x.recovery_id, period where t.transferred_on between from_on and to_on group by r.bank_id),
clawed as (
  select c.bank_id, sum(e_amount) as amount from (
    select c.id, sum(p.amount) as e_amount from claim c join fund f on f.id = c.fund_id
    join ledger_entry e on e.book_id = f.book_id and e.kind = 'claw_back' and e.reference = c.number
    join ledger_posting p on p.book_id = e.book_id and p.seq = e.seq, period where e.effective_on between from_on and to_on group by c.id) q
  join claim c on c.id = q.id group by c.bank_id),
lost as (
  select bank_id, sum(written_off) as amount from recovery, period where written_off_on between from_on and to_on group by bank_id),
owed as (
  select c.bank_id, sum(c.approved - coalesce(p.amount, 0)) as amount from claim c
  left join (select claim_id, sum(amount) as amount from claim_payout, period where paid_on <= to_on group by claim_id) p on p.claim_id = c.id, period
  where c.approved_on <= to_on group by c.bank_id),
due as (
  select r.bank_id, sum(x.fund_part) as amount from recovery_receipt x join recovery r on r.id = x.recovery_id
  left join recovery_transfer t on t.receipt_id = x.id, period
  where x.received_on <= to_on and (t.transferred_on is null or t.transferred_on > to_on) group by r.bank_id)
select o.id as bank_id, o.name as bank_name, coalesce(filed.n, 0) as filed, coalesce(filed.amount, 0) as asked, coalesce(decided.n, 0) as approved,
  coalesce(decided.amount, 0) as granted, coalesce(paid.amount, 0) as paid, coalesce(back.amount, 0) as recovered, coalesce(clawed.amount, 0) as clawed_back,
  coalesce(lost.amount, 0) as written_off, coalesce(paid.amount, 0) - coalesce(back.amount, 0) - coalesce(clawed.amount, 0) as net,
  coalesce(owed.amount, 0) as open, coalesce(due.amount, 0) as owed
from organization o left join filed on filed.bank_id = o.id left join decided on decided.bank_id = o.id left join paid on paid.bank_id = o.id
left join back on back.bank_id = o.id left join clawed on clawed.bank_id = o.id left join lost on lost.bank_id = o.id
left join owed on owed.bank_id = o.id left join due on due.bank_id = o.id
where o.kind = 'bank' and (cast(? as uuid) is null or o.id = ?)
  and (exists (select 1 from enrolment e where e.bank_id = o.id) or exists (select 1 from claim c where c.bank_id = o.id))
order by paid desc, o.name`

// bankYears reads the banks' year, those that have anything enrolled or claimed.
func bankYears(tx postgres.Tx, bank uuid.UUID, from, to calendar.Date) (out []BankYear, err error) {
	var only *uuid.UUID
	if bank != uuid.Nil {
		only = &bank
	}
	out = []BankYear{}
	err = tx.Gorm().Raw(bankYearSelect, from, to, only, only).Scan(&out).Error
	return out, err
}

func isNoRow(err error) bool { return errors.Is(err, sql.ErrNoRows) }
