package bid_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ippledge/internal/bid"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/financing"
	"ippledge/internal/money"
	"ippledge/internal/testdb"
)

// TestTransitions looks at every pair of state and action: what isn't listed is refused.
func TestTransitions(t *testing.T) {
	t.Parallel()
	allowed := map[bid.Status]map[bid.Action]bid.Status{
		"draft":           {"edit": "draft", "submit": "submitted", "withdraw": "withdrawn", "expire": "expired"},
		"submitted":       {"withdraw": "withdrawn", "expire": "expired", "accept": "accepted", "lose": "lost"},
		"lost":            {"revive": "submitted"},
		"accepted":        {"start_due_diligence": "due_diligence", "decline": "declined", "lose": "lost"},
		"due_diligence":   {"approve_credit": "credit_approved", "decline": "declined", "lose": "lost"},
		"credit_approved": {"contract": "contracted", "decline": "declined", "lose": "lost"},
	}
	states := []bid.Status{"draft", "submitted", "withdrawn", "expired", "accepted", "lost", "due_diligence", "credit_approved", "contracted", "declined"}
	actions := []bid.Action{"edit", "submit", "withdraw", "expire", "accept", "lose", "revive", "start_due_diligence", "approve_credit", "contract", "decline"}
	require.ElementsMatch(t, states, bid.Transitions.States())
	for _, from := range states {
		for _, action := range actions {
			to, err := bid.Transitions.Next(from, action)
			want, ok := allowed[from][action]
			if !ok {
				require.True(t, fault.Has(err, "transition_not_allowed"), "%s %s", from, action)
				continue
			}
			require.NoError(t, err)
			require.Equal(t, want, to, "%s %s", from, action)
		}
	}
}

func TestOfferIsMeasured(t *testing.T) {
	t.Parallel()
	w := setup(t)
	n, bank := w.openNeed(), w.bank("资江银行")
	for code, change := range map[string]func(*bid.Offer){
		"bid_above_need":         func(o *bid.Offer) { o.Amount = money.Must("3000000.01") },
		"amount_not_positive":    func(o *bid.Offer) { o.Amount = money.Zero },
		"bid_above_ceiling":      func(o *bid.Offer) { o.Rate = money.MustRate("4.500001") },
		"extra_fees_not_allowed": func(o *bid.Offer) { o.Fees = money.Must("0.01") },
		"bid_above_ltv":          func(o *bid.Offer) { o.LTV = money.MustRate("29.99") },
		"term_out_of_range":      func(o *bid.Offer) { o.TermMonths = 37 },
		"bid_validity_too_short": func(o *bid.Offer) { o.ValidUntil = calendar.MustDate("2026-03-09") },
		"bid_validity_too_long":  func(o *bid.Offer) { o.ValidUntil = calendar.MustDate("2027-03-09") },
	} {
		o := offer("3000000.00", "4.5")
		change(&o)
		_, err := w.bids.Create(t.Context(), bank.officer, n.ID, o)
		requireFault(t, err, code)
	}
	t.Run("TheLimitsThemselvesAreAllowed", func(t *testing.T) {
		o := offer("3000000.00", "4.5")
		o.LTV = money.MustRate("30") // 30 % of 10,000,000.00 is just the amount
		_, err := w.bids.Create(t.Context(), bank.officer, n.ID, o)
		require.NoError(t, err)
	})
	t.Run("ABankHasOneLiveBidOnANeed", func(t *testing.T) {
		_, err := w.bids.Create(t.Context(), bank.officer, n.ID, offer("1000000.00", "4"))
		requireFault(t, err, "bid_already_exists")
	})
	t.Run("ThePolicyCapsTheRateBelowTheNeed", func(t *testing.T) {
		w.exec("update financing_need set rate_ceiling = 8 where id = $1", n.ID)
		_, err := w.bids.Create(t.Context(), w.bank("宝庆银行").officer, n.ID, offer("1000000.00", "4.51"))
		requireFault(t, err, "bid_above_policy_ceiling")
	})
}

// TestCostOfABid checks the vector of domain §3.2: 3.85 % at act/360, paid at the end.
func TestCostOfABid(t *testing.T) {
	t.Parallel()
	w := setup(t)
	n, bank := w.openNeed(), w.bank("资江银行")
	o := offer("1000000.00", "3.85")
	o.Method = "bullet"
	made, err := w.bids.Create(t.Context(), bank.officer, n.ID, o)
	require.NoError(t, err)
	_, err = w.bids.Submit(t.Context(), bank.officer, made.ID)
	require.NoError(t, err)
	w.sign(bank.reviewer, "bid", made.ID)
	b := w.bid(made.ID)
	require.Equal(t, bid.Submitted, b.Status)
	require.Equal(t, 85, b.SpreadBP)
	require.Equal(t, "2026-03-09", b.Cost.From.String())
	require.Equal(t, "39034.72", b.Cost.Interest.String(), "1,000,000 × 3.85 % × 365 / 360")
	require.Equal(t, "3.903472", b.Cost.Effective.String())
	require.Equal(t, b.Cost.Interest, b.Cost.Total)
}

