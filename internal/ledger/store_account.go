package ledger

import (
	"github.com/google/uuid"

	"ippledge/internal/calendar"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
)

func insertBook(tx postgres.Tx, b Book) error {
	return tx.Gorm().Exec(`insert into ledger_book (id, code, name, kind, area_code, opened_at) values (?, ?, ?, ?, ?, ?)`,
		b.ID, b.Code, b.Name, b.Kind, b.AreaCode, b.OpenedAt).Error
}

func bookWhere(tx postgres.Tx, condition string, arg any) (b Book, err error) {
	err = query(tx, statement{`select ` + bookColumns + ` from ledger_book where ` + condition, []any{arg}}, func(r rows) (err error) {
		var found bool
		if b, found, err = scanBook(r); err == nil && !found {
			err = errBookNotFound
		}
		return err
	})
	return b, err
}

func insertAccount(tx postgres.Tx, bookID uuid.UUID, path, name string, mayGoNegative bool) (stands bool, err error) {
	err = tx.Gorm().Exec(`insert into ledger_account (book_id, path, name, may_go_negative, opened_at) values (?, ?, ?, ?, ?)
		on conflict (book_id, path) do nothing`, bookID, path, name, mayGoNegative, tx.Now()).Error
	if err != nil {
		return false, err
	}
	err = tx.Gorm().Raw(`select may_go_negative from ledger_account where book_id = ? and path = ?`, bookID, path).Scan(&stands).Error
	return stands, err
}

func balances(tx postgres.Tx, bookID uuid.UUID, condition string, arg string) (map[string]money.Amount, error) {
	found := map[string]money.Amount{}
	err := query(tx, statement{`select path, balance from ledger_account where book_id = $1 and ` + condition, []any{bookID, arg}}, func(r rows) error {
		for r.Next() {
			var path string
			var balance money.Amount
			if err := r.Scan(&path, &balance); err != nil {
				return err
			}
			found[path] = balance
		}
		return r.Err()
	})
	return found, err
}

// balancesAt sums the postings in effect up to and including a day.
func balancesAt(tx postgres.Tx, bookID uuid.UUID, prefix string, on calendar.Date) (map[string]money.Amount, error) {
	found := map[string]money.Amount{}
	const atDay = `with moved as (
  select p.destination as path, p.amount from ledger_posting p join ledger_entry e using (book_id, seq)
  where p.book_id = $1 and e.effective_on <= $3 and starts_with(p.destination, $2)
  union all
  select p.source, -p.amount from ledger_posting p join ledger_entry e using (book_id, seq)
  where p.book_id = $1 and e.effective_on <= $3 and starts_with(p.source, $2))
select path, sum(amount) from moved group by path`
	err := query(tx, statement{atDay, []any{bookID, prefix, on.String()}}, func(r rows) error {
		for r.Next() {
			var path string
			var balance money.Amount
			if err := r.Scan(&path, &balance); err != nil {
				return err
			}
			found[path] = balance
		}
		return r.Err()
	})
	return found, err
}
