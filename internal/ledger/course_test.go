package ledger

import (
	"strconv"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"ippledge/internal/approval"
	"ippledge/internal/fault"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/testdb"
)

// TestRememberedHead changes the book behind the gatherer's back: what it remembers is a
// guess that the database confirms, never an answer.
func TestRememberedHead(t *testing.T) {
	t.Parallel()
	db := testdb.New(t, still)
	b := openMemoBook(t, db, "remembered", 2)
	g, q := newGatherer(db), &queue{}
	behind := func(e Entry) {
		t.Helper()
		require.NoError(t, db.InTx(t.Context(), func(tx postgres.Tx) error {
			_, err := Post(tx, e)
			return err
		}))
	}
	one := func(e Entry) error { return gathered(t, g, b.ID, q, []Entry{e})[0].err }
	require.NoError(t, one(memo(b, "fill", "memo:source", "memo:a0", "1.00")))
	require.NoError(t, one(memo(b, "empty", "memo:a0", "memo:a1", "1.00")))
	require.True(t, q.head.accounts["memo:a0"].Balance.IsZero())

	behind(memo(b, "refill", "memo:source", "memo:a0", "5.00"))
	require.NoError(t, one(memo(b, "spend", "memo:a0", "memo:a1", "5.00")), "a refusal that rests on an old balance")

	behind(memo(b, "drain", "memo:a1", "memo:source", "6.00"))
	ws := gathered(t, g, b.ID, q, []Entry{memo(b, "more", "memo:source", "memo:a0", "1.00")}, []Entry{memo(b, "late", "memo:a1", "memo:a0", "6.00")})
	require.NoError(t, ws[0].err)
	require.True(t, fault.Has(ws[1].err, "fund_insufficient"), "an approval that rests on an old balance: %v", ws[1].err)

	_, err := db.SQL().ExecContext(t.Context(), `update ledger_book set closed_through = '2026-09-30'`)
	require.NoError(t, err)
	require.True(t, fault.Has(one(memo(b, "closed", "memo:source", "memo:a0", "1.00")), "period_closed"))
	require.Equal(t, []string{"memo:a0 | 1.00", "memo:a1 | 0.00"}, testdb.Texts(t, db, `select path, balance from ledger_account where path like 'memo:a%' order by path`))
	require.Equal(t, money.Must("1.00"), q.head.accounts["memo:a0"].Balance)
}

// TestConnectionsThatBreak kills the database's sessions while sixteen callers post: each
// caller is told where its entry stands, or to ask again by its key, and asking again gives
// one entry for each key.
func TestConnectionsThatBreak(t *testing.T) {
	t.Parallel()
	db := testdb.New(t, still)
	b := openMemoBook(t, db, "broken", 16)
	s := NewService(db, approval.NewService(db))
	t.Cleanup(s.Close)
	const each = 40
	var wait sync.WaitGroup
	for i := range 16 {
		wait.Add(1)
		go func() {
			defer wait.Done()
			for n := range each {
				e := memo(b, "k"+strconv.Itoa(i)+"-"+strconv.Itoa(n), "memo:source", "memo:a"+strconv.Itoa(i), "1.00")
				for tries := 0; ; tries++ {
					_, err := s.gatherer.post(t.Context(), b.ID, []Entry{e})
					if err == nil {
						break
					}
					if tries > 20 {
						t.Error(err)
						return
					}
				}
			}
		}()
	}
	for range 5 {
		_, _ = db.SQL().ExecContext(t.Context(), `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'`)
		_, _ = db.SQL().ExecContext(t.Context(), `select pg_sleep(0.02)`)
	}
	wait.Wait()
	require.Equal(t, []string{"640 | -640.00"}, testdb.Texts(t, db, `select last_seq, (select balance from ledger_account where path = 'memo:source') from ledger_book`))
	report, err := s.Verify(t.Context())
	require.NoError(t, err)
	require.True(t, report.OK, report)
}

