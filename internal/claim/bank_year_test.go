package claim_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/fault"
	"ippledge/internal/testdb"
)

// Sixty-four claims of one bank, each of another enterprise, are approved at once: the
// bank's cap of the year, 30 % of a fund of twenty millions, has room for forty-four.
func TestTheBanksCapOfTheYearHoldsUnderConcurrency(t *testing.T) {
	t.Parallel()
	w := setup(t)
	ids := make([]uuid.UUID, 64)
	for i := range ids {
		_, c := w.filedBy(t, w.org(t, "enterprise", "企业"), "300000.00")
		require.Equal(t, "135000.00", c.Asked.String())
		w.exec(t, "update loan set class = 'normal'") // keep the breaker out of this
		ids[i] = c.ID
	}
	w.exec(t, "update claim set experts_wanted = 0, status = 'bureau_reviewed', publicity_from = '2026-06-01', publicity_until = '2026-06-02', publicity_round = 1")
	w = w.on("2026-06-10")
	for _, id := range ids {
		_, err := w.claims.Approve(t.Context(), w.handler, id, "同意")
		require.NoError(t, err)
		w.sign(t, w.checker, id)
	}

	errs := make([]error, len(ids))
	together(len(ids), func(i int) { _, errs[i] = w.claims.Confirm(t.Context(), w.financeChecker, ids[i], "") })
	refused := 0
	for _, err := range errs {
		if err != nil {
			require.ErrorIs(t, err, &fault.Error{Code: "claim_above_limits"})
			refused++
		}
	}
	require.Equal(t, 20, refused)
	require.Equal(t, []string{"44 | 5940000.00"}, testdb.Texts(t, w.db, "select count(*), sum(approved) from claim where status = 'approved'"))
}
