package subsidy

import (
	"errors"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/ledger"
	"ippledge/internal/money"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
)

// filter narrows the list of applications; zero values don't.
type filter struct {
	Status, Kind, AreaCode      string
	CallID, OrgID, LoanID, InID uuid.UUID
	Year                        int
	Payable                     bool
}

var sortable = map[string]page.Key{
	"created_at": {Column: "s.created_at", Cast: "timestamptz"},
	"number":     {Column: "s.number", Cast: "text"},
	"proposed":   {Column: "coalesce(s.proposed, 0)", Cast: "numeric"},
	"approved":   {Column: "coalesce(s.approved, 0)", Cast: "numeric"},
	"status":     {Column: "s.status", Cast: "text"},
}

// listed is one row of the list: the application and the names beside its ids.
type listed struct {
	Application
	CallTitle, OrgName, USCC, AreaName, LoanNumber, BankName, BatchNumber string
	LoanPrincipal                                                         money.Amount
}

func applications(tx postgres.Tx) *gorm.DB {
	return tx.Gorm().Table("subsidy_application s").
		Joins("join subsidy_call c on c.id = s.call_id").
		Joins("join organization o on o.id = s.org_id").
		Joins("join area a on a.code = o.area_code").
		Joins("join loan l on l.id = s.loan_id").
		Joins("join organization b on b.id = l.bank_id").
		Joins("left join subsidy_batch t on t.id = s.batch_id").
		Select(`s.*, c.title as call_title, o.name as org_name, coalesce(o.uscc, '') as uscc, a.name as area_name, l.number as loan_number,
			l.disbursed_amount as loan_principal, b.name as bank_name, coalesce(t.number, '') as batch_number`)
}

func findListed(tx postgres.Tx, id uuid.UUID) (r listed, err error) {
	err = applications(tx).Where("s.id = ?", id).Take(&r).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		err = errNotFound
	}
	return r, err
}

// seen narrows to the rows the actor may read; the same rule as mayRead.
func seen(query *gorm.DB, actor authz.Actor) *gorm.DB {
	switch actor.OrgKind {
	case authz.IPBureau, authz.FinanceBureau, authz.Observer:
		return query.Where("s.status <> ?", Draft)
	}
	return query.Where("s.org_id = ?", actor.OrgID)
}

func list(tx postgres.Tx, actor authz.Actor, r page.Request, f filter) (page.Rows[listed], error) {
	query := seen(applications(tx), actor)
	where := func(given bool, condition string, args ...any) {
		if given {
			query = query.Where(condition, args...)
		}
	}
	where(f.Status != "", "s.status = ?", f.Status)
	where(f.Kind != "", "s.kind = ?", f.Kind)
	where(f.AreaCode != "", "? in (o.area_code, o.park_code)", f.AreaCode)
	where(f.CallID != uuid.Nil, "s.call_id = ?", f.CallID)
	where(f.OrgID != uuid.Nil, "s.org_id = ?", f.OrgID)
	where(f.LoanID != uuid.Nil, "s.loan_id = ?", f.LoanID)
	where(f.InID != uuid.Nil, "s.batch_id = ?", f.InID)
	where(f.Year != 0, "s.year = ?", f.Year)
	where(f.Payable, "s.status = ? and s.publicity_until < ?", Publicity, calendar.DateOf(tx.Now()))
	return page.Load[listed](r.Match(query, "s.number", "o.name", "l.number", "c.title"), r, "s.id")
}

// waiting are applications in a state, as a list of tasks needs them.
func waiting(tx postgres.Tx, condition string, args ...any) (out []listed, err error) {
	err = applications(tx).Where(condition, args...).Order("s.created_at").Limit(200).Scan(&out).Error
	return out, err
}

// linesOf are the applications of a batch, for the payment file.
func linesOf(tx postgres.Tx, batchID uuid.UUID) (out []listed, err error) {
	err = applications(tx).Where("s.batch_id = ?", batchID).Order("s.number").Scan(&out).Error
	return out, err
}

type callFilter struct {
	Status string
	Year   int
	Open   bool
}

var sortableCalls = map[string]page.Key{
	"created_at": {Column: "c.created_at", Cast: "timestamptz"},
	"number":     {Column: "c.number", Cast: "text"},
	"opens_on":   {Column: "c.opens_on", Cast: "date"},
	"closes_on":  {Column: "c.closes_on", Cast: "date"},
	"budget":     {Column: "c.budget", Cast: "numeric"},
}

// listedCall is a call with what has come of it.
type listedCall struct {
	Call
	Applications int
	Paid         money.Amount
}

func calls(tx postgres.Tx) *gorm.DB {
	return tx.Gorm().Table("subsidy_call c").Select(`c.*,
		(select count(*) from subsidy_application s where s.call_id = c.id and s.status not in ('draft', 'withdrawn')) as applications,
		(select coalesce(sum(approved), 0) from subsidy_application s where s.call_id = c.id and s.status = 'paid') as paid`)
}

func findListedCall(tx postgres.Tx, id uuid.UUID) (r listedCall, err error) {
	err = calls(tx).Where("c.id = ?", id).Take(&r).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		err = errCallNotFound
	}
	return r, err
}

