package ledger

import (
	"errors"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/money"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
)

type entryRow struct {
	BookID         uuid.UUID
	Seq            int64
	ID             uuid.UUID
	Kind           string
	Reference      string
	EffectiveOn    calendar.Date
	Narrative      string
	MakerID        *uuid.UUID
	CheckerID      *uuid.UUID
	MakerName      string
	CheckerName    string
	IdempotencyKey string
	ContentHash    string
	Reverses       *uuid.UUID
	PostedAt       time.Time
	PrevHash       string
	Hash           string
}

func (entryRow) TableName() string { return "ledger_entry" }

func (r entryRow) record() record {
	return record{
		BookID: r.BookID, Seq: r.Seq, ID: r.ID, Kind: r.Kind, Reference: r.Reference, EffectiveOn: r.EffectiveOn, Narrative: r.Narrative,
		MakerID: r.MakerID, MakerName: r.MakerName, CheckerID: r.CheckerID, CheckerName: r.CheckerName, IdempotencyKey: r.IdempotencyKey,
		ContentHash: r.ContentHash, Reverses: r.Reverses, PostedAt: r.PostedAt, PrevHash: r.PrevHash, Hash: r.Hash,
	}
}

type postingRow struct {
	Seq                 int64
	Line                int
	Source, Destination string
	Amount              money.Amount
}

func (postingRow) TableName() string { return "ledger_posting" }

func entryByID(tx postgres.Tx, id uuid.UUID) (record, error) {
	var row entryRow
	err := tx.Gorm().Where("id = ?", id).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return record{}, errEntryNotFound
	}
	if err != nil {
		return record{}, err
	}
	r := row.record()
	byEntry, err := postingsBetween(tx, r.BookID, r.Seq, r.Seq)
	r.Postings = byEntry[r.Seq]
	return r, err
}

// reversalOf is the entry that reversed this one, or nil.
func reversalOf(tx postgres.Tx, id uuid.UUID) (*record, error) {
	var row entryRow
	err := tx.Gorm().Where("reverses = ?", id).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil, nil
	}
	r := row.record()
	return &r, err
}

func entriesAfter(tx postgres.Tx, bookID uuid.UUID, seq, through int64, most int) ([]record, error) {
	var found []entryRow
	err := tx.Gorm().Where("book_id = ? and seq > ? and seq <= ?", bookID, seq, through).Order("seq").Limit(most).Find(&found).Error
	if err != nil || len(found) == 0 {
		return nil, err
	}
	byEntry, err := postingsBetween(tx, bookID, found[0].Seq, found[len(found)-1].Seq)
	out := make([]record, len(found))
	for i, row := range found {
		out[i] = row.record()
		out[i].Postings = byEntry[row.Seq]
	}
	return out, err
}

func postingsBetween(tx postgres.Tx, bookID uuid.UUID, first, last int64) (map[int64][]Posting, error) {
	var found []postingRow
	err := tx.Gorm().Where("book_id = ? and seq between ? and ?", bookID, first, last).Order("seq, line").Find(&found).Error
	byEntry := make(map[int64][]Posting, len(found))
	for _, p := range found {
		byEntry[p.Seq] = append(byEntry[p.Seq], Posting{p.Source, p.Destination, p.Amount})
	}
	return byEntry, err
}

func accountName(tx postgres.Tx, bookID uuid.UUID, path string) (name string, err error) {
	var names []string
	err = tx.Gorm().Raw(`select name from ledger_account where book_id = ? and path = ?`, bookID, path).Scan(&names).Error
	if err == nil && len(names) == 0 {
		return "", fault.New(fault.NotFound, "account_unknown", "账簿中没有科目 %.80s", path)
	}
	if err != nil {
		return "", err
	}
	return names[0], nil
}

// movedOn is every movement of one account, with its sign and its entry.
const movedOn = `(select p.seq, p.line, p.amount as came, null::numeric as went, p.source as opposite
  from ledger_posting p where p.book_id = @book and p.destination = @path
  union all select p.seq, p.line, null, p.amount, p.destination from ledger_posting p where p.book_id = @book and p.source = @path) m
  join ledger_entry e on e.book_id = @book and e.seq = m.seq`

