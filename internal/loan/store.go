package loan

import (
	"errors"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"ippledge/internal/calendar"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
)

// TableName is the table of loans; the columns are the fields.
func (Loan) TableName() string { return "loan" }

// TableName is the table of schedules.
func (Instalment) TableName() string { return "loan_instalment" }

// TableName is the table of payments.
func (Repayment) TableName() string { return "loan_repayment" }

func find(tx postgres.Tx, id uuid.UUID) (Loan, error) { return take(tx.Gorm(), id) }

func lock(tx postgres.Tx, id uuid.UUID) (Loan, error) {
	return take(tx.Gorm().Clauses(clause.Locking{Strength: "UPDATE"}), id)
}

func take(query *gorm.DB, id uuid.UUID) (l Loan, err error) {
	err = query.Where("id = ?", id).Take(&l).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		err = errNotFound
	}
	return l, err
}

func insert(tx postgres.Tx, l *Loan) error { return tx.Gorm().Create(l).Error }

// save writes every changeable column and counts the version up.
func save(tx postgres.Tx, l *Loan) error {
	l.Version++
	return tx.Gorm().Model(l).Where("id = ?", l.ID).Select("*").
		Omit("id", "number", "need_id", "bid_id", "borrower_id", "bank_id", "created_at").Updates(l).Error
}

// saveAccount is save with the schedule, which is written anew.
func saveAccount(tx postgres.Tx, a *account) error {
	if err := save(tx, &a.Loan); err != nil {
		return err
	}
	if err := tx.Gorm().Where("loan_id = ?", a.ID).Delete(&Instalment{}).Error; err != nil || len(a.Lines) == 0 {
		return err
	}
	return tx.Gorm().Create(&a.Lines).Error
}

func saveAssessment(tx postgres.Tx, l Loan) error {
	return tx.Gorm().Model(&Loan{}).Where("id = ?", l.ID).Updates(map[string]any{
		"assessed_on": l.AssessedOn, "days_past_due": l.DaysPastDue, "class": l.Class, "status": l.Status, "settled_on": l.SettledOn,
	}).Error
}

func linesOf(tx postgres.Tx, id uuid.UUID) (lines []Instalment, err error) {
	err = tx.Gorm().Where("loan_id = ?", id).Order("number").Find(&lines).Error
	return lines, err
}

func insertRepayment(tx postgres.Tx, r Repayment) error { return tx.Gorm().Create(&r).Error }

func repaymentsOf(tx postgres.Tx, id uuid.UUID) (all []Repayment, err error) {
	err = tx.Gorm().Where("loan_id = ?", id).Order("paid_on, recorded_at, id").Find(&all).Error
	return all, err
}

func paidPrincipal(tx postgres.Tx, id uuid.UUID) (total money.Amount, err error) {
	err = tx.Gorm().Raw(`select coalesce(sum(principal), 0) from loan_repayment where loan_id = ?`, id).Row().Scan(&total)
	return total, err
}

// liveForBid is the one loan of a bid that wasn't cancelled.
func liveForBid(tx postgres.Tx, bidID uuid.UUID) (l Loan, found bool, err error) {
	err = tx.Gorm().Where("bid_id = ? and status <> ?", bidID, Cancelled).Take(&l).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return l, false, nil
	}
	return l, err == nil, err
}

// toAssess lists the loans that the day concerns: something is late, or falls due soon.
func toAssess(tx postgres.Tx, on calendar.Date) (ids []uuid.UUID, err error) {
	err = tx.Gorm().Model(&Loan{}).
		Where("status in ? and (assessed_on is null or assessed_on < ?) and disbursed_on <= ?", []Status{Active, Overdue, Extended, Defaulted, InRecovery}, on, on).
		Where(`days_past_due > 0 or status = ? or exists (select 1 from loan_instalment i
			where i.loan_id = loan.id and i.settled_on is null and (i.due_on < ? or i.due_on = ?))`, Overdue, on, on.AddDays(remindDays)).
		Order("id").Pluck("id", &ids).Error
	return ids, err
}

// batch is repayments of one spreadsheet that wait for one signature.
type batch struct {
	ID        uuid.UUID
	BankID    uuid.UUID
	Lines     string
	PostedAt  *time.Time
	CreatedAt time.Time
	Version   int64
}

func (batch) TableName() string { return "loan_repayment_batch" }

func insertBatch(tx postgres.Tx, b batch) error { return tx.Gorm().Create(&b).Error }

func lockBatch(tx postgres.Tx, id uuid.UUID) (b batch, err error) {
	err = tx.Gorm().Clauses(clause.Locking{Strength: "UPDATE"}).Where("id = ?", id).Take(&b).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		err = errNotFound
	}
	return b, err
}

func saveBatch(tx postgres.Tx, b batch) error {
	return tx.Gorm().Model(&batch{}).Where("id = ?", b.ID).Updates(map[string]any{"posted_at": b.PostedAt, "version": b.Version + 1}).Error
}

// loansByNumber finds a bank's loans for an import.
func loansByNumber(tx postgres.Tx, bankID uuid.UUID, numbers []string) (map[string]Loan, error) {
	var rows []Loan
	err := tx.Gorm().Where("bank_id = ? and number in ?", bankID, numbers).Find(&rows).Error
	out := map[string]Loan{}
	for _, l := range rows {
		out[l.Number] = l
	}
	return out, err
}
