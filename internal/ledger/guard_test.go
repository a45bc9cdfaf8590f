package ledger_test

import (
	"context"
	"database/sql"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ippledge/internal/ledger"
)

// TestDatabaseRefuses goes around the program: the database alone keeps the books.
func TestDatabaseRefuses(t *testing.T) {
	t.Parallel()
	db, book := setup(t)
	refused := map[string]struct{ statement, why string }{
		"ChangingAnEntry":               {`update ledger_entry set narrative = 'x'`, "append_only"},
		"DeletingAnEntry":               {`delete from ledger_entry`, "append_only"},
		"ChangingAPosting":              {`update ledger_posting set amount = 1`, "append_only"},
		"DeletingAPosting":              {`delete from ledger_posting`, "append_only"},
		"EmptyingTheEntries":            {`truncate ledger_posting, ledger_entry cascade`, "append_only"},
		"DeletingAnAccount":             {`delete from ledger_account`, "append_only"},
		"LettingAnAccountBeOverdrawn":   {`update ledger_account set may_go_negative = true where path = 'fee:management'`, "append_only"},
		"ABookOutOfBalance":             {`update ledger_account set balance = balance + 1 where path = 'cash:main'`, "ledger_book_sums_to_zero"},
		"CashBelowZero":                 {`update ledger_account set balance = balance + case path when 'cash:main' then -9000000 else 9000000 end where path in ('cash:main', 'fee:management')`, "ledger_account_is_not_overdrawn"},
		"AnAccountThatStartsWithMoney":  {`insert into ledger_account select book_id, 'cash:other', 'x', false, 5, now() from ledger_account limit 1`, "ledger_account_starts_at_zero"},
		"CashThatMayBeOverdrawn":        {`insert into ledger_account select book_id, 'cash:other', 'x', true, 0, now() from ledger_account limit 1`, "ledger_account_cash_never_goes_negative"},
		"TheHeadGoingBack":              {`update ledger_book set last_seq = 0`, "ledger_head_moves_forward"},
		"AnotherHashAtTheSameNumber":    {`update ledger_book set last_hash = 'x'`, "ledger_head_moves_forward"},
		"DeletingABook":                 {`delete from ledger_book`, "append_only"},
		"AnEntryWithoutPostings":        {entrySQL("2", "'memo'", "null", "current_date"), "ledger_entry_has_postings"},
		"APaymentByOnePerson":           {entrySQL("2", "'pay'", "null", "current_date"), "ledger_entry_takes_two_people"},
		"AMakerWhoChecks":               {entrySQL("2", "'pay'", "maker_id", "current_date"), "ledger_entry_maker_is_not_checker"},
		"ANumberTwice":                  {entrySQL("1", "'memo'", "null", "current_date"), "ledger_entry_pkey"},
		"ANegativePosting":              {postingSQL("'cash:main'", "'fee:management'", "-1"), "ledger_posting_amount_is_positive"},
		"MoneyThatTurnsIntoAMemorandum": {postingSQL("'cash:main'", "'exposure:total'", "1"), "ledger_posting_keeps_money_and_memo_apart"},
		"AnAccountThatIsNotThere":       {postingSQL("'cash:main'", "'fee:nobody'", "1"), "ledger_posting_stands"},
	}
	for name, r := range refused {
		t.Run(name, func(t *testing.T) {
			_, err := db.SQL().ExecContext(t.Context(), r.statement)
			require.Error(t, err)
			require.Contains(t, err.Error()+constraintOf(err), r.why)
		})
	}
	t.Run("ToTheProgramsOwnRoleWhatNoTriggerNeedsToRefuse", func(t *testing.T) {
		conn, err := db.SQL().Conn(t.Context())
		require.NoError(t, err)
		defer conn.Close()
		if !roleExists(t, conn) {
			t.Skip("the role ippledge_app could not be made here")
		}
		_, err = conn.ExecContext(t.Context(), `select grant_app_role(); set role ippledge_app`)
		require.NoError(t, err)
		defer func() { _, _ = conn.ExecContext(context.Background(), `reset role`) }()
		for _, statement := range []string{`update ledger_entry set narrative = 'x'`, `delete from ledger_posting`, `update audit_entry set action = 'x'`, `truncate ledger_entry`, `delete from ledger_account`, `alter table ledger_entry disable trigger all`} {
			_, err := conn.ExecContext(t.Context(), statement)
			require.Error(t, err, statement)
			require.True(t, strings.Contains(err.Error(), "permission denied") || strings.Contains(err.Error(), "must be owner"), "%s: %v", statement, err)
		}
		var n int
		require.NoError(t, conn.QueryRowContext(t.Context(), `select count(*) from ledger_entry`).Scan(&n))
		_, err = conn.ExecContext(t.Context(), `update ledger_account set balance = balance where path = 'cash:main'`)
		require.NoError(t, err, "balances must be writable")
	})
	require.Equal(t, "1000000.00", balance(t, db, book, ledger.Cash("main")))
}

func roleExists(t *testing.T, conn *sql.Conn) (exists bool) {
	t.Helper()
	require.NoError(t, conn.QueryRowContext(t.Context(), `select exists (select from pg_roles where rolname = 'ippledge_app')`).Scan(&exists))
	return exists
}

func entrySQL(seq, kind, checker, on string) string {
	return `insert into ledger_entry (book_id, seq, id, kind, reference, effective_on, maker_id, checker_id, idempotency_key, content_hash, posted_at, prev_hash, hash)
		select book_id, ` + seq + `, gen_random_uuid(), ` + kind + `, 'R', ` + on + `, maker_id, ` + checker + `, gen_random_uuid()::text, '', now(), '', '' from ledger_entry where seq = 1`
}

func postingSQL(source, destination, amount string) string {
	return `insert into ledger_posting select book_id, 1, 2, ` + source + `, ` + destination + `, ` + amount + ` from ledger_entry where seq = 1`
}
