package claim

import (
	"errors"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
)

// TableName is the table of recoveries.
func (Recovery) TableName() string { return "recovery" }

func (receipt) TableName() string     { return "recovery_receipt" }
func (transferred) TableName() string { return "recovery_transfer" }
func (decision) TableName() string    { return "recovery_decision" }

func findRecovery(tx postgres.Tx, id uuid.UUID, lock bool) (Recovery, error) {
	return take[Recovery](query(tx, lock).Where("id = ?", id), errNoRecovery)
}

func recoveryOf(tx postgres.Tx, claimID uuid.UUID) (Recovery, error) {
	return take[Recovery](tx.Gorm().Where("claim_id = ?", claimID), errNoRecovery)
}

func lockRecoveryOf(tx postgres.Tx, claimID uuid.UUID) (Recovery, error) {
	return take[Recovery](query(tx, true).Where("claim_id = ?", claimID), errNoRecovery)
}

func insertRecovery(tx postgres.Tx, r Recovery) error { return tx.Gorm().Create(&r).Error }

// saveRecovery writes the row and bumps its version.
func saveRecovery(tx postgres.Tx, r *Recovery) error {
	r.Version++
	return tx.Gorm().Model(&Recovery{}).Where("id = ?", r.ID).Select("*").Updates(r).Error
}

func insertReceipt(tx postgres.Tx, r receipt) error { return tx.Gorm().Create(&r).Error }

func insertTransfer(tx postgres.Tx, t transferred) error { return tx.Gorm().Create(&t).Error }

func insertDecision(tx postgres.Tx, d decision) error { return tx.Gorm().Create(&d).Error }

func decisionsOf(tx postgres.Tx, id uuid.UUID) (out []decision, err error) {
	err = tx.Gorm().Where("recovery_id = ?", id).Order("decided_at, id").Find(&out).Error
	return out, err
}

func lastDecision(tx postgres.Tx, id uuid.UUID, name string) (decision, error) {
	return take[decision](tx.Gorm().Where("recovery_id = ? and step = ?", id, name).Order("decided_at desc, id desc"), errNoRecovery)
}

// findReceipt reads a receipt of a recovery and whether the fund's part has arrived.
func findReceipt(tx postgres.Tx, recoveryID, id uuid.UUID) (r receipt, done bool, err error) {
	r, err = take[receipt](tx.Gorm().Where("recovery_id = ? and id = ?", recoveryID, id), fault.InField("receipt_id", "receipt_not_found", "没有这笔回款"))
	if err != nil {
		return r, false, err
	}
	var n int64
	err = tx.Gorm().Model(&transferred{}).Where("receipt_id = ?", id).Count(&n).Error
	return r, n > 0, err
}

// untransferred counts receipts whose fund's part hasn't arrived.
func untransferred(tx postgres.Tx, id uuid.UUID) (n int, err error) {
	err = tx.Gorm().Raw(`select count(*) from recovery_receipt r where r.recovery_id = ? and r.fund_part > 0
		and not exists (select 1 from recovery_transfer t where t.receipt_id = r.id)`, id).Row().Scan(&n)
	return n, err
}

// owed are the receipts whose fund's part is due by a day and hasn't arrived.
func owed(tx postgres.Tx, by calendar.Date) (out []receipt, err error) {
	err = tx.Gorm().Where("fund_part > 0 and transfer_due_on <= ?", by).
		Where("not exists (select 1 from recovery_transfer t where t.receipt_id = recovery_receipt.id)").
		Order("transfer_due_on, id").Find(&out).Error
	return out, err
}

// receiptRow is a receipt with its transfer, if there was one.
type receiptRow struct {
	Receipt       receipt `gorm:"embedded"`
	TransferredOn *calendar.Date
	Voucher       *string
}

func receiptsOf(tx postgres.Tx, id uuid.UUID) (out []receiptRow, err error) {
	err = tx.Gorm().Table("recovery_receipt r").Joins("left join recovery_transfer t on t.receipt_id = r.id").
		Where("r.recovery_id = ?", id).Order("r.received_on, r.created_at").Select("r.*, t.transferred_on, t.voucher").Scan(&out).Error
	return out, err
}

