package loan

import (
	"github.com/google/uuid"
	"gorm.io/gorm"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/money"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
)

// listed is a loan with what a list shows beside it, as one reader may see it.
type listed struct {
	Loan             `gorm:"embedded"`
	BorrowerName     string
	BankName         string
	AreaName         string
	NeedNumber       string
	BidNumber        string
	PledgeNumber     string
	RegisteredAmount *money.Amount
	NextDueOn        calendar.Date
	NextDue          *money.Amount
	Enrolled         bool
	Pending          bool // a step of the reader's own organisation waits for a signature
}

// selected is the list's select for one reader. The registered amount is that of all
// pledges in force for the bid: the parts of one sum in two registers.
func selected(tx postgres.Tx, actor authz.Actor) *gorm.DB {
	inner := tx.Gorm().Raw(`select l.*, o.name as borrower_name, k.name as bank_name, r.name as area_name, n.number as need_number, b.number as bid_number,
			o.area_code as area_code, coalesce(p.number, '') as pledge_number,
			(select sum(q.registered_amount) from pledge q where q.bid_id = l.bid_id and q.status in ('registered', 'cancel_filed')) as registered_amount,
			i.due_on as next_due_on, i.principal + i.interest - i.principal_paid - i.interest_paid as next_due,
			exists (select 1 from enrolment e where e.loan_id = l.id and e.status not in ('draft', 'refused', 'withdrawn')) as enrolled,
			exists (select 1 from approval_proposal a where a.subject_kind = 'loan' and a.subject_id = l.id and a.org_id = ? and a.status = 'pending') as pending
		from loan l join organization o on o.id = l.borrower_id join organization k on k.id = l.bank_id join area r on r.code = o.area_code
		join financing_need n on n.id = l.need_id join bid b on b.id = l.bid_id left join pledge p on p.id = l.pledge_id
		left join lateral (select * from loan_instalment x where x.loan_id = l.id and x.settled_on is null order by x.due_on, x.number limit 1) i on true`, actor.OrgID)
	return scoped(tx.Gorm().Table("(?) as l", inner).Select("l.*"), actor)
}

// scoped narrows to the rows that concern the reader's organisation: the two parties
// their own; those who stand behind the banks what was disbursed.
func scoped(query *gorm.DB, actor authz.Actor) *gorm.DB {
	switch actor.OrgKind {
	case authz.Enterprise, authz.GIRegistrant:
		return query.Where("l.borrower_id = ?", actor.OrgID)
	case authz.Bank:
		return query.Where("l.bank_id = ?", actor.OrgID)
	case authz.IPBureau, authz.FinanceBureau, authz.FundManager, authz.Observer:
		return query.Where("l.disbursed_on is not null")
	case authz.Guarantor, authz.Insurer:
		// Only the loans whose loss they share.
		return query.Where("exists (select 1 from enrolment e where e.loan_id = l.id and (e.guarantor_id = ? or e.insurer_id = ?))", actor.OrgID, actor.OrgID)
	default:
		return query.Where("false")
	}
}

func findListed(tx postgres.Tx, actor authz.Actor, id uuid.UUID) (listed, error) {
	var out []listed
	err := selected(tx, actor).Where("l.id = ?", id).Limit(1).Scan(&out).Error
	if err == nil && len(out) == 0 {
		err = errNotFound
	}
	if err != nil {
		return listed{}, err
	}
	return out[0], nil
}

var sortable = map[string]page.Key{
	"created_at":    {Column: "l.created_at", Cast: "timestamptz"},
	"number":        {Column: "l.number", Cast: "text"},
	"principal":     {Column: "l.principal", Cast: "numeric"},
	"outstanding":   {Column: "l.outstanding", Cast: "numeric"},
	"annual_rate":   {Column: "l.annual_rate", Cast: "numeric"},
	"matures_on":    {Column: "l.matures_on", Cast: "date"},
	"disbursed_on":  {Column: "coalesce(l.disbursed_on, 'infinity')", Cast: "date"},
	"next_due_on":   {Column: "coalesce(l.next_due_on, 'infinity')", Cast: "date"},
	"days_past_due": {Column: "l.days_past_due", Cast: "numeric"},
}

