package subsidy

import (
	"errors"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"ippledge/internal/fault"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
)

// TableName lets Application be its own row.
func (Application) TableName() string { return "subsidy_application" }

// TableName lets Call be its own row.
func (Call) TableName() string { return "subsidy_call" }

// TableName lets Batch be its own row.
func (Batch) TableName() string { return "subsidy_batch" }

// TableName lets Appropriation be its own row.
func (Appropriation) TableName() string { return "subsidy_appropriation" }

func query(tx postgres.Tx, lock bool) *gorm.DB {
	if lock {
		return tx.Gorm().Clauses(clause.Locking{Strength: "UPDATE"})
	}
	return tx.Gorm()
}

func take[T any](query *gorm.DB, missing error) (row T, err error) {
	err = query.Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		err = missing
	}
	return row, err
}

func find(tx postgres.Tx, id uuid.UUID) (Application, error) {
	return take[Application](query(tx, false).Where("id = ?", id), errNotFound)
}

func lock(tx postgres.Tx, id uuid.UUID) (Application, error) {
	return take[Application](query(tx, true).Where("id = ?", id), errNotFound)
}

func insert(tx postgres.Tx, a Application) error { return tx.Gorm().Create(&a).Error }

// save writes the row and bumps its version.
func save(tx postgres.Tx, a *Application) error {
	a.Version++
	return tx.Gorm().Model(&Application{}).Where("id = ?", a.ID).Select("*").Updates(a).Error
}

func findCall(tx postgres.Tx, id uuid.UUID) (Call, error) {
	return take[Call](query(tx, false).Where("id = ?", id), errCallNotFound)
}

func lockCall(tx postgres.Tx, id uuid.UUID) (Call, error) {
	return take[Call](query(tx, true).Where("id = ?", id), errCallNotFound)
}

func insertCall(tx postgres.Tx, c Call) error { return tx.Gorm().Create(&c).Error }

func saveCall(tx postgres.Tx, c *Call) error {
	c.Version++
	return tx.Gorm().Model(&Call{}).Where("id = ?", c.ID).Select("*").Updates(c).Error
}

func findBatch(tx postgres.Tx, id uuid.UUID, lock bool) (Batch, error) {
	return take[Batch](query(tx, lock).Where("id = ?", id), errBatchNotFound)
}

func insertBatch(tx postgres.Tx, b Batch) error { return tx.Gorm().Create(&b).Error }

func saveBatch(tx postgres.Tx, b *Batch) error {
	b.Version++
	return tx.Gorm().Model(&Batch{}).Where("id = ?", b.ID).Select("*").Updates(b).Error
}

// lockMany locks applications in the order of their ids, so that batches never deadlock.
func lockMany(tx postgres.Tx, ids []uuid.UUID) (out []Application, err error) {
	err = query(tx, true).Where("id in ?", ids).Order("id").Find(&out).Error
	return out, err
}

func lockOfBatch(tx postgres.Tx, batchID uuid.UUID) (out []Application, err error) {
	err = query(tx, true).Where("batch_id = ?", batchID).Order("id").Find(&out).Error
	return out, err
}

func findAppropriation(tx postgres.Tx, id uuid.UUID, lock bool) (Appropriation, error) {
	return take[Appropriation](query(tx, lock).Where("id = ?", id), errNoAppropriation)
}

func insertAppropriation(tx postgres.Tx, a Appropriation) error { return tx.Gorm().Create(&a).Error }

func saveAppropriation(tx postgres.Tx, a *Appropriation) error {
	a.Version++
	return tx.Gorm().Model(&Appropriation{}).Where("id = ?", a.ID).Select("*").Updates(a).Error
}

// lockEnterprise makes grants to one firm wait for each other also where they come from
// different calls, because its yearly cap is counted over all of them.
func lockEnterprise(tx postgres.Tx, orgID uuid.UUID) error {
	return tx.Gorm().Exec(`select pg_advisory_xact_lock(hashtextextended(?, 110))`, orgID.String()).Error
}

