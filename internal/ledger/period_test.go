package ledger_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/approval"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/ledger"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/testdb"
)

func day(s string) calendar.Date { return calendar.MustDate(s) }

// sign signs the only proposal that waits on the subject.
func sign(t *testing.T, db *postgres.DB, approvals *approval.Service, by authz.Actor) error {
	t.Helper()
	ids := testdb.Texts(t, db, `select id from approval_proposal where status = 'pending'`)
	require.Len(t, ids, 1)
	_, err := approvals.Sign(t.Context(), by, uuid.MustParse(ids[0]))
	return err
}

func TestReversal(t *testing.T) {
	t.Parallel()
	db, book := sixEntries(t)
	c, service, approvals := serve(t, db)
	fee := uuid.MustParse(testdb.Texts(t, db, `select id from ledger_entry where reference = 'F1'`)[0])

	_, err := service.ProposeReversal(t.Context(), checker, fee, "记错")
	require.True(t, fault.Has(err, "permission_denied"), err)
	w := c.do("maker", "POST", "/ledger/entries/"+fee.String()+"/reverse", "", `{"reason":"费率记错"}`)
	require.Equal(t, 200, w.Code, w.Body)
	require.Contains(t, w.Body.String(), `"pending_approval"`)
	require.Equal(t, "10.00", balance(t, db, book, ledger.FeeManagement), "nothing happens before the signature")
	require.True(t, fault.Has(sign(t, db, approvals, maker), "permission_denied"))
	require.NoError(t, sign(t, db, approvals, checker))
	require.Equal(t, "0.00", balance(t, db, book, ledger.FeeManagement))

	w = c.do("maker", "GET", "/ledger/entries/"+fee.String(), "", "")
	require.Contains(t, w.Body.String(), `"reversed_by":7`)
	require.Contains(t, w.Body.String(), `"available_actions":[]`)
	w = c.do("maker", "POST", "/ledger/entries/"+fee.String()+"/reverse", "", `{"reason":"再来"}`)
	require.Contains(t, w.Body.String(), "entry_already_reversed")
	mirror := uuid.MustParse(testdb.Texts(t, db, `select id from ledger_entry where seq = 7`)[0])
	w = c.do("maker", "POST", "/ledger/entries/"+mirror.String()+"/reverse", "", `{"reason":"再来"}`)
	require.Contains(t, w.Body.String(), "reversal_not_reversible")

	t.Run("IsLeftToTheBusinessThatStandsBehindTheEntry", func(t *testing.T) {
		enrolled := uuid.MustParse(testdb.Texts(t, db, `select id from ledger_entry where reference = 'BA1'`)[0])
		_, err := service.ProposeReversal(t.Context(), maker, enrolled, "x")
		require.True(t, fault.Has(err, "entry_belongs_to_business"), err)
	})
}

func TestAdjustment(t *testing.T) {
	t.Parallel()
	db, book := setup(t)
	c, _, approvals := serve(t, db)
	path := "/ledger/books/" + book.ID.String() + "/adjustments"
	body := func(amount string) string {
		return `{"reference":"邵财〔2026〕7号","effective_on":"2026-09-01","narrative":"更正","postings":[{"source":"cash:main","destination":"fee:management","amount":"` + amount + `"}]}`
	}
	w := c.do("maker", "POST", path, "", body("2000000.00"))
	require.Contains(t, w.Body.String(), "fund_insufficient", "the maker hears at once")
	w = c.do("maker", "POST", path, "", body("12.00"))
	require.Equal(t, 201, w.Code, w.Body)
	require.Equal(t, "0.00", balance(t, db, book, ledger.FeeManagement))
	require.NoError(t, sign(t, db, approvals, checker))
	require.Equal(t, "12.00", balance(t, db, book, ledger.FeeManagement))
	require.Equal(t, []string{"adjust | 经办 | 复核 | 2026-09-01"}, testdb.Texts(t, db, `select kind, maker_name, checker_name, effective_on::text from ledger_entry where seq = 2`))
}

