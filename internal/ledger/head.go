package ledger

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/money"
)

// record is an entry as it is stored.
type record struct {
	BookID         uuid.UUID
	Seq            int64
	ID             uuid.UUID
	Kind           string
	Reference      string
	EffectiveOn    calendar.Date
	Narrative      string
	MakerID        *uuid.UUID
	MakerName      string
	CheckerID      *uuid.UUID
	CheckerName    string
	IdempotencyKey string
	ContentHash    string
	Reverses       *uuid.UUID
	PostedAt       time.Time
	PrevHash       string
	Hash           string
	Postings       []Posting
}

func (r record) posted() Posted {
	return Posted{ID: r.ID, Seq: r.Seq, Hash: r.Hash, PostedAt: r.PostedAt}
}

type account struct {
	Balance       money.Amount
	MayGoNegative bool
	touched       bool // stands in head.touched
}

// kept is an entry that stands under an idempotency key.
type kept struct {
	contentHash string
	posted      Posted
}

// head is the end of a book, with what is needed to apply entries to it in memory: the
// accounts they name and the keys they carry. Whoever read it under the lock of the book's
// row may rely on it until the transaction ends. The gatherer keeps it longer: what it
// applies then stands only if the head turns out unchanged when it is written.
type head struct {
	book     Book
	now      time.Time
	accounts map[string]*account
	kept     map[string]kept
	older    map[string]kept // kept of before, while the head is remembered
	// written are the records that were applied and not yet handed to the database, and
	// touched the accounts that they moved.
	written []record
	touched []string
}

// largest is where numeric(18,2) ends.
var largest = money.Must("9999999999999999.99")

// post applies a unit of entries, all or none, and returns where they stand.
func (h *head) post(unit []Entry) ([]Posted, error) {
	records, err := prepare(h.now, unit)
	if err != nil {
		return nil, err
	}
	return h.apply(records)
}

// apply is the only way into a book.
func (h *head) apply(unit []record) (posted []Posted, _ error) {
	before, at, balances := len(h.written), h.book, saved{}
	whole := false
	defer func() { // also when something panics: the head is everybody's
		if !whole {
			h.undo(before, at, balances)
		}
	}()
	for i, r := range unit {
		if k, ok := h.under(r.IdempotencyKey); ok {
			if k.contentHash != r.ContentHash {
				return nil, inUnit(errKeyReused, len(unit), i)
			}
			k.posted.Replayed = true
			posted = append(posted, k.posted)
			continue
		}
		if err := h.check(r); err != nil {
			return nil, inUnit(err, len(unit), i)
		}
		if err := h.move(r.Postings, &balances); err != nil {
			return nil, inUnit(err, len(unit), i)
		}
		r = h.chain(r)
		h.kept[r.IdempotencyKey] = kept{r.ContentHash, r.posted()}
		posted = append(posted, r.posted())
	}
	if len(h.written) > before && len(h.written)-before < len(unit) {
		// Part of the unit had been posted: the key was used for another, shorter one.
		return nil, errKeyReused
	}
	whole = true
	return posted, nil
}

// under is the entry that is known to stand under a key.
func (h *head) under(key string) (kept, bool) {
	k, ok := h.kept[key]
	if !ok {
		k, ok = h.older[key]
	}
	return k, ok
}

// knows tells whether the head holds all accounts of a unit; a nil head knows nothing.
func (h *head) knows(unit []record) bool {
	if h == nil || len(h.accounts) > accountsMax {
		return false
	}
	for _, r := range unit {
		for _, p := range r.Postings {
			if h.accounts[p.Source] == nil || h.accounts[p.Destination] == nil {
				return false
			}
		}
	}
	return true
}

// refreshed adds to a remembered head what was read under the lock: what the units need and
// what others did since. When too much is remembered, only what was read counts.
func (h *head) refreshed(read *head) *head {
	if h == nil || len(h.accounts) > accountsMax {
		return read
	}
	maps.Copy(h.accounts, read.accounts)
	maps.Copy(h.kept, read.kept)
	h.book, h.now = read.book, read.now
	return h
}

// forget drops all that units may have done to the head, which then knows the rest as it
// was at the entry since.
func (h *head) forget(units []*waiting, since int64) {
	if h == nil {
		return
	}
	for _, w := range units {
		for _, r := range w.unit {
			delete(h.kept, r.IdempotencyKey)
			delete(h.older, r.IdempotencyKey)
			for _, p := range r.Postings {
				delete(h.accounts, p.Source)
				delete(h.accounts, p.Destination)
			}
		}
	}
	h.written, h.touched, h.book.LastSeq = nil, nil, since
}

// load is what was applied to a head and goes to the database together: the records, the
// book behind them and the accounts that they touched, in order, with their new balances.
type load struct {
	book     Book
	records  []record
	touched  []string
	balances []string
}

// unload hands over what was applied.
func (h *head) unload() load {
	slices.Sort(h.touched)
	l := load{book: h.book, records: h.written, touched: h.touched, balances: make([]string, len(h.touched))}
	for i, path := range h.touched {
		a := h.accounts[path]
		l.balances[i], a.touched = a.Balance.String(), false
	}
	h.written, h.touched = nil, nil
	if len(h.kept) > keysMax {
		h.older, h.kept = h.kept, map[string]kept{}
	}
	return l
}

