package ledger

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
)

// BankStatement is a statement as it was imported.
type BankStatement struct {
	ID             uuid.UUID     `json:"id"`
	Custody        string        `json:"custody"`
	FileName       string        `json:"file_name"`
	SHA256         string        `json:"sha256"`
	Format         string        `json:"format" enum:"xlsx,csv,camt053"`
	FromOn         calendar.Date `json:"from_on"`
	ToOn           calendar.Date `json:"to_on"`
	Opening        *money.Amount `json:"opening,omitempty"`
	Closing        *money.Amount `json:"closing,omitempty"`
	LineCount      int           `json:"line_count"`
	ImportedByName string        `json:"imported_by_name"`
	ImportedAt     time.Time     `json:"imported_at"`
}

// Imported is what an import did: what was read, and how many lines found their posting.
type Imported struct {
	Statement BankStatement `json:"statement"`
	Matched   int           `json:"matched" doc:"自动勾对的笔数"`
	Lines     []BankLine    `json:"lines" nullable:"false" doc:"读出的流水"`
	DryRun    bool          `json:"dry_run" doc:"true 表示只是预览，没有保存"`
}

var custodyUnknown = fault.InField("custody", "custody_unknown", "该账簿没有这个托管账户")

func checkCustody(tx postgres.Tx, bookID uuid.UUID, custody string) error {
	if _, err := BookByID(tx, bookID); err != nil {
		return err
	}
	if !pathForm.MatchString("cash:" + custody) {
		return custodyUnknown
	}
	found, err := balances(tx, bookID, "path = $2", Cash(custody))
	if err == nil && len(found) == 0 {
		err = custodyUnknown
	}
	return err
}

// ColumnsFor is the mapping kept for a custody account, or what banks usually write.
func (s *Service) ColumnsFor(ctx context.Context, bookID uuid.UUID, custody string) (c Columns, err error) {
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		if err := checkCustody(tx, bookID, custody); err != nil {
			return err
		}
		c, err = columnsOf(tx, bookID, custody)
		return err
	})
	return c, err
}

// KeepColumns keeps the mapping for a custody account's bank.
func (s *Service) KeepColumns(ctx context.Context, actor authz.Actor, bookID uuid.UUID, custody string, c Columns) error {
	if err := actor.Allowed(authz.LedgerReconcile); err != nil {
		return err
	}
	if err := c.check(); err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx postgres.Tx) error {
		if err := checkCustody(tx, bookID, custody); err != nil {
			return err
		}
		if err := keepColumns(tx, actor, bookID, custody, c); err != nil {
			return err
		}
		return audit.Record(tx, actor, "ledger.keep_mapping", subjectBook, bookID, map[string]any{"custody": custody, "columns": c})
	})
}

// ImportStatement reads the bank's file whole or not at all, keeps it, and matches what it
// can. With dryRun it only shows what it read. It fails with statement_imported_already,
// statement_overlaps, and the faults of every row.
func (s *Service) ImportStatement(ctx context.Context, actor authz.Actor, bookID uuid.UUID, custody, name string, content []byte, dryRun bool) (out Imported, err error) {
	if err := actor.Allowed(authz.LedgerReconcile); err != nil {
		return out, err
	}
	if len(bytes.TrimSpace(content)) == 0 {
		return out, fault.InField("file", "file_empty", "文件是空的")
	}
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if err := checkCustody(tx, bookID, custody); err != nil {
			return err
		}
		columns, err := columnsOf(tx, bookID, custody)
		if err != nil {
			return err
		}
		file, err := readBankFile(name, content, columns)
		if err != nil {
			return err
		}
		if file.to.After(calendar.DateOf(tx.Now())) {
			return fault.InField("file", "statement_in_future", "对账单截至 %s，晚于今天，请检查日期列", file.to)
		}
		sum := sha256.Sum256(content)
		out = Imported{Lines: file.lines, DryRun: dryRun, Statement: BankStatement{
			Custody: custody, FileName: name, SHA256: hex.EncodeToString(sum[:]), Format: file.format, FromOn: file.from, ToOn: file.to,
			Opening: file.opening, Closing: file.closing, LineCount: len(file.lines), ImportedByName: actor.Name, ImportedAt: tx.Now(),
		}}
		if err := notOverlapping(tx, bookID, out.Statement); err != nil || dryRun {
			return err
		}
		return s.keepStatement(tx, actor, bookID, &out)
	})
	return out, err
}

