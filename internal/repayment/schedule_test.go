package repayment_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/money"
	"ippledge/internal/repayment"
)

var (
	yuan = money.Must
	rate = money.MustRate
	on   = calendar.MustDate
)

// exampleC is domain §3.5, C: 3,000,000.00 at 3.85 %, interest monthly on the 21st.
func exampleC() repayment.Terms {
	return repayment.Terms{
		Principal: yuan("3000000"), AnnualRate: rate("3.85"), Method: repayment.InterestOnlyBullet,
		DrawnOn: on("2026-03-18"), DueOn: on("2027-03-18"),
	}
}

func line(i repayment.Instalment) string {
	return fmt.Sprintf("%d %s %s %s %s", i.Number, i.Payment, i.Principal, i.Interest, i.Balance)
}

func TestScheduleExamples(t *testing.T) {
	t.Parallel()

	t.Run("EqualInstalmentIsExampleA", func(t *testing.T) {
		t.Parallel()
		plan, err := repayment.Schedule(repayment.Terms{
			Principal: yuan("1000000"), AnnualRate: rate("4.35"), Method: repayment.EqualInstalment, TermMonths: 12,
		})
		require.NoError(t, err)
		require.Len(t, plan.Instalments, 12)
		for at, want := range map[int]string{
			0:  "1 85309.90 81684.90 3625.00 918315.10",
			1:  "2 85309.90 81981.01 3328.89 836334.09",
			5:  "6 85309.90 83176.21 2133.69 505427.45",
			10: "11 85309.90 84694.75 615.15 85001.76",
			11: "12 85309.89 85001.76 308.13 0.00",
		} {
			require.Equal(t, want, line(plan.Instalments[at]))
		}
		require.Equal(t, "23718.79", plan.TotalInterest.String())
		require.Equal(t, "1023718.79", plan.TotalPayment.String())
	})

	t.Run("EqualPrincipalIsExampleB", func(t *testing.T) {
		t.Parallel()
		plan, err := repayment.Schedule(repayment.Terms{
			Principal: yuan("1000000"), AnnualRate: rate("4.35"), Method: repayment.EqualPrincipal, TermMonths: 12,
		})
		require.NoError(t, err)
		for at, want := range map[int]string{
			0: "86958.33 3625.00 83333.33", 1: "86656.25 3322.92 83333.33", 2: "86354.16 3020.83 83333.33",
			5: "85447.91 2114.58 83333.33", 10: "83937.50 604.17 83333.33", 11: "83635.45 302.08 83333.37",
		} {
			i := plan.Instalments[at]
			require.Equal(t, want, fmt.Sprintf("%s %s %s", i.Payment, i.Interest, i.Principal))
		}
		require.Equal(t, "23562.50", plan.TotalInterest.String())
	})

	t.Run("InterestOnlyIsExampleC", func(t *testing.T) {
		t.Parallel()
		plan, err := repayment.Schedule(exampleC())
		require.NoError(t, err)
		require.Len(t, plan.Instalments, 13)
		require.Equal(t, "1 962.50 0.00 962.50 3000000.00", line(plan.Instalments[0]))
		require.Equal(t, 3, plan.Instalments[0].Days)
		for _, i := range plan.Instalments[1:12] {
			want := map[int]string{31: "9945.83", 30: "9625.00", 28: "8983.33"}[i.Days]
			require.Equal(t, want, i.Interest.String(), "%d days", i.Days)
		}
		require.Equal(t, "13 3008020.83 3000000.00 8020.83 0.00", line(plan.Instalments[12]))
		require.Equal(t, 25, plan.Instalments[12].Days)
		require.Equal(t, "117104.14", plan.TotalInterest.String())
	})

	t.Run("TrueUpLastTakesTheThreeFen", func(t *testing.T) {
		t.Parallel()
		terms := exampleC()
		terms.TrueUpLast = true
		plan, err := repayment.Schedule(terms)
		require.NoError(t, err)
		require.Equal(t, "117104.17", plan.TotalInterest.String())
		require.Equal(t, "8020.86", plan.Instalments[12].Interest.String())
	})

	t.Run("RepricingSplitsThePeriod", func(t *testing.T) {
		t.Parallel()
		terms := exampleC()
		terms.Repricings = []repayment.Repricing{{From: on("2027-01-01"), AnnualRate: rate("3.75")}}
		plan, err := repayment.Schedule(terms)
		require.NoError(t, err)
		require.Equal(t, on("2026-12-21"), plan.Instalments[10].From)
		require.Equal(t, "9779.17", plan.Instalments[10].Interest.String())
		require.Equal(t, "3529.17", repayment.InterestBetween(terms, yuan("3000000"), on("2026-12-21"), on("2027-01-01")).String())
		require.Equal(t, "6250.00", repayment.InterestBetween(terms, yuan("3000000"), on("2027-01-01"), on("2027-01-21")).String())
	})

	t.Run("BulletIsExampleD", func(t *testing.T) {
		t.Parallel()
		plan, err := repayment.Schedule(repayment.Terms{
			Principal: yuan("500000"), AnnualRate: rate("3.60"), Method: repayment.Bullet,
			DrawnOn: on("2026-01-15"), DueOn: on("2026-12-15"),
		})
		require.NoError(t, err)
		require.Len(t, plan.Instalments, 1)
		require.Equal(t, 334, plan.Instalments[0].Days)
		require.Equal(t, "1 516700.00 500000.00 16700.00 0.00", line(plan.Instalments[0]))
	})

	t.Run("ALastDueDateOnAHolidayMovesWithItsInterest", func(t *testing.T) {
		t.Parallel()
		terms := repayment.Terms{
			Principal: yuan("360000"), AnnualRate: rate("10"), Method: repayment.Bullet,
			DrawnOn: on("2026-09-04"), DueOn: on("2026-10-04"),
		}
		plan, err := repayment.Schedule(terms)
		require.NoError(t, err)
		require.Equal(t, on("2026-10-08"), plan.Instalments[0].DueOn)
		require.Equal(t, 34, plan.Instalments[0].Days)
		require.Equal(t, "3400.00", plan.Instalments[0].Interest.String())

		terms.Rule = repayment.None
		plan, err = repayment.Schedule(terms)
		require.NoError(t, err)
		require.Equal(t, on("2026-10-04"), plan.Instalments[0].DueOn)
		require.Equal(t, "3000.00", plan.Instalments[0].Interest.String())
	})

	t.Run("AMonthlyDueDateMovesWithoutItsInterest", func(t *testing.T) {
		t.Parallel()
		plan, err := repayment.Schedule(exampleC())
		require.NoError(t, err)
		first := plan.Instalments[0] // 21 March 2026 is a Saturday
		require.Equal(t, on("2026-03-23"), first.DueOn)
		require.Equal(t, on("2026-03-21"), first.To)
		require.Equal(t, on("2026-03-21"), plan.Instalments[1].From)
	})
}