func ofAccount(bookID uuid.UUID, path string, from, to calendar.Date) map[string]any {
	return map[string]any{"book": bookID, "path": path, "from": from, "to": to}
}

func balanceBefore(tx postgres.Tx, bookID uuid.UUID, path string, from calendar.Date) (balance money.Amount, err error) {
	err = tx.Gorm().Raw(`select coalesce(sum(coalesce(m.came, 0) - coalesce(m.went, 0)), 0) from `+movedOn+` where e.effective_on < @from`,
		ofAccount(bookID, path, from, from)).Row().Scan(&balance)
	return balance, err
}

func turnover(tx postgres.Tx, bookID uuid.UUID, path string, from, to calendar.Date) (in, out money.Amount, err error) {
	err = tx.Gorm().Raw(`select coalesce(sum(m.came), 0), coalesce(sum(m.went), 0) from `+movedOn+` where e.effective_on between @from and @to`,
		ofAccount(bookID, path, from, to)).Row().Scan(&in, &out)
	return in, out, err
}

func movements(tx postgres.Tx, bookID uuid.UUID, path string, from, to calendar.Date, most int) ([]Line, error) {
	var found []struct {
		ID           uuid.UUID
		Seq          int64
		EffectiveOn  calendar.Date
		PostedAt     time.Time
		Kind         string
		Reference    string
		Narrative    string
		Opposite     string
		OppositeName string
		Came, Went   *money.Amount
	}
	args := ofAccount(bookID, path, from, to)
	args["most"] = most
	err := tx.Gorm().Raw(`select e.id, e.seq, e.effective_on, e.posted_at, e.kind, e.reference, e.narrative, m.opposite, a.name as opposite_name, m.came, m.went from `+movedOn+`
		join ledger_account a on a.book_id = @book and a.path = m.opposite
		where e.effective_on between @from and @to order by e.effective_on, e.seq, m.line limit @most`, args).Scan(&found).Error
	lines := make([]Line, len(found))
	for i, f := range found {
		lines[i] = Line{
			EntryID: f.ID, Seq: f.Seq, EffectiveOn: f.EffectiveOn, PostedAt: f.PostedAt, Kind: f.Kind, Reference: f.Reference,
			Narrative: f.Narrative, Opposite: f.Opposite, OppositeName: f.OppositeName, In: f.Came, Out: f.Went,
		}
	}
	return lines, err
}

func trialLines(tx postgres.Tx, bookID uuid.UUID, from, to calendar.Date, at *time.Time) (lines []TrialLine, err error) {
	err = tx.Gorm().Raw(`with moved as (
  select p.destination as path, p.amount as came, 0 as went, e.effective_on, e.posted_at from ledger_posting p join ledger_entry e using (book_id, seq) where p.book_id = @book
  union all select p.source, 0, p.amount, e.effective_on, e.posted_at from ledger_posting p join ledger_entry e using (book_id, seq) where p.book_id = @book),
summed as (
  select path, sum(came - went) filter (where effective_on < @from) as opening,
    sum(came) filter (where effective_on >= @from) as came, sum(went) filter (where effective_on >= @from) as went
  from moved where effective_on <= @to and (cast(@at as timestamptz) is null or posted_at <= @at) group by path)
select a.path, a.name, coalesce(s.opening, 0) as opening, coalesce(s.came, 0) as "in", coalesce(s.went, 0) as out, 0 as closing
from ledger_account a left join summed s using (path) where a.book_id = @book order by a.path`,
		map[string]any{"book": bookID, "from": from, "to": to, "at": at}).Scan(&lines).Error
	return lines, err
}

// EntryFilter narrows the list of entries.
type EntryFilter struct {
	BookID    uuid.UUID
	Kind      string
	Account   string // entries that move this account
	Reference string
	From, To  calendar.Date
}

var entrySorts = map[string]page.Key{
	"seq": {Column: "e.seq", Cast: "bigint"}, "effective_on": {Column: "e.effective_on", Cast: "date"}, "posted_at": {Column: "e.posted_at", Cast: "timestamptz"},
}

type entryListRow struct {
	Entry      entryRow `gorm:"embedded"` // named: GORM passes over embedded types that are not exported
	Amount     money.Amount
	ReversedBy *int64
}

