package valuation

import (
	"math/big"
	"testing"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/ipasset"
	"ippledge/internal/money"
)

// vector is the worked example of domain §5.3.
func vector() IncomeInput {
	in := IncomeInput{
		Variant: RevenueShare, Share: money.MustRate("3.5"),
		Discount: DiscountParts{money.MustRate("1.72"), money.MustRate("5"), money.MustRate("4"), money.MustRate("3"), money.MustRate("3")},
	}
	for i, income := range []string{"8000000.00", "8800000.00", "9500000.00", "9800000.00", "9800000.00"} {
		decay := money.MustRate([]string{"100", "90", "80", "70", "60"}[i])
		in.Years = append(in.Years, IncomeYear{Income: money.Must(income), Decay: &decay})
	}
	return in
}

func TestIncome(t *testing.T) {
	t.Parallel()

	t.Run("GivesTheWorkedExampleToTheFen", func(t *testing.T) {
		t.Parallel()
		out, err := vector().Calculate()
		require.NoError(t, err)
		require.Equal(t, "16.72", out.DiscountRate.String())
		for i, want := range []string{"259170.40", "219824.10", "180725.09", "139760.25", "102634.09"} {
			require.Equal(t, want, out.Years[i].Present.String())
		}
		require.Equal(t, "902113.92", out.Value.String()) // 90.2114 万元
		require.Equal(t, "90.2114", out.Value.Decimal().Shift(-4).StringFixed(4))
		require.Equal(t, "280000.00", out.Years[0].Earnings.String())
	})

	t.Run("DiscountsTheOtherVariantsAtTheEndOfTheYear", func(t *testing.T) {
		t.Parallel()
		in := vector()
		in.Variant, in.Share = ProfitShare, money.MustRate("25")
		for i := range in.Years {
			in.Years[i].Decay = nil
		}
		out, err := in.Calculate()
		require.NoError(t, err)
		require.Equal(t, "7272903.58", out.Value.String())

		tax := money.MustRate("25")
		in = IncomeInput{Variant: RoyaltyRelief, Share: money.MustRate("4"), Tax: &tax, Discount: DiscountParts{RiskFree: money.MustRate("10")},
			Years: []IncomeYear{{Income: money.Must("1100000.00")}}}
		out, err = in.Calculate()
		require.NoError(t, err)
		require.Equal(t, "30000.00", out.Value.String())

		charge := money.Must("20000.00")
		in = IncomeInput{Variant: ExcessEarnings, Discount: DiscountParts{RiskFree: money.MustRate("25")}, Share: money.MustRate("100"),
			Years: []IncomeYear{{Income: money.Must("70000.00"), Charge: &charge}, {Income: money.Must("50000.00")}}}
		out, err = in.Calculate()
		require.NoError(t, err)
		require.Equal(t, "72000.00", out.Value.String())
	})

	t.Run("RefusesWhatIsOutOfRange", func(t *testing.T) {
		t.Parallel()
		for code, change := range map[string]func(*IncomeInput){
			"discount_rate_range":    func(in *IncomeInput) { in.Discount = DiscountParts{} },
			"share_range":            func(in *IncomeInput) { in.Share = money.MustRate("100.01") },
			"decay_range":            func(in *IncomeInput) { d := money.MustRate("-1"); in.Years[0].Decay = &d },
			"income_negative":        func(in *IncomeInput) { in.Years[0].Income = money.Must("-1") },
			"income_years_range":     func(in *IncomeInput) { in.Years = nil },
			"income_variant_unknown": func(in *IncomeInput) { in.Variant = "guess" },
			"tax_range":              func(in *IncomeInput) { r := money.MustRate("101"); in.Tax = &r },
		} {
			in := vector()
			change(&in)
			_, err := in.Calculate()
			require.ErrorIs(t, err, &fault.Error{Code: code})
		}
	})

	t.Run("AgreesWithBinaryArithmeticOfTwoHundredBits", func(t *testing.T) {
		t.Parallel()
		rapid.Check(t, func(t *rapid.T) {
			rate := money.BasisPoints(rapid.Int64Range(1, 10000).Draw(t, "rate"))
			x, ok := new(big.Float).SetPrec(200).SetString(one.Add(rate.Fraction()).String())
			require.True(t, ok)
			want := new(big.Float).SetPrec(200).Sqrt(x)
			got, ok := new(big.Float).SetPrec(200).SetString(root(one.Add(rate.Fraction())).String())
			require.True(t, ok)
			gap, _ := new(big.Float).Sub(want, got).Float64()
			require.InDelta(t, 0, gap, 1e-39)
		})
	})

	t.Run("GrowsWithIncomeAndShrinksWithTheRate", func(t *testing.T) {
		t.Parallel()
		rapid.Check(t, func(t *rapid.T) {
			in := IncomeInput{Variant: rapid.SampledFrom([]Variant{RevenueShare, ProfitShare, RoyaltyRelief, ExcessEarnings}).Draw(t, "variant"),
				Share: money.MustRate("10"), Discount: DiscountParts{RiskFree: money.BasisPoints(rapid.Int64Range(100, 3000).Draw(t, "rate"))}}
			for range rapid.IntRange(1, 10).Draw(t, "years") {
				in.Years = append(in.Years, IncomeYear{Income: money.FromFen(rapid.Int64Range(0, 1e13).Draw(t, "income"))})
			}
			before, err := in.Calculate()
			require.NoError(t, err)
			dearer := in
			dearer.Discount.Market = money.MustRate("1")
			after, err := dearer.Calculate()
			require.NoError(t, err)
			require.False(t, before.Value.Less(after.Value))
			// Parts are rounded each by itself: they differ from the value by half a fen each at most.
			sum := money.Zero
			for _, y := range before.Years {
				sum = sum.Add(y.Present)
			}
			require.LessOrEqual(t, sum.Sub(before.Value).Abs().Fen(), int64(len(in.Years)))
		})
	})
}

