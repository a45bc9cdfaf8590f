package ledger

import (
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/calendar"
	"ippledge/internal/platform/postgres"
)

func insertVerification(tx postgres.Tx, r Report) error {
	text, err := json.Marshal(r)
	if err != nil {
		return err
	}
	return tx.Gorm().Exec(`insert into ledger_verification (id, ran_at, ran_by, ok, entries, report) values (?, ?, ?, ?, ?, ?)`,
		r.ID, r.RanAt, r.RanBy, r.OK, r.Entries, string(text)).Error
}

func verifications(tx postgres.Tx, most int) ([]Report, error) {
	var texts []string
	err := tx.Gorm().Raw(`select report from ledger_verification order by ran_at desc, id desc limit ?`, most).Scan(&texts).Error
	reports := make([]Report, len(texts))
	for i, text := range texts {
		if err := json.Unmarshal([]byte(text), &reports[i]); err != nil {
			return nil, err
		}
	}
	return reports, err
}

// floorsOf tells which accounts may fall below zero.
func floorsOf(tx postgres.Tx, bookID uuid.UUID) (map[string]bool, error) {
	var found []struct {
		Path          string
		MayGoNegative bool
	}
	err := tx.Gorm().Raw(`select path, may_go_negative from ledger_account where book_id = ?`, bookID).Scan(&found).Error
	floors := make(map[string]bool, len(found))
	for _, f := range found {
		floors[f.Path] = f.MayGoNegative
	}
	return floors, err
}

const dayHashColumns = `select b.code as book, b.name as book_name, d.day, d.seq, d.hash, d.published_at from ledger_day_hash d join ledger_book b on b.id = d.book_id`

func dayHashesBySeq(tx postgres.Tx, bookID uuid.UUID) (map[int64]DayHash, error) {
	var found []DayHash
	err := tx.Gorm().Raw(dayHashColumns+` where d.book_id = ?`, bookID).Scan(&found).Error
	bySeq := make(map[int64]DayHash, len(found))
	for _, d := range found {
		bySeq[d.Seq] = d
	}
	return bySeq, err
}

func dayHashes(tx postgres.Tx, book string, from, to calendar.Date, most int) ([]DayHash, error) {
	found := []DayHash{}
	q := dayHashColumns + ` where (cast(@book as text) = '' or b.code = @book) and d.day between @from and @to order by d.day desc, b.code limit @most`
	err := tx.Gorm().Raw(q, map[string]any{"book": book, "from": from, "to": to, "most": most}).Scan(&found).Error
	return found, err
}

// lastBefore is the last entry posted before a moment.
func lastBefore(tx postgres.Tx, bookID uuid.UUID, before time.Time) (seq int64, hash string, err error) {
	err = tx.Gorm().Raw(`select seq, hash from ledger_entry where book_id = ? and posted_at < ? order by seq desc limit 1`, bookID, before).Row().Scan(&seq, &hash)
	return seq, hash, err
}

func insertDayHash(tx postgres.Tx, bookID uuid.UUID, day calendar.Date, seq int64, hash string) error {
	return tx.Gorm().Exec(`insert into ledger_day_hash (book_id, day, seq, hash, published_at) values (?, ?, ?, ?, ?)`, bookID, day, seq, hash, tx.Now()).Error
}

func setPublishedThrough(tx postgres.Tx, bookID uuid.UUID, day calendar.Date) error {
	return tx.Gorm().Exec(`update ledger_book set published_through = ? where id = ?`, day, bookID).Error
}

// firstUnpublished is the day of the first entry after the last published one; zero when
// all are.
func firstUnpublished(tx postgres.Tx, bookID uuid.UUID) (calendar.Date, error) {
	var at []time.Time
	err := tx.Gorm().Raw(`select posted_at from ledger_entry where book_id = ?
		and seq > coalesce((select max(seq) from ledger_day_hash where book_id = ?), 0) order by seq limit 1`, bookID, bookID).Scan(&at).Error
	if err != nil || len(at) == 0 {
		return calendar.Date{}, err
	}
	return calendar.DateOf(at[0]), nil
}
