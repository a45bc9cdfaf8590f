package bid_test

import (
	"encoding/json"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/bid"
	"ippledge/internal/etag"
	"ippledge/internal/financing"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/testdb"
)

// deliver hands an event about a need to the bids, as the bus does.
func (w *world) deliver(name string, n financing.Need) {
	w.t.Helper()
	payload, err := json.Marshal(map[string]any{"need_id": n.ID})
	require.NoError(w.t, err)
	on := map[string]func(postgres.Tx, json.RawMessage) error{
		"need.closed": w.bids.OnNeedClosed, "need.cancelled": w.bids.OnNeedCancelled, "need.fulfilled": w.bids.OnNeedFulfilled,
	}[name]
	require.NoError(w.t, w.db.InTx(w.t.Context(), func(tx postgres.Tx) error { return on(tx, payload) }))
}

func (w *world) statuses(n financing.Need) []string {
	return testdb.Texts(w.t, w.db, "select status from bid where need_id = $1 order by created_at, id", n.ID)
}

func (w *world) assetStatus() []string {
	return testdb.Texts(w.t, w.db, "select distinct status from ip_asset")
}

func TestAward(t *testing.T) {
	t.Parallel()
	w := setup(t)
	n, first, second, third := w.openNeed(), w.bank("资江银行"), w.bank("宝庆银行"), w.bank("武冈银行")
	a := w.submitted(n, first, "2000000.00", "3.9")
	b := w.submitted(n, second, "2000000.00", "4.1")
	c := w.submitted(n, third, "3000000.00", "4.4")
	require.Error(t, w.award(n, line(a, "2000000.00")), "not while the window is open")
	w.closed(n)

	for code, lines := range map[string][]bid.AwardLine{
		"award_required":      {},
		"award_above_bid":     {line(a, "2000000.01")},
		"award_above_need":    {line(a, "2000000.00"), line(b, "1000000.01")},
		"award_repeated":      {line(a, "1.00"), line(a, "1.00")},
		"amount_not_positive": {line(a, "0.00")},
		"bid_not_found":       {{BidID: uuid.New(), Amount: money.Must("1.00")}},
	} {
		requireFault(t, w.award(n, lines...), code)
	}
	require.Equal(t, []string{"submitted", "submitted", "submitted"}, w.statuses(n), "nothing happened")
	require.Equal(t, []string{"listed"}, w.assetStatus())
	require.Error(t, w.bids.Award(etag.With(t.Context(), 1), w.signatory, n.ID, []bid.AwardLine{line(a, "1.00")}), "stale version")

	require.NoError(t, w.award(n, line(a, "2000000.00"), line(b, "1000000.00")))
	require.Equal(t, []string{"accepted", "accepted", "lost"}, w.statuses(n))
	require.Equal(t, []string{"reserved"}, w.assetStatus())
	now := w.need(n.ID)
	require.Equal(t, financing.Awarded, now.Status)
	require.Equal(t, "3000000.00", now.AwardedAmount.String())
	require.Equal(t, bid.Lost, w.bid(c.ID).Status)
	requireFault(t, w.award(n, line(c, "1.00")), "transition_not_allowed")
}

func TestAnExpiredBidIsNotAwarded(t *testing.T) {
	t.Parallel()
	w := setup(t)
	n := w.openNeed()
	b := w.submitted(n, w.bank("资江银行"), "1000000.00", "4")
	w.at(time.Date(2026, 4, 10, 15, 59, 0, 0, time.UTC)) // 23:59 in China on the last valid day
	expired, err := w.bids.ExpireDue(t.Context())
	require.NoError(t, err)
	require.Zero(t, expired)
	w.at(time.Date(2026, 4, 10, 16, 0, 0, 0, time.UTC))
	requireFault(t, w.award(n, line(b, "1000000.00")), "bid_expired")
	_, err = w.needs.CloseDue(t.Context())
	require.NoError(t, err)
	expired, err = w.bids.ExpireDue(t.Context())
	require.NoError(t, err)
	require.Equal(t, 1, expired)
	require.Equal(t, bid.Expired, w.bid(b.ID).Status)
	require.Equal(t, financing.Failed, w.need(n.ID).Status)
}

