package fund_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/fund"
	"ippledge/internal/ledger"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/testdb"
)

// tampered does what the owner of the database machine could do: triggers are off.
func (w world) tampered(t *testing.T, statements ...string) {
	t.Helper()
	tx, err := w.db.SQL().BeginTx(t.Context(), nil)
	require.NoError(t, err)
	for _, s := range append([]string{`set local session_replication_role = replica`}, statements...) {
		_, err := tx.ExecContext(t.Context(), s)
		require.NoError(t, err, s)
	}
	require.NoError(t, tx.Commit())
}

// books is the ledger that asks the fund what must stand in it.
func (w world) books(t *testing.T) *ledger.Service {
	t.Helper()
	s := ledger.NewService(w.db, w.approvals)
	t.Cleanup(s.Close)
	s.Refer(fund.Entries{})
	return s
}

func (w world) repay(t *testing.T, loan uuid.UUID, principal, left string) {
	t.Helper()
	require.NoError(t, w.db.InTx(t.Context(), func(tx postgres.Tx) error {
		return w.funds.OnPrincipalRepaid(tx, loan, money.Must(principal), money.Must(left))
	}))
}

// eventful is a fund in which everything has happened: eight entries with a business
// record behind them, and the interest that the bank's machine reported (entry 5).
//
//	1 出资  2 利息  3 管理费  4 退回出资  5 利息（接口）  6 备案入库  7 敞口减少 -1  8 敞口减少 -2（解除）  9 备案入库
func eventful(t *testing.T) world {
	t.Helper()
	w := setup(t)
	for _, m := range []fund.NewMovement{
		{Kind: fund.Contribution, Payer: fund.Municipal, Amount: money.Must("1000000.00")},
		{Kind: fund.Interest, Amount: money.Must("100.00")},
		{Kind: fund.ManagementFee, Amount: money.Must("10.00")},
		{Kind: fund.ReturnCapital, Payer: fund.Municipal, Amount: money.Must("1000.00")},
	} {
		m.OnDate, m.Voucher = calendar.MustDate(today), "回单"
		moved, err := w.funds.Move(t.Context(), w.treasurer, w.city.ID, m)
		require.NoError(t, err)
		require.NoError(t, w.sign(t, w.financeChecker, moved.ID))
	}
	require.NoError(t, w.db.InTx(t.Context(), func(tx postgres.Tx) error {
		_, err := ledger.Post(tx, ledger.Interest(w.city.BookID, w.treasurer, authz.Actor{}, "JX-1", calendar.MustDate(today), money.Must("5.00"), "main"))
		return err
	}))
	settled := w.loan(t, w.org(t, "enterprise", "甲"), "100000.00", "ip_share = 61.8")
	require.Equal(t, fund.Enrolled, w.enrolled(t, settled).Status)
	w.repay(t, settled, "33333.33", "66666.67")
	w.repay(t, settled, "66666.67", "0.00")
	require.Equal(t, fund.Enrolled, w.enrolled(t, w.loan(t, w.org(t, "enterprise", "乙"), "200000.00", "")).Status)
	return w
}

func TestEveryEntryOfTheFundHasItsBusinessAndBack(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, statement string
		seq             int64
		code, names     string
	}{
		{name: "AWholeBook"},
		{"AContributionWithoutMovement", `delete from fund_movement where kind = 'contribute'`, 1, "reference_missing", "ZJ"},
		{"InterestWithoutMovement", `delete from fund_movement where kind = 'interest'`, 2, "reference_missing", "ZJ"},
		{"AFeeWithoutMovement", `delete from fund_movement where kind = 'fee'`, 3, "reference_missing", "ZJ"},
		{"ReturnedCapitalThatWasNotPosted", `update fund_movement set status = 'returned' where kind = 'return_capital'`, 4, "reference_missing", "ZJ"},
		{"AMovementOfAnotherAmount", `update fund_movement set amount = amount + 1 where kind = 'fee'`, 3, "entry_differs", "ZJ"},
		{"AMovementWithoutEntry", `insert into fund_movement select (jsonb_populate_record(m, '{"id": "00000000-0000-0000-0000-000000000001", "number": "ZJ-forged",
			"entry_id": "00000000-0000-0000-0000-000000000002"}')).* from fund_movement m where kind = 'interest'`, 0, "entry_missing", "ZJ-forged"},
		{"AnEnrolmentThatIsGone", `delete from enrolment where status = 'released'`, 6, "reference_missing", "BA"},
		{"AnEnrolmentWithoutEntry", `update enrolment set number = 'BA-forged' where status = 'enrolled'`, 0, "entry_missing", "BA-forged"},
		{"AnExposureThatTheTrailDoesNotKnow", `update enrolment set exposure = exposure - 1 where status = 'enrolled'`, 9, "entry_differs", "BA"},
		{"AFallThatTheTrailDoesNotKnow", `delete from audit_entry where action = 'enrolment.release'`, 6, "entry_differs", "BA"},
		{"AnEntryCutOffTheBook", `with gone as (delete from ledger_entry where seq = 9), lines as (delete from ledger_posting where seq = 9 returning source, destination, amount)
			update ledger_account a set balance = a.balance + case a.path when l.source then l.amount else -l.amount end from lines l
			where a.path in (l.source, l.destination) and a.book_id = (select id from ledger_book where code = 'city');
			update ledger_book b set last_seq = 8, last_hash = (select hash from ledger_entry where seq = 8 and book_id = b.id) where code = 'city'`, 0, "entry_missing", "BA"},
	} {
		t.Run("Finds"+c.name, func(t *testing.T) {
			t.Parallel()
			w := eventful(t)
			if c.statement != "" {
				w.tampered(t, c.statement)
			}
			report, err := w.books(t).Verify(t.Context())
			require.NoError(t, err)
			if c.code == "" {
				require.True(t, report.OK, report.String())
				require.EqualValues(t, 9, report.Entries)
				return
			}
			require.False(t, report.OK)
			require.Equal(t, c.code, report.Break.Code, report.String())
			require.Equal(t, c.seq, report.Break.Seq, report.String())
			require.Contains(t, report.Break.Text, c.names)
		})
	}
}

func TestEntriesOfTheFundAreNotReversedInTheLedger(t *testing.T) {
	t.Parallel()
	w := eventful(t)
	books := w.books(t)
	for _, id := range testdb.Texts(t, w.db, `select id from ledger_entry where seq <> 5`) {
		_, err := books.ProposeReversal(t.Context(), w.treasurer, uuid.MustParse(id), "登记有误")
		f, ok := fault.From(err)
		require.True(t, ok, err)
		require.Equal(t, "entry_belongs_to_business", f.Code)
		require.Contains(t, f.Error(), "不能在账簿上单独冲正")
	}
	w.approvals.Handle(books.Kinds()...)
	pending, err := books.ProposeReversal(t.Context(), w.treasurer, uuid.MustParse(testdb.Texts(t, w.db, `select id from ledger_entry where seq = 5`)[0]), "银行重复报送")
	require.NoError(t, err, "what the machine reported has no business record")
	_, err = w.approvals.Sign(t.Context(), w.financeChecker, pending.ID)
	require.NoError(t, err)
	report, err := books.Verify(t.Context())
	require.NoError(t, err)
	require.True(t, report.OK, report.String())
}
