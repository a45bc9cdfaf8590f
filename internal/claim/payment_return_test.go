package claim_test

import (
	"bytes"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"ippledge/internal/claim"
	"ippledge/internal/fault"
	"ippledge/internal/ledger"
	"ippledge/internal/spreadsheet"
	"ippledge/internal/testdb"
)

// answered is the payment file as the bank sends it back: number, amount, result, voucher,
// day, reason.
func answered(t testing.TB, lines ...[6]string) *bytes.Reader {
	t.Helper()
	titles := []string{"申请号", "本次拨付（元）", "拨付结果（成功/失败）", "付款凭证号", "付款日期", "失败原因"}
	columns := make([]spreadsheet.Column[[6]string], len(titles))
	for i, title := range titles {
		columns[i] = spreadsheet.Column[[6]string]{Title: title, Value: func(l [6]string) any { return l[i] }}
	}
	content, err := spreadsheet.Write("拨付清单", columns, lines)
	require.NoError(t, err)
	return bytes.NewReader(content)
}

// twoApproved are two claims of 450,000.00 each, the first approved first.
func twoApproved(t *testing.T) (world, claim.Claim, claim.Claim) {
	t.Helper()
	w, first := setup(t).filed(t, "1000000.00")
	w.exec(t, "update loan set class = 'normal'") // keep the breaker out of this
	w, second := w.filed(t, "1000000.00")
	w2, first := w.approved(t, w.publicised(t, w.reviewed(t, first)))
	w2, second = w2.approved(t, w.publicised(t, w.reviewed(t, second)))
	return w2, first, second
}

func TestPaymentReturn(t *testing.T) {
	t.Parallel()

	t.Run("ProposesWhatWasPaidAndKeepsWhyTheRestFailed", func(t *testing.T) {
		t.Parallel()
		w, first, second := twoApproved(t)
		sheet := func() *bytes.Reader {
			return answered(t, [6]string{first.Number, "450000.00", "失败", "", "2026-06-10", "户名不符"},
				[6]string{second.Number, "450000.00", "成功", "回单7", "2026-06-10", ""}, [6]string{"BC0", "1.00", "", "", "", ""})
		}
		tried, err := w.claims.TakeReturn(t.Context(), w.treasurer, sheet(), true)
		require.NoError(t, err)
		require.Empty(t, tried.Errors)
		require.Empty(t, testdb.Texts(t, w.db, "select reason from claim_payment_failure"), "a rehearsal writes nothing")

		done, err := w.claims.TakeReturn(t.Context(), w.treasurer, sheet(), false)
		require.NoError(t, err)
		require.Equal(t, []int{2, 1, 1, 1}, []int{done.Total, done.Proposed, done.Failed, done.Skipped})
		require.Equal(t, "20000000.00", w.balance(t, ledger.Cash("main")), "nothing moves before the second signature")
		w.sign(t, w.financeChecker, second.ID)
		require.Equal(t, claim.Paid, w.get(t, second.ID).Status)
		require.Equal(t, claim.Approved, w.get(t, first.ID).Status, "it keeps its place in the queue")
		d := w.detail(t, w.treasurer, first.ID)
		require.Len(t, d.PaymentFailures, 1)
		require.Equal(t, "户名不符", d.PaymentFailures[0].Reason)
		_, err = w.db.SQL().Exec("delete from claim_payment_failure")
		require.ErrorContains(t, err, "never changed or deleted")
		w.verify(t)
	})

	t.Run("OneFaultRefusesAllAndNamesEveryCell", func(t *testing.T) {
		t.Parallel()
		w, first, second := twoApproved(t)
		sheet := func() *bytes.Reader {
			return answered(t, [6]string{first.Number, "450000.00", "成功", "回单1", "2026-06-10", ""},
				[6]string{second.Number, "450000.001", "好", "回单2", "06-10", ""}, [6]string{"BC404", "1.00", "成功", "x", "2026-06-10", ""},
				[6]string{second.Number, "450000.01", "成功", "", "2026-06-11", ""}, [6]string{second.Number, "1.00", "失败", "", "2026-06-10", " "})
		}
		tried, err := w.claims.TakeReturn(t.Context(), w.treasurer, sheet(), true)
		require.NoError(t, err)
		var found []string
		for _, e := range tried.Errors {
			found = append(found, e.Column+" "+e.Code)
		}
		require.Equal(t, []string{
			"本次拨付（元） amount_malformed", "付款日期 date_malformed", "拨付结果（成功/失败） result_unknown", "申请号 claim_not_found",
			"本次拨付（元） payout_above_approved", "付款凭证号 field_required", "付款日期 date_in_future", "失败原因 reason_required",
		}, found)
		_, err = w.claims.TakeReturn(t.Context(), w.treasurer, sheet(), false)
		require.ErrorIs(t, err, &fault.Error{Code: "import_has_errors"})
		require.Empty(t, testdb.Texts(t, w.db, "select id from approval_proposal where subject_id = $1 and status = 'pending'", first.ID))
	})

	t.Run("IsTheTreasurersAlone", func(t *testing.T) {
		t.Parallel()
		w, first, _ := twoApproved(t)
		_, err := w.claims.TakeReturn(t.Context(), w.financeChecker, answered(t, [6]string{first.Number, "1.00", "成功", "回单", "2026-06-10", ""}), false)
		require.ErrorIs(t, err, &fault.Error{Code: "permission_denied"})
	})

	t.Run("ReadsTheFileThatWasExportedWithWhatTheBalanceAllowsInTurn", func(t *testing.T) {
		t.Parallel()
		w, first, second := twoApproved(t)
		w.drain(t, "500000.00")
		code, body := w.call(t, w.treasurer, http.MethodGet, "/claims/payment-file.xlsx", "")
		require.Equal(t, http.StatusOK, code)
		rows, err := spreadsheet.Read(bytes.NewReader([]byte(body)))
		require.NoError(t, err)
		require.Equal(t, first.Number, rows[0].Cells["申请号"])
		require.Equal(t, []string{"450000.00", "50000.00"}, []string{rows[0].Cells["本次拨付（元）"], rows[1].Cells["本次拨付（元）"]})
		require.Equal(t, second.Number, rows[1].Cells["申请号"])
		done, err := w.claims.TakeReturn(t.Context(), w.treasurer, bytes.NewReader([]byte(body)), false)
		require.NoError(t, err)
		require.Equal(t, 2, done.Skipped, "no results in it yet")
	})
}

