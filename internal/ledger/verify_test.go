package ledger_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/require"

	"ippledge/internal/approval"
	"ippledge/internal/authz"
	"ippledge/internal/ledger"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
)

func constraintOf(err error) string {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return " " + pg.ConstraintName
	}
	return ""
}

// tamper does what the owner of the database machine could do: it switches every trigger off.
func tamper(t *testing.T, db *postgres.DB, statements ...string) {
	t.Helper()
	tx, err := db.SQL().BeginTx(t.Context(), nil)
	require.NoError(t, err)
	for _, s := range append([]string{`set local session_replication_role = replica`}, statements...) {
		_, err := tx.ExecContext(t.Context(), s)
		require.NoError(t, err, s)
	}
	require.NoError(t, tx.Commit())
}

// expecting stands for a domain that knows what must have been posted.
type expecting []ledger.Reference

func (expecting) Kinds() []string { return []string{"pay", "enrol"} }
func (e expecting) References(postgres.Tx) ([]ledger.Reference, error) {
	return e, nil
}

func TestVerify(t *testing.T) {
	t.Parallel()
	enrolment := ledger.Reference{Kind: "enrol", Reference: "BA1", Amount: yuan("450000.00")}
	cases := []struct {
		name       string
		statements []string
		references expecting
		seq        int64
		code       string
	}{
		{"AWholeBook", nil, expecting{enrolment}, 0, ""},
		{"AChangedAmount", []string{`update ledger_posting set amount = amount + 1 where seq = 3`}, expecting{enrolment}, 3, "content_changed"},
		{"AChangedNarrative", []string{`update ledger_entry set narrative = 'x' where seq = 2`}, expecting{enrolment}, 2, "content_changed"},
		{"ADeletedPosting", []string{`delete from ledger_posting where seq = 4`}, expecting{enrolment}, 4, "postings_missing"},
		{"ADeletedEntry", []string{`delete from ledger_posting where seq = 3`, `delete from ledger_entry where seq = 3`}, expecting{enrolment}, 3, "gap"},
		{"ADeletedLastEntry", []string{`delete from ledger_posting where seq = 6`, `delete from ledger_entry where seq = 6`}, expecting{enrolment}, 5, "head_mismatch"},
		{"SwappedEntries", []string{`update ledger_entry set seq = 100 where seq = 3`, `update ledger_entry set seq = 3 where seq = 4`, `update ledger_entry set seq = 4 where seq = 100`,
			`update ledger_posting set seq = 100 where seq = 3`, `update ledger_posting set seq = 3 where seq = 4`, `update ledger_posting set seq = 4 where seq = 100`}, expecting{enrolment}, 3, "chain_broken"},
		{"AForgedHash", []string{`update ledger_entry set hash = repeat('0', 64) where seq = 5`, `update ledger_entry set prev_hash = repeat('0', 64) where seq = 6`}, expecting{enrolment}, 5, "hash_forged"},
		{"AChangedBalance", []string{`update ledger_account set balance = balance + 5 where path = 'cash:main'`}, expecting{enrolment}, 0, "balance_mismatch"},
		{"AnEntryTheBusinessMisses", nil, expecting{enrolment, {Kind: "pay", Reference: "BF9", Amount: yuan("1")}}, 0, "entry_missing"},
		{"AnEntryOfAnotherAmount", nil, expecting{{Kind: "enrol", Reference: "BA1", Amount: yuan("450000.01")}}, 4, "entry_differs"},
		{"AnEntryWithoutBusiness", nil, expecting{}, 4, "reference_missing"},
	}
	for _, c := range cases {
		t.Run("Finds"+c.name, func(t *testing.T) {
			t.Parallel()
			db, _ := sixEntries(t)
			service := ledger.NewService(db, approval.NewService(db))
			t.Cleanup(service.Close)
			service.Refer(c.references)
			if len(c.statements) > 0 {
				tamper(t, db, c.statements...)
			}
			report, err := service.Verify(t.Context())
			require.NoError(t, err)
			if c.code == "" {
				require.True(t, report.OK, report)
				require.EqualValues(t, 6, report.Entries)
				return
			}
			require.False(t, report.OK)
			require.Equal(t, c.code, report.Break.Code, report)
			require.Equal(t, c.seq, report.Break.Seq)
			require.Contains(t, report.String(), c.code)
		})
	}
}