func TestOtherMethods(t *testing.T) {
	t.Parallel()
	market := MarketInput{Comparables: []Comparable{
		{Name: "甲", Price: money.Must("1000000.00"), Adjustments: []money.Rate{money.MustRate("105"), money.MustRate("90")}},
		{Name: "乙", Price: money.Must("900000.01")},
	}}
	value, err := market.Calculate()
	require.NoError(t, err)
	require.Equal(t, "922500.01", value.String()) // (945000 + 900000.01) / 2, half a fen up
	_, err = MarketInput{}.Calculate()
	require.ErrorIs(t, err, &fault.Error{Code: "market_comparable_missing"})

	cost := CostInput{Research: money.Must("500000.00"), Filing: money.Must("12000.00"), Upkeep: money.Must("3300.00"), Profit: money.Must("50000.00"), Obsolescence: money.MustRate("30")}
	value, err = cost.Calculate()
	require.NoError(t, err)
	require.Equal(t, "395710.00", value.String())
	cost.Obsolescence = money.MustRate("100.000001")
	_, err = cost.Calculate()
	require.ErrorIs(t, err, &fault.Error{Code: "obsolescence_range"})
}

func points(p string) map[string]money.Rate {
	out := map[string]money.Rate{}
	for _, i := range Indicators {
		out[i.Code] = money.MustRate(p)
	}
	return out
}

