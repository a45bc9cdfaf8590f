package claim_test

import (
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/calendar"
	"ippledge/internal/claim"
	"ippledge/internal/fault"
	"ippledge/internal/ledger"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/testdb"
)

// drain leaves so much cash in the fund: what else went out doesn't matter here.
func (w world) drain(t testing.TB, leave string) {
	t.Helper()
	left := money.Must(w.balance(t, ledger.Cash("main"))).Sub(money.Must(leave))
	require.NoError(t, w.db.InTx(t.Context(), func(tx postgres.Tx) error {
		_, err := ledger.Post(tx, ledger.Fee(w.city.BookID, w.treasurer, w.financeChecker, "ZJ-test", calendar.DateOf(w.db.Now()), left, "main"))
		return err
	}))
}

// proposed are the ids of proposals waiting on a claim.
func (w world) proposed(t testing.TB, id uuid.UUID) uuid.UUID {
	t.Helper()
	return uuid.MustParse(testdb.Texts(t, w.db, "select id from approval_proposal where subject_id = $1 and status = 'pending'", id)[0])
}

func TestPayout(t *testing.T) {
	t.Parallel()

	t.Run("GoesOutInPartsWhenTheBalanceIsShort", func(t *testing.T) {
		t.Parallel()
		w, c := setup(t).filed(t, "1000000.00")
		w, c = w.approved(t, w.publicised(t, w.reviewed(t, c)))
		w.drain(t, "300000.00")
		_, err := w.claims.Pay(t.Context(), w.treasurer, c.ID, payment("450000.00"))
		require.ErrorIs(t, err, &fault.Error{Code: "fund_insufficient"})
		w.pay(t, c, "300000.00")
		c = w.get(t, c.ID)
		require.Equal(t, claim.PartlyPaid, c.Status)
		require.Equal(t, "0.00", w.balance(t, ledger.Cash("main")))
		w.contribute(t, "1000000.00")
		w.pay(t, c, "150000.00")
		c = w.get(t, c.ID)
		require.Equal(t, claim.Paid, c.Status)
		require.Equal(t, []string{"300000.00", "150000.00"}, testdb.Texts(t, w.db, "select cast(amount as text) from claim_payout where claim_id = $1 order by number", c.ID))
		require.Len(t, testdb.Texts(t, w.db, "select id from recovery where claim_id = $1", c.ID), 1, "the first part opens the recovery, the second doesn't")
		w.verify(t)
	})

	t.Run("FollowsTheQueueOfApprovalsWhenTheBalanceIsShort", func(t *testing.T) {
		t.Parallel()
		w, first := setup(t).filed(t, "1000000.00")
		w.exec(t, "update loan set class = 'normal'") // keep the breaker out of this
		w, second := w.filed(t, "1000000.00")
		w2, first := w.approved(t, w.publicised(t, w.reviewed(t, first)))
		w2, second = w2.approved(t, w.publicised(t, w.reviewed(t, second)))
		w2.drain(t, "500000.00")
		_, err := w2.claims.Pay(t.Context(), w.treasurer, second.ID, payment("100000.00"))
		require.ErrorIs(t, err, &fault.Error{Code: "payout_out_of_turn"})
		require.ErrorContains(t, err, "50,000.00")
		_, err = w2.claims.Pay(t.Context(), w.treasurer, second.ID, payment("50000.00"))
		require.NoError(t, err)
		w2.sign(t, w.financeChecker, second.ID)
		w2.pay(t, first, "450000.00")
	})

	t.Run("NeverExceedsWhatWasApproved", func(t *testing.T) {
		t.Parallel()
		w, c := setup(t).filed(t, "1000000.00")
		w, c = w.approved(t, w.publicised(t, w.reviewed(t, c)))
		_, err := w.claims.Pay(t.Context(), w.treasurer, c.ID, payment("450000.01"))
		require.ErrorIs(t, err, &fault.Error{Code: "payout_above_approved"})
		_, err = w.db.SQL().Exec("update claim set paid = approved + 0.01 where id = $1", c.ID)
		require.ErrorContains(t, err, "claim_paid_fits")
	})

	t.Run("IsOneWhenManySignTogether", func(t *testing.T) {
		t.Parallel()
		w, c := setup(t).filed(t, "1000000.00")
		w, c = w.approved(t, w.publicised(t, w.reviewed(t, c)))
		_, err := w.claims.Pay(t.Context(), w.treasurer, c.ID, payment("450000.00"))
		require.NoError(t, err)
		id := w.proposed(t, c.ID)
		_, err = w.claims.Pay(t.Context(), w.treasurer, c.ID, payment("450000.00"))
		require.ErrorIs(t, err, &fault.Error{Code: "approval_already_pending"})
		together(8, func(int) { _, _ = w.approvals.Sign(t.Context(), w.financeChecker, id) })
		require.Equal(t, claim.Paid, w.get(t, c.ID).Status)
		require.Equal(t, "19550000.00", w.balance(t, ledger.Cash("main")), "paid once")
		w.verify(t)
	})

	t.Run("OfTwoClaimsAtOnceNeverOverdrawsTheFund", func(t *testing.T) {
		t.Parallel()
		w, first := setup(t).filed(t, "1000000.00")
		w.exec(t, "update loan set class = 'normal'")
		w, second := w.filed(t, "1000000.00")
		w2, first := w.approved(t, w.publicised(t, w.reviewed(t, first)))
		w2, second = w2.approved(t, w.publicised(t, w.reviewed(t, second)))
		for _, c := range []claim.Claim{first, second} {
			_, err := w2.claims.Pay(t.Context(), w.treasurer, c.ID, payment("450000.00"))
			require.NoError(t, err)
		}
		w2.drain(t, "600000.00") // enough for one
		ids := []uuid.UUID{w.proposed(t, first.ID), w.proposed(t, second.ID)}
		together(2, func(i int) { _, _ = w2.approvals.Sign(t.Context(), w.financeChecker, ids[i]) })
		require.Equal(t, "150000.00", w.balance(t, ledger.Cash("main")))
		require.Equal(t, claim.Paid, w.get(t, first.ID).Status, "the earlier approval is paid, whoever signs first")
		require.Equal(t, claim.Approved, w.get(t, second.ID).Status)
	})

	t.Run("CannotPassTheEnterprisesCapByTwoApprovalsAtOnce", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		borrower := w.org(t, "enterprise", "甲公司")
		w, first := w.filedBy(t, borrower, "2500000.00")
		w.exec(t, "update loan set class = 'normal'")
		w, second := w.filedBy(t, borrower, "2500000.00")
		require.Equal(t, "1125000.00", first.Asked.String())
		// Both fill the cap of 2,250,000.00 exactly; a stricter policy has room for one.
		w.exec(t, "update claim set experts_wanted = 0, status = 'bureau_reviewed', publicity_from = '2026-06-01', publicity_until = '2026-06-02', publicity_round = 1")
		w = w.on("2026-06-10")
		ids := []uuid.UUID{first.ID, second.ID}
		for _, id := range ids {
			_, err := w.claims.Approve(t.Context(), w.handler, id, "同意")
			require.NoError(t, err)
			w.sign(t, w.checker, id)
		}
		w.exec(t, "alter table policy_version disable trigger user")
		w.exec(t, `update policy_version set parameters = jsonb_set(parameters, '{comp_cap_per_enterprise}', '"2249999.99"')`)
		errs := make([]error, 2)
		together(2, func(i int) { _, errs[i] = w.claims.Confirm(t.Context(), w.financeChecker, ids[i], "") })
		won, lost := errs[0], errs[1]
		if won != nil {
			won, lost = lost, won
		}
		require.NoError(t, won)
		require.ErrorIs(t, lost, &fault.Error{Code: "claim_above_limits"})
		require.Equal(t, "-1125000.00", w.balance(t, ledger.Payable(w.bank)))
	})

	t.Run("IsApprovedOnceWhenManyConfirmTogether", func(t *testing.T) {
		t.Parallel()
		w, c := setup(t).filed(t, "1000000.00")
		c = w.publicised(t, w.reviewed(t, c))
		w = w.on("2026-06-10")
		_, err := w.claims.Approve(t.Context(), w.handler, c.ID, "同意")
		require.NoError(t, err)
		w.sign(t, w.checker, c.ID)
		together(6, func(int) { _, _ = w.claims.Confirm(t.Context(), w.financeChecker, c.ID, "") })
		require.Equal(t, "-450000.00", w.balance(t, ledger.Payable(w.bank)))
		require.Len(t, testdb.Texts(t, w.db, "select 1 from claim_review where step = 'confirm'"), 1)
	})
}

func together(n int, work func(i int)) {
	var wg sync.WaitGroup
	start := make(chan struct{})
	for i := range n {
		wg.Go(func() { <-start; work(i) })
	}
	close(start)
	wg.Wait()
}