func TestPurse(t *testing.T) {
	t.Parallel()

	t.Run("SaysWhyNothingCanBePaidInsteadOfOfferingIt", func(t *testing.T) {
		t.Parallel()
		w, c := setup(t).filed(t, "1000000.00")
		w, c = w.approved(t, w.publicised(t, w.reviewed(t, c)))
		require.Equal(t, []string{"pay"}, actionsOf(w.detail(t, w.treasurer, c.ID)))
		require.Equal(t, "450000.00", w.detail(t, w.treasurer, c.ID).PayRoom.String())
		w.drain(t, "0.00")
		d := w.detail(t, w.treasurer, c.ID)
		require.Empty(t, actionsOf(d))
		require.Equal(t, "0.00", d.PayRoom.String())
		require.Contains(t, d.PayBlocked, "托管账户余额为 0.00")
		_, err := w.claims.Pay(t.Context(), w.treasurer, c.ID, payment("1.00"))
		require.ErrorIs(t, err, &fault.Error{Code: "fund_insufficient"})
		require.Contains(t, w.tasks(t, w.treasurer), "基金余额不足，待资金到位后拨付")
		w.contribute(t, "100.00")
		require.Equal(t, []string{"pay"}, actionsOf(w.detail(t, w.treasurer, c.ID)))
	})

	t.Run("LetsTheLaterWaitForTheEarlier", func(t *testing.T) {
		t.Parallel()
		w, first, second := twoApproved(t)
		w.drain(t, "450000.00")
		require.Equal(t, []string{"pay"}, actionsOf(w.detail(t, w.treasurer, first.ID)))
		later := w.detail(t, w.treasurer, second.ID)
		require.Empty(t, actionsOf(later))
		require.Contains(t, later.PayBlocked, "更早核准的申请尚有 450,000.00")
	})

	t.Run("RefusesAVoucherThatStandsAlready", func(t *testing.T) {
		t.Parallel()
		w, c := setup(t).filed(t, "1000000.00")
		w, c = w.approved(t, w.publicised(t, w.reviewed(t, c)))
		w.pay(t, c, "100.00")
		_, err := w.claims.Pay(t.Context(), w.treasurer, c.ID, payment("100.00"))
		require.NoError(t, err, "another voucher")
		w.sign(t, w.financeChecker, c.ID)
		p := payment("100.00")
		p.Voucher = testdb.Texts(t, w.db, "select voucher from claim_payout limit 1")[0]
		_, err = w.claims.Pay(t.Context(), w.treasurer, c.ID, p)
		require.ErrorIs(t, err, &fault.Error{Code: "voucher_recorded"})
	})

	t.Run("GoesOutInPartsToManyInTurnWhateverTheOrderOfSignatures", func(t *testing.T) {
		t.Parallel()
		w, first, second := twoApproved(t)
		w.drain(t, "600000.00")
		w.pay(t, first, "200000.00") // a part
		for _, p := range []struct {
			c      claim.Claim
			amount string
		}{{first, "250000.00"}, {second, "150000.00"}} {
			_, err := w.claims.Pay(t.Context(), w.treasurer, p.c.ID, payment(p.amount))
			require.NoError(t, err)
		}
		ids := []claim.Claim{second, first}
		together(2, func(i int) { _, _ = w.approvals.Sign(t.Context(), w.financeChecker, w.proposed(t, ids[i].ID)) })
		require.Equal(t, claim.Paid, w.get(t, first.ID).Status)
		require.Equal(t, claim.PartlyPaid, w.get(t, second.ID).Status)
		require.Equal(t, "150000.00", w.get(t, second.ID).Paid.String())
		require.Equal(t, "0.00", w.balance(t, ledger.Cash("main")))
		w.verify(t)
	})
}