// listedRecovery is one row of the list.
type listedRecovery struct {
	Recovery
	ClaimNumber   string
	LoanNumber    string
	BankName      string
	BorrowerName  string
	FundName      string
	Waiting       int
	TransferDueOn *calendar.Date
	MinYears      int
}

func recoveries(tx postgres.Tx) *gorm.DB {
	return tx.Gorm().Table("recovery r").
		Joins("join claim c on c.id = r.claim_id").
		Joins("join enrolment e on e.id = c.enrolment_id").
		Joins("join fund f on f.id = r.fund_id").
		Joins("join loan l on l.id = r.loan_id").
		Joins("join organization b on b.id = r.bank_id").
		Joins("join organization o on o.id = r.borrower_id").
		Joins("join policy_version v on v.id = c.policy_id").
		Joins(`left join lateral (select count(*) as waiting, min(x.transfer_due_on) as transfer_due_on from recovery_receipt x
			where x.recovery_id = r.id and x.fund_part > 0 and not exists (select 1 from recovery_transfer t where t.receipt_id = x.id)) w on true`).
		Select(`r.*, c.number as claim_number, l.number as loan_number, b.name as bank_name, o.name as borrower_name, f.name as fund_name,
			coalesce(w.waiting, 0) as waiting, w.transfer_due_on, cast(v.parameters ->> 'writeoff_min_years_after_comp' as int) as min_years`)
}

// seenRecovery narrows as seen does; experts have no part in recoveries.
func seenRecovery(query *gorm.DB, actor authz.Actor) *gorm.DB {
	if actor.OrgKind == authz.ExpertPool {
		return query.Where("false")
	}
	return seen(query, actor)
}

func findListedRecovery(tx postgres.Tx, actor authz.Actor, id uuid.UUID) (r listedRecovery, err error) {
	err = seenRecovery(recoveries(tx), actor).Where("r.id = ?", id).Take(&r).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		err = errNoRecovery
	}
	return r, err
}

type recoveryFilter struct {
	Status          string
	FundID, BankID  uuid.UUID
	ClaimID         uuid.UUID
	TransferOverdue bool
	From, To        calendar.Date
}

var sortableRecoveries = map[string]page.Key{
	"created_at":     {Column: "r.created_at", Cast: "timestamptz"},
	"number":         {Column: "r.number", Cast: "text"},
	"recovered":      {Column: "r.recovered", Cast: "numeric"},
	"compensated_on": {Column: "r.compensated_on", Cast: "date"},
	"status":         {Column: "r.status", Cast: "text"},
}

func listRecoveries(tx postgres.Tx, actor authz.Actor, q page.Request, f recoveryFilter) (page.Rows[listedRecovery], error) {
	query := seenRecovery(recoveries(tx), actor)
	where := func(given bool, condition string, args ...any) {
		if given {
			query = query.Where(condition, args...)
		}
	}
	where(f.Status != "", "r.status = ?", f.Status)
	where(f.FundID != uuid.Nil, "r.fund_id = ?", f.FundID)
	where(f.BankID != uuid.Nil, "r.bank_id = ?", f.BankID)
	where(f.ClaimID != uuid.Nil, "r.claim_id = ?", f.ClaimID)
	where(f.TransferOverdue, "w.transfer_due_on < ?", today(tx))
	where(!f.From.IsZero(), "r.compensated_on >= ?", f.From)
	where(!f.To.IsZero(), "r.compensated_on <= ?", f.To)
	return page.Load[listedRecovery](q.Match(query, "r.number", "c.number", "l.number", "b.name", "o.name", "r.ruling_no"), q, "r.id")
}

// pursued are recoveries in which somebody has to do something.
func pursued(tx postgres.Tx, actor authz.Actor) (out []listedRecovery, err error) {
	err = seenRecovery(recoveries(tx), actor).
		Where("(r.status not in ('written_off', 'completed') or coalesce(w.waiting, 0) > 0)").
		Where("not exists (select 1 from approval_proposal p where p.subject_kind = 'recovery' and p.subject_id = r.id and p.status = 'pending')").
		Order("w.transfer_due_on nulls last, r.created_at").Limit(300).Scan(&out).Error
	return out, err
}
