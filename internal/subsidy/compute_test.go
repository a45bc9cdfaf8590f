package subsidy

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"ippledge/internal/calendar"
	"ippledge/internal/money"
	"ippledge/internal/policy"
)

// fullYear is a bullet loan of a calendar year whose interest was paid by quarters in time.
func fullYear(t require.TestingT, principal string) facts {
	p, _, err := policy.Default()
	require.NoError(t, err)
	p.SubsidyInterestShare = money.MustRate("60")
	f := facts{
		Kind: Interest, Year: 2025, Policy: p, LPR: money.MustRate("3.00"), LPROn: calendar.MustDate("2024-12-20"),
		BudgetLeft: money.Must("100000000"), Today: calendar.MustDate("2026-03-09"),
		Loan: loanFacts{Principal: money.Must(principal), DisbursedOn: calendar.MustDate("2025-01-01"), MaturesOn: calendar.MustDate("2026-01-01")},
	}
	days := []string{"2025-01-01", "2025-04-01", "2025-07-01", "2025-10-01", "2026-01-01"}
	for i := range 4 {
		f.Loan.Lines = append(f.Loan.Lines, loanLine{
			Number: i + 1, FromOn: calendar.MustDate(days[i]), ToOn: calendar.MustDate(days[i+1]), DueOn: calendar.MustDate(days[i+1]),
			Interest: money.Must("30000"), InterestPaid: money.Must("30000"), SettledOn: calendar.MustDate(days[i+1]),
		})
	}
	f.Loan.Lines[3].Principal = money.Must(principal)
	return f
}

func TestInterest(t *testing.T) {
	t.Parallel()

	t.Run("TheVectorsOfTheDomainPage", func(t *testing.T) {
		t.Parallel()
		f := fullYear(t, "3000000")
		require.Equal(t, "54000.00", compute(f).Amount.String(), "simple annual")
		f.Policy.SubsidyInterestConvention = ByDays
		require.Equal(t, "54750.00", compute(f).Amount.String(), "by days, actual/360")
	})

	t.Run("ALateQuarterDoesNotCount", func(t *testing.T) {
		t.Parallel()
		f := fullYear(t, "3000000")
		f.Loan.Lines[1].SettledOn = calendar.MustDate("2025-07-02")
		c := compute(f)
		require.Equal(t, "40536.99", c.Amount.String(), "274 of 365 days")
		require.False(t, c.Periods[1].Counted)
		f.Loan.GraceDays = 1
		require.Equal(t, "54000.00", compute(f).Amount.String(), "the contract's days of grace are in time")
		f.Loan.Lines[1].SettledOn = calendar.Date{}
		require.Equal(t, "40536.99", compute(f).Amount.String(), "never paid")
	})

	t.Run("OnlyTheMonthsOfThePolicy", func(t *testing.T) {
		t.Parallel()
		f := fullYear(t, "3000000")
		f.Policy.SubsidyInterestMonths = 6
		require.Equal(t, "26778.08", compute(f).Amount.String(), "181 of 365 days")
	})

	t.Run("AnotherYearTakesItsOwnDays", func(t *testing.T) {
		t.Parallel()
		f := fullYear(t, "3000000")
		f.Year = 2026
		require.Empty(t, compute(f).Periods)
		require.True(t, compute(f).Amount.IsZero())
	})

	t.Run("APrepaymentLowersTheBalance", func(t *testing.T) {
		t.Parallel()
		f := fullYear(t, "3000000")
		f.Loan.Repaid = []repaid{{calendar.MustDate("2025-07-01"), money.Must("1500000")}}
		c := compute(f)
		require.Equal(t, "1500000.00", c.Periods[2].Balance.String())
		require.Equal(t, "40389.04", c.Amount.String(), "181 days of 3 million, 184 of 1.5")
	})

	t.Run("EachBoundBinds", func(t *testing.T) {
		t.Parallel()
		for binding, change := range map[string]func(*facts){
			"paid": func(f *facts) {
				for i := range f.Loan.Lines {
					f.Loan.Lines[i].InterestPaid = money.Must("2500.00")
				}
			},
			"cap":    func(f *facts) { f.Granted = money.Must("189000") },
			"budget": func(f *facts) { f.BudgetLeft = money.Must("10000") },
		} {
			f := fullYear(t, "3000000")
			change(&f)
			c := compute(f)
			require.Equal(t, binding, c.Binding)
			require.Equal(t, map[string]string{"paid": "10000.00", "cap": "11000.00", "budget": "10000.00"}[binding], c.Amount.String())
		}
	})
}

func TestFees(t *testing.T) {
	t.Parallel()
	p, _, err := policy.Default()
	require.NoError(t, err)
	f := facts{Kind: ValuationFee, Policy: p, FeePaid: money.Must("30000.01"), BudgetLeft: money.Must("1000000")}
	require.Equal(t, "15000.01", compute(f).Amount.String(), "half, rounded once half up")
	f.FeePaid = money.Must("200000")
	require.Equal(t, "50000.00", compute(f).Amount.String(), "the firm's yearly cap")
	f.Other = money.Must("180000")
	require.Equal(t, "20000.00", compute(f).Amount.String(), "what others paid isn't paid again")
	f.Other = money.Must("250000")
	require.Equal(t, "0.00", compute(f).Amount.String(), "never below zero")
}

// No grant is above any of the four bounds, whatever the numbers, and it is one of them.
func TestAmountStaysWithinTheBounds(t *testing.T) {
	t.Parallel()

	rapid.Check(t, func(t *rapid.T) {
		fen := func(name string, most int64) money.Amount {
			return money.FromFen(rapid.Int64Range(0, most).Draw(t, name))
		}
		f := fullYear(t, fen("principal", 3e9).String())
		f.Kind = rapid.SampledFrom(Kinds).Draw(t, "kind")
		f.Policy.SubsidyInterestConvention = rapid.SampledFrom([]string{"simple_annual", ByDays}).Draw(t, "convention")
		f.Policy.SubsidyInterestMonths = rapid.IntRange(1, 36).Draw(t, "months")
		f.FeePaid, f.Other, f.Granted, f.BudgetLeft = fen("fee", 1e8), fen("other", 1e7), fen("granted", 1e8), fen("budget", 1e8)
		paid := money.Zero
		for i := range f.Loan.Lines {
			f.Loan.Lines[i].InterestPaid = fen("interest", 1e7)
			paid = paid.Add(f.Loan.Lines[i].InterestPaid)
		}
		if f.Kind != Interest {
			paid = f.FeePaid
		}
		c := compute(f)
		require.False(t, c.Amount.IsNegative())
		require.Len(t, c.Bounds, 4)
		for _, b := range c.Bounds {
			require.False(t, b.Amount.Less(c.Amount), "%s", b.Code)
			if b.Code == c.Binding {
				require.True(t, b.Amount.Equal(c.Amount))
			}
		}
		require.False(t, money.Max(money.Zero, paid.Sub(f.Other)).Less(c.Amount), "not above what was paid")
		require.False(t, f.BudgetLeft.Less(c.Amount), "not above the budget")
	})
}
