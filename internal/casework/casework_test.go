package casework_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/authz"
	"ippledge/internal/casework"
	"ippledge/internal/fault"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/testdb"
)

func TestAct(t *testing.T) {
	t.Parallel()
	db := testdb.New(t, time.Date(2026, 3, 2, 4, 0, 0, 0, time.UTC))
	person, enterprise, bank, need := uuid.New(), uuid.New(), uuid.New(), uuid.New()
	act := func(org, need uuid.UUID) error {
		return db.InTx(t.Context(), func(tx postgres.Tx) error {
			return casework.Act(tx, authz.Actor{UserID: person, OrgID: org, OrgName: "某行"}, need)
		})
	}
	require.NoError(t, act(enterprise, need))
	require.NoError(t, act(enterprise, need), "the same side again")
	require.ErrorIs(t, act(bank, need), &fault.Error{Code: "person_acts_for_two"})
	require.NoError(t, act(bank, uuid.New()), "another case is another matter")
}
