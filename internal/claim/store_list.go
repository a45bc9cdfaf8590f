package claim

import (
	"errors"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
)

// listed is one row of the list: the claim, the names beside its ids, and what decides
// about the actions.
type listed struct {
	Claim
	EnrolmentNumber string
	FundName        string
	LoanNumber      string
	BankName        string
	BorrowerName    string
	AreaName        string
	Situation       situation `gorm:"embedded"`
}

const situationSelect = `
  (select count(*) from claim_expert x where x.claim_id = c.id and not x.recused) as experts,
  (select count(*) from claim_expert x where x.claim_id = c.id and not x.recused and x.scored_at is null) as unscored,
  (select count(*) from claim_objection x where x.claim_id = c.id and x.answered_at is null) as open_objections,
  exists (select 1 from claim_expert x where x.claim_id = c.id and x.user_id = ? and not x.recused and x.scored_at is null) as mine,
  exists (select 1 from claim_expert x where x.claim_id = c.id and x.user_id = ? and not x.recused) as on_panel,
  exists (select 1 from recovery x where x.claim_id = c.id and x.status in ('completed', 'written_off')) as recovery_ended`

func claims(tx postgres.Tx, actor authz.Actor) *gorm.DB {
	return tx.Gorm().Table("claim c").
		Joins("join enrolment e on e.id = c.enrolment_id").
		Joins("join fund f on f.id = c.fund_id").
		Joins("join loan l on l.id = c.loan_id").
		Joins("join organization b on b.id = c.bank_id").
		Joins("join organization o on o.id = c.borrower_id").
		Joins("join area a on a.code = o.area_code").
		Select(`c.*, e.number as enrolment_number, f.name as fund_name, l.number as loan_number, b.name as bank_name,
			o.name as borrower_name, a.name as area_name, `+situationSelect, actor.UserID, actor.UserID)
}

// seen narrows to the rows the actor may read: the bank its own; bureaux, manager and
// observers what was handed in; who takes a share of the loss theirs; an expert those
// drawn for.
func seen(query *gorm.DB, actor authz.Actor) *gorm.DB {
	if !actor.Can(authz.ClaimRead) {
		return query.Where("false")
	}
	switch actor.OrgKind {
	case authz.Bank:
		return query.Where("c.bank_id = ?", actor.OrgID)
	case authz.IPBureau, authz.FinanceBureau, authz.FundManager, authz.Observer:
		return query.Where("c.submitted_at is not null")
	case authz.ExpertPool:
		return query.Where("exists (select 1 from claim_expert x where x.claim_id = c.id and x.user_id = ? and not x.recused)", actor.UserID)
	}
	return query.Where("c.submitted_at is not null and ? in (e.guarantor_id, e.insurer_id, e.appraiser_id)", actor.OrgID)
}

func findListed(tx postgres.Tx, actor authz.Actor, id uuid.UUID) (r listed, err error) {
	err = seen(claims(tx, actor), actor).Where("c.id = ?", id).Take(&r).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		err = errNotFound
	}
	return r, err
}

func situationOf(tx postgres.Tx, actor authz.Actor, id uuid.UUID) (s situation, err error) {
	err = tx.Gorm().Table("claim c").Select(situationSelect, actor.UserID, actor.UserID).Where("c.id = ?", id).Scan(&s).Error
	return s, err
}

// filter narrows the list of claims; zero values don't.
type filter struct {
	Status, AreaCode string
	FundID, BankID   uuid.UUID
	Overdue          bool
	From, To         calendar.Date
}

var sortable = map[string]page.Key{
	"created_at":  {Column: "c.created_at", Cast: "timestamptz"},
	"number":      {Column: "c.number", Cast: "text"},
	"asked":       {Column: "c.asked", Cast: "numeric"},
	"approved":    {Column: "coalesce(c.approved, 0)", Cast: "numeric"},
	"step_due_on": {Column: "coalesce(c.step_due_on, date '9999-12-31')", Cast: "date"},
	"status":      {Column: "c.status", Cast: "text"},
}

func list(tx postgres.Tx, actor authz.Actor, r page.Request, f filter) (page.Rows[listed], error) {
	query := seen(claims(tx, actor), actor)
	where := func(given bool, condition string, args ...any) {
		if given {
			query = query.Where(condition, args...)
		}
	}
	where(f.Status != "", "c.status = ?", f.Status)
	where(f.AreaCode != "", "? in (o.area_code, o.park_code)", f.AreaCode)
	where(f.FundID != uuid.Nil, "c.fund_id = ?", f.FundID)
	where(f.BankID != uuid.Nil, "c.bank_id = ?", f.BankID)
	where(f.Overdue, "c.step_due_on < ?", today(tx))
	where(!f.From.IsZero(), "c.submitted_at >= ?", f.From.StartOfDay())
	where(!f.To.IsZero(), "c.submitted_at < ?", f.To.AddDays(1).StartOfDay())
	return page.Load[listed](r.Match(query, "c.number", "l.number", "e.number", "b.name", "o.name", "c.litigation_no"), r, "c.id")
}

// waiting are claims in which somebody has to do something, the most urgent first.
func waiting(tx postgres.Tx, actor authz.Actor) (out []listed, err error) {
	err = seen(claims(tx, actor), actor).
		Where("c.status not in ('withdrawn', 'rejected', 'closed', 'clawed_back')").
		Where("not exists (select 1 from approval_proposal p where p.subject_kind = 'claim' and p.subject_id = c.id and p.status = 'pending')").
		Order("c.step_due_on nulls last, c.created_at").Limit(300).Scan(&out).Error
	return out, err
}

// payable are the claims the fund owes money on, in the order of payment.
func payable(tx postgres.Tx, actor authz.Actor, fundID uuid.UUID) (out []listed, err error) {
	query := seen(claims(tx, actor), actor).Where("c.status in ('approved', 'partly_paid')")
	if fundID != uuid.Nil {
		query = query.Where("c.fund_id = ?", fundID)
	}
	err = query.Order("c.fund_id, c.approved_on, c.number").Scan(&out).Error
	return out, err
}
