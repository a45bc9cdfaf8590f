package claim_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"ippledge/internal/claim"
	"ippledge/internal/money"
	"ippledge/internal/policy"
)

func shares(fund, bank, guarantor, insurer, appraiser string) policy.Shares {
	return policy.Shares{
		Fund: money.MustRate(fund), Bank: money.MustRate(bank), Guarantor: money.MustRate(guarantor),
		Insurer: money.MustRate(insurer), Appraiser: money.MustRate(appraiser),
	}
}

// facts are those of a loan wholly on IP, with room under every cap.
func facts(outstanding string, s policy.Shares) claim.Facts {
	plenty := money.Must("1000000000.00")
	return claim.Facts{
		Outstanding: money.Must(outstanding), Enrolled: plenty, IPShare: money.MustRate("100"), Shares: s, Nominal: s,
		EnterpriseLeft: plenty, BankYearLeft: plenty, FundAvailable: plenty,
	}
}

func gross(t *testing.T, f claim.Facts) (out []string) {
	t.Helper()
	c, err := claim.Compute(f)
	require.NoError(t, err)
	for _, p := range c.Parts {
		if p.Share.IsPositive() {
			out = append(out, p.Gross.String())
		}
	}
	return out
}

func TestComputeVectors(t *testing.T) {
	t.Parallel()

	// Domain §4.5, exact to the fen; the seats stand in policy order.
	for _, v := range []struct {
		total  string
		shares policy.Shares
		parts  []string
	}{
		{"2000000.01", shares("54", "26", "0", "16", "4"), []string{"1080000.01", "520000.00", "320000.00", "80000.00"}},
		{"2000000.01", shares("45", "45", "0", "0", "10"), []string{"900000.01", "900000.00", "200000.00"}},
		{"1234567.89", shares("50", "30", "20", "0", "0"), []string{"617283.94", "370370.37", "246913.58"}},
		{"275432.11", shares("54", "26", "0", "16", "4"), []string{"148733.34", "71612.35", "44069.14", "11017.28"}},
	} {
		require.Equal(t, v.parts, gross(t, facts(v.total, v.shares)), v.total)
	}
}

func TestCompute(t *testing.T) {
	t.Parallel()
	hunan := shares("45", "45", "0", "0", "10")

	t.Run("TakesTheSmallerOfOutstandingAndEnrolledThenTheIPShareThenWhatCameBack", func(t *testing.T) {
		t.Parallel()
		f := facts("1200000.00", hunan)
		f.Enrolled, f.IPShare, f.Recovered = money.Must("1000000.00"), money.MustRate("60"), money.Must("50000.00")
		c, err := claim.Compute(f)
		require.NoError(t, err)
		require.Equal(t, "550000.00", c.EligibleLoss.String()) // 1,000,000 × 60 % − 50,000
		require.Equal(t, "247500.00", c.FundPay.String())
	})

	t.Run("IsNothingWhenMoreCameBackThanWasCovered", func(t *testing.T) {
		t.Parallel()
		f := facts("100.00", hunan)
		f.Recovered = money.Must("100.01")
		c, err := claim.Compute(f)
		require.NoError(t, err)
		require.Equal(t, "0.00", c.EligibleLoss.String())
		require.Equal(t, "0.00", c.FundPay.String())
	})

	t.Run("LeavesWhatACapCutsOffWithTheBank", func(t *testing.T) {
		t.Parallel()
		for name, cap := range map[string]func(*claim.Facts){
			"enterprise": func(f *claim.Facts) { f.EnterpriseLeft = money.Must("400000.00") },
			"bank_year":  func(f *claim.Facts) { f.BankYearLeft = money.Must("400000.00") },
			"fund":       func(f *claim.Facts) { f.FundAvailable = money.Must("400000.00") },
		} {
			f := facts("1000000.00", hunan)
			cap(&f)
			c, err := claim.Compute(f)
			require.NoError(t, err)
			require.Equal(t, name, c.LimitedBy)
			require.Equal(t, "400000.00", c.FundPay.String(), name)
			require.Equal(t, "500000.00", c.Parts[1].Bears.String(), "the bank bears its 450,000 and the 50,000 cut off")
			require.Equal(t, "cut_off", c.Lines[len(c.Lines)-1].Key)
			require.Equal(t, "50000.00", c.Lines[len(c.Lines)-1].Amount.String())
		}
	})

	t.Run("ExplainsTheSharesOfEmptySeats", func(t *testing.T) {
		t.Parallel()
		f := facts("1000000.00", hunan.Seated(false, false, false, policy.SeatBank))
		f.Nominal = hunan
		c, err := claim.Compute(f)
		require.NoError(t, err)
		require.Equal(t, []string{"450000.00", "550000.00"}, gross(t, f))
		var text string
		for _, l := range c.Lines {
			if l.Key == "share_bank" {
				text = l.Formula
			}
		}
		require.Contains(t, text, "原 45.00%，含缺位方份额 10.00%")
	})

	t.Run("KeepsTheSumWhenTheReviewCutsTheAmount", func(t *testing.T) {
		t.Parallel()
		c, err := claim.Compute(facts("1000000.00", hunan))
		require.NoError(t, err)
		settled := c.Settled(money.Must("300000.00"))
		require.Equal(t, "300000.00", settled.Parts[0].Bears.String())
		require.Equal(t, "600000.00", settled.Parts[1].Bears.String())
		require.Equal(t, "450000.00", c.Parts[0].Bears.String(), "the first working stays as it was")
	})
}

