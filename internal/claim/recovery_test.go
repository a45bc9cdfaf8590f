package claim_test

import (
	"net/http"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/claim"
	"ippledge/internal/fault"
	"ippledge/internal/ledger"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/testdb"
)

func (w world) proceeds(t testing.TB, on, gross, costs string) claim.Proceeds {
	t.Helper()
	p := claim.Proceeds{ReceivedOn: calendar.MustDate(on), Gross: money.Must(gross), Source: "auction"}
	if costs != "" {
		p.Costs, p.DocumentIDs = []claim.Cost{{Kind: "auction", Amount: money.Must(costs)}}, []uuid.UUID{w.paper(t, w.officer)}
	}
	return p
}

func (w world) received(t testing.TB, r claim.Recovery, p claim.Proceeds) claim.Recovery {
	t.Helper()
	_, err := w.claims.Receive(t.Context(), w.officer, r.ID, p)
	require.NoError(t, err)
	w.sign(t, w.reviewer, r.ID)
	return w.recovery(t, r.ClaimID)
}

func (w world) receipts(t testing.TB, r claim.Recovery) (ids []uuid.UUID) {
	t.Helper()
	require.NoError(t, w.db.Read(t.Context(), func(tx postgres.Tx) (err error) {
		ids, err = claim.ReceiptIDs(tx, r.ID)
		return err
	}))
	return ids
}

func (w world) transferred(t testing.TB, r claim.Recovery, receipt uuid.UUID, on string) {
	t.Helper()
	_, err := w.claims.ConfirmTransfer(t.Context(), w.treasurer, r.ID, claim.TransferIn{ReceiptID: receipt, Arrival: claim.Arrival{On: calendar.MustDate(on), Voucher: "入账01"}})
	require.NoError(t, err)
	w.sign(t, w.financeChecker, r.ID)
}

func (w world) exhausted(t testing.TB, r claim.Recovery, on string) {
	t.Helper()
	_, err := w.claims.Exhaust(t.Context(), w.officer, r.ID, claim.Ruling{
		Kind: "terminated", No: "（2026）湘0502执1号", On: calendar.MustDate(on), Opinion: "无可供执行的财产", DocumentIDs: []uuid.UUID{w.paper(t, w.officer)},
	})
	require.NoError(t, err)
	w.sign(t, w.reviewer, r.ID)
}

