package indicator

import (
	"cmp"
	"strconv"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"ippledge/internal/calendar"
	"ippledge/internal/money"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
)

// disbursed is the one definition of the pledge-financing figure: loans paid out in the
// scope's time, to borrowers of its area, by its bank.
func disbursed(tx postgres.Tx, s Scope) *gorm.DB {
	query := tx.Gorm().Table("loan l").Joins("join organization o on o.id = l.borrower_id").
		Where("l.disbursed_on >= ? and l.disbursed_on < ? and l.disbursed_amount > 0", s.from(), s.until())
	if s.Kind != "" {
		query = query.Where("("+kindOf+") = ?", s.Kind)
	}
	return s.narrow(query)
}

// narrow applies the scope's place and bank to a query over loan l and borrower o.
func (s Scope) narrow(query *gorm.DB) *gorm.DB {
	if s.AreaCode != "" {
		query = query.Where("o.area_code = ?", s.AreaCode)
	}
	if s.ParkCode != "" {
		query = query.Where("o.park_code = ?", s.ParkCode)
	}
	if s.BankID != uuid.Nil {
		query = query.Where("l.bank_id = ?", s.BankID)
	}
	return query
}

// kindOf is what secures a loan l: patents, marks or indications alone, or several kinds.
const kindOf = `select case when count(distinct k) > 1 then 'mixed' else min(k) end from (
	select case when a.kind = 'trademark' then 'trademark' when a.kind = 'gi_mark' then 'gi_mark' else 'patent' end as k
	from pledge_asset pa join ip_asset a on a.id = pa.asset_id where pa.pledge_id = l.pledge_id) kinds`

func disbursedIn(tx postgres.Tx, s Scope) (sums Sums, err error) {
	err = disbursed(tx, s).Select("coalesce(sum(l.disbursed_amount), 0), coalesce(sum(l.credit_line), 0)").Row().Scan(&sums.Disbursed, &sums.CreditLine)
	return sums, err
}

func totals(tx postgres.Tx, s Scope, d *Dashboard) error {
	return disbursed(tx, s).Select(`coalesce(sum(l.disbursed_amount), 0), coalesce(sum(l.credit_line), 0), count(*), count(distinct l.borrower_id)`).
		Row().Scan(&d.Disbursed, &d.CreditLine, &d.Loans, &d.Borrowers)
}

// registrations counts pledges registered in the time, by their registered amount.
func registrations(tx postgres.Tx, s Scope, d *Dashboard) error {
	query := tx.Gorm().Table("pledge p").Joins("join organization o on o.id = p.pledgor_id").
		Where("p.registered_on >= ? and p.registered_on < ?", s.from(), s.until())
	if s.AreaCode != "" {
		query = query.Where("o.area_code = ?", s.AreaCode)
	}
	if s.ParkCode != "" {
		query = query.Where("o.park_code = ?", s.ParkCode)
	}
	if s.BankID != uuid.Nil {
		query = query.Where("p.pledgee_id = ?", s.BankID)
	}
	return query.Select(`coalesce(sum(p.registered_amount), 0),
		coalesce(sum((select count(*) from pledge_asset a where a.pledge_id = p.id)), 0)`).Row().Scan(&d.Registered, &d.Rights)
}

// stock is what is out now, whatever year it was lent.
func stock(tx postgres.Tx, s Scope, d *Dashboard) error {
	return s.narrow(tx.Gorm().Table("loan l").Joins("join organization o on o.id = l.borrower_id")).
		Select(`coalesce(sum(l.outstanding), 0), coalesce(sum(l.outstanding) filter (where l.days_past_due > 0), 0)`).
		Row().Scan(&d.Outstanding, &d.Overdue)
}

type sliceRow struct {
	Key    string
	Label  string
	Amount money.Amount
	Loans  int64
}

func (r sliceRow) slice(link string) Slice {
	amount := r.Amount
	return Slice{Key: r.Key, Label: r.Label, Amount: &amount, Loans: r.Loans, Link: link}
}

