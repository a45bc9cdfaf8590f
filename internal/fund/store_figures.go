package fund

import (
	"time"

	"github.com/google/uuid"

	"ippledge/internal/calendar"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
)

// enrolledBook is the enrolled principal of a fund, or of one bank in it.
type enrolledBook struct {
	BankID   uuid.UUID
	Enrolled money.Amount
	NPL      money.Amount
	Exposure money.Amount
	Count    int
}

const bookSelect = `select coalesce(sum(e.outstanding), 0) as enrolled,
  coalesce(sum(e.outstanding) filter (where l.class in ('substandard', 'doubtful', 'loss')), 0) as npl,
  coalesce(sum(e.exposure), 0) as exposure, count(*) as count`

// bookOf sums a fund's live enrolments; of one bank when bankID is given.
func bookOf(tx postgres.Tx, fundID uuid.UUID, bankID *uuid.UUID) (b enrolledBook, err error) {
	err = tx.Gorm().Raw(bookSelect+` from enrolment e join loan l on l.id = e.loan_id
		where e.fund_id = ? and e.status in ? and (cast(? as uuid) is null or e.bank_id = ?)`, fundID, live, bankID, bankID).Scan(&b).Error
	return b, err
}

// booksByBank sums a fund's live enrolments bank by bank.
func booksByBank(tx postgres.Tx, fundID uuid.UUID) (out []enrolledBook, err error) {
	err = tx.Gorm().Raw(bookSelect+`, e.bank_id from enrolment e join loan l on l.id = e.loan_id
		where e.fund_id = ? and e.status in ? group by e.bank_id order by enrolled desc, e.bank_id`, fundID, live).Scan(&out).Error
	return out, err
}

func coveredOf(tx postgres.Tx, borrowerID uuid.UUID) (total money.Amount, err error) {
	err = tx.Gorm().Raw(`select coalesce(sum(covered_outstanding), 0) from enrolment where borrower_id = ? and status in ?`, borrowerID, live).
		Scan(&total).Error
	return total, err
}

// lockEnterprise makes enrolments of one enterprise wait for each other also where they
// go to different funds, because its cap is counted over all of them.
func lockEnterprise(tx postgres.Tx, borrowerID uuid.UUID) error {
	return tx.Gorm().Exec(`select pg_advisory_xact_lock(hashtextextended(?, 85))`, borrowerID.String()).Error
}

// paidInYear sums what settled an account of what is owed, by the day it took effect.
func paidInYear(tx postgres.Tx, bookID uuid.UUID, payable string, year int) (total money.Amount, err error) {
	err = tx.Gorm().Raw(`select coalesce(sum(p.amount), 0) from ledger_posting p join ledger_entry e using (book_id, seq)
		where p.book_id = ? and p.destination = ? and e.kind = 'pay' and e.effective_on between ? and ?`,
		bookID, payable, calendar.NewDate(year, time.January, 1), calendar.NewDate(year, time.December, 31)).Scan(&total).Error
	return total, err
}

// postedOf sums a book's entries of a kind over all years, those reversed left out.
func postedOf(tx postgres.Tx, bookID uuid.UUID, kind string) (total money.Amount, err error) {
	err = tx.Gorm().Raw(`select coalesce(sum(p.amount), 0) from ledger_posting p join ledger_entry e using (book_id, seq)
		where p.book_id = ? and e.kind = ? and not exists (select 1 from ledger_entry r where r.reverses = e.id)`, bookID, kind).Scan(&total).Error
	return total, err
}
