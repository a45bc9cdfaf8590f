package ledger

// These tests stand inside the package: they compare the gatherer with Post, which no
// caller can tell apart from outside.

import (
	"fmt"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"ippledge/internal/approval"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/testdb"
)

var (
	still   = time.Date(2026, 9, 24, 4, 0, 0, 0, time.UTC)
	clerk   = authz.Actor{UserID: uuid.MustParse("00000000-0000-7000-8000-00000000000a"), OrgID: uuid.MustParse("00000000-0000-7000-8000-0000000000f0"), Name: "经办", Roles: []authz.Role{authz.Treasurer}}
	colleag = authz.Actor{UserID: uuid.MustParse("00000000-0000-7000-8000-00000000000b"), OrgID: clerk.OrgID, Name: "复核"}
)

func openMemoBook(t testing.TB, db *postgres.DB, code string, accounts int) Book {
	t.Helper()
	var b Book
	require.NoError(t, db.InTx(t.Context(), func(tx postgres.Tx) (err error) {
		if b, err = OpenBook(tx, code, "账簿", FundBook, ""); err != nil {
			return err
		}
		if err := Ensure(tx, b.ID, "memo:source", "来源", true); err != nil {
			return err
		}
		for i := range accounts {
			if err := Ensure(tx, b.ID, fmt.Sprintf("memo:a%d", i), "户", false); err != nil {
				return err
			}
		}
		return nil
	}))
	return b
}

func memo(b Book, key, from, to, amount string) Entry {
	return Entry{BookID: b.ID, Kind: "memo", Reference: key, EffectiveOn: calendar.DateOf(still), Maker: clerk, IdempotencyKey: key,
		Postings: []Posting{{Source: from, Destination: to, Amount: money.Must(amount)}}}
}

// TestHotAccountNeverFallsBelowZero lets 64 goroutines take 1.00 each from an account
// that holds 40.00, half of them through Post and half gathered. Exactly forty succeed.
// Without the lock of the book's row (try: drop "for update") more do, or the database's
// own check ends transactions with an error that is no refusal of ours.
func TestHotAccountNeverFallsBelowZero(t *testing.T) {
	t.Parallel()
	db := testdb.New(t, still)
	b := openMemoBook(t, db, "hot", 1)
	s := NewService(db, approval.NewService(db))
	t.Cleanup(s.Close)
	_, err := s.gatherer.post(t.Context(), b.ID, []Entry{memo(b, "fill", "memo:source", "memo:a0", "40.00")})
	require.NoError(t, err)

	var wait sync.WaitGroup
	errs := make([]error, 64)
	for i := range errs {
		wait.Add(1)
		go func() {
			defer wait.Done()
			e := memo(b, "take"+strconv.Itoa(i), "memo:a0", "memo:source", "1.00")
			if i%2 == 0 {
				_, errs[i] = s.gatherer.post(t.Context(), b.ID, []Entry{e})
				return
			}
			errs[i] = db.InTx(t.Context(), func(tx postgres.Tx) error {
				_, err := Post(tx, e)
				return err
			})
		}()
	}
	wait.Wait()
	done := 0
	for _, err := range errs {
		if err == nil {
			done++
			continue
		}
		require.True(t, fault.Has(err, "fund_insufficient"), err)
	}
	require.Equal(t, 40, done)
	require.Equal(t, []string{"0.00 | 41 | 41"}, testdb.Texts(t, db, `select a.balance, b.last_seq, (select count(*) from ledger_entry) from ledger_account a, ledger_book b where a.path = 'memo:a0'`))
	report, err := s.Verify(t.Context())
	require.NoError(t, err)
	require.True(t, report.OK, report)
}

// TestOneKeyAtOnce sends one key from many at once: one entry, and all get its place.
func TestOneKeyAtOnce(t *testing.T) {
	t.Parallel()
	db := testdb.New(t, still)
	b := openMemoBook(t, db, "key", 1)
	s := NewService(db, approval.NewService(db))
	t.Cleanup(s.Close)
	var wait sync.WaitGroup
	hashes := make([]string, 32)
	for i := range hashes {
		wait.Add(1)
		go func() {
			defer wait.Done()
			posted, err := s.gatherer.post(t.Context(), b.ID, []Entry{memo(b, "same", "memo:source", "memo:a0", "1.00")})
			if err == nil {
				hashes[i] = posted[0].Hash
			}
		}()
	}
	wait.Wait()
	for _, h := range hashes {
		require.NotEmpty(t, h)
		require.Equal(t, hashes[0], h)
	}
	require.Equal(t, []string{"1"}, testdb.Texts(t, db, `select count(*) from ledger_entry`))
}