func TestTheBankDeclines(t *testing.T) {
	t.Parallel()
	w := setup(t)
	n, first, second := w.openNeed(), w.bank("资江银行"), w.bank("宝庆银行")
	a := w.submitted(n, first, "3000000.00", "3.9")
	b := w.submitted(n, second, "3000000.00", "4.1")
	w.closed(n)
	require.NoError(t, w.award(n, line(a, "3000000.00")))
	_, err := w.bids.StartDueDiligence(t.Context(), first.officer, a.ID)
	require.NoError(t, err)
	_, err = w.bids.ProposeDecline(t.Context(), first.officer, a.ID, " ")
	requireFault(t, err, "reason_required")
	_, err = w.bids.ProposeDecline(t.Context(), first.officer, a.ID, "权属存在争议")
	require.NoError(t, err)
	require.Equal(t, bid.DueDiligence, w.bid(a.ID).Status, "not before the second signature")
	_, err = w.bids.ApproveCredit(t.Context(), first.approver, a.ID)
	requireFault(t, err, "approval_already_pending")
	w.sign(first.approver, "bid", a.ID)

	require.Equal(t, bid.Declined, w.bid(a.ID).Status)
	require.Equal(t, "权属存在争议", w.bid(a.ID).StatusReason)
	require.Equal(t, bid.Submitted, w.bid(b.ID).Status, "the rival may be taken after all")
	back := w.need(n.ID)
	require.Equal(t, financing.Evaluating, back.Status)
	require.Equal(t, "0.00", back.AwardedAmount.String())
	require.Equal(t, []string{"listed"}, w.assetStatus())

	require.NoError(t, w.award(n, line(b, "3000000.00")))
	_, err = w.bids.StartDueDiligence(t.Context(), second.officer, b.ID)
	require.NoError(t, err)
	_, err = w.bids.ProposeDecline(t.Context(), second.officer, b.ID, "还款来源不足")
	require.NoError(t, err)
	w.sign(second.approver, "bid", b.ID)
	require.Equal(t, financing.Failed, w.need(n.ID).Status, "nobody is left")
	require.Equal(t, []string{"listed"}, w.assetStatus())
}

func TestASplitAwardKeepsWhatOneBankDeclines(t *testing.T) {
	t.Parallel()
	w := setup(t)
	n, first, second := w.openNeed(), w.bank("资江银行"), w.bank("宝庆银行")
	a, b := w.submitted(n, first, "2000000.00", "3.9"), w.submitted(n, second, "1000000.00", "4.1")
	w.closed(n)
	require.NoError(t, w.award(n, line(a, "2000000.00"), line(b, "1000000.00")))
	_, err := w.bids.ProposeDecline(t.Context(), second.officer, b.ID, "额度不足")
	require.NoError(t, err)
	w.sign(second.approver, "bid", b.ID)
	now := w.need(n.ID)
	require.Equal(t, financing.Awarded, now.Status)
	require.Equal(t, "2000000.00", now.AwardedAmount.String())
	require.Equal(t, []string{"reserved"}, w.assetStatus(), "the other bank still counts on the portfolio")
}

func TestCreditApproval(t *testing.T) {
	t.Parallel()
	w := setup(t)
	n, bank := w.openNeed(), w.bank("资江银行")
	b := w.submitted(n, bank, "1000000.00", "4")
	w.closed(n)
	require.NoError(t, w.award(n, line(b, "1000000.00")))
	_, err := w.bids.ApproveCredit(t.Context(), bank.approver, b.ID)
	requireFault(t, err, "transition_not_allowed")
	_, err = w.bids.StartDueDiligence(t.Context(), bank.officer, b.ID)
	require.NoError(t, err)
	both := bank.officer
	both.Roles = append(both.Roles, bank.approver.Roles...)
	_, err = w.bids.ApproveCredit(t.Context(), both, b.ID)
	requireFault(t, err, "maker_is_checker")
	_, err = w.bids.ApproveCredit(t.Context(), bank.approver, b.ID)
	require.NoError(t, err)
	require.Equal(t, bid.CreditApproved, w.bid(b.ID).Status)
}

func TestCancelledNeedEndsItsBids(t *testing.T) {
	t.Parallel()
	w := setup(t)
	n, bank := w.openNeed(), w.bank("资江银行")
	b := w.submitted(n, bank, "1000000.00", "4")
	w.closed(n)
	require.NoError(t, w.award(n, line(b, "1000000.00")))
	_, err := w.needs.Cancel(t.Context(), w.signatory, n.ID, "改用自有资金")
	require.NoError(t, err)
	require.Equal(t, []string{"listed"}, w.assetStatus())
	_, err = w.bids.StartDueDiligence(t.Context(), bank.officer, b.ID)
	requireFault(t, err, "need_ended")
	w.deliver("need.cancelled", n)
	require.Equal(t, bid.Lost, w.bid(b.ID).Status)
}

func TestRejectRest(t *testing.T) {
	t.Parallel()
	w := setup(t)
	n := w.openNeed()
	b := w.submitted(n, w.bank("资江银行"), "1000000.00", "4")
	w.closed(n)
	require.NoError(t, w.bids.RejectRest(t.Context(), w.signatory, n.ID, "利率偏高"))
	require.Equal(t, financing.Failed, w.need(n.ID).Status)
	require.Equal(t, bid.Lost, w.bid(b.ID).Status)
	reopened, err := w.needs.Reopen(t.Context(), w.signatory, n.ID)
	require.NoError(t, err)
	require.Equal(t, financing.Open, reopened.Status)
	require.False(t, reopened.BidsVisible(w.db.Now()), "the new round is sealed")
}

