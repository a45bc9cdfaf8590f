package indicator

import (
	"fmt"
	"strings"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"ippledge/internal/calendar"
	"ippledge/internal/money"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
)

// A source is a select of the rows of one figure. All have the same columns, so that one
// set of filters, one list, one sum and one grouping serve every figure: id, noun, on_date,
// number, title, detail, days_past_due, part, late, fund_id, fund_name, bank_id, bank_name,
// borrower_id, area_code, park_code, area_name, amount.
type source string

// entries are ledger entries of the active funds by what they did to certain accounts.
// signed is an expression over a posting p, which the entry's postings are summed by. The
// bank and the borrower are those of the claim that the entry belongs to; paying in has an
// area of its own, the payer's.
func entries(signed, condition string) source {
	return source(fmt.Sprintf(`select e.id, 'entry' as noun, e.effective_on as on_date, e.reference as number, e.narrative as title, e.kind as detail,
		0 as days_past_due, '' as part, false as late, f.id as fund_id, f.name as fund_name, c.bank_id, coalesce(b.name, '') as bank_name, c.borrower_id,
		coalesce(o.area_code, m.payer) as area_code, o.park_code, coalesce(a.name, '') as area_name, m.amount
	from fund f join ledger_entry e on e.book_id = f.book_id
	join lateral (select sum(%s) as amount,
			nullif(max(case when p.source like 'capital:%%' then split_part(p.source, ':', 3) when p.destination like 'returned:%%' then split_part(p.destination, ':', 3) end), '') as payer
		from ledger_posting p where p.book_id = e.book_id and p.seq = e.seq) m on m.amount <> 0
	left join claim_payout po on po.entry_id = e.id
	left join recovery_transfer rt on rt.entry_id = e.id
	left join recovery_receipt rr on rr.id = rt.receipt_id
	left join recovery rc on rc.id = rr.recovery_id
	left join claim cn on cn.number = e.reference and e.kind in ('approve_claim', 'claw_back')
	left join claim c on c.id = coalesce(po.claim_id, rc.claim_id, cn.id)
	left join organization b on b.id = c.bank_id
	left join organization o on o.id = c.borrower_id
	left join area a on a.code = coalesce(o.area_code, m.payer)
	where f.status = 'active' and %s`, signed, condition))
}

const (
	standing = `e.reverses is null and not exists (select 1 from ledger_entry r where r.reverses = e.id)`
	cashIn   = `case when starts_with(p.destination, 'cash:') then p.amount else 0 end - case when starts_with(p.source, 'cash:') then p.amount else 0 end`
	capital  = `case when split_part(p.source, ':', 1) in ('capital', 'returned') then p.amount else 0 end
		- case when split_part(p.destination, ':', 1) in ('capital', 'returned') then p.amount else 0 end`
)

// owed is what stands on the accounts payable, claim by claim: an approval and its payments
// are one row of what is left. Postings without a claim stand under their own reference.
const owed source = `select coalesce(c.id, cast(md5(x.reference) as uuid)) as id, case when c.id is null then '' else 'claim' end as noun, c.approved_on as on_date,
		x.reference as number, coalesce(o.name, '') as title, coalesce(c.status, '') as detail, 0 as days_past_due, '' as part, false as late,
		f.id as fund_id, f.name as fund_name, c.bank_id, coalesce(b.name, '') as bank_name, c.borrower_id, o.area_code, o.park_code, coalesce(a.name, '') as area_name, x.amount
	from (select e.book_id, coalesce(pc.number, e.reference) as reference,
			sum(case when starts_with(p.source, 'payable:') then p.amount else 0 end - case when starts_with(p.destination, 'payable:') then p.amount else 0 end) as amount
		from ledger_entry e join ledger_posting p using (book_id, seq)
		left join claim_payout po on po.number = e.reference left join claim pc on pc.id = po.claim_id
		where starts_with(p.source, 'payable:') or starts_with(p.destination, 'payable:')
		group by e.book_id, coalesce(pc.number, e.reference)) x
	join fund f on f.book_id = x.book_id
	left join claim c on c.number = x.reference
	left join organization b on b.id = c.bank_id
	left join organization o on o.id = c.borrower_id
	left join area a on a.code = o.area_code
	where f.status = 'active' and x.amount <> 0`

