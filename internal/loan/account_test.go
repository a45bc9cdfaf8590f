package loan

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"ippledge/internal/calendar"
	"ippledge/internal/money"
	"ippledge/internal/repayment"
)

// newAccount is a loan just paid out on terms drawn at random.
func newAccount(t *rapid.T) *account {
	l := Loan{
		Principal: money.FromFen(rapid.Int64Range(10_000, 1_000_000_000).Draw(t, "principal")), AnnualRate: money.BasisPoints(rapid.Int64Range(0, 2400).Draw(t, "rate")),
		Method: rapid.SampledFrom(repayment.Methods).Draw(t, "method"), DayCount: rapid.SampledFrom(calendar.DayCounts).Draw(t, "count"),
		DueDateRule: repayment.Extend, TermMonths: rapid.IntRange(1, 24).Draw(t, "term"), PenaltyMarkup: repayment.LateMarkup,
		GraceDays: rapid.IntRange(0, 5).Draw(t, "grace"), Status: Active,
		DisbursedOn: calendar.NewDate(2026, 1, 1).AddDays(rapid.IntRange(0, 365).Draw(t, "drawn")),
	}
	l.MaturesOn = l.DisbursedOn.AddMonths(l.TermMonths)
	l.OriginalMaturesOn, l.Outstanding, l.DisbursedAmount = l.MaturesOn, l.Principal, l.Principal
	a := &account{Loan: l}
	plan, err := repayment.Schedule(a.Terms())
	require.NoError(t, err)
	a.plan(0, plan)
	return a
}

// TestPaymentsNeverLoseAFen pays at random days sums up to the payoff, and checks after
// each that what was paid, what is out and what the schedule still asks agree.
func TestPaymentsNeverLoseAFen(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := newAccount(t)
		on, repaid := a.DisbursedOn, money.Zero
		for range rapid.IntRange(1, 8).Draw(t, "payments") {
			on = on.AddDays(rapid.IntRange(0, 120).Draw(t, "days"))
			payoff := a.payoff(on)
			if !payoff.IsPositive() {
				break
			}
			amount := money.FromFen(rapid.Int64Range(1, payoff.Fen()).Draw(t, "amount"))
			if rapid.IntRange(0, 9).Draw(t, "all") == 0 {
				amount = payoff
			}
			x, err := a.pay(amount, on, true, rapid.Bool().Draw(t, "principal first"))
			require.NoError(t, err)
			require.NoError(t, a.follow(on))

			parts := money.Sum(x.Costs, x.Penalty, x.Compound, x.allInterest(), x.allPrincipal())
			require.True(t, parts.Equal(amount), "%s was allocated of %s", parts, amount)
			repaid = repaid.Add(x.allPrincipal())
			require.True(t, repaid.Equal(a.DisbursedAmount.Sub(a.Outstanding)), "principal repaid is what is no longer out")
			unpaid := money.Zero
			for _, l := range a.Lines {
				require.False(t, l.unpaidPrincipal().IsNegative() || l.unpaidInterest().IsNegative())
				unpaid = unpaid.Add(l.unpaidPrincipal())
			}
			require.True(t, unpaid.Equal(a.Outstanding), "the schedule asks for %s of %s", unpaid, a.Outstanding)
			require.False(t, a.PenaltyDue.IsNegative() || a.CompoundDue.IsNegative() || a.Outstanding.IsNegative())
			if amount.Equal(payoff) {
				require.Equal(t, Settled, a.Status)
				require.True(t, a.payoff(on).IsZero())
				break
			}
		}
	})
}

// TestAccelerationAsksForTheSame makes all due at once without changing what ends the loan.
func TestAccelerationAsksForTheSame(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := newAccount(t)
		on := a.DisbursedOn.AddDays(rapid.IntRange(0, 700).Draw(t, "day"))
		before := a.payoff(on)
		a.accelerate(on)
		require.True(t, a.payoff(on).Equal(before), "%s became %s", before, a.payoff(on))
		require.True(t, a.owed(on, false).Total().Equal(before), "all is due")
	})
}

func TestExtensionKeepsWhatIsOut(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := newAccount(t)
		on := a.DisbursedOn.AddDays(rapid.IntRange(0, calendar.Days(a.DisbursedOn, a.MaturesOn)-1).Draw(t, "day"))
		require.NoError(t, a.extend(on, a.MaturesOn.AddMonths(rapid.IntRange(1, 12).Draw(t, "months"))))
		unpaid, number := money.Zero, 0
		for _, l := range a.Lines {
			require.Equal(t, number+1, l.Number)
			unpaid, number = unpaid.Add(l.unpaidPrincipal()), l.Number
		}
		require.True(t, unpaid.Equal(a.Outstanding))
	})
}