func TestScore(t *testing.T) {
	t.Parallel()

	t.Run("WeightsAddUpToAHundredPercent", func(t *testing.T) {
		t.Parallel()
		sums := map[string]money.Rate{}
		second := map[string]bool{}
		for _, i := range Indicators {
			sums[i.Level1] = sums[i.Level1].Add(i.Weight)
			second[i.Level1+i.Level2] = true
		}
		require.Len(t, sums, 3)
		require.Len(t, second, 14)
		for level, sum := range sums {
			require.Equal(t, "100.00", sum.String(), level)
		}
		total := decimal.Zero
		for _, w := range levelWeights {
			total = total.Add(w)
		}
		require.True(t, total.Equal(one))
	})

	t.Run("GradesAtTheThresholds", func(t *testing.T) {
		t.Parallel()
		for p, want := range map[string][2]string{
			"10": {"100.00", "A"}, "8": {"80.00", "A"}, "7.9": {"79.00", "B"}, "6.5": {"65.00", "B"},
			"6.4": {"64.00", "C"}, "5": {"50.00", "C"}, "4.9": {"49.00", "D"}, "0": {"0.00", "D"},
		} {
			s, err := ScoreOf(points(p))
			require.NoError(t, err)
			require.Equal(t, want[0], s.Total.String(), p)
			require.Equal(t, want[1], s.Grade, p)
		}
		for grade, factor := range map[string]string{"A": "100.00", "B": "85.00", "C": "70.00", "D": "0.00", "": "100.00"} {
			require.Equal(t, factor, GradeFactor(grade).String())
		}
	})

	t.Run("WeighsTheLevels", func(t *testing.T) {
		t.Parallel()
		p := points("0")
		for _, i := range Indicators {
			if i.Level1 == "economic" {
				p[i.Code] = money.MustRate("10")
			}
		}
		s, err := ScoreOf(p)
		require.NoError(t, err)
		require.Equal(t, "100.00", s.Economic.String())
		require.Equal(t, "40.00", s.Total.String())
	})

	t.Run("RefusesWhatIsMissingUnknownOrOutOfRange", func(t *testing.T) {
		t.Parallel()
		p := points("5")
		delete(p, "L11")
		_, err := ScoreOf(p)
		require.ErrorIs(t, err, &fault.Error{Code: "score_missing"})
		for _, wrong := range []string{"10.1", "-0.1", "5.55"} {
			p := points("5")
			p["T11"] = money.MustRate(wrong)
			_, err := ScoreOf(p)
			require.ErrorIs(t, err, &fault.Error{Code: "score_range"}, wrong)
		}
		p = points("5")
		p["X1"] = money.MustRate("5")
		_, err = ScoreOf(p)
		require.ErrorIs(t, err, &fault.Error{Code: "indicator_unknown"})
	})
}

func TestMaxLoan(t *testing.T) {
	t.Parallel()
	require.Equal(t, "495000.00", MaxLoan([]Collateral{
		{ipasset.InventionPatent, money.Must("1000000.00"), "B"}, // 340,000
		{ipasset.UtilityModel, money.Must("500000.00"), ""},      // 100,000
		{ipasset.DesignPatent, money.Must("366666.67"), "A"},     // 55,000.0005
		{ipasset.Trademark, money.Must("1000000.00"), "D"},       // nothing
	}).String())
	require.Equal(t, "20.00", Cap(ipasset.GIMark).String())
	due := calendar.MustDate("2029-03-01")
	require.True(t, LivesLongEnough(ipasset.InventionPatent, calendar.MustDate("2030-03-01"), due))
	require.False(t, LivesLongEnough(ipasset.InventionPatent, calendar.MustDate("2030-02-28"), due))
	require.True(t, LivesLongEnough(ipasset.Trademark, calendar.MustDate("2029-03-01"), due))
}

func TestTransitions(t *testing.T) {
	t.Parallel()
	want := map[Status]map[Action]Status{
		Ordered:  {Accept: Accepted, Decline: Declined, Cancel: Cancelled},
		Accepted: {Write: Drafted, Cancel: Cancelled},
		Drafted:  {Write: Drafted, Sign: Drafted, Countersign: Signed},
		Signed:   {Return: Drafted, File: Filed},
		Filed:    {}, Declined: {}, Cancelled: {},
	}
	for _, status := range Transitions.States() {
		require.NotEmpty(t, statusTexts[status])
		for action := range doables {
			to, err := Transitions.Next(status, action)
			if expected, ok := want[status][action]; ok {
				require.NoError(t, err, "%s %s", status, action)
				require.Equal(t, expected, to)
				continue
			}
			require.ErrorIs(t, err, &fault.Error{Code: "transition_not_allowed"}, "%s %s", status, action)
		}
	}
	require.Len(t, Transitions.States(), len(want))
}