func TestClosing(t *testing.T) {
	t.Parallel()
	db, book := setup(t)
	_, service, approvals := serve(t, db)
	last := func(e ledger.Entry) {
		_, err := post(t, db, e)
		require.NoError(t, err)
	}
	last(ledger.Interest(book.ID, maker, authz.Actor{}, "LX25", day("2025-12-20"), yuan("300.00"), "main"))
	last(ledger.Contribute(book.ID, maker, checker, "CZ25", day("2025-11-20"), yuan("100.00"), "municipal", "main"))
	last(ledger.Fee(book.ID, maker, checker, "F25", day("2025-12-21"), yuan("100.00"), "main"))
	last(ledger.Fee(book.ID, maker, checker, "F26", day("2026-01-21"), yuan("7.00"), "main"))

	_, err := service.ProposeClose(t.Context(), maker, book.ID, day("2026-09-01"))
	require.True(t, fault.Has(err, "month_not_over"), err)
	for _, first := range []string{"2025-12-01", "2026-01-01"} { // January would close December with it
		_, err = service.ProposeClose(t.Context(), maker, book.ID, day(first))
		require.True(t, fault.Has(err, "year_not_closed"), err)
	}
	_, err = service.ProposeCloseYear(t.Context(), maker, book.ID, 2026)
	require.True(t, fault.Has(err, "year_not_over"), err)

	t.Run("TheYearCarriesIncomeAndExpenseToEquity", func(t *testing.T) {
		_, err := service.ProposeCloseYear(t.Context(), maker, book.ID, 2025)
		require.NoError(t, err)
		require.NoError(t, sign(t, db, approvals, checker))
		require.Equal(t, "-200.00", balance(t, db, book, ledger.EquityCarried), "a surplus is negative, as capital is")
		require.Equal(t, "0.00", balance(t, db, book, ledger.IncomeInterest))
		require.Equal(t, "7.00", balance(t, db, book, ledger.FeeManagement), "the new year's fee stays")
		_, err = service.ProposeCloseYear(t.Context(), maker, book.ID, 2025)
		require.True(t, fault.Has(err, "nothing_to_close"), err)
	})
	t.Run("TheMonthWaitsForTheBank", func(t *testing.T) {
		_, err := service.ProposeClose(t.Context(), maker, book.ID, day("2025-12-01"))
		require.True(t, fault.Has(err, "reconciliation_open"), err)
		explainAll(t, db, service, approvals, book, day("2025-12-31"))
		_, err = service.ProposeClose(t.Context(), maker, book.ID, day("2025-12-01"))
		require.NoError(t, err)
		require.NoError(t, sign(t, db, approvals, checker))
	})
	t.Run("AClosedMonthTakesNoEntryNorDoThoseBeforeIt", func(t *testing.T) {
		for _, on := range []string{"2025-12-31", "2025-03-03"} {
			_, err := post(t, db, ledger.Interest(book.ID, maker, authz.Actor{}, "LATE"+on, day(on), yuan("1.00"), "main"))
			require.True(t, fault.Has(err, "period_closed"), err)
		}
		_, err := db.SQL().ExecContext(t.Context(), entrySQL("99", "'memo'", "null", "date '2025-12-31'"))
		require.ErrorContains(t, err, "closed period")
		_, err = service.ProposeClose(t.Context(), maker, book.ID, day("2025-12-01"))
		require.True(t, fault.Has(err, "month_already_closed"), err)
	})
	t.Run("ThePastIsSeenAsItWas", func(t *testing.T) {
		require.NoError(t, db.Read(t.Context(), func(tx postgres.Tx) error {
			for on, want := range map[string]string{"2025-11-19": "0.00", "2025-11-20": "100.00", "2025-12-20": "400.00", "2025-12-31": "300.00", "2026-09-24": "1000293.00"} {
				found, err := ledger.BalancesOn(tx, book.ID, "cash:", day(on))
				require.NoError(t, err)
				require.Equal(t, want, found[ledger.Cash("main")].String(), on)
			}
			st, err := ledger.StatementOf(tx, book.ID, ledger.Cash("main"), day("2025-12-01"), day("2026-01-31"), 100)
			require.NoError(t, err)
			text, err := json.Marshal([]any{st.Opening, st.In, st.Out, st.Closing, len(st.Lines), st.Lines[1].Balance, st.Lines[2].Balance})
			require.NoError(t, err)
			require.JSONEq(t, `["100.00","300.00","107.00","293.00",3,"300.00","293.00"]`, string(text))
			trial, err := ledger.TrialBalance(tx, book.ID, day("2025-01-01"), day("2025-12-31"), nil, 100)
			require.NoError(t, err)
			require.True(t, trial.Balanced)
			require.Equal(t, "0.00", trial.Money.Closing.String())
			require.Equal(t, trial.Money.In, trial.Money.Out)
			before := noon.Add(-time.Second)
			trial, err = ledger.TrialBalance(tx, book.ID, day("2025-01-01"), day("2026-12-31"), &before, 100)
			require.NoError(t, err)
			require.Equal(t, "0.00", trial.Money.In.String(), "nothing had been posted a second before")
			return nil
		}))
	})
	report, err := service.Verify(t.Context())
	require.NoError(t, err)
	require.True(t, report.OK, report)
}

// explainAll explains every open movement of cash up to a day by two people.
func explainAll(t *testing.T, db *postgres.DB, service *ledger.Service, approvals *approval.Service, book ledger.Book, through calendar.Date) {
	t.Helper()
	sides := ledger.Sides{BookID: book.ID, Custody: "main", Reason: "测试：银行对账单未到"}
	for _, key := range testdb.Texts(t, db, `select json_build_object('seq', p.seq, 'line', p.line) from ledger_posting p join ledger_entry e using (book_id, seq)
		where 'cash:main' in (p.source, p.destination) and e.effective_on <= $1`, through.String()) {
		var k ledger.PostingKey
		require.NoError(t, json.Unmarshal([]byte(key), &k))
		sides.Postings = append(sides.Postings, k)
	}
	_, _, err := service.ProposeExplanation(t.Context(), maker, sides)
	require.NoError(t, err)
	require.NoError(t, sign(t, db, approvals, checker))
}