func notOverlapping(tx postgres.Tx, bookID uuid.UUID, st BankStatement) error {
	earlier, err := statementsOf(tx, bookID, st.Custody)
	if err != nil {
		return err
	}
	for _, e := range earlier {
		if e.SHA256 == st.SHA256 {
			return fault.New(fault.Conflict, "statement_imported_already", "该对账单已于 %s 导入", calendar.FormatInstant(e.ImportedAt))
		}
		if !st.FromOn.After(e.ToOn) && !e.FromOn.After(st.ToOn) {
			return fault.New(fault.Conflict, "statement_overlaps", "该对账单（%s 至 %s）与已导入的“%s”（%s 至 %s）日期重叠，请按不重叠的期间导出后再导入", st.FromOn, st.ToOn, e.FileName, e.FromOn, e.ToOn)
		}
	}
	return follows(earlier, st)
}

// follows refuses a statement that doesn't open with what the one before it closed with:
// one between them is missing, or one is incomplete. Newer statements stand first.
func follows(newestFirst []BankStatement, st BankStatement) error {
	var next *BankStatement
	for i, e := range newestFirst {
		if e.FromOn.After(st.ToOn) {
			next = &newestFirst[i]
			continue
		}
		if err := meets(e, st); err != nil {
			return err
		}
		break
	}
	if next == nil {
		return nil
	}
	return meets(st, *next)
}

func meets(before, after BankStatement) error {
	if before.Closing == nil || after.Opening == nil || before.Closing.Equal(*after.Opening) {
		return nil
	}
	return fault.InField("file", "statement_gap", "“%s”的期末余额 %s 与“%s”的期初余额 %s 不符，其间可能缺少对账单",
		before.FileName, before.Closing.Text(), after.FileName, after.Opening.Text())
}

func (s *Service) keepStatement(tx postgres.Tx, actor authz.Actor, bookID uuid.UUID, out *Imported) (err error) {
	if out.Statement.ID, err = uuid.NewV7(); err != nil {
		return err
	}
	for i := range out.Lines {
		if out.Lines[i].ID, err = uuid.NewV7(); err != nil {
			return err
		}
	}
	if err := insertStatement(tx, actor, bookID, out.Statement, out.Lines); err != nil {
		return err
	}
	if out.Matched, err = autoMatch(tx, actor, bookID, out.Statement.Custody); err != nil {
		return err
	}
	return audit.Record(tx, actor, "ledger.import_statement", subjectBook, bookID,
		map[string]any{"statement": out.Statement.ID, "custody": out.Statement.Custody, "lines": len(out.Lines), "matched": out.Matched})
}

// autoMatch matches what is open on a custody account and tells how many lines that were.
func autoMatch(tx postgres.Tx, actor authz.Actor, bookID uuid.UUID, custody string) (int, error) {
	lines, err := openLines(tx, bookID, custody, lastDate)
	if err != nil {
		return 0, err
	}
	moves, err := openMoves(tx, bookID, custody, lastDate)
	if err != nil {
		return 0, err
	}
	pairs := matchAutomatically(bankLines(lines), cashMoves(moves))
	for _, p := range pairs {
		m := match{BookID: bookID, Custody: custody, How: "automatic", Reason: p.reason}
		if err := insertMatch(tx, m, actor, authz.Actor{}, []uuid.UUID{p.line.ID}, []PostingKey{{p.move.Seq, p.move.Line}}); err != nil {
			return 0, err
		}
	}
	return len(pairs), nil
}

// MatchAutomatically runs automatic matching again, after postings came in late.
func (s *Service) MatchAutomatically(ctx context.Context, actor authz.Actor, bookID uuid.UUID, custody string) (n int, err error) {
	if err := actor.Allowed(authz.LedgerReconcile); err != nil {
		return 0, err
	}
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if err := checkCustody(tx, bookID, custody); err != nil {
			return err
		}
		if n, err = autoMatch(tx, actor, bookID, custody); err != nil || n == 0 {
			return err
		}
		return audit.Record(tx, actor, "ledger.match", subjectBook, bookID, map[string]any{"custody": custody, "automatic": n})
	})
	return n, err
}