func TestReportCheck(t *testing.T) {
	t.Parallel()
	today := calendar.MustDate("2026-03-02")
	a := ipasset.Asset{ID: uuid.New(), Kind: ipasset.InventionPatent, FiledOn: calendar.MustDate("2020-06-19")}
	b := ipasset.Asset{ID: uuid.New(), Kind: ipasset.Trademark, GrantedOn: calendar.MustDate("2020-01-07")}
	assets := []ipasset.Asset{a, b}
	sound := func() Report {
		income := vector()
		return Report{
			ValuationOn: calendar.MustDate("2026-02-28"), ValueType: "market", Method: Income, SecondMethod: Cost, Assumptions: "持续经营",
			Items: []ReportItem{{a.ID, money.Must("900000.00")}, {b.ID, money.Must("100000.01")}}, Total: money.Must("1000000.01"),
			Workings: Workings{Income: &income, Cost: &CostInput{Research: money.Must("1.00")}},
		}
	}
	_, err := sound().check(assets, today)
	require.NoError(t, err)

	for code, change := range map[string]func(*Report){
		"valuation_date_in_future": func(r *Report) { r.ValuationOn = calendar.MustDate("2026-03-03") },
		"valuation_before_filing":  func(r *Report) { r.ValuationOn = calendar.MustDate("2020-06-18") },
		"valuation_expired":        func(r *Report) { r.ValuationOn = calendar.MustDate("2025-03-01") },
		"second_method_required":   func(r *Report) { r.SecondMethod = "" },
		"methods_equal":            func(r *Report) { r.SecondMethod = Income },
		"workings_missing":         func(r *Report) { r.Workings.Income = nil },
		"items_incomplete":         func(r *Report) { r.Items, r.Total = r.Items[:1], r.Items[0].Value },
		"items_unknown":            func(r *Report) { r.Items[1].AssetID = uuid.New() },
		"amount_not_positive":      func(r *Report) { r.Items[0].Value, r.Total = money.Zero, r.Items[1].Value },
		"total_mismatch":           func(r *Report) { r.Total = money.Must("1000000.00") },
		"assumptions_required":     func(r *Report) { r.Assumptions = " " },
		"score_range": func(r *Report) {
			r.Workings.Scores = map[string]map[string]money.Rate{a.ID.String(): points("11")}
		},
	} {
		t.Run("Refuses_"+code, func(t *testing.T) {
			t.Parallel()
			r := sound()
			change(&r)
			_, err := r.check(assets, today)
			f, ok := fault.From(err)
			require.True(t, ok, "%v", err)
			codes := []string{}
			for _, field := range f.Fields {
				codes = append(codes, field.Code)
			}
			require.Contains(t, codes, code)
		})
	}

	t.Run("TakesOneMethodWithAReason", func(t *testing.T) {
		t.Parallel()
		r := sound()
		r.SecondMethod, r.SingleMethodReason = "", "无可比交易，成本与价值弱相关"
		_, err := r.check(assets, today)
		require.NoError(t, err)
	})

	t.Run("TakesATotalExactlyWhenItIsTheSum", func(t *testing.T) {
		t.Parallel()
		rapid.Check(t, func(t *rapid.T) {
			r := sound()
			r.Items[0].Value = money.FromFen(rapid.Int64Range(1, 1e14).Draw(t, "a"))
			r.Items[1].Value = money.FromFen(rapid.Int64Range(1, 1e14).Draw(t, "b"))
			off := rapid.Int64Range(-3, 3).Draw(t, "off")
			r.Total = money.Sum(r.Items[0].Value, r.Items[1].Value, money.FromFen(off))
			_, err := r.check(assets, today)
			require.Equal(t, off == 0, err == nil)
		})
	})
}

func TestValidUntil(t *testing.T) {
	t.Parallel()
	on := calendar.MustDate("2026-02-28")
	require.Equal(t, "2027-02-27", ValidUntil(on).String())
	require.False(t, IsStale(on, calendar.MustDate("2027-02-27")))
	require.True(t, IsStale(on, calendar.MustDate("2027-02-28")))
}
