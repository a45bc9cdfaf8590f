package pledge_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ippledge/internal/calendar"
	"ippledge/internal/pledge"
	"ippledge/internal/testdb"
)

func TestRelease(t *testing.T) {
	t.Parallel()

	release := func(w *world, t *testing.T, reason pledge.Reason, note string) pledge.Step {
		return pledge.Step{ReleaseReason: reason, Note: note, DocumentIDs: w.scan(t, w.officer)}
	}

	t.Run("WaitsUntilTheLoanIsSettled", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		p := w.registered(t, w.content(), w.certificate(t, "2000000", ""))
		_, err := w.pledges.Propose(t.Context(), w.officer, p.ID, pledge.Cancel, release(w, t, pledge.DebtPerformed, ""))
		require.Equal(t, "loan_not_settled", code(t, err))

		w.settled.yes = true
		_, err = w.pledges.Propose(t.Context(), w.officer, p.ID, pledge.Cancel, release(w, t, pledge.DebtPerformed, ""))
		require.NoError(t, err)
		require.NoError(t, w.sign(t, w.reviewer, p.ID))
		require.Equal(t, pledge.CancelFiled, w.reread(t, p.ID).Status)
		require.Equal(t, []string{"ZC1 | pledged", "ZC2 | reserved"}, w.assets(t), "the right is held until the office confirms")

		_, err = w.pledges.Propose(t.Context(), w.officer, p.ID, pledge.ConfirmCancel, release(w, t, "", ""))
		require.NoError(t, err)
		require.NoError(t, w.sign(t, w.reviewer, p.ID))
		require.Equal(t, pledge.Cancelled, w.reread(t, p.ID).Status)
		require.Equal(t, []string{"ZC1 | verified", "ZC2 | reserved"}, w.assets(t))
		require.Equal(t, []string{"0"}, testdb.Texts(t, w.db, `select count(*) from pledge_asset where live`))
	})

	t.Run("AWaiverNeedsItsReason", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		p := w.registered(t, w.content(), w.certificate(t, "2000000", ""))
		_, err := w.pledges.Propose(t.Context(), w.officer, p.ID, pledge.Cancel, release(w, t, pledge.Waived, ""))
		require.Equal(t, "field_required", code(t, err))
		_, err = w.pledges.Propose(t.Context(), w.officer, p.ID, pledge.Cancel, release(w, t, pledge.Waived, "已由保证人代为担保，并已书面告知"))
		require.NoError(t, err)
		_, err = w.pledges.Propose(t.Context(), w.officer, p.ID, pledge.Revoke, release(w, t, "", ""))
		require.Equal(t, "approval_already_pending", code(t, err), "one step at a time")
	})

	t.Run("ARegistrationLapsesAtTheEndOfItsTerm", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		c := w.content()
		c.Allocations[0].AssetID = w.mark
		p := w.registered(t, c, w.certificate(t, "2000000", "2026-06-30"))
		reminders := func() int {
			return len(testdb.Texts(t, w.db, `select 1 from audit_entry where action = 'pledge.remind'`))
		}
		for _, day := range []string{"2026-04-01", "2026-05-02", "2026-05-03", "2026-06-01", "2026-06-01", "2026-06-23", "2026-06-30"} {
			require.NoError(t, w.pledges.RunDaily(t.Context(), calendar.MustDate(day)))
		}
		require.Equal(t, 3, reminders(), "at 60, 30 and 7 days, once each")
		require.Equal(t, pledge.Registered, w.reread(t, p.ID).Status)
		require.NoError(t, w.pledges.RunDaily(t.Context(), calendar.MustDate("2026-07-01")))
		require.NoError(t, w.pledges.RunDaily(t.Context(), calendar.MustDate("2026-07-01")))
		require.Equal(t, pledge.Lapsed, w.reread(t, p.ID).Status)
		require.Equal(t, []string{"ZC1 | reserved", "ZC2 | verified"}, w.assets(t))
	})

	t.Run("AnExtensionMovesTheEnd", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		p := w.registered(t, w.content(), w.certificate(t, "2000000", "2026-06-30"))
		early, late := calendar.MustDate("2026-06-01"), calendar.MustDate("2028-06-30")
		step := pledge.Step{EndsOn: &early, DocumentIDs: w.scan(t, w.officer)}
		_, err := w.pledges.Propose(t.Context(), w.officer, p.ID, pledge.Extend, step)
		require.Equal(t, "extension_not_later", code(t, err))
		step.EndsOn = &late
		_, err = w.pledges.Propose(t.Context(), w.officer, p.ID, pledge.Extend, step)
		require.NoError(t, err)
		require.NoError(t, w.sign(t, w.reviewer, p.ID))
		require.Equal(t, late, w.reread(t, p.ID).RegistrationEndsOn)
	})
}