// sixEntries posts the million of setup and five more entries, two of them memoranda.
func sixEntries(t *testing.T) (*postgres.DB, ledger.Book) {
	t.Helper()
	db, book := setup(t)
	for _, e := range []ledger.Entry{
		ledger.Interest(book.ID, maker, authz.Actor{}, "LX1", today, yuan("1000.00"), "main"),
		ledger.Fee(book.ID, maker, checker, "F1", today, yuan("10.00"), "main"),
		ledger.Enrol(book.ID, maker, checker, "BA1", today, yuan("450000.00"), bankID, loanID),
		ledger.Interest(book.ID, maker, authz.Actor{}, "LX2", today, yuan("2000.00"), "main"),
		ledger.ExposureDown(book.ID, maker, checker, "HK1", today, yuan("50000.00"), bankID, loanID),
	} {
		_, err := post(t, db, e)
		require.NoError(t, err)
	}
	return db, book
}

func TestPublishedDays(t *testing.T) {
	t.Parallel()
	db, book := sixEntries(t)
	tomorrow := db.WithClock(func() time.Time { return noon.AddDate(0, 0, 1) })
	service := ledger.NewService(tomorrow, approval.NewService(tomorrow))
	t.Cleanup(service.Close)
	require.NoError(t, service.PublishDue(t.Context()))
	require.NoError(t, service.PublishDue(t.Context()), "a second time changes nothing")

	t.Run("TakeNoLateEntry", func(t *testing.T) {
		// A transaction that began on the published day and commits after it.
		late, err := post(t, db, ledger.Interest(book.ID, maker, authz.Actor{}, "LX9", today, yuan("1.00"), "main"))
		require.NoError(t, err)
		require.Equal(t, today.AddDays(1).StartOfDay().UTC(), late.PostedAt.UTC())
	})
	t.Run("ShowAChainThatWasRewrittenAsAWhole", func(t *testing.T) {
		report, err := service.Verify(t.Context())
		require.NoError(t, err)
		require.True(t, report.OK, report)
		forgeWholeChain(t, db, book)
		report, err = service.Verify(t.Context())
		require.NoError(t, err)
		require.False(t, report.OK)
		require.Equal(t, "published_day_rewritten", report.Break.Code, report)
		require.EqualValues(t, 6, report.Break.Seq)
	})
}

// forgeWholeChain halves an amount and recomputes all hashes after it, by the published
// recipe: the forger knows everything but cannot reach what the portal has published.
func forgeWholeChain(t *testing.T, db *postgres.DB, book ledger.Book) {
	t.Helper()
	c, _, _ := serve(t, db)
	lines := chainOf(t, c, book)
	statements := []string{
		`update ledger_posting set amount = 500.00 where seq = 2`,
		`update ledger_account set balance = balance - 500 where path = 'cash:main'`,
		`update ledger_account set balance = balance + 500 where path = 'income:interest'`,
	}
	prev := ""
	for _, l := range lines {
		content := l.Content
		if l.Seq == 2 {
			content = replaceOnce(t, content, "1000.00", "500.00")
		}
		l.ContentHash = sha(content)
		hash := sha(fmt.Sprintf("%s\n%s\n%d\n%s\n%s\n%s", prev, l.BookID, l.Seq, l.ID, l.PostedAt, l.ContentHash))
		statements = append(statements, fmt.Sprintf(`update ledger_entry set content_hash = '%s', prev_hash = '%s', hash = '%s' where seq = %d`, l.ContentHash, prev, hash, l.Seq))
		prev = hash
	}
	tamper(t, db, append(statements, fmt.Sprintf(`update ledger_book set last_hash = '%s'`, prev))...)
}

func TestAmountIsOfMoneyBeforeMemoranda(t *testing.T) {
	t.Parallel()
	e := ledger.ApproveClaim(ledger.Book{}.ID, maker, checker, "BC1", today, yuan("90.00"), yuan("100.00"), bankID, loanID)
	require.Equal(t, money.Must("90.00"), e.Amount())
	require.Equal(t, "100.00", ledger.Enrol(ledger.Book{}.ID, maker, checker, "BA1", today, yuan("100.00"), bankID, loanID).Amount().String())
}
