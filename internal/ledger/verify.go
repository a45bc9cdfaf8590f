package ledger

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
)

// Reference is one thing in the business that must have its entry.
type Reference struct {
	Kind      string
	Reference string
	Amount    money.Amount
}

// References is a domain that stands behind entries. For the kinds it names, every
// reference must have its entries of that amount, and every entry its reference. A
// reversed entry counts as absent.
type References interface {
	Kinds() []string
	References(tx postgres.Tx) ([]Reference, error)
}

// Break is the first place where a book does not hold.
type Break struct {
	Book string `json:"book" doc:"账簿代码"`
	Seq  int64  `json:"seq" doc:"分录序号；0 表示不在某一笔上"`
	Code string `json:"code"`
	Text string `json:"text"`
}

// BookReport is what was found in one book.
type BookReport struct {
	Code    string `json:"code"`
	Name    string `json:"name"`
	OK      bool   `json:"ok"`
	Entries int64  `json:"entries"`
	Head    string `json:"head" doc:"链尾哈希"`
}

// Report is what Verify found.
type Report struct {
	ID      uuid.UUID    `json:"id"`
	RanAt   time.Time    `json:"ran_at"`
	RanBy   string       `json:"ran_by"`
	OK      bool         `json:"ok"`
	Entries int64        `json:"entries"`
	Books   []BookReport `json:"books" nullable:"false"`
	// Break is the first break of the first book that has one, in the order of codes.
	Break *Break `json:"break,omitempty"`
}

// String is what the command line prints.
func (r Report) String() string {
	var b strings.Builder
	for _, book := range r.Books {
		word := "完好"
		if !book.OK {
			word = "断裂"
		}
		fmt.Fprintf(&b, "%s %s（%s）：%d 笔分录，链尾 %.16s\n", word, book.Name, book.Code, book.Entries, book.Head)
	}
	if r.Break != nil {
		fmt.Fprintf(&b, "第一处断裂：账簿 %s，第 %d 笔：%s（%s）\n", r.Break.Book, r.Break.Seq, r.Break.Text, r.Break.Code)
	} else {
		fmt.Fprintf(&b, "账簿完好，共 %d 笔分录\n", r.Entries)
	}
	return b.String()
}

// Verify recomputes everything that can be recomputed: contents' hashes, the chain, the
// numbers, balances as sums of postings, books adding up to zero, floors, closed months
// and published days, and that every business reference has its entry and back. It reads
// one moment of the database, keeps the run, and reports the first break.
func (s *Service) Verify(ctx context.Context) (Report, error) {
	actor := authz.From(ctx)
	var report Report
	err := s.db.Read(ctx, func(tx postgres.Tx) (err error) {
		report, err = s.verify(tx)
		return err
	})
	if err != nil {
		return report, err
	}
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if report.ID, err = uuid.NewV7(); err != nil {
			return err
		}
		report.RanAt, report.RanBy = tx.Now(), actor.Name
		if err := insertVerification(tx, report); err != nil {
			return err
		}
		return audit.Record(tx, actor, "ledger.verify", "ledger_verification", report.ID, map[string]any{"ok": report.OK, "entries": report.Entries, "break": report.Break})
	})
	return report, err
}

func (s *Service) verify(tx postgres.Tx) (Report, error) {
	report := Report{Books: []BookReport{}}
	books, err := allBooks(tx)
	if err != nil {
		return report, err
	}
	ledgered := newExpectations(s.references)
	for _, b := range books {
		w := walk{tx: tx, book: b, balances: map[string]money.Amount{}, ledgered: ledgered}
		broken, err := w.run()
		if err != nil {
			return report, err
		}
		report.Entries += w.seq
		report.Books = append(report.Books, BookReport{Code: b.Code, Name: b.Name, OK: broken == nil, Entries: w.seq, Head: w.hash})
		if report.Break == nil {
			report.Break = broken
		}
	}
	if report.Break == nil {
		report.Break, err = ledgered.compare(tx)
	}
	report.OK = report.Break == nil
	return report, err
}

// walk goes through one book from its first entry.
type walk struct {
	tx       postgres.Tx
	book     Book
	seq      int64
	hash     string
	at       time.Time
	balances map[string]money.Amount
	floors   map[string]bool
	ledgered *expectations
	days     map[int64]DayHash
	closings map[int64]Period
}

func (w *walk) broken(code, format string, args ...any) *Break {
	return &Break{Book: w.book.Code, Seq: w.seq, Code: code, Text: fmt.Sprintf(format, args...)}
}

// verifyChunk is how many entries are read at a time.
const verifyChunk = 1000

func (w *walk) run() (*Break, error) {
	accounts, err := w.load()
	if err != nil {
		return nil, err
	}
	for {
		records, err := entriesAfter(w.tx, w.book.ID, w.seq, 1<<62, verifyChunk)
		if err != nil {
			return nil, err
		}
		for _, r := range records {
			if b, err := w.step(r); b != nil || err != nil {
				return b, err
			}
		}
		if len(records) < verifyChunk {
			return w.end(accounts), nil
		}
	}
}

