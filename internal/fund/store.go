package fund

import (
	"errors"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/platform/postgres"
)

// TableName lets Fund be its own row.
func (Fund) TableName() string { return "fund" }

// TableName lets Enrolment be its own row.
func (Enrolment) TableName() string { return "enrolment" }

// TableName lets BankState be its own row.
func (BankState) TableName() string { return "fund_bank_state" }

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

func findFund(tx postgres.Tx, id uuid.UUID, lock bool) (Fund, error) {
	return take[Fund](query(tx, lock).Where("id = ?", id), errNoFund)
}

func fundByCode(tx postgres.Tx, code string) (Fund, error) {
	return take[Fund](tx.Gorm().Where("code = ?", code), errNoFund)
}

func allFunds(tx postgres.Tx) (out []Fund, err error) {
	err = tx.Gorm().Order("code <> 'city', created_at").Find(&out).Error
	return out, err
}

func insertFund(tx postgres.Tx, f Fund) error { return tx.Gorm().Create(&f).Error }

// saveFund writes the row and bumps its version.
func saveFund(tx postgres.Tx, f *Fund) error {
	f.Version++
	return tx.Gorm().Model(&Fund{}).Where("id = ?", f.ID).Select("*").Updates(f).Error
}

func findEnrolment(tx postgres.Tx, id uuid.UUID, lock bool) (Enrolment, error) {
	return take[Enrolment](query(tx, lock).Where("id = ?", id), errNoEnrolment)
}

func liveOf(tx postgres.Tx, loanID uuid.UUID, lock bool) (Enrolment, bool, error) {
	e, err := take[Enrolment](query(tx, lock).Where("loan_id = ? and status in ?", loanID, live), errNoEnrolment)
	if fault.Has(err, errNoEnrolment.Code) {
		return e, false, nil
	}
	return e, err == nil, err
}

func insertEnrolment(tx postgres.Tx, e Enrolment) error { return tx.Gorm().Create(&e).Error }

func saveEnrolment(tx postgres.Tx, e *Enrolment) error {
	e.Version++
	return tx.Gorm().Model(&Enrolment{}).Where("id = ?", e.ID).Select("*").Updates(e).Error
}

const loanSelect = `select l.id, l.number, l.need_id, l.bank_id, b.name as bank_name, l.borrower_id, o.name as borrower_name,
  o.area_code, a.name as area_name, o.park_code, o.scale, o.established_on, l.disbursed_amount, l.outstanding, l.annual_rate,
  coalesce(bid.fees, 0) as fees, l.ip_share, l.signed_on, l.disbursed_on, l.matures_on, l.days_past_due, l.status,
  exists (select 1 from pledge p where (p.bid_id = l.bid_id or p.id = l.pledge_id) and p.status = 'registered') as pledge_registered
from loan l
join organization b on b.id = l.bank_id
join organization o on o.id = l.borrower_id
join area a on a.code = o.area_code
left join bid on bid.id = l.bid_id
`

var errNoLoan = fault.InField("loan_id", "loan_not_found", "没有这笔贷款，或不属于本行")

// loanOf reads a loan; with lock its row is held, before the enrolment's and the fund's.
func loanOf(tx postgres.Tx, id uuid.UUID, lock bool) (l loanFacts, err error) {
	sql := loanSelect + "where l.id = ?"
	if lock {
		sql += " for update of l"
	}
	result := tx.Gorm().Raw(sql, id).Scan(&l)
	if result.Error == nil && result.RowsAffected == 0 {
		return l, errNoLoan
	}
	return l, result.Error
}

// unfiled lists a bank's loans disbursed since a day that no enrolment stands for.
func unfiled(tx postgres.Tx, bankID uuid.UUID, since calendar.Date) (out []loanFacts, err error) {
	err = tx.Gorm().Raw(loanSelect+`where l.bank_id = ? and l.status in ('active', 'overdue') and l.disbursed_on >= ?
		and not exists (select 1 from enrolment e where e.loan_id = l.id and e.status not in ('refused', 'withdrawn'))
		order by l.disbursed_on desc, l.id limit 200`, bankID, since).Scan(&out).Error
	return out, err
}

func bankState(tx postgres.Tx, fundID, bankID uuid.UUID) (BankState, error) {
	s, err := take[BankState](tx.Gorm().Where("fund_id = ? and bank_id = ?", fundID, bankID), errNoFund)
	if fault.Has(err, errNoFund.Code) {
		return BankState{FundID: fundID, BankID: bankID, Breaker: Normal, Version: 0}, nil
	}
	return s, err
}

func putBankState(tx postgres.Tx, s BankState) error {
	s.ChangedAt, s.Version = tx.Now(), s.Version+1
	return tx.Gorm().Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "fund_id"}, {Name: "bank_id"}}, UpdateAll: true}).Create(&s).Error
}

func bankStates(tx postgres.Tx, fundID uuid.UUID) (map[uuid.UUID]BankState, error) {
	var rows []BankState
	err := tx.Gorm().Where("fund_id = ?", fundID).Find(&rows).Error
	out := map[uuid.UUID]BankState{}
	for _, r := range rows {
		out[r.BankID] = r
	}
	return out, err
}

// pendingAmong tells on which rows of a kind a proposal waits.
func pendingAmong(tx postgres.Tx, subject string, ids []uuid.UUID) (map[uuid.UUID]bool, error) {
	out := map[uuid.UUID]bool{}
	if len(ids) == 0 {
		return out, nil
	}
	var found []uuid.UUID
	err := tx.Gorm().Raw("select subject_id from approval_proposal where status = 'pending' and subject_kind = ? and subject_id in ?", subject, ids).
		Scan(&found).Error
	for _, id := range found {
		out[id] = true
	}
	return out, err
}