// bucketOf is the column of form S71 that a loan l falls into (domain §3.6).
const bucketOf = `case when l.days_past_due < 1 then '' when l.days_past_due <= 30 then '1-30' when l.days_past_due <= 60 then '31-60'
	when l.days_past_due <= 90 then '61-90' when l.days_past_due <= 180 then '91-180' when l.days_past_due <= 270 then '181-270'
	when l.days_past_due <= 360 then '271-360' else '361+' end`

// covered are the loans under cover in the active funds; amount is a column of enrolment n.
func covered(amount, condition string) source {
	return source(fmt.Sprintf(`select n.id, 'enrolment' as noun, n.filed_on as on_date, n.number, o.name as title, l.class as detail, l.days_past_due,
		%s as part, false as late, f.id as fund_id, f.name as fund_name, n.bank_id, b.name as bank_name, n.borrower_id, o.area_code, o.park_code, a.name as area_name,
		n.%s as amount
	from enrolment n join fund f on f.id = n.fund_id join loan l on l.id = n.loan_id join organization b on b.id = n.bank_id
	join organization o on o.id = n.borrower_id join area a on a.code = o.area_code
	where f.status = 'active' and n.status in ('enrolled', 'claimed') and %s`, bucketOf, amount, condition))
}

// lent are the loans that somebody owes on, under cover or not.
func lent(condition string) source {
	return source(fmt.Sprintf(`select l.id, 'loan' as noun, l.disbursed_on as on_date, l.number, o.name as title, l.class as detail, l.days_past_due,
		%s as part, false as late, cast(null as uuid) as fund_id, '' as fund_name, l.bank_id, b.name as bank_name, l.borrower_id, o.area_code, o.park_code,
		a.name as area_name, l.outstanding as amount
	from loan l join organization b on b.id = l.bank_id join organization o on o.id = l.borrower_id join area a on a.code = o.area_code
	where l.outstanding > 0 and %s`, bucketOf, condition))
}

const nonPerforming = `l.class in ('substandard', 'doubtful', 'loss')`

// filed are the claims that were handed in, with what they come to so far: what was
// approved, else what the reviews came to, else what was asked for.
const filed source = `select c.id, 'claim' as noun, c.step_due_on as on_date, c.number, o.name as title, c.status as detail, 0 as days_past_due,
		c.status as part, coalesce(c.step_due_on < @today, false) as late, f.id as fund_id, f.name as fund_name, c.bank_id, b.name as bank_name, c.borrower_id,
		o.area_code, o.park_code, a.name as area_name, coalesce(c.approved, c.adjusted, c.asked) as amount
	from claim c join fund f on f.id = c.fund_id join organization b on b.id = c.bank_id join organization o on o.id = c.borrower_id join area a on a.code = o.area_code
	where f.status = 'active' and c.submitted_at is not null`

const pledged source = `select p.id, 'pledge' as noun, p.registered_on as on_date, p.number, o.name as title, p.status as detail, 0 as days_past_due,
		'' as part, false as late, cast(null as uuid) as fund_id, '' as fund_name, p.pledgee_id as bank_id, b.name as bank_name, p.pledgor_id as borrower_id,
		o.area_code, o.park_code, a.name as area_name, p.registered_amount as amount
	from pledge p join organization b on b.id = p.pledgee_id join organization o on o.id = p.pledgor_id join area a on a.code = o.area_code
	where p.registered_on is not null`

// wanted are the needs; bids don't appear, they are sealed.
const wanted source = `select n.id, 'need' as noun, cast(n.created_at at time zone 'Asia/Shanghai' as date) as on_date, n.number, o.name as title, n.status as detail,
		0 as days_past_due, n.status as part, false as late, cast(null as uuid) as fund_id, '' as fund_name, cast(null as uuid) as bank_id, '' as bank_name,
		n.org_id as borrower_id, n.area_code, o.park_code, a.name as area_name, n.amount
	from financing_need n join organization o on o.id = n.org_id join area a on a.code = n.area_code where n.status <> 'draft'`

// less puts the rows of others below a source's, their amounts taken off.
func less(of source, off ...source) source {
	parts := []string{string(of)}
	for _, s := range off {
		parts = append(parts, `select id, noun, on_date, number, title, detail, days_past_due, part, late, fund_id, fund_name, bank_id, bank_name, borrower_id,
			area_code, park_code, area_name, -amount as amount from (`+string(s)+`) s`)
	}
	return source(strings.Join(parts, "\nunion all\n"))
}

