package policy

import (
	"errors"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"ippledge/internal/calendar"
	"ippledge/internal/platform/postgres"
)

// TableName lets Quote be its own row.
func (Quote) TableName() string { return "lpr_quote" }

func insertQuote(tx postgres.Tx, q Quote) error { return tx.Gorm().Create(&q).Error }

func quoteAt(tx postgres.Tx, on calendar.Date) (Quote, error) {
	query := tx.Gorm().Where("status = ? and published_on <= ?", QuoteRecorded, on).Order("published_on desc")
	return takeQuote(query, errNoLPR)
}

func lockQuote(tx postgres.Tx, id uuid.UUID) (Quote, error) {
	return takeQuote(tx.Gorm().Clauses(clause.Locking{Strength: "UPDATE"}).Where("id = ?", id), errNoQuote)
}

func takeQuote(query *gorm.DB, missing error) (q Quote, err error) {
	err = query.Take(&q).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return q, missing
	}
	return q, err
}

func saveQuote(tx postgres.Tx, q *Quote) error {
	q.Version++
	return tx.Gorm().Model(&Quote{}).Where("id = ?", q.ID).Updates(map[string]any{"status": q.Status, "version": q.Version}).Error
}

// quotes reads the history; waiting adds those that wait for their checker.
func quotes(tx postgres.Tx, waiting bool) (out []Quote, err error) {
	statuses := []Status{QuoteRecorded}
	if waiting {
		statuses = append(statuses, QuoteSubmitted)
	}
	err = tx.Gorm().Where("status in ?", statuses).Order("published_on desc").Find(&out).Error
	return out, err
}