func anyShares(t *rapid.T) policy.Shares {
	fund := rapid.IntRange(0, 90).Draw(t, "fund")
	bank := rapid.IntRange(0, 100-fund).Draw(t, "bank")
	guarantor := rapid.IntRange(0, 100-fund-bank).Draw(t, "guarantor")
	insurer := rapid.IntRange(0, 100-fund-bank-guarantor).Draw(t, "insurer")
	rate := func(n int) money.Rate { return money.BasisPoints(int64(n) * 100) }
	return policy.Shares{Fund: rate(fund), Bank: rate(bank), Guarantor: rate(guarantor), Insurer: rate(insurer), Appraiser: rate(100 - fund - bank - guarantor - insurer)}
}

func TestComputeProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		fen := func(name string, most int64) money.Amount {
			return money.FromFen(rapid.Int64Range(0, most).Draw(t, name))
		}
		f := claim.Facts{
			Outstanding: fen("outstanding", 5e9), Enrolled: fen("enrolled", 5e9), Recovered: fen("recovered", 1e9),
			IPShare: money.BasisPoints(rapid.Int64Range(1, 10000).Draw(t, "ip")), Shares: anyShares(t),
			EnterpriseLeft: fen("enterprise", 3e9), BankYearLeft: fen("bank", 3e9), FundAvailable: fen("fund", 3e9),
		}
		f.Nominal = f.Shares
		c, err := claim.Compute(f)
		require.NoError(t, err)
		grossSum, bearsSum := money.Zero, money.Zero
		for _, p := range c.Parts {
			grossSum, bearsSum = grossSum.Add(p.Gross), bearsSum.Add(p.Bears)
			require.False(t, p.Bears.IsNegative())
		}
		require.True(t, grossSum.Equal(c.EligibleLoss), "the shares add up to the loss")
		require.True(t, bearsSum.Equal(c.EligibleLoss), "what the parties bear adds up to the loss")
		for _, bound := range []money.Amount{c.GrossFund, f.EnterpriseLeft, f.BankYearLeft, f.FundAvailable} {
			require.False(t, bound.Less(c.FundPay), "the fund never pays more than %s", bound)
		}
		require.False(t, f.Outstanding.Less(c.EligibleLoss))
	})
}