// TestRefusedAlone puts a unit that breaks a rule and one that the database itself would
// refuse among good ones of the same transaction: only they are refused.
func TestRefusedAlone(t *testing.T) {
	t.Parallel()
	db := testdb.New(t, still)
	b := openMemoBook(t, db, "alone", 2)
	g, q := newGatherer(db), &queue{}
	ghost := uuid.New()
	phantom := memo(b, "k3", "memo:source", "memo:a0", "1.00")
	phantom.Kind, phantom.Checker, phantom.reverses = "reverse", colleag, &ghost // refused by a foreign key, which the code doesn't check
	for round := range 2 {                                                       // the second on a head that is remembered
		key := func(e Entry) []Entry {
			e.IdempotencyKey += strconv.Itoa(round)
			return []Entry{e}
		}
		ws := gathered(t, g, b.ID, q, key(memo(b, "k1", "memo:source", "memo:a0", "5.00")), key(memo(b, "k2", "memo:a1", "memo:a0", "100.00")), key(phantom), key(memo(b, "k4", "memo:a0", "memo:a1", "5.00")))
		require.NoError(t, ws[0].err)
		require.True(t, fault.Has(ws[1].err, "fund_insufficient"), ws[1].err)
		require.Error(t, ws[2].err)
		require.NoError(t, ws[3].err)
		again := gathered(t, g, b.ID, q, key(memo(b, "k1", "memo:source", "memo:a0", "5.00")))
		require.True(t, again[0].posted[0].Replayed)
		require.Equal(t, ws[0].posted[0].Hash, again[0].posted[0].Hash)
	}
	require.Equal(t, []string{"memo:a0 | 0.00", "memo:a1 | 10.00"}, testdb.Texts(t, db, `select path, balance from ledger_account where path like 'memo:a%' order by path`))
}

// gathered posts units as if they had arrived together.
func gathered(t testing.TB, g *gatherer, bookID uuid.UUID, q *queue, units ...[]Entry) (ws []*waiting) {
	t.Helper()
	for _, unit := range units {
		records, err := prepare(still, unit)
		require.NoError(t, err)
		ws = append(ws, &waiting{ctx: t.Context(), unit: records, done: make(chan struct{})})
	}
	q.waiting, q.running = ws, true
	g.posts.Add(1)
	g.run(bookID, q)
	for _, w := range ws {
		<-w.done
	}
	return ws
}

