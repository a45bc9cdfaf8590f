package claim_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/authz"
	"ippledge/internal/claim"
	"ippledge/internal/fault"
	"ippledge/internal/money"
	"ippledge/internal/testdb"
)

// big is a claim above the experts' threshold, after its first review.
func (w world) big(t testing.TB) (world, claim.Claim) {
	t.Helper()
	w, c := w.filed(t, "3000000.00")
	_, err := w.claims.Accept(t.Context(), w.fundHandler, c.ID, "")
	require.NoError(t, err)
	_, err = w.claims.FirstReview(t.Context(), w.fundHandler, c.ID, opinion())
	require.NoError(t, err)
	w.sign(t, w.fundChecker, c.ID)
	return w, w.get(t, c.ID)
}

func (w world) panel(t testing.TB, c claim.Claim) (out []authz.Actor) {
	t.Helper()
	for _, id := range testdb.Texts(t, w.db, "select user_id from claim_expert where claim_id = $1 and not recused order by place", c.ID) {
		a := actor(w.expertOrg, authz.ExpertPool, "专家", authz.Expert)
		a.UserID = uuid.MustParse(id)
		out = append(out, a)
	}
	return out
}

func scoring(verdict, amount string) claim.Scoring {
	in := claim.Scoring{Scores: map[string]int{"diligence": 25, "collateral": 20, "loss": 20, "recovery": 15}, Verdict: verdict, Opinion: "同意补偿"}
	if amount != "" {
		a := money.Must(amount)
		in.Amount = &a
	}
	return in
}

func TestExperts(t *testing.T) {
	t.Parallel()

	t.Run("AreRequiredAboveTheThresholdAndDecideByMajorityAndMedian", func(t *testing.T) {
		t.Parallel()
		w, c := setup(t).big(t)
		require.Equal(t, 3, c.ExpertsWanted)
		_, err := w.claims.BureauReview(t.Context(), w.handler, c.ID, opinion())
		require.ErrorIs(t, err, &fault.Error{Code: "expert_review_missing"})
		_, err = w.claims.Draw(t.Context(), w.fundHandler, c.ID)
		require.NoError(t, err)
		_, err = w.claims.Draw(t.Context(), w.fundHandler, c.ID)
		require.ErrorIs(t, err, &fault.Error{Code: "experts_drawn"})
		for i, in := range []claim.Scoring{scoring("adjust", "1200000.00"), scoring("reject", ""), scoring("pass", "")} {
			require.Equal(t, claim.FirstReviewed, w.get(t, c.ID).Status)
			_, err := w.claims.Score(t.Context(), w.panel(t, c)[i], c.ID, in)
			require.NoError(t, err)
		}
		c = w.get(t, c.ID)
		require.Equal(t, claim.ExpertReviewed, c.Status)
		require.Equal(t, "1200000.00", c.Adjusted.String(), "the lower of the two in favour")
		_, err = w.claims.Score(t.Context(), w.panel(t, c)[0], c.ID, scoring("pass", ""))
		require.ErrorIs(t, err, &fault.Error{Code: "transition_not_allowed"})
	})

	t.Run("AreDrawnSoThatAnybodyCanRepeatIt", func(t *testing.T) {
		t.Parallel()
		w, c := setup(t).big(t)
		_, err := w.claims.Draw(t.Context(), w.fundHandler, c.ID)
		require.NoError(t, err)
		seed := testdb.Texts(t, w.db, "select distinct draw_seed from claim_expert where claim_id = $1", c.ID)
		require.Len(t, seed, 1)
		var pool []uuid.UUID
		require.NoError(t, json.Unmarshal([]byte(testdb.Texts(t, w.db, "select distinct cast(draw_pool as text) from claim_expert where claim_id = $1", c.ID)[0]), &pool))
		require.Len(t, pool, 5)
		var drawn []uuid.UUID
		for _, a := range w.panel(t, c) {
			drawn = append(drawn, a.UserID)
		}
		require.Equal(t, claim.Rank(seed[0], pool)[:3], drawn)
	})

	t.Run("AreNotDrawnWhereTheyBelongToAParty", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		interested := w.expert(t, "银行的人", w.expertOrg, w.bank)
		w, c := w.big(t)
		_, err := w.claims.Draw(t.Context(), w.fundHandler, c.ID)
		require.NoError(t, err)
		pools := testdb.Texts(t, w.db, "select cast(draw_pool as text) from claim_expert where claim_id = $1", c.ID)
		require.NotContains(t, pools[0], interested.UserID.String())
	})

	t.Run("StandBackForAnInterestAndAreReplaced", func(t *testing.T) {
		t.Parallel()
		w, c := setup(t).big(t)
		_, err := w.claims.Draw(t.Context(), w.fundHandler, c.ID)
		require.NoError(t, err)
		gone := w.panel(t, c)[1]
		_, err = w.claims.Recuse(t.Context(), gone, c.ID, "")
		require.ErrorIs(t, err, &fault.Error{Code: "reason_required"})
		_, err = w.claims.Recuse(t.Context(), gone, c.ID, "曾为借款企业提供咨询")
		require.NoError(t, err)
		_, err = w.claims.Score(t.Context(), gone, c.ID, scoring("pass", ""))
		require.ErrorIs(t, err, &fault.Error{Code: "claim_not_found"}, "the case is no longer the expert's to see")
		_, err = w.claims.Draw(t.Context(), w.fundHandler, c.ID)
		require.NoError(t, err)
		panel := w.panel(t, c)
		require.Len(t, panel, 3)
		require.False(t, slices.ContainsFunc(panel, func(a authz.Actor) bool { return a.UserID == gone.UserID }))
	})

	t.Run("AreTooFewWhenThePoolIsEmpty", func(t *testing.T) {
		t.Parallel()
		w, c := setup(t).big(t)
		w.exec(t, "delete from user_role where role = 'expert' and user_id in (select user_id from user_role where role = 'expert' order by user_id limit 3)")
		_, err := w.claims.Draw(t.Context(), w.fundHandler, c.ID)
		require.ErrorIs(t, err, &fault.Error{Code: "experts_insufficient"})
	})

	t.Run("SeeOnlyTheClaimsTheyWereDrawnFor", func(t *testing.T) {
		t.Parallel()
		w, c := setup(t).big(t)
		outsider := w.expert(t, "未抽中", w.expertOrg)
		_, err := w.claims.Score(t.Context(), outsider, c.ID, scoring("pass", ""))
		require.ErrorIs(t, err, &fault.Error{Code: "claim_not_found"})
	})
}
