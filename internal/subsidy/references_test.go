package subsidy_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/fault"
	"ippledge/internal/ledger"
	"ippledge/internal/subsidy"
	"ippledge/internal/testdb"
)

// paid is a world with an appropriation (entry 1) and a grant paid from it (entry 2).
func paid(t *testing.T) (world, *ledger.Service) {
	t.Helper()
	w := setup(t)
	c := w.call(t, nil)
	a := w.approved(t, w.request(t, c.ID, w.loan(t, w.ent, "3000000")))
	w = w.on("2026-03-17")
	w.fund(t, "100000")
	b, err := w.subsidies.CreateBatch(t.Context(), w.treasurer, subsidy.NewBatch{CallID: c.ID, Applications: []uuid.UUID{a.ID}})
	require.NoError(t, err)
	require.NoError(t, w.sign(t, w.financeChecker, b.ID))
	books := ledger.NewService(w.db, w.approvals)
	t.Cleanup(books.Close)
	books.Refer(subsidy.References{})
	return w, books
}

func TestEveryEntryOfTheSubsidyBookHasItsBusinessAndBack(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, statement string
		seq             int64
		code, names     string
	}{
		{name: "AWholeBook"},
		{"AnAppropriationThatIsGone", `delete from subsidy_appropriation`, 1, "reference_missing", "TB"},
		{"AnAppropriationOfAnotherAmount", `update subsidy_appropriation set amount = amount * 2`, 1, "entry_differs", "TB"},
		{"AnAppropriationWithoutEntry", `insert into subsidy_appropriation select (jsonb_populate_record(a,
			'{"id": "00000000-0000-0000-0000-000000000001", "number": "TB-forged", "entry_id": "00000000-0000-0000-0000-000000000002"}')).* from subsidy_appropriation a`, 0, "entry_missing", "TB-forged"},
		{"AGrantThatWasNotPaid", `update subsidy_application set status = 'batched', entry_id = null, entry_seq = null, paid_at = null`, 2, "reference_missing", "TX"},
	} {
		t.Run("Finds"+c.name, func(t *testing.T) {
			t.Parallel()
			w, books := paid(t)
			if c.statement != "" {
				tx, err := w.db.SQL().BeginTx(t.Context(), nil)
				require.NoError(t, err)
				for _, s := range []string{`set local session_replication_role = replica`, c.statement} {
					_, err := tx.ExecContext(t.Context(), s)
					require.NoError(t, err, s)
				}
				require.NoError(t, tx.Commit())
			}
			report, err := books.Verify(t.Context())
			require.NoError(t, err)
			if c.code == "" {
				require.True(t, report.OK, report.String())
				return
			}
			require.False(t, report.OK)
			require.Equal(t, c.code, report.Break.Code, report.String())
			require.Equal(t, c.seq, report.Break.Seq)
			require.Contains(t, report.Break.Text, c.names)
		})
	}
}

func TestEntriesOfTheSubsidyBookAreNotReversedInTheLedger(t *testing.T) {
	t.Parallel()
	w, books := paid(t)
	entries := testdb.Texts(t, w.db, `select id from ledger_entry`)
	require.Len(t, entries, 2)
	for _, id := range entries {
		_, err := books.ProposeReversal(t.Context(), w.treasurer, uuid.MustParse(id), "登记有误")
		require.True(t, fault.Has(err, "entry_belongs_to_business"), err)
		require.ErrorContains(t, err, "不能在账簿上单独冲正")
	}
}