func byMonth(tx postgres.Tx, s Scope) (map[int]Slice, error) {
	s.Month = 0
	var rows []struct {
		Month  int
		Amount money.Amount
		Loans  int64
	}
	err := disbursed(tx, s).Select("extract(month from l.disbursed_on)::int as month, sum(l.disbursed_amount) as amount, count(*) as loans").
		Group("extract(month from l.disbursed_on)").Scan(&rows).Error
	out := map[int]Slice{}
	for _, r := range rows {
		amount := r.Amount
		out[r.Month] = Slice{Amount: &amount, Loans: r.Loans}
	}
	return out, err
}

// byArea lists every county of the scope, also those without a loan: a score-board shows
// the empty places too.
func byArea(tx postgres.Tx, s Scope) ([]Slice, error) {
	var rows []sliceRow
	lent := disbursed(tx, s).Select("o.area_code, l.disbursed_amount")
	err := tx.Gorm().Raw(`select a.code as key, a.name as label, coalesce(sum(x.disbursed_amount), 0) as amount, count(x.disbursed_amount) as loans
		from area a left join (?) x on x.area_code = a.code
		where (a.kind = 'county' or exists (select 1 from (?) y where y.area_code = a.code)) and (cast(? as text) = '' or a.code = ?)
		group by a.code, a.name, a.seq order by amount desc, a.seq`, lent, lent, s.AreaCode, s.AreaCode).Scan(&rows).Error
	out := make([]Slice, len(rows))
	for i, r := range rows {
		at := s
		at.AreaCode = r.Key
		out[i] = r.slice(at.link())
	}
	return out, err
}

func byBank(tx postgres.Tx, s Scope) ([]Slice, error) {
	var rows []sliceRow
	err := disbursed(tx, s).Joins("join organization b on b.id = l.bank_id").
		Select("cast(b.id as text) as key, b.name as label, sum(l.disbursed_amount) as amount, count(*) as loans").
		Group("b.id, b.name").Order("amount desc, b.name").Scan(&rows).Error
	out := make([]Slice, len(rows))
	for i, r := range rows {
		at := s
		if at.BankID, err = uuid.Parse(r.Key); err != nil {
			return nil, err
		}
		out[i] = r.slice(at.link())
	}
	return out, err
}

func byYear(tx postgres.Tx, s Scope) ([]Slice, error) {
	var rows []sliceRow
	query := s.narrow(tx.Gorm().Table("loan l").Joins("join organization o on o.id = l.borrower_id").Where("l.disbursed_on is not null and l.disbursed_amount > 0"))
	s.Month = 0
	err := query.Select("cast(extract(year from l.disbursed_on) as text) as key, concat(extract(year from l.disbursed_on), ' 年') as label, sum(l.disbursed_amount) as amount, count(*) as loans").
		Group("extract(year from l.disbursed_on)").Order("extract(year from l.disbursed_on)").Scan(&rows).Error
	out := make([]Slice, len(rows))
	for i, r := range rows {
		at := s
		if at.Year, err = strconv.Atoi(r.Key); err != nil {
			return nil, err
		}
		out[i] = r.slice(at.link())
	}
	return out, err
}

func byKind(tx postgres.Tx, s Scope) ([]Slice, error) {
	var rows []sliceRow
	err := disbursed(tx, s).Joins("join lateral (" + kindOf + ") c(kind) on c.kind is not null").
		Select("c.kind as key, c.kind as label, sum(l.disbursed_amount) as amount, count(*) as loans").Group("c.kind").Order("amount desc").Scan(&rows).Error
	words := map[string]string{"patent": "专利", "trademark": "商标", "gi_mark": "地理标志", "mixed": "混合"}
	out := make([]Slice, len(rows))
	for i, r := range rows {
		at := s
		at.Kind, r.Label = r.Key, words[r.Key]
		out[i] = r.slice(at.link())
	}
	return out, err
}

