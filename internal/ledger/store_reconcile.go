package ledger

import (
	"encoding/json"

	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
)

func columnsOf(tx postgres.Tx, bookID uuid.UUID, custody string) (Columns, error) {
	var found []string
	err := tx.Gorm().Raw(`select columns from bank_mapping where book_id = ? and custody = ?`, bookID, custody).Scan(&found).Error
	if err != nil || len(found) == 0 {
		return usualColumns, err
	}
	var c Columns
	return c, json.Unmarshal([]byte(found[0]), &c)
}

func keepColumns(tx postgres.Tx, actor authz.Actor, bookID uuid.UUID, custody string, c Columns) error {
	text, err := json.Marshal(c)
	if err != nil {
		return err
	}
	return tx.Gorm().Exec(`insert into bank_mapping (book_id, custody, columns, kept_by, kept_at) values (?, ?, ?, ?, ?)
		on conflict (book_id, custody) do update set columns = excluded.columns, kept_by = excluded.kept_by, kept_at = excluded.kept_at`,
		bookID, custody, string(text), actor.UserID, tx.Now()).Error
}

func statementsOf(tx postgres.Tx, bookID uuid.UUID, custody string) ([]BankStatement, error) {
	found := []BankStatement{}
	err := tx.Gorm().Raw(`select id, custody, file_name, sha256, format, from_on, to_on, opening, closing, line_count, imported_by_name, imported_at
		from bank_statement where book_id = ? and (cast(? as text) = '' or custody = ?) order by to_on desc, imported_at desc`, bookID, custody, custody).Scan(&found).Error
	return found, err
}

type bankLineRow struct {
	ID           uuid.UUID
	StatementID  uuid.UUID
	BookID       uuid.UUID
	Custody      string
	Line         int
	BookedOn     calendar.Date
	Amount       money.Amount
	Reference    string
	Counterparty string
	Narrative    string
}

func (bankLineRow) TableName() string { return "bank_line" }