// units are random entries: keys that repeat, amounts that aren't positive, accounts that run dry.
func units(b Book, accounts int) *rapid.Generator[[]Entry] {
	path := rapid.Custom(func(t *rapid.T) string {
		if i := rapid.IntRange(-1, accounts-1).Draw(t, "account"); i >= 0 {
			return fmt.Sprintf("memo:a%d", i)
		}
		return "memo:source"
	})
	entry := rapid.Custom(func(t *rapid.T) Entry {
		e := memo(b, "k"+strconv.Itoa(rapid.IntRange(0, 25).Draw(t, "key")), "memo:source", "memo:a0", "1.00")
		e.Narrative = rapid.SampledFrom([]string{"", "NULL", `"`, `\`, `a\"b,{c}`, "摘要，含“引号”", "{}", " 空格 "}).Draw(t, "narrative")
		e.Postings = nil
		for range rapid.IntRange(1, 4).Draw(t, "lines") {
			e.Postings = append(e.Postings, Posting{path.Draw(t, "from"), path.Draw(t, "to"), money.FromFen(rapid.Int64Range(-1, 500).Draw(t, "fen"))})
		}
		return e
	})
	return rapid.SliceOfN(entry, 1, 3)
}

// TestGatheredEntriesAreThoseOfPost applies the same random units to two books, one by
// one through Post and in gathered batches, and finds the same answers, the same rows but
// for ids and hashes, and every invariant kept.
func TestGatheredEntriesAreThoseOfPost(t *testing.T) {
	t.Parallel()
	db := testdb.New(t, still)
	s := NewService(db, approval.NewService(db))
	t.Cleanup(s.Close)
	round := 0
	rapid.Check(t, func(r *rapid.T) {
		round++
		one := openMemoBook(t, db, fmt.Sprintf("one-%d", round), 3)
		many := openMemoBook(t, db, fmt.Sprintf("many-%d", round), 3)
		all := rapid.SliceOfN(units(one, 3), 1, 12).Draw(r, "units")
		size := rapid.IntRange(1, 6).Draw(r, "batch")
		var first, second []string
		var pending [][]Entry
		q := &queue{}
		flush := func() {
			for _, w := range gathered(t, s.gatherer, many.ID, q, pending...) {
				second = append(second, answer(w.posted, w.err))
			}
			pending = nil
		}
		for i, unit := range all {
			var posted []Posted
			err := db.InTx(t.Context(), func(tx postgres.Tx) (err error) {
				posted, err = postAll(tx, one.ID, unit)
				return err
			})
			first = append(first, answer(posted, err))
			copied := make([]Entry, len(unit))
			for j, e := range unit {
				e.BookID = many.ID
				copied[j] = e
			}
			pending = append(pending, copied)
			if len(pending) == size || i == len(all)-1 {
				flush()
			}
		}
		require.Equal(r, first, second)
		rows := func(b Book) []string {
			return testdb.Texts(t, db, `select e.seq, e.kind, e.reference, e.effective_on, e.narrative, e.maker_id, e.maker_name, e.checker_id, e.checker_name,
				e.idempotency_key, e.content_hash, e.reverses, e.posted_at, p.line, p.source, p.destination, p.amount
				from ledger_entry e join ledger_posting p using (book_id, seq) where e.book_id = $1 order by e.seq, p.line`, b.ID.String())
		}
		require.Equal(r, rows(one), rows(many))
		balancesOf := func(b Book) []string {
			return testdb.Texts(t, db, `select path, balance from ledger_account where book_id = $1 order by 1`, b.ID.String())
		}
		require.Equal(r, balancesOf(one), balancesOf(many))
	})
	report, err := s.Verify(t.Context())
	require.NoError(t, err)
	require.True(t, report.OK, report)
}

func answer(posted []Posted, err error) (s string) {
	if f, ok := fault.From(err); ok {
		return f.Code + f.Message
	}
	for _, p := range posted {
		s += fmt.Sprint(p.Seq, p.Replayed, " ")
	}
	return s + fmt.Sprint(err)
}

// TestHead keeps the invariants of the head in memory, fast and without a database.
func TestHead(t *testing.T) {
	t.Parallel()
	b := Book{ID: uuid.New(), Status: "open", Name: "账簿"}
	rapid.Check(t, func(r *rapid.T) {
		h := &head{book: b, now: still, kept: map[string]kept{}, accounts: map[string]*account{"memo:source": {MayGoNegative: true}, "memo:a0": {}, "memo:a1": {}}}
		for _, unit := range rapid.SliceOfN(units(b, 2), 1, 20).Draw(r, "units") {
			before := snapshot(h)
			if _, err := h.post(unit); err != nil {
				require.Equal(r, before, snapshot(h), "a refused unit changes nothing")
			}
			sum := money.Zero
			for path, a := range h.accounts {
				require.False(r, a.Balance.IsNegative() && !a.MayGoNegative, path)
				sum = sum.Add(a.Balance)
			}
			require.True(r, sum.IsZero())
		}
		prev := ""
		for i, w := range h.written {
			require.EqualValues(r, i+1, w.Seq)
			require.Equal(r, prev, w.PrevHash)
			prev = w.Hash
		}
		require.Equal(r, h.book.LastHash, prev)
	})
}

func snapshot(h *head) string {
	s := fmt.Sprint(h.book.LastSeq, h.book.LastHash, len(h.written), len(h.kept))
	for _, path := range []string{"memo:source", "memo:a0", "memo:a1"} {
		s += " " + h.accounts[path].Balance.String()
	}
	return s
}
