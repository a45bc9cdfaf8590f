package policy

import (
	"github.com/google/uuid"
	"gorm.io/gorm/clause"

	"ippledge/internal/platform/postgres"
)

// TableName lets Target be its own row.
func (Target) TableName() string { return "plan_target" }

func upsertTargets(tx postgres.Tx, all []Target) error {
	return tx.Gorm().Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "code"}}, UpdateAll: true}).Create(&all).Error
}

func targets(tx postgres.Tx) (out []Target, err error) {
	err = tx.Gorm().Order("seq").Find(&out).Error
	return out, err
}

// insertKnownQuotes adds the quotes of the file whose day has no quote yet.
func insertKnownQuotes(tx postgres.Tx, known []NewQuote) error {
	for _, n := range known {
		id, err := uuid.NewV7()
		if err != nil {
			return err
		}
		err = tx.Gorm().Exec(`insert into lpr_quote (id, published_on, one_year, five_year, source, status, recorded_at)
			values (?, ?, ?, ?, ?, ?, ?) on conflict (published_on) where status <> 'returned' do nothing`,
			id, n.PublishedOn, n.OneYear, n.FiveYear, n.Source, QuoteRecorded, tx.Now()).Error
		if err != nil {
			return err
		}
	}
	return nil
}

func anyInForce(tx postgres.Tx) (bool, error) {
	var n int64
	err := tx.Gorm().Model(&row{}).Where("status = ?", InEffect).Limit(1).Count(&n).Error
	return n > 0, err
}
