package ledger

import (
	"fmt"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/todo"
)

// Period is a closed month.
type Period struct {
	Month         calendar.Date `json:"month"`
	ClosedAt      time.Time     `json:"closed_at"`
	ClosedByName  string        `json:"closed_by_name"`
	CheckedByName string        `json:"checked_by_name"`
	ClosingSeq    int64         `json:"closing_seq" doc:"结账时的最后一笔分录"`
	ClosingHash   string        `json:"closing_hash"`
}

func insertPeriod(tx postgres.Tx, b Book, first calendar.Date, maker, checker authz.Actor) error {
	err := tx.Gorm().Exec(`insert into ledger_period (book_id, month, closed_at, closed_by, closed_by_name, checked_by, checked_by_name, closing_seq, closing_hash)
		values (?, ?, ?, ?, ?, ?, ?, ?, ?)`, b.ID, first, tx.Now(), maker.UserID, maker.Name, checker.UserID, checker.Name, b.LastSeq, b.LastHash).Error
	if err != nil {
		return err
	}
	return tx.Gorm().Exec(`update ledger_book set closed_through = ? where id = ?`, first.EndOfMonth(), b.ID).Error
}

func periodsOf(tx postgres.Tx, bookID uuid.UUID) (periods []Period, err error) {
	periods = []Period{}
	err = tx.Gorm().Raw(`select month, closed_at, closed_by_name, checked_by_name, closing_seq, closing_hash from ledger_period where book_id = ? order by month desc`, bookID).Scan(&periods).Error
	return periods, err
}

// openMonths lists books with entries in months that are over by at least ten days and
// still open.
func openMonths(tx postgres.Tx) ([]todo.Item, error) {
	var found []struct {
		ID    uuid.UUID
		Name  string
		First calendar.Date
	}
	over := firstOf(calendar.DateOf(tx.Now()).AddDays(-10))
	err := tx.Gorm().Raw(`select b.id, b.name, min(e.effective_on) as first from ledger_book b join ledger_entry e on e.book_id = b.id
		where b.status = 'open' and e.effective_on < ? and (b.closed_through is null or e.effective_on > b.closed_through) group by b.id, b.name order by b.name`, over).Scan(&found).Error
	items := make([]todo.Item, len(found))
	for i, f := range found {
		items[i] = todo.Item{
			Kind: "ledger.close_period", Title: "待结账", SubjectKind: subjectBook, SubjectID: f.ID, Link: "/console/ledger/" + f.ID.String() + "?tab=periods",
			Detail: fmt.Sprintf("%s 自 %d 年 %d 月起未结账", f.Name, f.First.Year(), int(f.First.Month())), Since: f.First.EndOfMonth().AddDays(1).StartOfDay(),
		}
	}
	return items, err
}
