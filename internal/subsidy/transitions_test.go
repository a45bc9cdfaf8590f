package subsidy_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ippledge/internal/fault"
	"ippledge/internal/subsidy"
)

// Every pair of status and action: what the table doesn't know is refused and nothing changes.
func TestTransitionsOverEveryPair(t *testing.T) {
	t.Parallel()
	w := setup(t)
	c := w.call(t, nil)
	loan := w.loan(t, w.ent, "3000000")
	r := w.request(t, c.ID, loan)
	a := w.approved(t, r)
	w.exec(t, "alter table subsidy_application disable trigger user")
	calls := map[subsidy.Action]func() error{
		subsidy.Edit:     func() error { _, err := w.subsidies.Edit(t.Context(), w.operator, a.ID, r); return err },
		subsidy.Submit:   func() error { _, err := w.subsidies.Submit(t.Context(), w.operator, a.ID); return err },
		subsidy.Withdraw: func() error { _, err := w.subsidies.Withdraw(t.Context(), w.operator, a.ID); return err },
		subsidy.Return:   func() error { _, err := w.subsidies.Return(t.Context(), w.handler, a.ID, "补正"); return err },
		subsidy.Review: func() error {
			_, err := w.subsidies.Review(t.Context(), w.handler, a.ID, subsidy.Opinion{Reason: "不符合"})
			return err
		},
		subsidy.Object: func() error {
			_, err := w.subsidies.Object(t.Context(), w.handler, a.ID, subsidy.Objection{Objector: "张三", Text: "有异议"})
			return err
		},
		subsidy.Answer: func() error {
			_, err := w.subsidies.Answer(t.Context(), w.handler, a.ID, subsidy.Ruling{Reason: "不成立"})
			return err
		},
	}
	for _, from := range subsidy.Transitions.States() {
		for action, call := range calls {
			w.exec(t, "update approval_proposal set status = 'superseded' where subject_id = $1 and status = 'pending'", a.ID)
			if from == subsidy.Paid {
				continue // has an entry; nothing leads out of it
			}
			w.exec(t, "update subsidy_application set status = $2 where id = $1", a.ID, from)
			before := w.text(t, "select status, version from subsidy_application where id = $1", a.ID)
			err := call()
			to, allowed := subsidy.Transitions[from][action]
			if !allowed {
				if from == subsidy.Draft && !fault.Has(err, "transition_not_allowed") {
					require.ErrorIs(t, err, code("subsidy_not_found"), "%s %s", from, action)
				} else {
					require.ErrorIs(t, err, code("transition_not_allowed"), "%s %s", from, action)
				}
				require.Equal(t, before, w.text(t, "select status, version from subsidy_application where id = $1", a.ID))
				continue
			}
			require.NoError(t, err, "%s %s", from, action)
			require.Equal(t, string(to), w.text(t, "select status from subsidy_application where id = $1", a.ID), "%s %s", from, action)
		}
	}
	require.Empty(t, subsidy.Transitions[subsidy.Paid])
	require.Empty(t, subsidy.Transitions[subsidy.Rejected])
	require.Empty(t, subsidy.Transitions[subsidy.Withdrawn])
}
