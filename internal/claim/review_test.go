package claim_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/claim"
	"ippledge/internal/etag"
	"ippledge/internal/fault"
	"ippledge/internal/money"
	"ippledge/internal/testdb"
)

// both is one person with both hats of a house.
func both(a authz.Actor, b authz.Actor) authz.Actor {
	a.Roles = append(a.Roles, b.Roles...)
	return a
}

func TestTwoPeople(t *testing.T) {
	t.Parallel()

	t.Run("AtEveryStepOfTheReview", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		e, loan := w.enrolled(t, w.org(t, "enterprise", "甲公司"), "1000000.00")
		w.defaulted(t, loan)
		w = w.on(claimDay)
		refused := func(alone authz.Actor, id uuid.UUID) {
			t.Helper()
			require.ErrorIs(t, w.trySign(t, alone, id), &fault.Error{Code: "maker_is_checker"})
		}

		banker := both(w.officer, w.reviewer)
		c, err := w.claims.Draft(t.Context(), banker, e.ID, w.filing(t))
		require.NoError(t, err)
		_, err = w.claims.Submit(t.Context(), banker, c.ID)
		require.NoError(t, err)
		refused(banker, c.ID)
		require.Equal(t, claim.Draft, w.get(t, c.ID).Status)
		w.sign(t, w.reviewer, c.ID)

		manager := both(w.fundHandler, w.fundChecker)
		_, err = w.claims.Accept(t.Context(), manager, c.ID, "")
		require.NoError(t, err)
		_, err = w.claims.FirstReview(t.Context(), manager, c.ID, opinion())
		require.NoError(t, err)
		refused(manager, c.ID)
		w.sign(t, w.fundChecker, c.ID)

		official := both(w.handler, w.checker)
		_, err = w.claims.BureauReview(t.Context(), official, c.ID, opinion())
		require.NoError(t, err)
		refused(official, c.ID)
		w.sign(t, w.checker, c.ID)
		_, err = w.claims.Publicise(t.Context(), official, c.ID, claim.Announcement{Contact: "0739-0000000"})
		require.NoError(t, err)
		refused(official, c.ID)
		w.sign(t, w.checker, c.ID)

		w = w.on("2026-06-10")
		_, err = w.claims.Approve(t.Context(), official, c.ID, "同意")
		require.NoError(t, err)
		refused(official, c.ID)
		w.sign(t, w.checker, c.ID)
		twoHouses := w.financeChecker // somebody who signed for the bureau and also serves the finance bureau
		twoHouses.UserID = w.checker.UserID
		_, err = w.claims.Confirm(t.Context(), twoHouses, c.ID, "")
		require.ErrorIs(t, err, &fault.Error{Code: "person_acts_for_two"})
		w.exec(t, "delete from case_side where user_id = $1", w.checker.UserID)
		_, err = w.claims.Confirm(t.Context(), twoHouses, c.ID, "")
		require.ErrorIs(t, err, &fault.Error{Code: "maker_is_checker"}, "also where the case doesn't remember the person")
		require.Equal(t, claim.Endorsed, w.get(t, c.ID).Status)
		_, err = w.claims.Confirm(t.Context(), w.financeChecker, c.ID, "")
		require.NoError(t, err)

		purse := both(w.treasurer, w.financeChecker)
		_, err = w.claims.Pay(t.Context(), purse, c.ID, payment("450000.00"))
		require.NoError(t, err)
		refused(purse, c.ID)
		require.Equal(t, "20000000.00", w.balance(t, "cash:main"))
		w.sign(t, w.financeChecker, c.ID)
	})

	t.Run("ByTheDatabaseToo", func(t *testing.T) {
		t.Parallel()
		w, c := setup(t).paid(t)
		one := uuid.New()
		for name, sql := range map[string]string{
			"claim_review_maker_is_not_checker": `insert into claim_review (id, claim_id, step, verdict, opinion, maker_id, maker_name, maker_org, checker_id, reviewed_at)
				values (gen_random_uuid(), $1, 'first', 'pass', '', $2, '', '', $2, now())`,
			"claim_review_takes_two_people": `insert into claim_review (id, claim_id, step, verdict, opinion, maker_id, maker_name, maker_org, reviewed_at)
				values (gen_random_uuid(), $1, 'approve', 'pass', '', $2, '', '', now())`,
			"claim_payout_maker_is_not_checker": `insert into claim_payout (id, claim_id, number, amount, voucher, paid_on, entry_id, maker_id, maker_name, checker_id, checker_name, created_at)
				values (gen_random_uuid(), $1, 'x', 1, 'v', '2026-06-10', gen_random_uuid(), $2, '', $2, '', now())`,
		} {
			_, err := w.db.SQL().Exec(sql, c.ID, one)
			require.ErrorContains(t, err, name)
		}
		for _, table := range []string{"claim_review", "claim_payout", "claim_publicity"} {
			_, err := w.db.SQL().Exec("delete from " + table)
			require.ErrorContains(t, err, "never changed or deleted", table)
		}
	})
}