// together runs all at the same moment: the connections are opened first, because a
// goroutine that waits for one comes too late to disturb anybody.
func (w *world) together(work ...func()) {
	var warm, group sync.WaitGroup
	for range work {
		warm.Go(func() { _, _ = w.db.SQL().Exec("select pg_sleep(0.05)") })
	}
	warm.Wait()
	start := make(chan struct{})
	for _, do := range work {
		group.Go(func() {
			<-start
			do()
		})
	}
	close(start)
	group.Wait()
}

// TestEightAwardsAtOnce has eight people award the whole need at the same moment: one
// succeeds, and never more than the need is awarded.
func TestEightAwardsAtOnce(t *testing.T) {
	t.Parallel()
	w := setup(t)
	n := w.openNeed()
	var offers []bid.Bid
	for _, name := range []string{"甲", "乙", "丙", "丁"} {
		offers = append(offers, w.submitted(n, w.bank(name+"银行"), "2000000.00", "4"))
	}
	w.closed(n)
	failures, work := make([]error, 8), make([]func(), 8)
	for i := range failures {
		work[i] = func() { failures[i] = w.award(n, line(offers[i%4], "2000000.00"), line(offers[(i+1)%4], "500000.00")) }
	}
	w.together(work...)
	won := 0
	for _, err := range failures {
		if err == nil {
			won++
			continue
		}
		requireFault(t, err, "transition_not_allowed")
	}
	require.Equal(t, 1, won)
	require.Equal(t, "2500000.00", w.need(n.ID).AwardedAmount.String())
	require.Equal(t, []string{"2500000.00 | 2"}, testdb.Texts(t, w.db, "select sum(awarded_amount), count(*) from bid where status = 'accepted'"))
}

// TestSigningRacesTheClose has banks sign while the window is closed around them. A bid
// counts exactly if its signature came first.
func TestSigningRacesTheClose(t *testing.T) {
	t.Parallel()
	w := setup(t)
	n := w.openNeed()
	var waiting []bid.Bid
	var houses []house
	for _, name := range []string{"甲", "乙", "丙", "丁"} {
		houses = append(houses, w.bank(name+"银行"))
		waiting = append(waiting, w.proposed(n, houses[len(houses)-1], "1000000.00", "4"))
	}
	w.at(n.ClosesAt.Add(-time.Microsecond))
	failures, work := make([]error, len(waiting)), []func(){func() { _, _ = w.needs.CloseEarly(t.Context(), w.signatory, n.ID) }}
	for i, b := range waiting {
		proposal := w.pending("bid", b.ID)
		work = append(work, func() { _, failures[i] = w.approvals.Sign(t.Context(), houses[i].reviewer, proposal) })
	}
	w.together(work...)
	w.closed(n)
	counted := 0
	for i, err := range failures {
		if err != nil {
			requireFault(t, err, "bid_window_closed")
			require.Equal(t, bid.Draft, w.bid(waiting[i].ID).Status)
			continue
		}
		counted++
		require.Equal(t, bid.Submitted, w.bid(waiting[i].ID).Status)
	}
	want := financing.Evaluating
	if counted == 0 {
		want = financing.Failed
	}
	require.Equal(t, want, w.need(n.ID).Status, "%d bids counted", counted)
}

// TestWithdrawalRacesTheAward closes the window early in between: a bid is either
// withdrawn or awarded, never both.
func TestWithdrawalRacesTheAward(t *testing.T) {
	t.Parallel()
	for range 4 {
		w := setup(t)
		n, bank := w.openNeed(), w.bank("资江银行")
		b := w.submitted(n, bank, "1000000.00", "4")
		w.submitted(n, w.bank("宝庆银行"), "500000.00", "4")
		var withdrawn, awarded error
		w.together(
			func() { _, withdrawn = w.bids.Withdraw(t.Context(), bank.reviewer, b.ID) },
			func() {
				if _, awarded = w.needs.CloseEarly(t.Context(), w.signatory, n.ID); awarded == nil {
					awarded = w.award(n, line(b, "1000000.00"))
				}
			})
		require.True(t, (withdrawn == nil) != (awarded == nil), "withdrawn: %v, awarded: %v", withdrawn, awarded)
		want := bid.Accepted
		if withdrawn == nil {
			want = bid.Withdrawn
		}
		require.Equal(t, want, w.bid(b.ID).Status)
	}
}
