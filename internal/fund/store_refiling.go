package fund

import (
	"github.com/google/uuid"

	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/platform/postgres"
)

// TableName lets Refiling be its own row.
func (Refiling) TableName() string { return "enrolment_refiling" }

func insertRefiling(tx postgres.Tx, r Refiling) error { return tx.Gorm().Create(&r).Error }

func saveRefiling(tx postgres.Tx, r Refiling) error {
	return tx.Gorm().Model(&Refiling{}).Where("id = ?", r.ID).Select("*").Omit("id", "enrolment_id", "created_at").Updates(&r).Error
}

// openRefiling is the first extension of an enrolment that isn't confirmed; later ones
// wait for it. Whoever changes it holds the enrolment's row.
func openRefiling(tx postgres.Tx, enrolmentID uuid.UUID) (Refiling, bool, error) {
	r, err := take[Refiling](tx.Gorm().Where("enrolment_id = ? and status <> ?", enrolmentID, RefilingConfirmed).Order("matures_on"), errNoRefiling)
	if fault.Has(err, errNoRefiling.Code) {
		return r, false, nil
	}
	return r, err == nil, err
}

// openRefilings are the first unconfirmed extensions of several enrolments.
func openRefilings(tx postgres.Tx, ids []uuid.UUID) (map[uuid.UUID]*Refiling, error) {
	out := map[uuid.UUID]*Refiling{}
	if len(ids) == 0 {
		return out, nil
	}
	var rows []Refiling
	err := tx.Gorm().Where("enrolment_id in ? and status <> ?", ids, RefilingConfirmed).Order("matures_on desc").Find(&rows).Error
	for i := range rows {
		out[rows[i].EnrolmentID] = &rows[i]
	}
	return out, err
}

func refilingsOf(tx postgres.Tx, enrolmentID uuid.UUID) (out []Refiling, err error) {
	err = tx.Gorm().Where("enrolment_id = ?", enrolmentID).Order("matures_on").Find(&out).Error
	return out, err
}

// refilings lists live enrolments with an extension in a status; for the lists of tasks.
func refilings(tx postgres.Tx, status RefilingStatus, where string, args ...any) (rows []listed, err error) {
	query := enrolments(tx).Where("e.status in ?", live).
		Where("exists (select 1 from enrolment_refiling r where r.enrolment_id = e.id and r.status = ?)", status)
	if where != "" {
		query = query.Where(where, args...)
	}
	err = query.Order("e.created_at").Limit(200).Scan(&rows).Error
	return rows, err
}

// pledgedUntil tells whether a loan's pledge is registered, and the first day on which a
// registration of it ends; nil where none has a term.
func pledgedUntil(tx postgres.Tx, loanID uuid.UUID) (ends *calendar.Date, registered bool, err error) {
	var row struct {
		Ends  *calendar.Date
		Count int
	}
	err = tx.Gorm().Raw(`select min(p.registration_ends_on) as ends, count(*) as count from loan l
		join pledge p on (p.bid_id = l.bid_id or p.id = l.pledge_id) and p.status = 'registered' where l.id = ?`, loanID).Scan(&row).Error
	return row.Ends, row.Count > 0, err
}
