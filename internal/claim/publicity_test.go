package claim_test

import (
	"crypto/sha256"
	"encoding/hex"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/claim"
	"ippledge/internal/fault"
	"ippledge/internal/httpmeta"
	"ippledge/internal/money"
	"ippledge/internal/testdb"
)

func objection() claim.NewObjection {
	return claim.NewObjection{Name: "欧阳某某", Contact: "13800001234", Content: "该企业仍在生产经营，损失金额有误，请核查。", Consent: true}
}

func TestPublicity(t *testing.T) {
	t.Parallel()

	t.Run("ShowsAPDFWhoseFingerprintAnybodyCanCheck", func(t *testing.T) {
		t.Parallel()
		w, c := setup(t).filed(t, "1000000.00")
		w.publicised(t, w.reviewed(t, c))
		notices := w.notices(t, true)
		require.Len(t, notices, 1)
		n := notices[0]
		require.Contains(t, n.Content, "邵阳市星垣智能装备有限公司")
		require.Contains(t, n.Content, "450,000.00")
		require.True(t, n.Open)
		_, content, err := w.claims.NoticeFile(t.Context(), n.ID)
		require.NoError(t, err)
		sum := sha256.Sum256(content)
		require.Equal(t, n.SHA256, hex.EncodeToString(sum[:]))
	})

	t.Run("EndsByWorkingDays", func(t *testing.T) {
		t.Parallel()
		w, c := setup(t).filed(t, "1000000.00")
		c = w.publicised(t, w.reviewed(t, c))
		w = w.on("2026-06-08") // the fifth working day
		_, err := w.claims.Approve(t.Context(), w.handler, c.ID, "同意")
		require.ErrorIs(t, err, &fault.Error{Code: "publicity_running"})
		w = w.on("2026-06-09")
		require.Empty(t, w.notices(t, true))
		_, err = w.claims.Object(t.Context(), w.notices(t, false)[0].ID, objection())
		require.ErrorIs(t, err, &fault.Error{Code: "publicity_over"})
		_, err = w.claims.Approve(t.Context(), w.handler, c.ID, "同意")
		require.NoError(t, err)
	})

	t.Run("TakesAnObjectionWhichVoidsWhatWaitsAndIsAnsweredByTwo", func(t *testing.T) {
		t.Parallel()
		w, c := setup(t).filed(t, "1000000.00")
		c = w.publicised(t, w.reviewed(t, c))
		_, err := w.claims.Reject(t.Context(), w.handler, c.ID, "试探")
		require.NoError(t, err)
		o, err := w.claims.Object(t.Context(), w.notices(t, true)[0].ID, objection())
		require.NoError(t, err)
		require.Regexp(t, `^YY2026\d{6}$`, o.ReceiptNo)
		require.Empty(t, testdb.Texts(t, w.db, "select id from approval_proposal where subject_id = $1 and status = 'pending'", c.ID))
		require.Equal(t, claim.Objected, w.get(t, c.ID).Status)

		w = w.on("2026-06-10")
		_, err = w.claims.Approve(t.Context(), w.handler, c.ID, "同意")
		require.ErrorIs(t, err, &fault.Error{Code: "transition_not_allowed"})
		_, err = w.claims.AnswerObjection(t.Context(), w.handler, c.ID, claim.Reply{ObjectionID: o.ID, Answer: "经核查，企业已停产。"})
		require.NoError(t, err)
		require.ErrorIs(t, w.trySign(t, both(w.handler, w.checker), c.ID), &fault.Error{Code: "maker_is_checker"})
		w.sign(t, w.checker, c.ID)
		require.Equal(t, claim.BureauReviewed, w.get(t, c.ID).Status)
		_, c = w.approved(t, c)
		require.Equal(t, claim.Approved, c.Status, "an objection that isn't upheld leaves the period standing")

		state, err := w.claims.ObjectionState(t.Context(), o.ReceiptNo, "1234")
		require.NoError(t, err)
		require.Equal(t, "经核查，企业已停产。", state.Answer)
		_, err = w.claims.ObjectionState(t.Context(), o.ReceiptNo, "4321")
		require.ErrorIs(t, err, &fault.Error{Code: "objection_not_found"})
	})

	t.Run("TakesAnotherRoundWhenAnObjectionIsUpheld", func(t *testing.T) {
		t.Parallel()
		w, c := setup(t).filed(t, "1000000.00")
		c = w.publicised(t, w.reviewed(t, c))
		o, err := w.claims.Object(t.Context(), w.notices(t, true)[0].ID, objection())
		require.NoError(t, err)
		less := money.Must("300000.00")
		_, err = w.claims.AnswerObjection(t.Context(), w.handler, c.ID, claim.Reply{ObjectionID: o.ID, Upheld: true, Answer: "部分成立", Amount: &less})
		require.NoError(t, err)
		w.sign(t, w.checker, c.ID)
		w = w.on("2026-06-10")
		_, err = w.claims.Approve(t.Context(), w.handler, c.ID, "同意")
		require.ErrorIs(t, err, &fault.Error{Code: "publicity_missing"})
		c = w.publicised(t, c)
		require.Equal(t, 2, c.PublicityRound)
		notices := w.notices(t, false)
		require.Equal(t, "300000.00", notices[0].Amount.String())
		require.Equal(t, "内容已变更，见后一次公示", notices[1].Outcome)
	})

	t.Run("BoundsWhatOneAddressSends", func(t *testing.T) {
		t.Parallel()
		w, c := setup(t).filed(t, "1000000.00")
		w.publicised(t, w.reviewed(t, c))
		id := w.notices(t, true)[0].ID
		ctx := httpmeta.With(t.Context(), "r", "203.0.113.9")
		for range 5 {
			_, err := w.claims.Object(ctx, id, objection())
			require.NoError(t, err)
		}
		_, err := w.claims.Object(ctx, id, objection())
		require.ErrorIs(t, err, &fault.Error{Code: "objections_too_often"})
		_, err = w.claims.Object(httpmeta.With(t.Context(), "r", "203.0.113.10"), id, objection())
		require.NoError(t, err)
	})

	t.Run("WantsConsentAndSubstance", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		_, err := w.claims.Object(t.Context(), uuid.New(), claim.NewObjection{Name: " ", Content: "短"})
		f, ok := fault.From(err)
		require.True(t, ok)
		require.Len(t, f.Fields, 4)
	})
}