func TestSigning(t *testing.T) {
	t.Parallel()
	w := setup(t)
	n, bank := w.openNeed(), w.bank("资江银行")

	t.Run("TheMakerMayNotSign", func(t *testing.T) {
		made := w.proposed(n, bank, "1000000.00", "4")
		both := bank.officer
		both.Roles = append(both.Roles, bank.reviewer.Roles...)
		_, err := w.approvals.Sign(t.Context(), both, w.pending("bid", made.ID))
		requireFault(t, err, "maker_is_checker")
		require.Equal(t, bid.Draft, w.bid(made.ID).Status)
		_, err = w.bids.Withdraw(t.Context(), bank.officer, made.ID)
		require.NoError(t, err)
	})
	t.Run("AnEditVoidsTheSignatureAskedFor", func(t *testing.T) {
		made := w.proposed(n, bank, "1000000.00", "4")
		waiting := w.pending("bid", made.ID)
		_, err := w.bids.Edit(t.Context(), bank.officer, made.ID, offer("1000000.00", "4.4"))
		require.NoError(t, err)
		_, err = w.approvals.Sign(t.Context(), bank.reviewer, waiting)
		require.Error(t, err)
		require.Equal(t, bid.Draft, w.bid(made.ID).Status)
		_, err = w.bids.Withdraw(t.Context(), bank.officer, made.ID)
		require.NoError(t, err)
	})
	t.Run("AfterTheCloseNobodySignsSubmitsOrWithdraws", func(t *testing.T) {
		signed := w.submitted(n, w.bank("宝庆银行"), "500000.00", "4.1")
		late, other := w.proposed(n, bank, "1000000.00", "4"), w.bank("武冈银行")
		w.closed(n)
		require.Equal(t, []string{"open"}, testdb.Texts(t, w.db, "select status from financing_need where id = $1", n.ID), "the job hasn't run")
		_, err := w.approvals.Sign(t.Context(), bank.reviewer, w.pending("bid", late.ID))
		requireFault(t, err, "bid_window_closed")
		_, err = w.bids.Create(t.Context(), other.officer, n.ID, offer("500000.00", "4"))
		requireFault(t, err, "bid_window_closed")
		reviewer := bank.reviewer
		reviewer.OrgID = signed.BankID
		_, err = w.bids.Withdraw(t.Context(), reviewer, signed.ID)
		requireFault(t, err, "bid_window_closed")
		require.Equal(t, bid.Submitted, w.bid(signed.ID).Status)
		require.Equal(t, bid.Draft, w.bid(late.ID).Status)
	})
	t.Run("TheJobEndsUnsignedDrafts", func(t *testing.T) {
		closed, err := w.needs.CloseDue(t.Context())
		require.NoError(t, err)
		require.Equal(t, 1, closed)
		require.Equal(t, financing.Evaluating, w.need(n.ID).Status)
		w.deliver("need.closed", n)
		require.Equal(t, []string{"expired", "submitted", "withdrawn", "withdrawn"}, testdb.Texts(t, w.db, "select status from bid where need_id = $1 order by status", n.ID))
		require.Equal(t, []string{"0"}, testdb.Texts(t, w.db, "select count(*) from approval_proposal where status = 'pending'"))
	})
}

func TestSomebodyElsesBid(t *testing.T) {
	t.Parallel()
	w := setup(t)
	n, bank, stranger := w.openNeed(), w.bank("资江银行"), w.bank("宝庆银行")
	b := w.submitted(n, bank, "1000000.00", "4")
	_, err := w.bids.Edit(t.Context(), stranger.officer, b.ID, offer("1.00", "1"))
	requireFault(t, err, "bid_not_found")
	_, err = w.bids.Withdraw(t.Context(), stranger.reviewer, b.ID)
	requireFault(t, err, "bid_not_found")
	w.closed(n)
	requireFault(t, w.bids.Award(t.Context(), person(w.org("enterprise", "别家"), "enterprise", "外人", "enterprise_signatory"), n.ID, []bid.AwardLine{line(b, "1.00")}), "need_not_found")
	require.Error(t, w.bids.Award(t.Context(), w.operator, n.ID, []bid.AwardLine{line(b, "1.00")}), "the operator may not award")
}

func TestAPersonActsForOneSide(t *testing.T) {
	t.Parallel()
	w := setup(t)
	n, bank := w.openNeed(), w.bank("资江银行")
	double := bank.officer
	double.UserID = w.operator.UserID
	_, err := w.bids.Create(t.Context(), double, n.ID, offer("1000000.00", "4"))
	requireFault(t, err, "person_acts_for_two")
}