// grantedTo is what a firm was granted of a kind for a year, one application left out.
func grantedTo(tx postgres.Tx, orgID uuid.UUID, kind Kind, year int, except uuid.UUID) (total money.Amount, err error) {
	err = tx.Gorm().Table("subsidy_application").Select("coalesce(sum(approved), 0)").
		Where("org_id = ? and kind = ? and year = ? and status in ? and id <> ?", orgID, kind, year, granted, except).Row().Scan(&total)
	return total, err
}

const loanSelect = `select l.id, l.number, b.name as bank_name, l.disbursed_amount as principal, l.disbursed_on, l.matures_on, l.grace_days,
  l.borrower_id, o.name as borrower_name
from loan l join organization b on b.id = l.bank_id join organization o on o.id = l.borrower_id
where l.disbursed_on is not null `

// loanOf reads a disbursed loan with its schedule and what was repaid.
func loanOf(tx postgres.Tx, id, borrowerID uuid.UUID) (l loanFacts, err error) {
	result := tx.Gorm().Raw(loanSelect+"and l.id = ? and l.borrower_id = ?", id, borrowerID).Scan(&l)
	if result.Error != nil || result.RowsAffected == 0 {
		if result.Error == nil {
			err = errNoLoan
		}
		return l, errors.Join(err, result.Error)
	}
	err = tx.Gorm().Raw(`select number, from_on, to_on, due_on, principal, interest, interest_paid, settled_on
		from loan_instalment where loan_id = ? order by number`, id).Scan(&l.Lines).Error
	if err != nil {
		return l, err
	}
	err = tx.Gorm().Raw(`select paid_on, principal from loan_repayment where loan_id = ? order by paid_on, recorded_at`, id).Scan(&l.Repaid).Error
	return l, err
}

// loansOf lists a firm's disbursed loans, the newest first.
func loansOf(tx postgres.Tx, borrowerID uuid.UUID) (out []loanFacts, err error) {
	err = tx.Gorm().Raw(loanSelect+"and l.borrower_id = ? order by l.disbursed_on desc, l.id limit 200", borrowerID).Scan(&out).Error
	return out, err
}

// appliedFor tells what a firm has applied for already: "loan kind" of live applications.
func appliedFor(tx postgres.Tx, orgID uuid.UUID, year int) (map[string]bool, error) {
	var rows []struct {
		LoanID uuid.UUID
		Kind   Kind
	}
	err := tx.Gorm().Table("subsidy_application").Select("loan_id, kind").
		Where("org_id = ? and status not in ('rejected', 'withdrawn') and (kind <> 'interest' or year = ?)", orgID, year).Scan(&rows).Error
	out := map[string]bool{}
	for _, r := range rows {
		out[r.LoanID.String()+" "+string(r.Kind)] = true
	}
	return out, err
}

func pendingOf(tx postgres.Tx, subjectKind string, id uuid.UUID) (pending bool, err error) {
	err = tx.Gorm().Raw("select exists (select 1 from approval_proposal where status = 'pending' and subject_kind = ? and subject_id = ?)", subjectKind, id).Row().Scan(&pending)
	return pending, err
}

// pendingAmong tells on which rows of a kind a proposal waits.
func pendingAmong(tx postgres.Tx, subjectKind string, ids []uuid.UUID) (map[uuid.UUID]bool, error) {
	out := map[uuid.UUID]bool{}
	if len(ids) == 0 {
		return out, nil
	}
	var found []uuid.UUID
	err := tx.Gorm().Raw("select subject_id from approval_proposal where status = 'pending' and subject_kind = ? and subject_id in ?", subjectKind, ids).
		Scan(&found).Error
	for _, id := range found {
		out[id] = true
	}
	return out, err
}

func documentsOf(tx postgres.Tx, id uuid.UUID) (n int64, err error) {
	err = tx.Gorm().Table("document_link").Where("subject_kind = ? and subject_id = ?", subject, id).Count(&n).Error
	return n, err
}

var errNoAppropriation = fault.New(fault.NotFound, "subsidy_appropriation_not_found", "没有这笔补助资金拨入，或您无权查看")
