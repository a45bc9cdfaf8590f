package simulator

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/fund"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/policy"
	"ippledge/internal/testdb"
)

var noon = time.Date(2026, 3, 9, 4, 0, 0, 0, time.UTC)

func TestRunsAreKept(t *testing.T) {
	t.Parallel()
	db := testdb.New(t, noon)
	require.NoError(t, db.InTx(t.Context(), func(tx postgres.Tx) error {
		if err := policy.LoadReference(tx); err != nil {
			return err
		}
		return fund.LoadReference(tx)
	}))
	s := NewService(db)
	actor := authz.Actor{UserID: uuid.New(), OrgID: uuid.New(), Name: "周经办", OrgKind: authz.IPBureau, Roles: []authz.Role{authz.BureauHandler}}
	var d Defaults
	require.NoError(t, db.Read(t.Context(), func(tx postgres.Tx) (err error) {
		d, err = defaults(tx)
		return err
	}))
	require.Equal(t, "45.00", d.Inputs.FundShare.String(), "from the policy in force")
	require.NoError(t, d.Inputs.check())
	d.Inputs.Paths = 1000
	sim, err := s.Run(t.Context(), actor, Question{Title: "基准", Inputs: d.Inputs})
	require.NoError(t, err)
	require.NotZero(t, sim.Seed, "a seed is chosen and kept")
	require.True(t, sim.Result.Estimate)
	require.Len(t, sim.Result.Sensitivity, len(levers))
	var kept Simulation
	require.NoError(t, db.Read(t.Context(), func(tx postgres.Tx) (err error) {
		kept, err = find(tx, sim.ID)
		return err
	}))
	require.Equal(t, sim.Inputs.AnnualLending.String(), kept.Inputs.AnnualLending.String())
	require.Equal(t, len(sim.Result.Fan), len(kept.Result.Fan))
	_, err = db.SQL().ExecContext(t.Context(), "update simulation set title = 'x'")
	require.Error(t, err, "runs are not edited")
	require.Empty(t, testdb.Texts(t, db, "select id from ledger_entry"), "nothing enters the ledger")

	s.turn <- struct{}{}
	_, err = s.Run(t.Context(), actor, Question{Inputs: d.Inputs})
	require.ErrorIs(t, err, errBusy)
	actor.Roles = []authz.Role{authz.EnterpriseOperator}
	_, err = s.Run(t.Context(), actor, Question{Inputs: d.Inputs})
	require.ErrorIs(t, err, &fault.Error{Code: "permission_denied"})
}

// BenchmarkSimulate is one set of 10,000 futures of five years, both passes.
func BenchmarkSimulate(b *testing.B) {
	in := inputs()
	in.Paths = 10000
	for b.Loop() {
		if _, err := simulate(b.Context(), in); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkEstimate is what a user waits for: the run with all its sensitivities.
func BenchmarkEstimate(b *testing.B) {
	in := inputs()
	in.Paths = 10000
	for b.Loop() {
		if _, err := estimate(b.Context(), in, calendar.MustDate("2026-03-09")); err != nil {
			b.Fatal(err)
		}
	}
}