// ageing is the overdue part of all loans by the columns of S71 (domain §3.6). Where
// nobody owes anything there is no figure.
func ageing(tx postgres.Tx, s Scope) ([]Slice, error) {
	n := Narrowing{BankID: s.BankID, AreaCode: cmp.Or(s.ParkCode, s.AreaCode), Figure: Outstanding}
	_, count, err := sumOf(tx, n)
	if err != nil {
		return nil, err
	}
	n.Figure = LoanAgeing
	buckets, err := bucketsOf(tx, n, count > 0)
	out := make([]Slice, len(buckets))
	for i, b := range buckets {
		out[i] = Slice{Key: b.Key, Label: b.Label, Amount: b.Amount, Link: b.Link}
		if b.Count != nil {
			out[i].Loans = *b.Count
		}
	}
	return out, err
}

// needWords are the states of a need.
var needWords = map[string]string{
	"submitted": "待复核", "pending_review": "待审核", "returned": "已退回", "open": "招标中", "evaluating": "比选中",
	"awarded": "已选定", "fulfilled": "已放款", "failed": "流标", "cancelled": "已取消",
}

// pipeline counts the year's needs by state. Bids don't appear: they are sealed.
func pipeline(tx postgres.Tx, s Scope) ([]Slice, error) {
	n := Narrowing{Figure: Needs, AreaCode: cmp.Or(s.ParkCode, s.AreaCode), Year: s.Year}
	rows, err := grouped(tx, n, "x.part", "x.part")
	out := make([]Slice, len(rows))
	for i, r := range rows {
		at := n
		at.Part = r.Key
		amount := r.Amount
		out[i] = Slice{Key: r.Key, Label: needWords[r.Key], Amount: &amount, Loans: r.Count, Link: at.Link()}
	}
	return out, err
}

type disbursementRow struct {
	LoanID         uuid.UUID
	Number         string
	Borrower       string
	AreaName       string
	ParkName       string
	BankName       string
	DisbursedOn    calendar.Date
	Amount         money.Amount
	CreditLine     money.Amount
	Registered     *money.Amount
	Outstanding    money.Amount
	AnnualRate     money.Rate
	MaturesOn      calendar.Date
	Class          string
	RegistrationNo string
}

func (r disbursementRow) view() Disbursement {
	return Disbursement{r.LoanID, r.Number, r.Borrower, r.AreaName, r.ParkName, r.BankName, r.DisbursedOn, r.Amount, r.CreditLine, r.Registered, r.Outstanding, r.AnnualRate, r.MaturesOn, r.Class, r.RegistrationNo}
}

var sortable = map[string]page.Key{
	"disbursed_on": {Column: "l.disbursed_on", Cast: "date"},
	"amount":       {Column: "l.disbursed_amount", Cast: "numeric"},
}

func disbursements(tx postgres.Tx, s Scope, r page.Request) (page.Rows[disbursementRow], error) {
	query := disbursed(tx, s).
		Joins("join organization b on b.id = l.bank_id").Joins("left join area a on a.code = o.area_code").
		Joins("left join area k on k.code = o.park_code").Joins("left join pledge p on p.id = l.pledge_id").
		Select(`l.id as loan_id, l.number, o.name as borrower, coalesce(a.name, '') as area_name, coalesce(k.name, '') as park_name, b.name as bank_name,
			l.disbursed_on, l.disbursed_amount as amount, l.credit_line, p.registered_amount as registered, l.outstanding, l.annual_rate, l.matures_on,
			l.class, coalesce(p.registration_no, '') as registration_no`)
	return page.Load[disbursementRow](r.Match(query, "l.number", "o.name", "b.name"), r, "l.id")
}

func planTargets(tx postgres.Tx) ([]target, error) {
	var rows []struct {
		Code, Indicator, Quote, Location, Scope, Unit string
		BaselineValue, TargetValue                    string
		TargetYear                                    *int
		Aggregation, Caveat                           string
	}
	err := tx.Gorm().Table("plan_target").Order("seq").Scan(&rows).Error
	out := make([]target, len(rows))
	for i, r := range rows {
		out[i] = target{Target{
			Code: r.Code, Indicator: r.Indicator, Quote: r.Quote, Location: r.Location, Scope: r.Scope, Unit: r.Unit, Baseline: r.BaselineValue,
			TargetYear: r.TargetYear, Target: r.TargetValue, Aggregation: r.Aggregation, Caveat: r.Caveat,
		}}
	}
	return out, err
}