// saved is what accounts were before a unit touched them, in order.
type saved []struct {
	at      *account
	balance money.Amount
}

// undo takes back what a unit applied.
func (h *head) undo(written int, book Book, balances saved) {
	for _, r := range h.written[written:] {
		delete(h.kept, r.IdempotencyKey)
	}
	h.written, h.book = h.written[:written], book
	for i := len(balances) - 1; i >= 0; i-- {
		balances[i].at.Balance = balances[i].balance
	}
}

// inUnit names the entry at fault when several were sent together.
func inUnit(err error, size, i int) error {
	f, ok := fault.From(err)
	if !ok || size == 1 {
		return err
	}
	g := fault.New(f.Kind, f.Code, "第 %d 笔：%s", i+1, f.Message)
	return g.Of(fmt.Sprintf("entries[%d]", i))
}

// prepare turns entries into records with their contents' hashes, without a place yet. It
// needs no lock.
func prepare(now time.Time, unit []Entry) ([]record, error) {
	records := make([]record, len(unit))
	for i, e := range unit {
		if e.EffectiveOn.IsZero() {
			e.EffectiveOn = calendar.DateOf(now)
		}
		id, err := uuid.NewV7()
		if err != nil {
			return nil, err
		}
		r := record{
			ID: id, Kind: e.Kind, Reference: e.Reference, EffectiveOn: e.EffectiveOn, Narrative: e.Narrative,
			MakerID: person(e.Maker), MakerName: e.Maker.Name, CheckerID: person(e.Checker), CheckerName: e.Checker.Name,
			IdempotencyKey: e.IdempotencyKey, Reverses: e.reverses, Postings: e.Postings,
		}
		if r.IdempotencyKey == "" {
			r.IdempotencyKey = "entry:" + id.String()
		}
		text, err := r.canonical()
		if err != nil {
			return nil, err
		}
		r.ContentHash = contentHash(text)
		records[i] = r
	}
	return records, nil
}

func person(a authz.Actor) *uuid.UUID {
	if a.UserID == uuid.Nil {
		return nil
	}
	id := a.UserID
	return &id
}

// move shifts the balances and checks the floor of each account after the whole entry.
// It notes in before what the accounts were.
func (h *head) move(postings []Posting, before *saved) error {
	type pair struct{ from, to *account }
	var few [4]pair // most entries have fewer postings
	pairs := few[:0]
	for i, p := range postings {
		from, to := h.accounts[p.Source], h.accounts[p.Destination]
		if from == nil || to == nil {
			path := p.Source
			if from != nil {
				path = p.Destination
			}
			return fault.InField(fmt.Sprintf("postings[%d]", i), "account_unknown", "账簿“%s”中没有科目 %.80s，请先开立", h.book.Name, path)
		}
		pairs = append(pairs, pair{from, to})
	}
	started := len(*before)
	for i, p := range postings {
		h.shift(p.Source, pairs[i].from, p.Amount.Neg(), before)
		h.shift(p.Destination, pairs[i].to, p.Amount, before)
	}
	for i, p := range postings {
		if err := within(p.Source, pairs[i].from, (*before)[started:]); err != nil {
			return err
		}
		if err := within(p.Destination, pairs[i].to, (*before)[started:]); err != nil {
			return err
		}
	}
	return nil
}

func (h *head) shift(path string, a *account, amount money.Amount, before *saved) {
	*before = append(*before, struct {
		at      *account
		balance money.Amount
	}{a, a.Balance})
	if !a.touched {
		a.touched, h.touched = true, append(h.touched, path)
	}
	a.Balance = a.Balance.Add(amount)
}

// within refuses a balance below the account's floor or beyond what can be stored.
func within(path string, a *account, before saved) error {
	if a.Balance.IsNegative() && !a.MayGoNegative {
		was := a.Balance
		for _, b := range before {
			if b.at == a {
				was = b.balance
				break
			}
		}
		return fault.New(fault.Rule, "fund_insufficient", "科目 %s 余额 %s，入账后将为 %s，不足以办理", path, was.Text(), a.Balance.Text())
	}
	if largest.Less(a.Balance.Abs()) {
		return fault.New(fault.Rule, "balance_out_of_range", "科目 %s 的余额将超出可记录的范围", path)
	}
	return nil
}

// chain gives the record its number and its link, and moves the head behind it. The
// moment never goes back in a book and never falls into a day that is already published.
func (h *head) chain(r record) record {
	b := &h.book
	r.BookID = b.ID
	r.Seq, r.PrevHash, r.PostedAt = b.LastSeq+1, b.LastHash, h.now.UTC().Truncate(time.Microsecond)
	if b.LastPostedAt != nil && r.PostedAt.Before(*b.LastPostedAt) {
		r.PostedAt = b.LastPostedAt.UTC()
	}
	if !b.PublishedThrough.IsZero() {
		if open := b.PublishedThrough.AddDays(1).StartOfDay().UTC(); r.PostedAt.Before(open) {
			r.PostedAt = open
		}
	}
	r.Hash = link(r.PrevHash, b.ID, r.Seq, r.ID, r.PostedAt, r.ContentHash)
	at := r.PostedAt
	b.LastSeq, b.LastHash, b.LastPostedAt = r.Seq, r.Hash, &at
	h.written = append(h.written, r)
	return r
}
