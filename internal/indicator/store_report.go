package indicator

import (
	"github.com/google/uuid"

	"ippledge/internal/calendar"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
)

// flows are what was lent and registered from a day up to another, not included, by
// county; of the scope only its place and its bank count.
func flows(tx postgres.Tx, s Scope, from, until calendar.Date) (map[string]flow, error) {
	out := map[string]flow{}
	var lent, pledged []struct {
		Key              string
		Loans, Borrowers int64
		Rights           int64
		Amount           money.Amount
	}
	loans := tx.Gorm().Table("loan l").Joins("join organization o on o.id = l.borrower_id").
		Where("l.disbursed_on >= ? and l.disbursed_on < ? and l.disbursed_amount > 0", from, until)
	err := s.narrow(loans).Select("o.area_code as key, count(*) as loans, count(distinct l.borrower_id) as borrowers, sum(l.disbursed_amount) as amount").
		Group("o.area_code").Scan(&lent).Error
	if err != nil {
		return nil, err
	}
	pledges := tx.Gorm().Table("pledge p").Joins("join organization o on o.id = p.pledgor_id").Where("p.registered_on >= ? and p.registered_on < ?", from, until)
	if s.AreaCode != "" {
		pledges = pledges.Where("o.area_code = ?", s.AreaCode)
	}
	if s.BankID != uuid.Nil {
		pledges = pledges.Where("p.pledgee_id = ?", s.BankID)
	}
	err = pledges.Select(`o.area_code as key, coalesce(sum(p.registered_amount), 0) as amount,
		sum((select count(*) from pledge_asset a where a.pledge_id = p.id)) as rights`).Group("o.area_code").Scan(&pledged).Error
	for _, r := range lent {
		f := out[r.Key]
		f.Loans, f.Borrowers, f.Disbursed = r.Loans, r.Borrowers, r.Amount
		out[r.Key] = f
	}
	for _, r := range pledged {
		f := out[r.Key]
		f.Rights, f.Registered = r.Rights, r.Amount
		out[r.Key] = f
	}
	return out, err
}

// balances are what was owed before a day by county: paid out less principal paid back.
func balances(tx postgres.Tx, s Scope, until calendar.Date) (map[string]money.Amount, error) {
	var rows []groupRow
	query := tx.Gorm().Table("loan l").Joins("join organization o on o.id = l.borrower_id").
		Joins("left join lateral (select sum(p.principal) as paid from loan_repayment p where p.loan_id = l.id and p.paid_on < ?) r on true", until).
		Where("l.disbursed_on < ? and l.disbursed_amount > 0", until)
	err := s.narrow(query).Select("o.area_code as key, sum(l.disbursed_amount - coalesce(r.paid, 0)) as amount").Group("o.area_code").Scan(&rows).Error
	out := map[string]money.Amount{}
	for _, r := range rows {
		out[r.Key] = r.Amount
	}
	return out, err
}

// whole is the sum of all rows of a figure with the borrowers among them.
func whole(tx postgres.Tx, n Narrowing) (r groupRow, err error) {
	err = rowsOf(tx, n).Select("coalesce(sum(x.amount), 0), count(*), count(distinct x.borrower_id)").Row().Scan(&r.Amount, &r.Count, &r.Borrowers)
	return r, err
}

// namesOf are the names of what a report is narrowed to.
func namesOf(tx postgres.Tx, r ReportScope) (names []string, err error) {
	err = tx.Gorm().Raw(`select name from area where code = ? union all select name from organization where id = ? union all select name from fund where id = ?`,
		r.AreaCode, r.BankID, r.FundID).Scan(&names).Error
	return names, err
}
