package claim_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"ippledge/internal/claim"
	"ippledge/internal/fault"
)

// allowed repeats domain §2.4 by hand, so that a slip in the table shows.
var allowed = map[claim.Status]map[claim.Action]claim.Status{
	claim.Draft:           {claim.Edit: claim.Draft, claim.Submit: claim.Submitted, claim.Withdraw: claim.Withdrawn},
	claim.Submitted:       {claim.Accept: claim.Accepted, claim.Correct: claim.Correction, claim.Refuse: claim.Rejected},
	claim.Correction:      {claim.Edit: claim.Correction, claim.Resubmit: claim.Submitted, claim.Withdraw: claim.Withdrawn},
	claim.Accepted:        {claim.FirstReview: claim.FirstReviewed},
	claim.FirstReviewed:   {claim.Draw: claim.FirstReviewed, claim.Recuse: claim.FirstReviewed, claim.Score: claim.FirstReviewed, claim.BureauReview: claim.BureauReviewed},
	claim.ExpertReviewed:  {claim.BureauReview: claim.BureauReviewed},
	claim.BureauReviewed:  {claim.BureauReview: claim.BureauReviewed, claim.Publicise: claim.Publicised, claim.Approve: claim.Endorsed, claim.Reject: claim.Rejected},
	claim.Publicised:      {claim.BureauReview: claim.BureauReviewed, claim.Approve: claim.Endorsed, claim.Reject: claim.Rejected},
	claim.Objected:        {claim.Answer: claim.Objected},
	claim.Endorsed:        {claim.Confirm: claim.Approved, claim.SendBack: claim.BureauReviewed},
	claim.Approved:        {claim.Pay: claim.PartlyPaid},
	claim.PartlyPaid:      {claim.Pay: claim.PartlyPaid},
	claim.Paid:            {claim.OrderClawback: claim.ClawbackOrdered, claim.Close: claim.Closed},
	claim.Closed:          {claim.OrderClawback: claim.ClawbackOrdered},
	claim.ClawbackOrdered: {claim.ClawBack: claim.ClawedBack},
}

var everyAction = []claim.Action{
	claim.Edit, claim.Submit, claim.Resubmit, claim.Withdraw, claim.Accept, claim.Correct, claim.Refuse, claim.FirstReview, claim.Draw,
	claim.Recuse, claim.Score, claim.BureauReview, claim.Publicise, claim.Answer, claim.Reject, claim.Approve, claim.Confirm, claim.SendBack,
	claim.Pay, claim.OrderClawback, claim.ClawBack, claim.Close,
}

func TestTransitions(t *testing.T) {
	t.Parallel()

	t.Run("AllowExactlyWhatTheDomainSaysOverEveryPair", func(t *testing.T) {
		t.Parallel()
		states := claim.Transitions.States()
		require.Len(t, states, 18)
		for _, from := range states {
			for _, a := range everyAction {
				to, err := claim.Transitions.Next(from, a)
				want, ok := allowed[from][a]
				if !ok {
					require.ErrorIs(t, err, &fault.Error{Code: "transition_not_allowed"}, "%s %s", from, a)
					continue
				}
				require.NoError(t, err, "%s %s", from, a)
				require.Equal(t, want, to, "%s %s", from, a)
			}
			require.NotEmpty(t, from.Text(), from)
		}
	})

	t.Run("EndNowhereButWhereACaseEnds", func(t *testing.T) {
		t.Parallel()
		for _, s := range claim.Transitions.States() {
			over := slices.Contains([]claim.Status{claim.Withdrawn, claim.Rejected, claim.ClawedBack}, s)
			require.Equal(t, over, len(claim.Transitions[s]) == 0, s)
		}
	})

	t.Run("LetMoneyInAtAnyStateOfARecovery", func(t *testing.T) {
		t.Parallel()
		for _, s := range claim.RecoveryTransitions.States() {
			require.True(t, claim.RecoveryTransitions.Can(s, claim.Receive), "a write-off never ends the duty to recover: %s", s)
		}
		require.Equal(t, claim.Reopened, claim.RecoveryTransitions[claim.WrittenOff][claim.Receive])
	})
}
