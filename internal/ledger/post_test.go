package ledger_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/ledger"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/testdb"
)

var (
	noon    = time.Date(2026, 9, 24, 4, 0, 0, 0, time.UTC)
	today   = calendar.DateOf(noon)
	maker   = authz.Actor{UserID: uuid.MustParse("00000000-0000-7000-8000-00000000000a"), OrgID: uuid.MustParse("00000000-0000-7000-8000-0000000000f0"), Name: "经办", Roles: []authz.Role{authz.Treasurer}, OrgKind: authz.FinanceBureau}
	checker = authz.Actor{UserID: uuid.MustParse("00000000-0000-7000-8000-00000000000b"), OrgID: maker.OrgID, Name: "复核", Roles: []authz.Role{authz.FinanceChecker}, OrgKind: authz.FinanceBureau}
	bankID  = uuid.MustParse("00000000-0000-7000-8000-0000000000b1")
	loanID  = uuid.MustParse("00000000-0000-7000-8000-0000000000c1")
)

func yuan(s string) money.Amount { return money.Must(s) }

// setup opens a book with a bank's and a loan's accounts, and a million in cash.
func setup(t *testing.T) (*postgres.DB, ledger.Book) {
	t.Helper()
	db := testdb.New(t, noon)
	var book ledger.Book
	require.NoError(t, db.InTx(t.Context(), func(tx postgres.Tx) (err error) {
		if book, err = ledger.OpenBook(tx, "shaoyang-fund", "风险补偿基金", ledger.FundBook, ""); err != nil {
			return err
		}
		require.NoError(t, ledger.Ensure(tx, book.ID, ledger.Exposure(bankID, loanID), "敞口", false))
		require.NoError(t, ledger.Ensure(tx, book.ID, ledger.Payable(bankID), "应付", true))
		_, err = ledger.Post(tx, ledger.Contribute(book.ID, maker, checker, "CZ1", today, yuan("1000000.00"), "municipal", "main"))
		return err
	}))
	return db, book
}

func post(t *testing.T, db *postgres.DB, e ledger.Entry) (posted ledger.Posted, err error) {
	t.Helper()
	err = db.InTx(t.Context(), func(tx postgres.Tx) (err error) {
		posted, err = ledger.Post(tx, e)
		return err
	})
	return posted, err
}

func balance(t *testing.T, db *postgres.DB, book ledger.Book, path string) (amount string) {
	t.Helper()
	require.NoError(t, db.Read(t.Context(), func(tx postgres.Tx) error {
		b, err := ledger.Balance(tx, book.ID, path)
		amount = b.String()
		return err
	}))
	return amount
}

func TestPost(t *testing.T) {
	t.Parallel()
	db, book := setup(t)

	t.Run("MovesTheBalancesAndNumbersWithoutGap", func(t *testing.T) {
		second, err := post(t, db, ledger.Fee(book.ID, maker, checker, "F1", today, yuan("250.25"), "main"))
		require.NoError(t, err)
		require.EqualValues(t, 2, second.Seq)
		require.Equal(t, "999749.75", balance(t, db, book, ledger.Cash("main")))
		require.Equal(t, "250.25", balance(t, db, book, ledger.FeeManagement))
		require.Equal(t, "-1000000.00", balance(t, db, book, ledger.Capital("municipal")))
		require.Equal(t, []string{"true"}, testdb.Texts(t, db, `select (select hash from ledger_entry where seq = 1) = (select prev_hash from ledger_entry where seq = 2)`))
	})
	t.Run("ReturnsTheFirstResultForTheSameKeyAndContent", func(t *testing.T) {
		e := ledger.Interest(book.ID, maker, authz.Actor{}, "LX1", today, yuan("10"), "main")
		first, err := post(t, db, e)
		require.NoError(t, err)
		again, err := post(t, db, e)
		require.NoError(t, err)
		require.True(t, again.Replayed)
		require.Equal(t, first.ID, again.ID)
		require.Equal(t, first.Hash, again.Hash)
		e.Narrative = "另一件事"
		_, err = post(t, db, e)
		require.True(t, fault.Has(err, "idempotency_key_reused"), err)
	})
	t.Run("KeepsCashFromFallingBelowZeroAndChangesNothing", func(t *testing.T) {
		before := balance(t, db, book, ledger.Cash("main"))
		_, err := post(t, db, ledger.Fee(book.ID, maker, checker, "F2", today, yuan("5000000"), "main"))
		require.True(t, fault.Has(err, "fund_insufficient"), err)
		require.Equal(t, before, balance(t, db, book, ledger.Cash("main")))
		require.Equal(t, []string{"0"}, testdb.Texts(t, db, `select count(*) from ledger_entry where reference = 'F2'`))
	})
	refused := map[string]struct {
		entry ledger.Entry
		code  string
	}{
		"OneWhoseMakerIsTheChecker":    {ledger.Fee(book.ID, maker, maker, "X1", today, yuan("1"), "main"), "maker_is_checker"},
		"OneThatLacksItsChecker":       {ledger.Fee(book.ID, maker, authz.Actor{}, "X2", today, yuan("1"), "main"), "entry_takes_two_people"},
		"OneOfTomorrow":                {ledger.Fee(book.ID, maker, checker, "X3", today.AddDays(1), yuan("1"), "main"), "effective_in_future"},
		"AnAmountOfNothing":            {ledger.Fee(book.ID, maker, checker, "X4", today, yuan("0"), "main"), "amount_not_positive"},
		"AnUnknownAccount":             {ledger.Fee(book.ID, maker, checker, "X5", today, yuan("1"), "nowhere"), "account_unknown"},
		"AnUnknownKind":                {ledger.Entry{BookID: book.ID, Kind: "gift", Reference: "X6", Maker: maker, Checker: checker, Postings: []ledger.Posting{{Source: ledger.Cash("main"), Destination: ledger.FeeManagement, Amount: yuan("1")}}}, "entry_kind_unknown"},
		"MoneyTurnedIntoAMemorandum":   {ledger.Entry{BookID: book.ID, Kind: "adjust", Reference: "X7", Maker: maker, Checker: checker, Postings: []ledger.Posting{{Source: ledger.Cash("main"), Destination: ledger.ExposureTotal, Amount: yuan("1")}}}, "posting_mixes_money_and_memo"},
		"AnEntryWithoutPostings":       {ledger.Entry{BookID: book.ID, Kind: "adjust", Reference: "X8", Maker: maker, Checker: checker}, "postings_out_of_range"},
		"AnEntryWithoutReference":      {ledger.Fee(book.ID, maker, checker, "", today, yuan("1"), "main"), "reference_malformed"},
		"AReferenceWithALineBreakInIt": {ledger.Fee(book.ID, maker, checker, "A\nB", today, yuan("1"), "main"), "reference_malformed"},
	}
	for name, c := range refused {
		t.Run("Refuses"+name, func(t *testing.T) {
			_, err := post(t, db, c.entry)
			require.True(t, fault.Has(err, c.code), "%v", err)
		})
	}
}