func listEntries(tx postgres.Tx, f EntryFilter, r page.Request) (page.Rows[entryListRow], error) {
	q := tx.Gorm().Table("ledger_entry e").Where("e.book_id = ?", f.BookID).Select(`e.*,
		(select coalesce(sum(p.amount) filter (where split_part(p.source, ':', 1) not in ('exposure', 'memo')), sum(p.amount)) from ledger_posting p where p.book_id = e.book_id and p.seq = e.seq) as amount,
		(select v.seq from ledger_entry v where v.reverses = e.id) as reversed_by`)
	if f.Kind != "" {
		q = q.Where("e.kind = ?", f.Kind)
	}
	if f.Reference != "" {
		q = q.Where("e.reference = ?", f.Reference)
	}
	if f.Account != "" {
		q = q.Where(`e.seq in (select p.seq from ledger_posting p where p.book_id = ? and (p.source = ? or p.destination = ?))`, f.BookID, f.Account, f.Account)
	}
	if !f.From.IsZero() {
		q = q.Where("e.effective_on >= ?", f.From)
	}
	if !f.To.IsZero() {
		q = q.Where("e.effective_on <= ?", f.To)
	}
	return page.Load[entryListRow](r.Match(q, "e.reference", "e.narrative", "e.maker_name"), r, "e.id")
}

// AccountRow is an account in the list of a book's accounts.
type AccountRow struct {
	Path          string       `json:"path"`
	Name          string       `json:"name"`
	Balance       money.Amount `json:"balance"`
	MayGoNegative bool         `json:"may_go_negative"`
	OpenedAt      time.Time    `json:"opened_at"`
}

var accountSorts = map[string]page.Key{"path": {Column: "a.path", Cast: "text"}, "balance": {Column: "a.balance", Cast: "numeric"}, "name": {Column: "a.name", Cast: "text"}}

func listAccounts(tx postgres.Tx, bookID uuid.UUID, class string, r page.Request) (page.Rows[AccountRow], error) {
	q := tx.Gorm().Table("ledger_account a").Where("a.book_id = ?", bookID).Select("a.path, a.name, a.balance, a.may_go_negative, a.opened_at")
	if class != "" {
		q = q.Where("split_part(a.path, ':', 1) = ?", class)
	}
	// An account has no id of its own: a digest of its path stands in for the cursor.
	return page.Load[AccountRow](r.Match(q, "a.path", "a.name"), r, "md5(a.path)::uuid")
}

func allBooks(tx postgres.Tx) (books []Book, err error) {
	err = query(tx, statement{`select ` + bookColumns + ` from ledger_book order by code`, nil}, func(r rows) error {
		for {
			b, found, err := scanBook(r)
			if err != nil || !found {
				return err
			}
			books = append(books, b)
		}
	})
	return books, err
}

// classSums are a book's balances by the first segment of the path.
func classSums(tx postgres.Tx, bookID uuid.UUID) (map[string]money.Amount, error) {
	var found []struct {
		Class string
		Sum   money.Amount
	}
	err := tx.Gorm().Raw(`select split_part(path, ':', 1) as class, sum(balance) filter (where path <> 'exposure:total') as sum
		from ledger_account where book_id = ? group by 1 having sum(balance) filter (where path <> 'exposure:total') is not null`, bookID).Scan(&found).Error
	sums := map[string]money.Amount{}
	for _, f := range found {
		sums[f.Class] = f.Sum
	}
	return sums, err
}

func accountNames(tx postgres.Tx, bookID uuid.UUID, paths []string) (map[string]string, error) {
	var found []struct{ Path, Name string }
	err := tx.Gorm().Raw(`select path, name from ledger_account where book_id = ? and path in ?`, bookID, paths).Scan(&found).Error
	names := make(map[string]string, len(found))
	for _, f := range found {
		names[f.Path] = f.Name
	}
	return names, err
}

// firstEffective is the earliest effective date of a book; zero when it has no entry.
func firstEffective(tx postgres.Tx, bookID uuid.UUID) (d calendar.Date, err error) {
	err = tx.Gorm().Raw(`select min(effective_on) from ledger_entry where book_id = ?`, bookID).Row().Scan(&d)
	return d, err
}