func TestScheduleDates(t *testing.T) {
	t.Parallel()

	t.Run("MonthlyMethodsPayOnTheDayOfTheDrawdown", func(t *testing.T) {
		t.Parallel()
		plan, err := repayment.Schedule(repayment.Terms{
			Principal: yuan("1000000"), AnnualRate: rate("4.35"), Method: repayment.EqualInstalment,
			DrawnOn: on("2026-01-31"), TermMonths: 12, Rule: repayment.None,
		})
		require.NoError(t, err)
		require.Len(t, plan.Instalments, 12)
		require.Equal(t, on("2026-02-28"), plan.Instalments[0].DueOn)
		require.Equal(t, on("2026-03-31"), plan.Instalments[1].DueOn)
		require.Equal(t, on("2027-01-31"), plan.Instalments[11].DueOn)
		require.Equal(t, "23718.79", plan.TotalInterest.String())
	})

	t.Run("ABrokenFirstPeriodPaysInterestByDays", func(t *testing.T) {
		t.Parallel()
		plan, err := repayment.Schedule(repayment.Terms{
			Principal: yuan("1000000"), AnnualRate: rate("3.60"), Method: repayment.EqualPrincipal,
			DrawnOn: on("2026-03-18"), TermMonths: 12, PaymentDay: 21, Rule: repayment.None,
		})
		require.NoError(t, err)
		require.Len(t, plan.Instalments, 13)
		require.Equal(t, "1 300.00 0.00 300.00 1000000.00", line(plan.Instalments[0])) // 3 days
		require.Equal(t, "2 86333.33 83333.33 3000.00 916666.67", line(plan.Instalments[1]))
		last := plan.Instalments[12]
		require.Equal(t, on("2027-03-18"), last.DueOn)
		require.Equal(t, "208.33", last.Interest.String()) // 83,333.37 for 25 days
	})

	t.Run("ThreeHundredAndSixtyInstalmentsTakeNoTime", func(t *testing.T) {
		t.Parallel()
		start := time.Now()
		plan, err := repayment.Schedule(repayment.Terms{
			Principal: yuan("9999999999.99"), AnnualRate: rate("4.123456"), Method: repayment.EqualInstalment, TermMonths: 360,
		})
		require.NoError(t, err)
		require.Len(t, plan.Instalments, 360)
		require.Less(t, time.Since(start), time.Second)
	})

	t.Run("ARateOfZeroBearsNoInterest", func(t *testing.T) {
		t.Parallel()
		for _, method := range repayment.Methods {
			plan, err := repayment.Schedule(repayment.Terms{
				Principal: yuan("100"), Method: method, DrawnOn: on("2026-01-15"), TermMonths: 3,
			})
			require.NoError(t, err)
			require.Equal(t, "0.00", plan.TotalInterest.String())
			require.Equal(t, "100.00", plan.TotalPayment.String())
		}
	})

	t.Run("ContinueTakesUpTheScheduleOnASmallerBalance", func(t *testing.T) {
		t.Parallel()
		plan, err := repayment.Continue(exampleC(), 4, yuan("2800000"))
		require.NoError(t, err)
		require.Len(t, plan.Instalments, 9)
		require.Equal(t, 5, plan.Instalments[0].Number)
		require.Equal(t, "8983.33", plan.Instalments[0].Interest.String()) // 2.8 million, 30 days
		require.Equal(t, "2800000.00", plan.Instalments[8].Principal.String())
	})
}