func (w *walk) load() (accounts map[string]money.Amount, err error) {
	if accounts, err = Balances(w.tx, w.book.ID, ""); err != nil {
		return nil, err
	}
	if w.floors, err = floorsOf(w.tx, w.book.ID); err != nil {
		return nil, err
	}
	if w.days, err = dayHashesBySeq(w.tx, w.book.ID); err != nil {
		return nil, err
	}
	periods, err := periodsOf(w.tx, w.book.ID)
	w.closings = map[int64]Period{}
	for _, p := range periods {
		w.closings[p.ClosingSeq] = p
	}
	return accounts, err
}

// step checks one entry against what came before it.
func (w *walk) step(r record) (*Break, error) {
	w.seq++
	text, err := r.canonical()
	if err != nil {
		return nil, err
	}
	switch {
	case r.Seq != w.seq:
		return w.broken("gap", "缺少第 %d 号分录", w.seq), nil
	case len(r.Postings) == 0:
		return w.broken("postings_missing", "第 %d 号分录没有明细行", r.Seq), nil
	case contentHash(text) != r.ContentHash:
		return w.broken("content_changed", "第 %d 号分录的内容与其内容哈希不符：内容或明细被改动", r.Seq), nil
	case r.PrevHash != w.hash:
		return w.broken("chain_broken", "第 %d 号分录所记的前一哈希与上一笔不符", r.Seq), nil
	case link(r.PrevHash, r.BookID, r.Seq, r.ID, r.PostedAt, r.ContentHash) != r.Hash:
		return w.broken("hash_forged", "第 %d 号分录的哈希重算不符", r.Seq), nil
	case r.PostedAt.Before(w.at):
		return w.broken("time_backwards", "第 %d 号分录的入账时间早于上一笔", r.Seq), nil
	case r.MakerID != nil && r.CheckerID != nil && *r.MakerID == *r.CheckerID:
		return w.broken("maker_is_checker", "第 %d 号分录的经办与复核是同一人", r.Seq), nil
	}
	w.hash, w.at = r.Hash, r.PostedAt
	if b := w.move(r); b != nil {
		return b, nil
	}
	if d, ok := w.days[r.Seq]; ok && d.Hash != r.Hash {
		return w.broken("published_day_rewritten", "%s 公布的当日哈希与第 %d 号分录不符：已公布的账被改写", d.Day, r.Seq), nil
	}
	if p, ok := w.closings[r.Seq]; ok && p.ClosingHash != r.Hash {
		return w.broken("closed_month_rewritten", "%d 年 %d 月结账时的哈希与第 %d 号分录不符", p.Month.Year(), int(p.Month.Month()), r.Seq), nil
	}
	w.ledgered.take(w.book.Code, r)
	return nil, nil
}

func (w *walk) move(r record) *Break {
	for _, p := range r.Postings {
		if !p.Amount.IsPositive() || isMemo(p.Source) != isMemo(p.Destination) {
			return w.broken("posting_invalid", "第 %d 号分录有金额不为正或混记资金与备查的明细", r.Seq)
		}
		w.balances[p.Source] = w.balances[p.Source].Sub(p.Amount)
		w.balances[p.Destination] = w.balances[p.Destination].Add(p.Amount)
	}
	for _, p := range r.Postings {
		for _, path := range []string{p.Source, p.Destination} {
			if w.balances[path].IsNegative() && !w.floors[path] {
				return w.broken("overdrawn", "第 %d 号分录使科目 %s 低于零", r.Seq, path)
			}
		}
	}
	return nil
}

// end compares what was added up with what the book says of itself.
func (w *walk) end(accounts map[string]money.Amount) *Break {
	if w.seq != w.book.LastSeq || w.hash != w.book.LastHash {
		return w.broken("head_mismatch", "账簿记到第 %d 号，实有 %d 笔：末尾的分录被删除或链尾被改", w.book.LastSeq, w.seq)
	}
	sum := money.Zero
	for path, balance := range accounts {
		sum = sum.Add(balance)
		if !w.balances[path].Equal(balance) {
			w.seq = 0
			return w.broken("balance_mismatch", "科目 %s 余额 %s，明细合计 %s", path, balance, w.balances[path])
		}
	}
	if !sum.IsZero() {
		w.seq = 0
		return w.broken("book_not_zero", "账簿各科目余额合计 %s，应为 0.00", sum)
	}
	for seq, d := range w.days {
		if seq > w.seq {
			return w.broken("published_day_missing", "%s 公布到第 %d 号分录，账簿只到第 %d 号", d.Day, seq, w.seq)
		}
	}
	return nil
}

// DayHash is the last hash of a day.
type DayHash struct {
	Book        string        `json:"book" doc:"账簿代码"`
	BookName    string        `json:"book_name"`
	Day         calendar.Date `json:"day"`
	Seq         int64         `json:"seq" doc:"当日最后一笔分录的序号"`
	Hash        string        `json:"hash"`
	PublishedAt time.Time     `json:"published_at"`
}