func insertStatement(tx postgres.Tx, actor authz.Actor, bookID uuid.UUID, s BankStatement, lines []BankLine) error {
	err := tx.Gorm().Exec(`insert into bank_statement (id, book_id, custody, file_name, sha256, format, from_on, to_on, opening, closing, line_count, imported_by, imported_by_name, imported_at)
		values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, s.ID, bookID, s.Custody, s.FileName, s.SHA256, s.Format, s.FromOn, s.ToOn, s.Opening, s.Closing,
		s.LineCount, actor.UserID, actor.Name, s.ImportedAt).Error
	if err != nil {
		return err
	}
	rows := make([]bankLineRow, len(lines))
	for i, l := range lines {
		rows[i] = bankLineRow{l.ID, s.ID, bookID, s.Custody, l.Line, l.BookedOn, l.Amount, l.Reference, l.Counterparty, l.Narrative}
	}
	return tx.Gorm().CreateInBatches(rows, 500).Error
}

func insertMatch(tx postgres.Tx, m match, maker, checker authz.Actor, lines []uuid.UUID, postings []PostingKey) error {
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	err = tx.Gorm().Exec(`insert into bank_match (id, book_id, custody, how, reason, maker_id, maker_name, checker_id, checker_name, matched_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		id, m.BookID, m.Custody, m.How, m.Reason, maker.UserID, maker.Name, person(checker), checker.Name, tx.Now()).Error
	if err != nil {
		return err
	}
	for _, line := range lines {
		if err := tx.Gorm().Exec(`insert into bank_match_line (match_id, line_id) values (?, ?)`, id, line).Error; err != nil {
			return err
		}
	}
	for _, p := range postings {
		if err := tx.Gorm().Exec(`insert into bank_match_posting (match_id, book_id, seq, line, custody) values (?, ?, ?, ?, ?)`, id, m.BookID, p.Seq, p.Line, m.Custody).Error; err != nil {
			return err
		}
	}
	return nil
}

func insertExplanations(tx postgres.Tx, s Sides, maker, checker authz.Actor) error {
	const insert = `insert into bank_explanation (id, book_id, custody, line_id, seq, posting_line, reason, maker_id, maker_name, checker_id, checker_name, explained_at)
		values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	one := func(line *uuid.UUID, seq *int64, posting *int) error {
		id, err := uuid.NewV7()
		if err != nil {
			return err
		}
		return tx.Gorm().Exec(insert, id, s.BookID, s.Custody, line, seq, posting, s.Reason, maker.UserID, maker.Name, checker.UserID, checker.Name, tx.Now()).Error
	}
	for _, line := range s.Lines {
		if err := one(&line, nil, nil); err != nil {
			return err
		}
	}
	for _, p := range s.Postings {
		if err := one(nil, &p.Seq, &p.Line); err != nil {
			return err
		}
	}
	return nil
}

var errMatched = fault.New(fault.Conflict, "match_not_open", "所选流水或分录已被勾对，请刷新后重新选择")

var (
	_ = postgres.Rule("bank_match_line_once", errMatched)
	_ = postgres.Rule("bank_match_posting_once", errMatched)
	_ = postgres.Rule("bank_explanation_line_once", fault.New(fault.Conflict, "already_explained", "该流水已有未达说明"))
	_ = postgres.Rule("bank_explanation_posting_once", fault.New(fault.Conflict, "already_explained", "该分录已有未达说明"))
	_ = postgres.Rule("bank_statement_imported_once", fault.New(fault.Conflict, "statement_imported_already", "该对账单已经导入"))
)

// custodiesOf lists the custody accounts of a book by their short names.
func custodiesOf(tx postgres.Tx, bookID uuid.UUID) ([]string, error) {
	names := []string{}
	err := tx.Gorm().Raw(`select substr(path, 6) from ledger_account where book_id = ? and path like 'cash:%' order by path`, bookID).Scan(&names).Error
	return names, err
}

// openLines are the bank's lines up to a day that no match holds; unexplained ones first.
func openLines(tx postgres.Tx, bookID uuid.UUID, custody string, through calendar.Date) ([]OpenLine, error) {
	var found []struct {
		BankLine
		Explained string
	}
	err := tx.Gorm().Raw(`select l.id, l.line, l.booked_on, l.amount, l.reference, l.counterparty, l.narrative, coalesce(x.reason, '') as explained
		from bank_line l left join bank_explanation x on x.line_id = l.id
		where l.book_id = ? and l.custody = ? and l.booked_on <= ? and not exists (select 1 from bank_match_line m where m.line_id = l.id)
		order by x.id is not null, l.booked_on, l.line`, bookID, custody, through).Scan(&found).Error
	lines := make([]OpenLine, len(found))
	for i, f := range found {
		lines[i] = OpenLine{f.BankLine, f.Explained, []Suggestion{}}
	}
	return lines, err
}

// openMoves are the postings up to a day that moved the custody account and that no match
// holds. An entry and its reversal meet in the book and never at the bank: neither is open.
func openMoves(tx postgres.Tx, bookID uuid.UUID, custody string, through calendar.Date) ([]OpenMove, error) {
	moves := []OpenMove{}
	err := tx.Gorm().Raw(`select m.seq, m.line, e.id as entry_id, e.effective_on, coalesce(m.came, -m.went) as amount, e.kind, e.reference, e.narrative, coalesce(x.reason, '') as explained
		from `+movedOn+` left join bank_explanation x on x.book_id = @book and x.seq = m.seq and x.posting_line = m.line and x.custody = @custody
		where e.effective_on <= @to and not exists (select 1 from bank_match_posting b where b.book_id = @book and b.seq = m.seq and b.line = m.line and b.custody = @custody)
		and not exists (select 1 from ledger_entry v where v.id = e.reverses and v.effective_on <= @to
		  and not exists (select 1 from bank_match_posting b where b.book_id = v.book_id and b.seq = v.seq and b.custody = @custody))
		and not exists (select 1 from ledger_entry v where v.reverses = e.id and v.effective_on <= @to)
		order by x.id is not null, e.effective_on, m.seq, m.line`,
		map[string]any{"book": bookID, "path": Cash(custody), "custody": custody, "to": through}).Scan(&moves).Error
	return moves, err
}

func matchedCount(tx postgres.Tx, bookID uuid.UUID, custody string, through calendar.Date) (n int, err error) {
	err = tx.Gorm().Raw(`select count(*) from bank_match_line m join bank_line l on l.id = m.line_id where l.book_id = ? and l.custody = ? and l.booked_on <= ?`, bookID, custody, through).Scan(&n).Error
	return n, err
}

// bankBalance is the closing balance of the last statement that ended by a day.
func bankBalance(tx postgres.Tx, bookID uuid.UUID, custody string, through calendar.Date) (*money.Amount, *calendar.Date, error) {
	var found []struct {
		Closing *money.Amount
		ToOn    calendar.Date
	}
	err := tx.Gorm().Raw(`select closing, to_on from bank_statement where book_id = ? and custody = ? and to_on <= ? order by to_on desc limit 1`, bookID, custody, through).Scan(&found).Error
	if err != nil || len(found) == 0 {
		return nil, nil, err
	}
	return found[0].Closing, &found[0].ToOn, nil
}

// MatchedRow is a pair of the two sides for the export.
type MatchedRow struct {
	BookedOn    calendar.Date
	Amount      money.Amount
	Reference   string
	Narrative   string
	Seq         int64
	How         string
	Reason      string
	MakerName   string
	CheckerName string
}

func matchedRows(tx postgres.Tx, bookID uuid.UUID, custody string, through calendar.Date, most int) (rows []MatchedRow, err error) {
	err = tx.Gorm().Raw(`select l.booked_on, l.amount, l.reference, l.narrative, (select min(p.seq) from bank_match_posting p where p.match_id = m.id) as seq, m.how, m.reason, m.maker_name, m.checker_name
		from bank_match m join bank_match_line k on k.match_id = m.id join bank_line l on l.id = k.line_id
		where m.book_id = ? and m.custody = ? and l.booked_on <= ? order by l.booked_on, l.line limit ?`, bookID, custody, through, most).Scan(&rows).Error
	return rows, err
}