// TestSlowWayWaitsForWhatIsStaged lets a unit be staged between the moment when the run
// found nothing to send and the moment when it turns to those that need the slow way: the
// head they would leave behind isn't there for it any more. Without the look at what is
// staged in takeSlow its caller is told of an entry that nobody wrote.
func TestSlowWayWaitsForWhatIsStaged(t *testing.T) {
	t.Parallel()
	db := testdb.New(t, still)
	b := openMemoBook(t, db, "staged", 2)
	g, q := newGatherer(db), &queue{}
	require.NoError(t, gathered(t, g, b.ID, q, []Entry{memo(b, "fill", "memo:source", "memo:a0", "1.00")})[0].err)

	q.running = true
	arrives := func(key, to string) *waiting {
		t.Helper()
		records, err := prepare(still, []Entry{memo(b, key, "memo:source", to, "1.00")})
		require.NoError(t, err)
		w := &waiting{ctx: t.Context(), unit: records, done: make(chan struct{})}
		_, err = q.arrive(w, still)
		require.NoError(t, err)
		return w
	}
	staged := arrives("staged", "memo:a1")
	unknown := arrives("unknown", "memo:nobody")
	require.Len(t, q.staged, 1)
	require.Len(t, q.waiting, 1)
	units, _ := q.takeSlow()
	require.Empty(t, units)

	g.posts.Add(1)
	g.run(b.ID, q)
	<-staged.done
	require.NoError(t, staged.err)
	<-unknown.done
	require.True(t, fault.Has(unknown.err, "account_unknown"), unknown.err)
	require.Equal(t, []string{"2 | " + staged.posted[0].Hash}, testdb.Texts(t, db, `select seq, hash from ledger_entry order by seq desc limit 1`))
}

// TestNewAccountsAndStrangersAmongMany mixes all ways into a book at once: gathered entries
// on known accounts and on accounts opened a moment ago, and entries of other transactions.
// Whoever was told of an entry finds it under its number with its hash.
func TestNewAccountsAndStrangersAmongMany(t *testing.T) {
	t.Parallel()
	db := testdb.New(t, still)
	b := openMemoBook(t, db, "mixed", 8)
	s := NewService(db, approval.NewService(db))
	t.Cleanup(s.Close)
	const people, each = 16, 30
	told := make(chan Posted, people*each)
	var wait sync.WaitGroup
	for i := range people {
		wait.Add(1)
		go func() {
			defer wait.Done()
			for n := range each {
				key, to := strconv.Itoa(i)+"-"+strconv.Itoa(n), "memo:a"+strconv.Itoa(i%8)
				if n%5 == 1 {
					to = "memo:new" + key
					if err := db.InTx(t.Context(), func(tx postgres.Tx) error { return Ensure(tx, b.ID, to, "新户", false) }); err != nil {
						t.Error(err)
						return
					}
				}
				e := memo(b, key, "memo:source", to, "1.00")
				if n%7 == 3 {
					if err := db.InTx(t.Context(), func(tx postgres.Tx) error {
						p, err := Post(tx, e)
						told <- p
						return err
					}); err != nil {
						t.Error(err)
					}
					continue
				}
				posted, err := s.gatherer.post(t.Context(), b.ID, []Entry{e})
				if err != nil {
					t.Error(err)
					return
				}
				told <- posted[0]
			}
		}()
	}
	wait.Wait()
	close(told)
	stand := map[string]bool{}
	for _, row := range testdb.Texts(t, db, `select seq, hash from ledger_entry`) {
		stand[row] = true
	}
	require.Len(t, stand, people*each)
	for p := range told {
		require.True(t, stand[strconv.FormatInt(p.Seq, 10)+" | "+p.Hash], "entry %d was told of and isn't there", p.Seq)
	}
	report, err := s.Verify(t.Context())
	require.NoError(t, err)
	require.True(t, report.OK, report)
}