func TestScheduleRefuses(t *testing.T) {
	t.Parallel()

	good := exampleC()
	for name, c := range map[string]struct {
		spoil func(*repayment.Terms)
		code  string
		field string
	}{
		"APrincipalOfZero":     {func(t *repayment.Terms) { t.Principal = money.Zero }, "amount_not_positive", "principal"},
		"ANegativePrincipal":   {func(t *repayment.Terms) { t.Principal = yuan("-1") }, "amount_not_positive", "principal"},
		"ANegativeRate":        {func(t *repayment.Terms) { t.AnnualRate = rate("-0.01") }, "rate_negative", "annual_rate"},
		"AnAbsurdRate":         {func(t *repayment.Terms) { t.AnnualRate = rate("385") }, "rate_out_of_range", "annual_rate"},
		"AnUnknownMethod":      {func(t *repayment.Terms) { t.Method = "monthly" }, "method_unknown", "method"},
		"NoTerm":               {func(t *repayment.Terms) { t.DueOn = calendar.Date{} }, "term_required", "term_months"},
		"AnAbsurdTerm":         {func(t *repayment.Terms) { t.TermMonths = 601 }, "term_out_of_range", "term_months"},
		"ADueDateBeforehand":   {func(t *repayment.Terms) { t.DueOn = t.DrawnOn }, "due_before_drawdown", "due_on"},
		"ADueDateFarAway":      {func(t *repayment.Terms) { t.DueOn = on("2199-01-01") }, "term_out_of_range", "due_on"},
		"TermAndDateThatClash": {func(t *repayment.Terms) { t.TermMonths = 6 }, "term_conflicts", "due_on"},
		"APaymentDayOf31":      {func(t *repayment.Terms) { t.PaymentDay = 31 }, "payment_day_out_of_range", "payment_day"},
		"AnUnknownDayCount":    {func(t *repayment.Terms) { t.DayCount = "act_act" }, "day_count_unknown", "day_count"},
		"AnUnknownRule":        {func(t *repayment.Terms) { t.Rule = "back" }, "due_date_rule_unknown", "due_date_rule"},
		"TwoRatesOnOneDay": {func(t *repayment.Terms) {
			t.Repricings = []repayment.Repricing{{on("2026-05-01"), rate("1")}, {on("2026-05-01"), rate("2")}}
		}, "repricing_twice_a_day", "repricings"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			terms := good
			c.spoil(&terms)
			_, err := repayment.Schedule(terms)
			f, ok := fault.From(err)
			require.True(t, ok, "%v", err)
			require.Equal(t, c.code, f.Code)
			require.Equal(t, c.field, f.Fields[0].Field)
		})
	}
}

func TestRounding(t *testing.T) {
	t.Parallel()
	require.Equal(t, "0.01", money.Round(decimal.RequireFromString("0.005")).String())
	require.Equal(t, "2.68", money.Round(decimal.RequireFromString("2.675")).String())
}