func TestReviews(t *testing.T) {
	t.Parallel()

	t.Run("RefuseAStaleVersion", func(t *testing.T) {
		t.Parallel()
		w, c := setup(t).filed(t, "1000000.00")
		_, err := w.claims.Accept(etag.With(t.Context(), c.Version-1), w.fundHandler, c.ID, "")
		require.ErrorIs(t, err, &fault.Error{Code: "stale_version"})
	})

	t.Run("WantASiteCheckAnOpinionAndAReasonForAnotherAmount", func(t *testing.T) {
		t.Parallel()
		w, c := setup(t).filed(t, "1000000.00")
		_, err := w.claims.Accept(t.Context(), w.fundHandler, c.ID, "")
		require.NoError(t, err)
		_, err = w.claims.FirstReview(t.Context(), w.fundHandler, c.ID, claim.Opinion{Verdict: "adjust"})
		f, ok := fault.From(err)
		require.True(t, ok)
		var codes []string
		for _, field := range f.Fields {
			codes = append(codes, field.Code)
		}
		require.ElementsMatch(t, []string{"opinion_required", "amount_not_positive", "reason_code_required", "site_check_required", "field_required"}, codes)
	})

	t.Run("AdjustWhatIsPaidAndLeaveTheRestWithTheBank", func(t *testing.T) {
		t.Parallel()
		w, c := setup(t).filed(t, "1000000.00")
		_, err := w.claims.Accept(t.Context(), w.fundHandler, c.ID, "")
		require.NoError(t, err)
		less := opinion()
		amount := money.Must("400000.00")
		less.Verdict, less.Amount, less.ReasonCode = "adjust", &amount, "diligence_fault"
		_, err = w.claims.FirstReview(t.Context(), w.fundHandler, c.ID, less)
		require.NoError(t, err)
		w.sign(t, w.fundChecker, c.ID)
		_, err = w.claims.BureauReview(t.Context(), w.handler, c.ID, opinion())
		require.NoError(t, err)
		w.sign(t, w.checker, c.ID)
		w, c = w.approved(t, w.publicised(t, w.get(t, c.ID)))
		require.Equal(t, "450000.00", c.Asked.String())
		require.Equal(t, "400000.00", c.Approved.String())
		w.pay(t, c, "400000.00")
		r := w.recovery(t, c.ID)
		require.Equal(t, "400000.00", r.Bearers[0].Loss.String())
		require.Equal(t, "600000.00", r.Bearers[1].Loss.String(), "45 % + empty 10 % + what was cut")
		w.verify(t)
	})

	t.Run("EndARejectedClaimAndReopenTheCover", func(t *testing.T) {
		t.Parallel()
		w, c := setup(t).filed(t, "1000000.00")
		_, err := w.claims.Accept(t.Context(), w.fundHandler, c.ID, "")
		require.NoError(t, err)
		_, err = w.claims.FirstReview(t.Context(), w.fundHandler, c.ID, claim.Opinion{Verdict: "reject", Opinion: "贷款用途不符"})
		require.NoError(t, err)
		w.sign(t, w.fundChecker, c.ID)
		require.Equal(t, claim.Rejected, w.get(t, c.ID).Status)
		require.Equal(t, []string{"enrolled"}, testdb.Texts(t, w.db, "select status from enrolment where id = $1", c.EnrolmentID))
	})

	t.Run("GoBackFromTheFinanceBureauToTheBureau", func(t *testing.T) {
		t.Parallel()
		w, c := setup(t).filed(t, "1000000.00")
		c = w.publicised(t, w.reviewed(t, c))
		w = w.on("2026-06-10")
		_, err := w.claims.Approve(t.Context(), w.handler, c.ID, "同意")
		require.NoError(t, err)
		w.sign(t, w.checker, c.ID)
		_, err = w.claims.SendBack(t.Context(), w.financeChecker, c.ID, "请核实抵扣")
		require.NoError(t, err)
		require.Equal(t, claim.BureauReviewed, w.get(t, c.ID).Status)
		_, c = w.approved(t, c)
		require.Equal(t, claim.Approved, c.Status, "the publicity stands, nothing changed")
	})

	t.Run("CannotApproveMoreThanIsStillOutstanding", func(t *testing.T) {
		t.Parallel()
		w, c := setup(t).filed(t, "1000000.00")
		c = w.publicised(t, w.reviewed(t, c))
		w.exec(t, "update loan set outstanding = 500000 where id = $1", c.LoanID) // the borrower paid meanwhile
		w = w.on("2026-06-10")
		_, err := w.claims.Approve(t.Context(), w.handler, c.ID, "同意")
		require.ErrorIs(t, err, &fault.Error{Code: "claim_above_limits"})
		require.ErrorContains(t, err, "225,000.00")
		less := opinion()
		amount := money.Must("225000.00")
		less.Verdict, less.Amount, less.ReasonCode = "adjust", &amount, "outstanding_corrected"
		_, err = w.claims.BureauReview(t.Context(), w.handler, c.ID, less)
		require.NoError(t, err)
		w.sign(t, w.checker, c.ID)
		c = w.get(t, c.ID)
		require.Nil(t, c.PublicityUntil, "another amount takes another round")
		c = w.publicised(t, c)
		require.Equal(t, 2, c.PublicityRound)
		require.Equal(t, calendar.MustDate("2026-06-17"), *c.PublicityUntil)
	})
}
