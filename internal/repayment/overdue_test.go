package repayment_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ippledge/internal/calendar"
	"ippledge/internal/repayment"
)

func TestPenalty(t *testing.T) {
	t.Parallel()
	terms := repayment.Terms{AnnualRate: rate("4.35"), DayCount: calendar.Actual360}
	due, paid := on("2026-05-10"), on("2026-06-24")

	require.Equal(t, "6.525", repayment.PenaltyRate(rate("4.35"), repayment.LateMarkup).String())
	require.Equal(t, "8156.25", repayment.Penalty(terms, yuan("1000000"), repayment.LateMarkup, due, paid).String())
	require.Equal(t, "10875.00", repayment.Penalty(terms, yuan("1000000"), repayment.MisuseMarkup, due, paid).String())
	require.Equal(t, "29.57", repayment.Compound(terms, yuan("3625"), repayment.LateMarkup, due, paid, due).String())
	// Before the loan's last due date compound runs at the contract rate: 19.71 instead of 29.57.
	require.Equal(t, "19.71", repayment.Compound(terms, yuan("3625"), repayment.LateMarkup, due, paid, on("2027-01-01")).String())
	// Half the time before, half after.
	require.Equal(t, "24.97", repayment.Compound(terms, yuan("3625"), repayment.LateMarkup, due, paid, on("2026-05-31")).String())
	require.True(t, repayment.Penalty(terms, yuan("1000000"), repayment.LateMarkup, paid, due).IsZero())
}

func TestPrepay(t *testing.T) {
	t.Parallel()

	t.Run("IsExampleF", func(t *testing.T) {
		t.Parallel()
		require.Equal(t, "320.83", repayment.InterestBetween(exampleC(), yuan("200000"), on("2026-06-21"), on("2026-07-06")).String())
		principal, interest := repayment.Prepay(exampleC(), yuan("200320.83"), yuan("3000000"), on("2026-06-21"), on("2026-07-06"))
		require.Equal(t, "200000.00", principal.String())
		require.Equal(t, "320.83", interest.String())
	})

	t.Run("PaysOffTheWholeBalance", func(t *testing.T) {
		t.Parallel()
		whole := repayment.InterestBetween(exampleC(), yuan("3000000"), on("2026-06-21"), on("2026-07-06"))
		principal, interest := repayment.Prepay(exampleC(), yuan("3000000").Add(whole), yuan("3000000"), on("2026-06-21"), on("2026-07-06"))
		require.Equal(t, "3000000.00", principal.String())
		require.Equal(t, whole, interest)
	})
}

func TestClassify(t *testing.T) {
	t.Parallel()
	for dpd, want := range map[int]repayment.Class{
		0: "normal", 1: "special_mention", 90: "special_mention", 91: "substandard", 270: "substandard",
		271: "doubtful", 360: "doubtful", 361: "loss", 5000: "loss",
	} {
		require.Equal(t, want, repayment.Classify(dpd), "%d days", dpd)
	}
	require.False(t, repayment.SpecialMention.NonPerforming())
	require.True(t, repayment.Substandard.NonPerforming())
	require.Equal(t, repayment.Doubtful, repayment.Worse(repayment.Substandard, repayment.Doubtful))
	require.Equal(t, repayment.Substandard, repayment.Worse(repayment.Substandard, ""))
}

func TestBucket(t *testing.T) {
	t.Parallel()
	for dpd, want := range map[int]string{
		0: "", 1: "1-30", 30: "1-30", 31: "31-60", 60: "31-60", 61: "61-90", 90: "61-90", 91: "91-180", 180: "91-180",
		181: "181-270", 270: "181-270", 271: "271-360", 360: "271-360", 361: "361+",
	} {
		require.Equal(t, want, repayment.Bucket(dpd), "%d days", dpd)
	}
}

func TestDaysPastDue(t *testing.T) {
	t.Parallel()
	require.Equal(t, 0, repayment.DaysPastDue(on("2026-10-08"), on("2026-10-08"), 0))
	require.Equal(t, 1, repayment.DaysPastDue(on("2026-10-08"), on("2026-10-09"), 0))
	require.Equal(t, 0, repayment.DaysPastDue(on("2026-10-08"), on("2026-10-13"), 5))
	require.Equal(t, 0, repayment.DaysPastDue(on("2026-10-08"), on("2026-10-01"), 0))
}

func TestAllocate(t *testing.T) {
	t.Parallel()
	owed := repayment.Sums{
		Costs: yuan("10"), Penalty: yuan("20"), Compound: yuan("5"), OverdueInterest: yuan("30"), Interest: yuan("40"), Principal: yuan("1000"),
	}

	t.Run("ClearsInTheOrderOfTheContract", func(t *testing.T) {
		t.Parallel()
		paid, rest := repayment.Allocate(yuan("60.01"), owed, false)
		require.Equal(t, repayment.Sums{Costs: yuan("10"), Penalty: yuan("20"), Compound: yuan("5"), OverdueInterest: yuan("25.01")}.Total(), paid.Total())
		require.Equal(t, "25.01", paid.OverdueInterest.String())
		require.True(t, paid.Interest.IsZero() && paid.Principal.IsZero() && rest.IsZero())
	})
	t.Run("ClearsPrincipalFirstBeyondNinetyDays", func(t *testing.T) {
		t.Parallel()
		paid, _ := repayment.Allocate(yuan("500"), owed, true)
		require.Equal(t, "10.00", paid.Costs.String())
		require.Equal(t, "490.00", paid.Principal.String())
		require.True(t, paid.Penalty.IsZero())
	})
	t.Run("GivesBackWhatIsLeft", func(t *testing.T) {
		t.Parallel()
		paid, rest := repayment.Allocate(yuan("2000"), owed, false)
		require.Equal(t, owed.Total(), paid.Total())
		require.Equal(t, "895.00", rest.String())
	})
}

func TestEffective365(t *testing.T) {
	t.Parallel()
	require.Equal(t, "3.903472", repayment.Effective365(rate("3.85"), repayment.InterestOnlyBullet, calendar.Actual360).String())
	require.Equal(t, "3.85", repayment.Effective365(rate("3.85"), repayment.Bullet, calendar.Actual365).String())
	require.Equal(t, "3.85", repayment.Effective365(rate("3.85"), repayment.EqualInstalment, calendar.Actual360).String())
	require.True(t, repayment.Effective365(rate("0"), repayment.Bullet, "").IsZero())
}
