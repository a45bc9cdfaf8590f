package repayment_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"ippledge/internal/calendar"
	"ippledge/internal/money"
	"ippledge/internal/repayment"
)

func drawTerms(t *rapid.T) repayment.Terms {
	drawn := calendar.NewDate(2024, 1, 1).AddDays(rapid.IntRange(0, 1500).Draw(t, "drawn"))
	terms := repayment.Terms{
		Principal:  money.FromFen(rapid.Int64Range(1, 1_000_000_000_00).Draw(t, "principal")),
		AnnualRate: money.BasisPoints(rapid.Int64Range(0, 3600).Draw(t, "rate")),
		Method:     rapid.SampledFrom(repayment.Methods).Draw(t, "method"),
		PaymentDay: rapid.IntRange(0, repayment.PaymentDayMax).Draw(t, "day"),
		DayCount:   rapid.SampledFrom(calendar.DayCounts).Draw(t, "count"),
		Rule:       rapid.SampledFrom([]repayment.DueDateRule{repayment.Extend, repayment.None}).Draw(t, "rule"),
	}
	if rapid.Bool().Draw(t, "dated") {
		terms.DrawnOn = drawn
	}
	if terms.DrawnOn.IsZero() || rapid.Bool().Draw(t, "months") {
		terms.TermMonths = rapid.IntRange(1, 120).Draw(t, "term")
	} else {
		terms.DueOn = drawn.AddDays(rapid.IntRange(1, 1200).Draw(t, "days"))
	}
	if !terms.DrawnOn.IsZero() && rapid.Bool().Draw(t, "repriced") {
		terms.Repricings = []repayment.Repricing{{
			From:       drawn.AddDays(rapid.IntRange(-10, 900).Draw(t, "from")),
			AnnualRate: money.BasisPoints(rapid.Int64Range(0, 3600).Draw(t, "new rate")),
		}}
	}
	return terms
}

func TestScheduleProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		terms := drawTerms(t)
		plan, err := repayment.Schedule(terms)
		require.NoError(t, err)

		paid, interest, payment := money.Zero, money.Zero, money.Zero
		balance, last := terms.Principal, calendar.Date{}
		for n, i := range plan.Instalments {
			require.Equal(t, n+1, i.Number)
			require.False(t, i.Interest.IsNegative(), "interest of %d is %s", i.Number, i.Interest)
			require.False(t, i.Principal.IsNegative(), "principal of %d is %s", i.Number, i.Principal)
			require.Equal(t, i.Principal.Add(i.Interest), i.Payment)
			require.True(t, i.Balance.Equal(balance.Sub(i.Principal)))
			require.False(t, i.DueOn.Before(last), "due dates go back")
			paid, interest, payment = paid.Add(i.Principal), interest.Add(i.Interest), payment.Add(i.Payment)
			balance, last = i.Balance, i.DueOn
		}
		require.True(t, paid.Equal(terms.Principal), "pays back %s of %s", paid, terms.Principal)
		require.True(t, balance.IsZero())
		require.True(t, interest.Equal(plan.TotalInterest))
		require.True(t, payment.Equal(terms.Principal.Add(plan.TotalInterest)))
	})
}

func TestContinueProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		terms := drawTerms(t)
		plan, err := repayment.Schedule(terms)
		require.NoError(t, err)
		after := rapid.IntRange(0, len(plan.Instalments)-1).Draw(t, "after")
		balance := terms.Principal
		if after > 0 {
			balance = plan.Instalments[after-1].Balance
		}
		if !balance.IsPositive() {
			return // a loan of a few fen is paid back before its last instalment
		}
		left := money.FromFen(rapid.Int64Range(1, balance.Fen()).Draw(t, "left"))

		rest, err := repayment.Continue(terms, after, left)
		require.NoError(t, err)
		require.Len(t, rest.Instalments, len(plan.Instalments)-after)
		paid := money.Zero
		for n, i := range rest.Instalments {
			require.Equal(t, plan.Instalments[after+n].DueOn, i.DueOn)
			paid = paid.Add(i.Principal)
		}
		require.True(t, paid.Equal(left))
	})
}

func TestPrepayProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		terms := repayment.Terms{AnnualRate: money.BasisPoints(rapid.Int64Range(0, 3600).Draw(t, "rate"))}
		balance := money.FromFen(rapid.Int64Range(1, 1_000_000_00).Draw(t, "balance"))
		from := on("2026-01-21")
		day := from.AddDays(rapid.IntRange(0, 400).Draw(t, "days"))
		payoff := balance.Add(repayment.InterestBetween(terms, balance, from, day))
		payment := money.FromFen(rapid.Int64Range(1, payoff.Fen()).Draw(t, "payment"))

		principal, interest := repayment.Prepay(terms, payment, balance, from, day)
		require.True(t, principal.Add(interest).Equal(payment), "not a fen is lost")
		require.False(t, principal.IsNegative() || interest.IsNegative())
		require.LessOrEqual(t, principal.Cmp(balance), 0)
		exact := repayment.InterestBetween(terms, principal, from, day)
		require.LessOrEqual(t, interest.Sub(exact).Abs().Fen(), int64(1), "interest is that of the principal, to a fen")
	})
}

func TestAllocateProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		fen := func(name string) money.Amount { return money.FromFen(rapid.Int64Range(0, 100_000).Draw(t, name)) }
		owed := repayment.Sums{
			Costs: fen("costs"), Penalty: fen("penalty"), Compound: fen("compound"),
			OverdueInterest: fen("overdue"), Interest: fen("interest"), Principal: fen("principal"),
		}
		amount := fen("amount").Add(fen("more"))
		paid, rest := repayment.Allocate(amount, owed, rapid.Bool().Draw(t, "principal first"))
		require.True(t, paid.Total().Add(rest).Equal(amount))
		require.True(t, rest.IsZero() || paid.Total().Equal(owed.Total()), "nothing is left while something is owed")
	})
}
