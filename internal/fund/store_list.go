package fund

import (
	"errors"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
)

// filter narrows the list of enrolments; zero values don't.
type filter struct {
	Status, AreaCode           string
	FundID, BankID, LoanID     uuid.UUID
	Late                       bool
	FiledFrom, FiledTo         calendar.Date
	DisbursedFrom, DisbursedTo calendar.Date
}

var sortable = map[string]page.Key{
	"created_at":   {Column: "e.created_at", Cast: "timestamptz"},
	"number":       {Column: "e.number", Cast: "text"},
	"outstanding":  {Column: "e.outstanding", Cast: "numeric"},
	"exposure":     {Column: "e.exposure", Cast: "numeric"},
	"disbursed_on": {Column: "e.disbursed_on", Cast: "date"},
	"due_on":       {Column: "e.due_on", Cast: "date"},
	"status":       {Column: "e.status", Cast: "text"},
}

func enrolments(tx postgres.Tx) *gorm.DB {
	return tx.Gorm().Table("enrolment e").
		Joins("join fund f on f.id = e.fund_id").
		Joins("join loan l on l.id = e.loan_id").
		Joins("join organization b on b.id = e.bank_id").
		Joins("join organization o on o.id = e.borrower_id").
		Joins("join area a on a.code = o.area_code").
		Select("e.*, f.name as fund_name, l.number as loan_number, b.name as bank_name, o.name as borrower_name, a.name as area_name")
}

func findListed(tx postgres.Tx, id uuid.UUID) (r listed, err error) {
	err = enrolments(tx).Where("e.id = ?", id).Take(&r).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		err = errNoEnrolment
	}
	return r, err
}

// seen narrows to the rows the actor may read; the same rule as mayRead.
func seen(query *gorm.DB, actor authz.Actor) *gorm.DB {
	switch actor.OrgKind {
	case authz.IPBureau, authz.FinanceBureau, authz.FundManager, authz.Observer:
		return query
	}
	return query.Where("? in (e.bank_id, e.borrower_id, e.guarantor_id, e.insurer_id, e.appraiser_id)", actor.OrgID)
}

func (f filter) apply(query *gorm.DB) *gorm.DB {
	where := func(given bool, condition string, arg any) {
		if given {
			query = query.Where(condition, arg)
		}
	}
	where(f.Status != "", "e.status = ?", f.Status)
	where(f.AreaCode != "", "? in (o.area_code, o.park_code)", f.AreaCode)
	where(f.FundID != uuid.Nil, "e.fund_id = ?", f.FundID)
	where(f.BankID != uuid.Nil, "e.bank_id = ?", f.BankID)
	where(f.LoanID != uuid.Nil, "e.loan_id = ?", f.LoanID)
	where(f.Late, "e.late = ?", true)
	where(!f.FiledFrom.IsZero(), "e.filed_on >= ?", f.FiledFrom)
	where(!f.FiledTo.IsZero(), "e.filed_on <= ?", f.FiledTo)
	where(!f.DisbursedFrom.IsZero(), "e.disbursed_on >= ?", f.DisbursedFrom)
	where(!f.DisbursedTo.IsZero(), "e.disbursed_on <= ?", f.DisbursedTo)
	return query
}

func list(tx postgres.Tx, actor authz.Actor, r page.Request, f filter) (page.Rows[listed], error) {
	query := f.apply(seen(enrolments(tx), actor))
	return page.Load[listed](r.Match(query, "e.number", "l.number", "b.name", "o.name"), r, "e.id")
}

// filings are all that were filed, in the order of the filing, for form R3.
func filings(tx postgres.Tx, f filter) (out []listed, err error) {
	err = f.apply(enrolments(tx)).Where("e.filed_on is not null").Order("e.filed_on, e.number").Scan(&out).Error
	return out, err
}

// openEnrolments are drafts of a bank, or late requests, as a list of tasks needs them.
func openEnrolments(tx postgres.Tx, condition string, args ...any) (out []listed, err error) {
	err = enrolments(tx).Where(condition, args...).Order("e.due_on").Limit(200).Scan(&out).Error
	return out, err
}

var sortableFunds = map[string]page.Key{
	"created_at": {Column: "f.created_at", Cast: "timestamptz"},
	"name":       {Column: "f.name", Cast: "text"},
	"code":       {Column: "f.code", Cast: "text"},
}

type listedFund struct {
	Fund
	AreaName string
}

// funds lists funds; who doesn't follow the fund's money sees only those at work.
func funds(tx postgres.Tx, r page.Request, status string, all bool) (page.Rows[listedFund], error) {
	query := tx.Gorm().Table("fund f").Joins("left join area a on a.code = f.area_code").Select("f.*, coalesce(a.name, '') as area_name")
	if !all {
		query = query.Where("f.status = ?", Active)
	}
	if status != "" {
		query = query.Where("f.status = ?", status)
	}
	return page.Load[listedFund](r.Match(query, "f.name", "a.name", "f.custody_bank"), r, "f.id")
}

type movementFilter struct {
	FundID       uuid.UUID
	Kind, Status string
	From, To     calendar.Date
}

var sortableMovements = map[string]page.Key{
	"on_date":    {Column: "m.on_date", Cast: "date"},
	"created_at": {Column: "m.created_at", Cast: "timestamptz"},
	"amount":     {Column: "m.amount", Cast: "numeric"},
	"number":     {Column: "m.number", Cast: "text"},
}

func movements(tx postgres.Tx) *gorm.DB {
	return tx.Gorm().Table("fund_movement m").Joins("join fund f on f.id = m.fund_id").
		Joins("left join area a on a.code = split_part(m.payer, ':', 2)").
		Select("m.*, f.name as fund_name, coalesce(a.name, '') as payer_area")
}

func findListedMovement(tx postgres.Tx, id uuid.UUID) (r listedMovement, err error) {
	err = movements(tx).Where("m.id = ?", id).Take(&r).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		err = errNoMovement
	}
	return r, err
}

func listMovements(tx postgres.Tx, r page.Request, f movementFilter) (page.Rows[listedMovement], error) {
	query := movements(tx)
	if f.FundID != uuid.Nil {
		query = query.Where("m.fund_id = ?", f.FundID)
	}
	if f.Kind != "" {
		query = query.Where("m.kind = ?", f.Kind)
	}
	if f.Status != "" {
		query = query.Where("m.status = ?", f.Status)
	}
	if !f.From.IsZero() {
		query = query.Where("m.on_date >= ?", f.From)
	}
	if !f.To.IsZero() {
		query = query.Where("m.on_date <= ?", f.To)
	}
	return page.Load[listedMovement](r.Match(query, "m.number", "m.voucher", "m.note", "f.name"), r, "m.id")
}

// namesOf reads the names of organisations, those given.
func namesOf(tx postgres.Tx, ids ...*uuid.UUID) (map[uuid.UUID]string, error) {
	var wanted []uuid.UUID
	for _, id := range ids {
		if id != nil {
			wanted = append(wanted, *id)
		}
	}
	out := map[uuid.UUID]string{}
	if len(wanted) == 0 {
		return out, nil
	}
	var rows []struct {
		ID   uuid.UUID
		Name string
	}
	err := tx.Gorm().Table("organization").Where("id in ?", wanted).Select("id, name").Scan(&rows).Error
	for _, r := range rows {
		out[r.ID] = r.Name
	}
	return out, err
}

func areaNameOf(tx postgres.Tx, code *string) (name string, err error) {
	if code == nil {
		return "", nil
	}
	err = tx.Gorm().Table("area").Where("code = ?", *code).Select("name").Scan(&name).Error
	return name, err
}