func TestRecovery(t *testing.T) {
	t.Parallel()

	t.Run("SharesEachReceiptOutAndReachesTheFundWhenItArrives", func(t *testing.T) {
		t.Parallel()
		w, c := setup(t).paid(t)
		w = w.on("2026-09-24")
		r := w.received(t, w.recovery(t, c.ID), w.proceeds(t, "2026-09-24", "300000.00", "24567.89"))
		require.Equal(t, claim.Collecting, r.Status)
		require.Equal(t, "275432.11", r.Recovered.String())
		require.Equal(t, "123944.45", r.Bearers[0].Recovered.String(), "45 % of the net")
		require.Equal(t, "151487.66", r.Bearers[1].Recovered.String())
		require.Equal(t, []string{"2026-10-15"}, testdb.Texts(t, w.db, "select cast(transfer_due_on as text) from recovery_receipt"), "ten working days, over the holidays")
		require.Equal(t, []string{"724567.89"}, testdb.Texts(t, w.db, "select cast(outstanding as text) from loan where id = $1", c.LoanID), "the borrower owes that much less")
		require.Equal(t, "0.00", w.balance(t, ledger.Recovered(c.ID)), "nothing in the books before it arrives")

		w.transferred(t, r, w.receipts(t, r)[0], "2026-09-24")
		require.Equal(t, "-123944.45", w.balance(t, ledger.Recovered(c.ID)))
		require.Equal(t, "19673944.45", w.balance(t, ledger.Cash("main")))
		_, err := w.claims.ConfirmTransfer(t.Context(), w.treasurer, r.ID, claim.TransferIn{ReceiptID: w.receipts(t, r)[0], Arrival: claim.Arrival{On: calendar.MustDate("2026-09-24"), Voucher: "再"}})
		require.ErrorIs(t, err, &fault.Error{Code: "nothing_to_transfer"})
		w.verify(t)
		for _, table := range []string{"recovery_receipt", "recovery_transfer"} {
			_, err := w.db.SQL().Exec("delete from " + table)
			require.ErrorContains(t, err, "never changed or deleted")
		}
	})

	t.Run("WantsEvidenceOfCostsAndTwoPeople", func(t *testing.T) {
		t.Parallel()
		w, c := setup(t).paid(t)
		r := w.recovery(t, c.ID)
		p := w.proceeds(t, "2026-06-10", "1000.00", "100.00")
		p.DocumentIDs = nil
		_, err := w.claims.Receive(t.Context(), w.officer, r.ID, p)
		require.ErrorIs(t, err, &fault.Error{Code: "cost_evidence_missing"})
		p.Costs = []claim.Cost{{Kind: "court", Amount: money.Must("1000.01")}}
		p.DocumentIDs = []uuid.UUID{w.paper(t, w.officer)}
		_, err = w.claims.Receive(t.Context(), w.officer, r.ID, p)
		require.ErrorIs(t, err, &fault.Error{Code: "costs_above_gross"})
		banker := both(w.officer, w.reviewer)
		_, err = w.claims.Receive(t.Context(), banker, r.ID, w.proceeds(t, "2026-06-10", "1000.00", ""))
		require.NoError(t, err)
		require.ErrorIs(t, w.trySign(t, banker, r.ID), &fault.Error{Code: "maker_is_checker"})
	})

	t.Run("EndsWhenEverybodyIsWhole", func(t *testing.T) {
		t.Parallel()
		w, c := setup(t).paid(t)
		p := w.proceeds(t, "2026-06-10", "1050000.00", "")
		p.InterestOwed = money.Must("20000.00")
		r := w.received(t, w.recovery(t, c.ID), p)
		require.Equal(t, claim.Completed, r.Status)
		require.Equal(t, "20000.00", r.InterestPaid.String())
		require.Equal(t, "30000.00", r.Surplus.String(), "the rest is the pledgor's")
		w.transferred(t, r, w.receipts(t, r)[0], "2026-06-10")
		require.Equal(t, "20000000.00", w.balance(t, ledger.Cash("main")))
		_, err := w.claims.Close(t.Context(), w.fundHandler, c.ID, "追回完毕")
		require.NoError(t, err)
		w.sign(t, w.fundChecker, c.ID)
		require.Equal(t, claim.Closed, w.get(t, c.ID).Status)
	})
}