var (
	inCash    = entries(cashIn, "true")
	paidOut   = entries("p.amount", "e.kind = 'pay' and "+standing)
	cameBack  = entries("p.amount", "e.kind = 'recover' and "+standing)
	returned  = entries("p.amount", "e.kind = 'claw_back' and "+standing)
	lateCover = covered("outstanding", "l.days_past_due > 0")
)

var sources = map[Figure]source{
	Balance: inCash, Committed: owed, Available: less(inCash, owed), PaidIn: entries(capital, "true"),
	Paid: paidOut, Recovered: cameBack, ClawedBack: returned, NetLoss: less(paidOut, cameBack, returned),
	Enrolled: covered("outstanding", "true"), Exposure: covered("exposure", "true"), NPL: covered("outstanding", nonPerforming), Ageing: lateCover, Claims: filed,
	Registered: pledged, Outstanding: lent("true"), Overdue: lent("l.days_past_due > 0"), LoanAgeing: lent("l.days_past_due > 0"), Needs: wanted,
}

// figureRow is a row of a source.
type figureRow struct {
	ID          uuid.UUID
	Noun        string
	OnDate      *calendar.Date
	Number      string
	Title       string
	Detail      string
	DaysPastDue int
	Late        bool
	FundName    string
	BankName    string
	AreaName    string
	Amount      money.Amount
}

// rowsOf is the query over the rows of a figure, narrowed.
func rowsOf(tx postgres.Tx, n Narrowing) *gorm.DB {
	sql, args := string(sources[n.Figure]), []any{}
	if strings.Contains(sql, "@today") {
		args = append(args, map[string]any{"today": calendar.DateOf(tx.Now())})
	}
	query := tx.Gorm().Table("(?) as x", tx.Gorm().Raw(sql, args...))
	where := func(given bool, condition string, args ...any) {
		if given {
			query = query.Where(condition, args...)
		}
	}
	where(n.FundID != uuid.Nil, "x.fund_id = ?", n.FundID)
	where(n.BankID != uuid.Nil, "x.bank_id = ?", n.BankID)
	where(n.AreaCode == municipal, "x.area_code is null")
	where(n.AreaCode != "" && n.AreaCode != municipal, "? in (x.area_code, x.park_code)", n.AreaCode)
	where(n.Year != 0, "extract(year from x.on_date) = ?", n.Year)
	where(n.Part != "", "x.part = ?", n.Part)
	where(n.Late, "x.late")
	return query
}

var sortableRows = map[string]page.Key{
	"on_date": {Column: "coalesce(x.on_date, date '0001-01-01')", Cast: "date"},
	"amount":  {Column: "x.amount", Cast: "numeric"},
	"number":  {Column: "x.number", Cast: "text"},
}

func listRows(tx postgres.Tx, n Narrowing, r page.Request) (page.Rows[figureRow], error) {
	query := rowsOf(tx, n).Select("x.id, x.noun, x.on_date, x.number, x.title, x.detail, x.days_past_due, x.late, x.fund_name, x.bank_name, x.area_name, x.amount")
	return page.Load[figureRow](r.Match(query, "x.number", "x.title", "x.bank_name"), r, "x.id")
}

// sumOf is the figure: the sum of its rows and their number.
func sumOf(tx postgres.Tx, n Narrowing) (total money.Amount, count int64, err error) {
	err = rowsOf(tx, n).Select("coalesce(sum(x.amount), 0), count(*)").Row().Scan(&total, &count)
	return total, count, err
}

// groupRow is a figure's sum by one of its columns.
type groupRow struct {
	Key       string
	Label     string
	Amount    money.Amount
	Count     int64
	Borrowers int64
	// Of the rows, those that are late.
	Late       int64
	LateAmount money.Amount
}

// grouped sums a figure by a column; key and label are expressions over x. Rows without a
// key are left out.
func grouped(tx postgres.Tx, n Narrowing, key, label string) (out []groupRow, err error) {
	err = rowsOf(tx, n).Where(key + " is not null").
		Select(fmt.Sprintf(`cast(%s as text) as key, max(cast(%s as text)) as label, sum(x.amount) as amount, count(*) as count,
			count(distinct x.borrower_id) as borrowers, count(*) filter (where x.late) as late, coalesce(sum(x.amount) filter (where x.late), 0) as late_amount`, key, label)).
		Group(key).Order(key).Scan(&out).Error
	return out, err
}