// listCalls lists calls; drafts and what became of them stay in the bureau.
func listCalls(tx postgres.Tx, bureau bool, r page.Request, f callFilter) (page.Rows[listedCall], error) {
	query := calls(tx)
	if !bureau {
		query = query.Where("c.status in ?", []CallStatus{CallPublished, CallClosed})
	}
	if f.Status != "" {
		query = query.Where("c.status = ?", f.Status)
	}
	if f.Year != 0 {
		query = query.Where("c.year = ?", f.Year)
	}
	if f.Open {
		query = query.Where("c.status = ? and ? between c.opens_on and c.closes_on", CallPublished, calendar.DateOf(tx.Now()))
	}
	return page.Load[listedCall](r.Match(query, "c.number", "c.title"), r, "c.id")
}

// draftCalls are drafts of the bureau, those sent back included.
func draftCalls(tx postgres.Tx) (out []Call, err error) {
	err = tx.Gorm().Where("status = ?", CallDraft).Order("created_at").Limit(100).Find(&out).Error
	return out, err
}

// openCalls are those that take applications today.
func openCalls(tx postgres.Tx) (out []Call, err error) {
	err = tx.Gorm().Where("status = ? and ? between opens_on and closes_on", CallPublished, calendar.DateOf(tx.Now())).Order("closes_on").Find(&out).Error
	return out, err
}

type listedBatch struct {
	Batch
	CallTitle string
}

var sortableBatches = map[string]page.Key{
	"created_at": {Column: "t.created_at", Cast: "timestamptz"},
	"number":     {Column: "t.number", Cast: "text"},
	"total":      {Column: "t.total", Cast: "numeric"},
}

func batches(tx postgres.Tx) *gorm.DB {
	return tx.Gorm().Table("subsidy_batch t").Joins("join subsidy_call c on c.id = t.call_id").Select("t.*, c.title as call_title")
}

func findListedBatch(tx postgres.Tx, id uuid.UUID) (r listedBatch, err error) {
	err = batches(tx).Where("t.id = ?", id).Take(&r).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		err = errBatchNotFound
	}
	return r, err
}

func listBatches(tx postgres.Tx, r page.Request, status string, callID uuid.UUID) (page.Rows[listedBatch], error) {
	query := batches(tx)
	if status != "" {
		query = query.Where("t.status = ?", status)
	}
	if callID != uuid.Nil {
		query = query.Where("t.call_id = ?", callID)
	}
	return page.Load[listedBatch](r.Match(query, "t.number", "c.title", "t.note"), r, "t.id")
}

var sortableAppropriations = map[string]page.Key{
	"created_at": {Column: "p.created_at", Cast: "timestamptz"},
	"on_date":    {Column: "p.on_date", Cast: "date"},
	"amount":     {Column: "p.amount", Cast: "numeric"},
}

func listAppropriations(tx postgres.Tx, r page.Request, status string) (page.Rows[Appropriation], error) {
	query := tx.Gorm().Table("subsidy_appropriation p").Select("p.*")
	if status != "" {
		query = query.Where("p.status = ?", status)
	}
	return page.Load[Appropriation](r.Match(query, "p.number", "p.voucher", "p.note"), r, "p.id")
}

// batchedTotal is what batches in preparation will take.
func batchedTotal(tx postgres.Tx) (total money.Amount, err error) {
	err = tx.Gorm().Table("subsidy_batch").Select("coalesce(sum(total), 0)").Where("status = ?", BatchSubmitted).Row().Scan(&total)
	return total, err
}

// payableTotal is what could be batched today, and how many lines.
func payableTotal(tx postgres.Tx) (total money.Amount, items int, err error) {
	err = tx.Gorm().Table("subsidy_application").Select("coalesce(sum(approved), 0), count(*)").
		Where("status = ? and publicity_until < ?", Publicity, calendar.DateOf(tx.Now())).Row().Scan(&total, &items)
	return total, items, err
}

// Payable lists what of a call may be batched today.
func Payable(tx postgres.Tx, callID uuid.UUID) (ids []uuid.UUID, err error) {
	err = tx.Gorm().Table("subsidy_application").Select("id").Order("id").
		Where("call_id = ? and status = ? and publicity_until < ?", callID, Publicity, calendar.DateOf(tx.Now())).Scan(&ids).Error
	return ids, err
}

// granting sums what was granted and what was paid, over all calls.
func granting(tx postgres.Tx) (grants, paid money.Amount, err error) {
	err = tx.Gorm().Table("subsidy_application").
		Select("coalesce(sum(approved) filter (where status in ('publicity', 'objected', 'batched', 'paid')), 0), coalesce(sum(approved) filter (where status = 'paid'), 0)").
		Row().Scan(&grants, &paid)
	return grants, paid, err
}

func references(tx postgres.Tx) (out []ledger.Reference, err error) {
	err = tx.Gorm().Raw(`
		select 'subsidy' as kind, number as reference, approved as amount from subsidy_application where status = 'paid'
		union all select 'contribute', number, amount from subsidy_appropriation where status = 'posted'`).Scan(&out).Error
	return out, err
}

// published are the grants in their days of publicity, for anybody to read.
func published(tx postgres.Tx) (out []listed, err error) {
	err = applications(tx).Where("s.status in ? and s.publicity_until >= ?", []Status{Publicity, Objected}, calendar.DateOf(tx.Now())).
		Order("s.publicity_until, s.number").Limit(500).Scan(&out).Error
	return out, err
}