func TestWriteoff(t *testing.T) {
	t.Parallel()
	w, c := setup(t).paid(t)
	w = w.on("2026-07-01")
	r := w.received(t, w.recovery(t, c.ID), w.proceeds(t, "2026-07-01", "100000.00", ""))
	w.exhausted(t, r, "2026-07-01")
	_, err := w.claims.ApplyForWriteoff(t.Context(), w.fundHandler, r.ID, "无财产可供执行")
	require.ErrorIs(t, err, &fault.Error{Code: "writeoff_too_early"})
	require.ErrorContains(t, err, "2028-06-10")

	w = w.on("2028-06-12")
	_, err = w.claims.ApplyForWriteoff(t.Context(), w.fundHandler, r.ID, "无财产可供执行")
	require.ErrorIs(t, err, &fault.Error{Code: "transfer_open"}, "what the bank holds for the fund comes first")
	w.transferred(t, r, w.receipts(t, r)[0], "2028-06-12")
	_, err = w.claims.ApplyForWriteoff(t.Context(), w.fundHandler, r.ID, "无财产可供执行")
	require.NoError(t, err)
	w.sign(t, w.fundChecker, r.ID)
	_, err = w.claims.SettleWriteoff(t.Context(), w.financeChecker, r.ID, claim.Verdict{Agreed: true, Opinion: "同意"})
	require.ErrorIs(t, err, &fault.Error{Code: "transition_not_allowed"}, "the bureau speaks first")

	_, err = w.claims.DecideWriteoff(t.Context(), w.handler, r.ID, claim.Verdict{Agreed: false, Opinion: "请补充"})
	require.NoError(t, err)
	w.sign(t, w.checker, r.ID)
	require.Equal(t, claim.Exhausted, w.recovery(t, c.ID).Status)
	_, err = w.claims.ApplyForWriteoff(t.Context(), w.fundHandler, r.ID, "已补充")
	require.NoError(t, err)
	w.sign(t, w.fundChecker, r.ID)
	_, err = w.claims.DecideWriteoff(t.Context(), w.handler, r.ID, claim.Verdict{Agreed: true, Opinion: "同意"})
	require.NoError(t, err)
	w.sign(t, w.checker, r.ID)
	_, err = w.claims.SettleWriteoff(t.Context(), w.financeChecker, r.ID, claim.Verdict{Agreed: true, Opinion: "同意"})
	require.NoError(t, err)
	r = w.recovery(t, c.ID)
	require.Equal(t, claim.WrittenOff, r.Status)
	require.Equal(t, "405000.00", r.WrittenOff.String(), "450,000 less 45,000 recovered")
	require.Equal(t, "405000.00", w.balance(t, ledger.LossWrittenOff))
	w.verify(t)
	code, body := w.call(t, authz.Actor{}, http.MethodGet, "/portal/writeoffs", "")
	require.Equal(t, http.StatusOK, code, body)
	for _, shown := range []string{`"written_off":"405000.00"`, `"recovered":"45000.00"`, `"written_off_on":"2028-06-12"`, "终结本次执行裁定 （2026）湘0502执1号", `"reopened":false`} {
		require.Contains(t, body, shown, "what is written off is shown to the public")
	}

	w = w.on("2029-01-08")
	r = w.received(t, r, w.proceeds(t, "2029-01-08", "10000.00", ""))
	require.Equal(t, claim.Reopened, r.Status, "a write-off never ends the duty to recover")
	require.Equal(t, "49500.00", r.Bearers[0].Recovered.String())
	_, body = w.call(t, authz.Actor{}, http.MethodGet, "/portal/writeoffs", "")
	require.Contains(t, body, `"reopened":true`)
}

func TestClawback(t *testing.T) {
	t.Parallel()
	w, c := setup(t).paid(t)
	_, err := w.claims.OrderClawback(t.Context(), w.handler, c.ID, claim.ClawbackOrder{Amount: money.Must("450000.01"), Reason: "虚构贷款"})
	require.ErrorIs(t, err, &fault.Error{Code: "clawback_above_paid"})
	_, err = w.claims.OrderClawback(t.Context(), w.handler, c.ID, claim.ClawbackOrder{Amount: money.Must("450000.00"), Reason: "虚构贷款"})
	require.NoError(t, err)
	w.sign(t, w.checker, c.ID)
	require.Equal(t, claim.ClawbackOrdered, w.get(t, c.ID).Status)
	_, err = w.claims.ClawBack(t.Context(), w.treasurer, c.ID, claim.Arrival{On: calendar.MustDate("2026-06-10"), Voucher: "退款01"})
	require.NoError(t, err)
	w.sign(t, w.financeChecker, c.ID)
	c = w.get(t, c.ID)
	require.Equal(t, claim.ClawedBack, c.Status)
	require.Equal(t, "20000000.00", w.balance(t, ledger.Cash("main")))
	require.Equal(t, "0.00", w.balance(t, ledger.LossPaid))
	r := w.recovery(t, c.ID)
	require.Equal(t, "0.00", r.Bearers[0].Loss.String(), "the bank bears it all now")
	require.Equal(t, "1000000.00", r.Bearers[1].Loss.String())
	w.verify(t)
}
