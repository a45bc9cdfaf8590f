package state_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ippledge/internal/fault"
	"ippledge/internal/state"
)

func TestTable(t *testing.T) {
	t.Parallel()
	table := state.Table[string, string]{"draft": {"submit": "submitted"}, "submitted": {"accept": "done", "reject": "draft"}}

	to, err := table.Next("draft", "submit")
	require.NoError(t, err)
	require.Equal(t, "submitted", to)

	from, err := table.Next("done", "submit")
	require.ErrorIs(t, err, &fault.Error{Code: "transition_not_allowed"})
	require.Equal(t, "done", from, "a refused move leaves the state")

	require.Equal(t, []string{"accept", "reject"}, table.Actions("submitted"))
	require.Empty(t, table.Actions("done"))
	require.Equal(t, []string{"done", "draft", "submitted"}, table.States())
	require.Contains(t, table.Mermaid(), "  draft --> submitted : submit\n")
}
