package loan

import (
	"github.com/google/uuid"

	"ippledge/internal/calendar"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
)

// reportRow is one line of form R1 as the database knows it (domain §9.6).
type reportRow struct {
	AreaName, ParkName, BankName, BorrowerName string
	USCC                                       string `gorm:"column:uscc"`
	Scale                                      string
	HighTech, Specialised                      bool
	Inventions, Utilities, Designs             int
	Trademarks, GIMarks                        int
	RegistrationNo                             string
	RegisteredOn                               calendar.Date
	RegisteredAmount                           *money.Amount
	Principal, DisbursedAmount                 money.Amount
	DisbursedOn, MaturesOn                     calendar.Date
	TermMonths                                 int
	AnnualRate                                 money.Rate
	LPR                                        *money.Rate `gorm:"column:lpr"`
	SpreadBP                                   int         `gorm:"column:spread_bp"`
	FirmName                                   string
	Value                                      *money.Amount
	FirstLoan                                  bool
	Outstanding                                money.Amount
	Class                                      string
	Number                                     string
	StatusReason                               string
}

// report lists the loans disbursed between two days. The value
// of the collateral is that of the reports in force on the day of the drawdown, and is
// missing as soon as one right has none.
func report(tx postgres.Tx, f ReportFilter) (rows []reportRow, err error) {
	query := tx.Gorm().Table("loan l").
		Joins("join organization o on o.id = l.borrower_id").Joins("join organization k on k.id = l.bank_id").
		Joins("join area r on r.code = o.area_code").Joins("left join area g on g.code = o.park_code").
		Joins(`left join lateral (select string_agg(q.registration_no, '、' order by q.number) as registration_no, min(q.registered_on) as registered_on,
			sum(q.registered_amount) as registered_amount from pledge q where q.bid_id = l.bid_id and q.registered_on is not null) p on true`).
		Joins(`left join lateral (select count(*) filter (where a.kind = 'invention_patent') as inventions, count(*) filter (where a.kind = 'utility_model') as utilities,
			count(*) filter (where a.kind = 'design_patent') as designs, count(*) filter (where a.kind = 'trademark') as trademarks,
			count(*) filter (where a.kind = 'gi_mark') as gi_marks, string_agg(distinct v.firm_name, '、') as firm_name,
			case when count(*) = count(v.value) then sum(v.value) end as value
			from pledge q join pledge_asset x on x.pledge_id = q.id join ip_asset a on a.id = x.asset_id
			left join lateral (select i.value, f.name as firm_name from valuation_item i join valuation_order e on e.id = i.order_id join organization f on f.id = e.firm_id
				where i.asset_id = x.asset_id and e.status = 'filed' and e.valuation_on <= l.disbursed_on and e.valid_until >= l.disbursed_on
				order by e.valuation_on desc, e.filed_at desc limit 1) v on true
			where q.bid_id = l.bid_id and q.registered_on is not null) c on true`).
		Where("l.disbursed_on between ? and ? and l.disbursed_amount > 0", f.From, f.To)
	if f.AreaCode != "" {
		query = query.Where("? in (o.area_code, o.park_code)", f.AreaCode)
	}
	if f.BankID != uuid.Nil {
		query = query.Where("l.bank_id = ?", f.BankID)
	}
	if f.Reader != nil {
		query = scoped(query, *f.Reader)
	}
	err = query.Select(`r.name as area_name, coalesce(g.name, '') as park_name, k.name as bank_name, o.name as borrower_name,
		coalesce(o.uscc, '') as uscc, o.scale, o.high_tech, o.specialised, c.inventions, c.utilities, c.designs, c.trademarks, c.gi_marks,
		coalesce(p.registration_no, '') as registration_no, p.registered_on, p.registered_amount, l.principal, l.disbursed_amount, l.disbursed_on,
		l.matures_on, l.term_months, l.annual_rate, l.lpr, l.spread_bp, coalesce(c.firm_name, '') as firm_name, c.value, l.first_loan, l.outstanding,
		l.class, l.number, l.status_reason`).
		Order("r.seq, k.name, l.disbursed_on, l.number").Scan(&rows).Error
	return rows, err
}
