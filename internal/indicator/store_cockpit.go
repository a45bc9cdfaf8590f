package indicator

import (
	"github.com/google/uuid"

	"ippledge/internal/fund"
	"ippledge/internal/platform/postgres"
)

// fundLines are the funds at work with their breakers, the city's first.
func fundLines(tx postgres.Tx) (out []FundLine, err error) {
	out = []FundLine{}
	err = tx.Gorm().Raw(`select f.id, f.name, f.breaker, f.breaker_reason as reason,
			(select count(*) from fund_bank_state s where s.fund_id = f.id and s.breaker = 'suspended') as suspended,
			(select count(*) from fund_bank_state s where s.fund_id = f.id and s.breaker = 'warned') as warned
		from fund f where f.status = 'active' order by f.code <> 'city', f.created_at`).Scan(&out).Error
	return out, err
}

// bankBreakers is the strictest state of each bank at the funds looked at.
func bankBreakers(tx postgres.Tx, fundID uuid.UUID) (map[string]fund.Breaker, error) {
	var rows []struct {
		BankID  string
		Breaker fund.Breaker
	}
	err := tx.Gorm().Raw(`select distinct on (s.bank_id) cast(s.bank_id as text) as bank_id, s.breaker from fund_bank_state s join fund f on f.id = s.fund_id
		where f.status = 'active' and (cast(@fund as uuid) = cast(@none as uuid) or s.fund_id = @fund)
		order by s.bank_id, case s.breaker when 'suspended' then 0 when 'warned' then 1 else 2 end`,
		map[string]any{"fund": fundID, "none": uuid.Nil}).Scan(&rows).Error
	out := map[string]fund.Breaker{}
	for _, r := range rows {
		out[r.BankID] = r.Breaker
	}
	return out, err
}

// begun tells whether the funds looked at have booked anything, and covered anything:
// before that there is no figure, not a figure of 0.
func begun(tx postgres.Tx, fundID uuid.UUID) (booked, covered bool, err error) {
	err = tx.Gorm().Raw(`select
			exists (select 1 from ledger_entry e join fund f on f.book_id = e.book_id where f.status = 'active' and (cast(@fund as uuid) = cast(@none as uuid) or f.id = @fund)),
			exists (select 1 from enrolment n join fund f on f.id = n.fund_id where f.status = 'active' and n.enrolled_at is not null
				and (cast(@fund as uuid) = cast(@none as uuid) or f.id = @fund))`,
		map[string]any{"fund": fundID, "none": uuid.Nil}).Row().Scan(&booked, &covered)
	return booked, covered, err
}

func countyNames(tx postgres.Tx) (out []groupRow, err error) {
	err = tx.Gorm().Raw(`select code as key, name as label from area where kind = 'county' order by seq`).Scan(&out).Error
	return out, err
}

// earliest is the row of a figure whose day comes first.
func earliest(tx postgres.Tx, n Narrowing) (row figureRow, ok bool, err error) {
	var rows []figureRow
	err = rowsOf(tx, n).Where("x.on_date is not null").Order("x.on_date, x.number").Limit(1).
		Select("x.id, x.noun, x.on_date, x.number, x.title, x.detail, x.days_past_due, x.late, x.fund_name, x.bank_name, x.area_name, x.amount").Scan(&rows).Error
	if len(rows) == 0 {
		return row, false, err
	}
	return rows[0], true, err
}

// lentBefore tells whether any loan was ever paid out before a day in the scope's place.
func lentBefore(tx postgres.Tx, s Scope) (yes bool, err error) {
	err = s.narrow(tx.Gorm().Table("loan l").Joins("join organization o on o.id = l.borrower_id").Where("l.disbursed_on < ? and l.disbursed_amount > 0", s.until())).
		Select("count(*) > 0").Row().Scan(&yes)
	return yes, err
}