// filter is what a list of loans may be narrowed by. DaysFrom and DaysTo are days past
// due; DaysTo of 0 sets no upper end.
type filter struct {
	Status, Class              string
	AreaCode                   string
	NeedID, BidID              uuid.UUID
	BankID, BorrowerID         uuid.UUID
	DaysFrom, DaysTo           int
	DisbursedFrom, DisbursedTo calendar.Date
	MaturesFrom, MaturesTo     calendar.Date
}

func (f filter) apply(query *gorm.DB) *gorm.DB {
	where := func(present bool, condition string, value any) {
		if present {
			query = query.Where(condition, value)
		}
	}
	where(f.Status != "", "l.status = ?", f.Status)
	where(f.Class != "", "l.class = ?", f.Class)
	where(f.AreaCode != "", "l.area_code = ?", f.AreaCode)
	where(f.NeedID != uuid.Nil, "l.need_id = ?", f.NeedID)
	where(f.BidID != uuid.Nil, "l.bid_id = ?", f.BidID)
	where(f.BankID != uuid.Nil, "l.bank_id = ?", f.BankID)
	where(f.BorrowerID != uuid.Nil, "l.borrower_id = ?", f.BorrowerID)
	where(f.DaysFrom > 0, "l.days_past_due >= ?", f.DaysFrom)
	where(f.DaysTo > 0, "l.days_past_due <= ?", f.DaysTo)
	where(!f.DisbursedFrom.IsZero(), "l.disbursed_on >= ?", f.DisbursedFrom)
	where(!f.DisbursedTo.IsZero(), "l.disbursed_on <= ?", f.DisbursedTo)
	where(!f.MaturesFrom.IsZero(), "l.matures_on >= ?", f.MaturesFrom)
	where(!f.MaturesTo.IsZero(), "l.matures_on <= ?", f.MaturesTo)
	return query
}

func list(tx postgres.Tx, actor authz.Actor, r page.Request, f filter) (page.Rows[listed], error) {
	query := f.apply(selected(tx, actor))
	return page.Load[listed](r.Match(query, "l.number", "l.contract_no", "l.borrower_name", "l.bank_name", "l.need_number"), r, "l.id")
}

// waiting lists the loans that may wait for somebody of the reader's organisation.
func waiting(tx postgres.Tx, actor authz.Actor, dueBy calendar.Date) (out []listed, err error) {
	err = selected(tx, actor).
		Where(`not l.pending and (l.status in ? or (l.status in ? and l.next_due_on <= ?))`,
			[]Status{Approved, Signed, Ready, Overdue, Defaulted}, []Status{Active, Extended}, dueBy).
		Order("l.created_at, l.id").Limit(200).Scan(&out).Error
	return out, err
}

// ageRow is one group of the overdue board.
type ageRow struct {
	Key       string
	Loans     int
	Borrowers int
	Amount    money.Amount
}

const bucketSQL = `case when l.days_past_due < 1 then '' when l.days_past_due <= 30 then '1-30' when l.days_past_due <= 60 then '31-60'
	when l.days_past_due <= 90 then '61-90' when l.days_past_due <= 180 then '91-180' when l.days_past_due <= 270 then '181-270'
	when l.days_past_due <= 360 then '271-360' else '361+' end`

// ages groups what is out by the buckets of form S71, or by class.
func ages(tx postgres.Tx, actor authz.Actor, by string) (out []ageRow, err error) {
	key := bucketSQL
	if by == "class" {
		key = "l.class"
	}
	err = selected(tx, actor).Where("l.outstanding > 0").
		Select("(" + key + ") as key, count(*) as loans, count(distinct l.borrower_id) as borrowers, sum(l.outstanding) as amount").
		Group(key).Scan(&out).Error
	return out, err
}
