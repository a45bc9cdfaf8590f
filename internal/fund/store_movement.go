package fund

import (
	"errors"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
)

// TableName lets Movement be its own row.
func (Movement) TableName() string { return "fund_movement" }

// TableName lets Resumption be its own row.
func (Resumption) TableName() string { return "fund_resumption" }

func (decision) TableName() string { return "fund_breaker_decision" }

var errNoMovement = fault.New(fault.NotFound, "fund_movement_not_found", "没有这笔资金收支，或您无权查看")

func findMovement(tx postgres.Tx, id uuid.UUID, lock bool) (Movement, error) {
	return take[Movement](query(tx, lock).Where("id = ?", id), errNoMovement)
}

func insertMovement(tx postgres.Tx, m Movement) error { return tx.Gorm().Create(&m).Error }

func saveMovement(tx postgres.Tx, m *Movement) error {
	m.Version++
	return tx.Gorm().Model(&Movement{}).Where("id = ?", m.ID).Select("*").Updates(m).Error
}

func insertDecision(tx postgres.Tx, d decision) error { return tx.Gorm().Create(&d).Error }

func decisionsOf(tx postgres.Tx, fundID uuid.UUID) (out []decision, err error) {
	err = tx.Gorm().Where("fund_id = ?", fundID).Order("decided_at desc, id desc").Limit(100).Find(&out).Error
	return out, err
}

// putRatio notes the day's figures; the last evaluation of a day stands.
func putRatio(tx postgres.Tx, fundID uuid.UUID, bankID *uuid.UUID, on calendar.Date, m measure) error {
	return tx.Gorm().Exec(`insert into fund_ratio (fund_id, bank_id, on_date, enrolled, npl) values (?, ?, ?, ?, ?)
		on conflict on constraint fund_ratio_one_per_day do update set enrolled = excluded.enrolled, npl = excluded.npl`,
		fundID, bankID, on, m.Enrolled, m.NPL).Error
}

type ratioRow struct {
	OnDate   calendar.Date
	Enrolled money.Amount
	NPL      money.Amount
}

// ratioAt is the last figure noted in the month that ends on a day.
func ratioAt(tx postgres.Tx, fundID uuid.UUID, bankID *uuid.UUID, monthEnd calendar.Date) (r ratioRow, found bool, err error) {
	err = tx.Gorm().Table("fund_ratio").Where("fund_id = ? and bank_id is not distinct from ?", fundID, bankID).
		Where("on_date between ? and ?", calendar.NewDate(monthEnd.Year(), monthEnd.Month(), 1), monthEnd).Order("on_date desc").Take(&r).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return r, false, nil
	}
	return r, err == nil, err
}

// openResumption finds the joint decision that waits for its second signature. The caller
// holds the fund's lock, so nobody opens another meanwhile.
func openResumption(tx postgres.Tx, fundID uuid.UUID, bankID *uuid.UUID) (r Resumption, found bool, err error) {
	err = tx.Gorm().Where("fund_id = ? and bank_id is not distinct from ? and status = 'open'", fundID, bankID).Take(&r).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return r, false, nil
	}
	return r, err == nil, err
}

func openResumptions(tx postgres.Tx) (out []Resumption, err error) {
	err = tx.Gorm().Where("status = 'open'").Order("created_at").Find(&out).Error
	return out, err
}

func putResumption(tx postgres.Tx, r *Resumption) error {
	r.Version++
	if r.Version == 1 {
		return tx.Gorm().Create(r).Error
	}
	return tx.Gorm().Model(&Resumption{}).Where("id = ?", r.ID).Select("*").Updates(r).Error
}
