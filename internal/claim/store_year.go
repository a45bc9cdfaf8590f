package claim

import (
	"errors"
	"fmt"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"ippledge/internal/fault"
	"ippledge/internal/platform/postgres"
)

func (yearEnd) TableName() string { return "annual_settlement" }

var errNoYear = fault.New(fault.NotFound, "settlement_not_found", "没有该年度的清算")

func yearText(year int) string { return fmt.Sprintf("%d 年度清算", year) }

func yearOf(tx postgres.Tx, year int) (y yearEnd, found bool, err error) {
	err = tx.Gorm().Where("year = ?", year).Take(&y).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return y, false, nil
	}
	return y, err == nil, err
}

// lockYear makes preparations of one year wait for each other, also before there is a row.
func lockYear(tx postgres.Tx, year int) (yearEnd, bool, error) {
	if err := tx.Gorm().Exec(`select pg_advisory_xact_lock(150, ?)`, year).Error; err != nil {
		return yearEnd{}, false, err
	}
	return yearOf(tx, year)
}

func yearByID(tx postgres.Tx, id uuid.UUID) (yearEnd, error) {
	return take[yearEnd](tx.Gorm().Clauses(clause.Locking{Strength: "UPDATE"}).Where("id = ?", id), errNoYear)
}

func saveYear(tx postgres.Tx, y yearEnd) error { return tx.Gorm().Save(&y).Error }

// unsettledYears are the years before one that have entries in the funds' books and no
// settlement, nor one that waits for its signature.
func unsettledYears(tx postgres.Tx, before int) (years []int, err error) {
	err = tx.Gorm().Raw(`select distinct cast(extract(year from e.effective_on) as int) as year from ledger_entry e join fund f on f.book_id = e.book_id
		where e.effective_on < make_date(?, 1, 1)
		  and not exists (select 1 from annual_settlement s where s.year = extract(year from e.effective_on) and (s.status = 'settled'
		    or exists (select 1 from approval_proposal p where p.subject_kind = 'settlement' and p.subject_id = s.id and p.status = 'pending')))
		order by 1`, before).Scan(&years).Error
	return years, err
}
