package product

import (
	"math/bits"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"ippledge/internal/calendar"
	"ippledge/internal/ipasset"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/repayment"
	"ippledge/internal/testdb"
)

var noon = time.Date(2026, 3, 2, 4, 0, 0, 0, time.UTC)

// fitting are a product and a need that just fit.
func fitting() (Product, Facts) {
	p := Product{Status: Published, Terms: Terms{
		AmountMin: money.Must("1000000.00"), AmountMax: money.Must("3000000.00"), TermMinMonths: 6, TermMaxMonths: 12,
		RateMin: money.MustRate("4.5"), RateMax: money.MustRate("6"), Methods: []repayment.Method{"bullet"},
		CollateralKinds: []ipasset.Kind{"invention_patent"}, AreaCodes: []string{"430511"}, Industries: []string{"装备制造"},
		LTVMax: money.MustRate("30"), MinLifeMonths: 12, MinAgeMonths: 24, SMEOnly: true,
	}}
	f := Facts{
		On: calendar.MustDate("2026-01-31"), Amount: money.Must("3000000.00"), TermMonths: 12, RateCeiling: money.MustRate("4.5"), Method: "bullet",
		AreaCode: "430511", Industry: "装备制造", Kinds: []ipasset.Kind{"invention_patent"}, Value: money.Must("10000000.00"), Valued: true,
		ExpiresOn: calendar.MustDate("2028-01-31"), EstablishedOn: calendar.MustDate("2024-01-31"), Scale: "medium", Consented: true,
		AreaNames: map[string]string{"430511": "北塔区", "430522": "新邵县"},
	}
	return p, f
}

// TestEachConditionAtItsEdge moves one fact a hair past its limit: exactly its bit is set.
func TestEachConditionAtItsEdge(t *testing.T) {
	t.Parallel()
	p, f := fitting()
	require.Equal(t, uint32(0), Match(p, f).Mask, "on the limits it fits")
	for code, change := range map[string]func(*Product, *Facts){
		"AMT_LO": func(p *Product, f *Facts) {
			p.AmountMin, p.AmountMax = money.Must("3000000.01"), money.Must("4000000.00")
		},
		"AMT_HI":             func(p *Product, f *Facts) { p.AmountMax = money.Must("2999999.99") },
		"TERM_LO":            func(p *Product, f *Facts) { p.TermMinMonths, p.TermMaxMonths = 13, 24 },
		"TERM_HI":            func(p *Product, f *Facts) { p.TermMaxMonths = 11 },
		"RATE":               func(p *Product, f *Facts) { p.RateMin = money.MustRate("4.500001") },
		"REGION":             func(p *Product, f *Facts) { f.AreaCode = "430522" },
		"INDUSTRY":           func(p *Product, f *Facts) { f.Industry = "" },
		"COLLATERAL_TYPE":    func(p *Product, f *Facts) { f.Kinds = append(f.Kinds, ipasset.Trademark) },
		"LTV":                func(p *Product, f *Facts) { f.Value = money.Must("9999999.99") },
		"IP_LIFE":            func(p *Product, f *Facts) { f.ExpiresOn = calendar.MustDate("2028-01-30") },
		"YEARS":              func(p *Product, f *Facts) { f.EstablishedOn = calendar.MustDate("2024-02-01") },
		"SME":                func(p *Product, f *Facts) { f.Scale = "large" },
		"PRODUCT_CLOSED":     func(p *Product, f *Facts) { p.Status = Closed },
		"IP_ALREADY_PLEDGED": func(p *Product, f *Facts) { f.Pledged = true },
		"VALUATION_STALE":    func(p *Product, f *Facts) { f.Valued, f.Value = false, money.Zero },
		"CONSENT_MISSING":    func(p *Product, f *Facts) { f.Consented = false },
	} {
		p, f := fitting()
		change(&p, &f)
		v := Match(p, f)
		require.Equal(t, []string{code}, Codes(v.Mask))
		require.True(t, v.NearMiss(), code)
		require.Len(t, v.Reasons, 1)
		require.Equal(t, code, v.Reasons[0].Code)
		require.NotEmpty(t, v.Reasons[0].Needed, code)
		require.NotEmpty(t, v.Reasons[0].Actual, code)
		require.Zero(t, v.Score.Total(), "what doesn't fit has no score")
	}
	require.Len(t, rules, 16)
	p, f = fitting()
	f.AreaCode = "430522"
	require.Equal(t, Reason{"REGION", "企业不在产品服务地区", "北塔区", "新邵县"}, Match(p, f).Reasons[0])
}

var draws = struct {
	product *rapid.Generator[Product]
	facts   *rapid.Generator[Facts]
}{rapid.Custom(drawProduct), rapid.Custom(drawFacts)}

// The generators draw from few values near each other, so that limits are hit exactly.
var (
	amounts = []string{"999999.99", "1000000.00", "1000000.01", "3000000.00"}
	rates   = []string{"3.85", "4.5", "4.500001", "30", "33.333333"}
	kinds   = []ipasset.Kind{"invention_patent", "trademark", "utility_model"}
	areas   = []string{"430511", "430522"}
	trades  = []string{"", "装备制造", `引号"与,逗号{}`}
)

func drawProduct(t *rapid.T) Product {
	span := func(label string, from []string) (a, b string) {
		return rapid.SampledFrom(from).Draw(t, label), rapid.SampledFrom(from).Draw(t, label+" to")
	}
	low, high := span("amount", amounts)
	if money.Must(high).Less(money.Must(low)) {
		low, high = high, low
	}
	rate, ceiling := span("rate", rates)
	if money.MustRate(ceiling).Cmp(money.MustRate(rate)) < 0 {
		rate, ceiling = ceiling, rate
	}
	first := rapid.IntRange(1, 24).Draw(t, "term")
	return Product{
		Status: rapid.SampledFrom([]Status{Draft, Published, Closed}).Draw(t, "status"), ID: uuid.New(),
		Terms: Terms{
			AmountMin: money.Must(low), AmountMax: money.Must(high), TermMinMonths: first, TermMaxMonths: first + rapid.IntRange(0, 12).Draw(t, "term to"),
			RateMin: money.MustRate(rate), RateMax: money.MustRate(ceiling), CollateralKinds: distinct(rapid.SliceOfN(rapid.SampledFrom(kinds), 1, 3).Draw(t, "kinds")),
			AreaCodes: distinct(rapid.SliceOfN(rapid.SampledFrom(areas), 0, 2).Draw(t, "areas")), Industries: distinct(rapid.SliceOfN(rapid.SampledFrom(trades), 0, 2).Draw(t, "trades")),
			LTVMax: money.MustRate(rapid.SampledFrom(rates[3:]).Draw(t, "ltv")), MinLifeMonths: rapid.IntRange(0, 13).Draw(t, "life"),
			MinAgeMonths: rapid.SampledFrom([]int{0, 1, 12, 25}).Draw(t, "age"), SMEOnly: rapid.Bool().Draw(t, "sme"),
		},
	}
}

func drawFacts(t *rapid.T) Facts {
	on := calendar.MustDate(rapid.SampledFrom([]string{"2026-01-31", "2024-02-29", "2026-12-31"}).Draw(t, "on"))
	f := Facts{
		On: on, Amount: money.Must(rapid.SampledFrom(amounts).Draw(t, "amount")), TermMonths: rapid.IntRange(1, 36).Draw(t, "term"),
		RateCeiling: money.MustRate(rapid.SampledFrom(rates).Draw(t, "ceiling")), AreaCode: rapid.SampledFrom(areas).Draw(t, "area"),
		Industry: rapid.SampledFrom(trades).Draw(t, "trade"), Kinds: distinct(rapid.SliceOfN(rapid.SampledFrom(kinds), 0, 3).Draw(t, "kinds")),
		Value: money.Must(rapid.SampledFrom([]string{"0.00", "3333333.33", "3333333.34", "10000000.00"}).Draw(t, "value")), Valued: rapid.Bool().Draw(t, "valued"),
		ExpiresOn: on.AddMonths(rapid.IntRange(0, 40).Draw(t, "expires")).AddDays(rapid.IntRange(-1, 1).Draw(t, "day")),
		Scale:     rapid.SampledFrom([]string{"", "micro", "small", "medium", "large"}).Draw(t, "scale"),
		Pledged:   rapid.Bool().Draw(t, "pledged"), Consented: rapid.Bool().Draw(t, "consented"),
	}
	if rapid.Bool().Draw(t, "founded") {
		f.EstablishedOn = on.AddMonths(-rapid.IntRange(0, 26).Draw(t, "age")).AddDays(rapid.IntRange(-1, 1).Draw(t, "age day"))
	}
	return f
}

// TestTheDatabaseJudgesAsTheProgramDoes compares the two verdicts, bit by bit, and the
// plain question "does it fit" with the empty mask: a mask once looked empty for all.
func TestTheDatabaseJudgesAsTheProgramDoes(t *testing.T) {
	t.Parallel()
	db := testdb.New(t, noon)
	const query = `select ` + maskSQL + ` from
		(select cast(@amount as numeric) as amount, cast(@term as int) as term_months, cast(@ceiling as numeric) as rate_ceiling, cast(@area as text) as area_code,
			cast(@industry as text) as industry, cast(@kinds as text[]) as kinds, cast(@value as numeric) as value, cast(@valued as boolean) as valued,
			cast(@on as date) as on_date, cast(@expires as date) as expires_on, cast(@founded as date) as established_on, cast(@scale as text) as scale,
			cast(@pledged as boolean) as pledged, cast(@consented as boolean) as consented) f,
		(select cast(@amount_min as numeric) as amount_min, cast(@amount_max as numeric) as amount_max, cast(@term_min as int) as term_min_months,
			cast(@term_max as int) as term_max_months, cast(@rate_min as numeric) as rate_min, cast(@areas as text[]) as area_codes,
			cast(@industries as text[]) as industries, cast(@collateral as text[]) as collateral_kinds, cast(@ltv as numeric) as ltv_max,
			cast(@life as int) as min_life_months, cast(@age as int) as min_age_months, cast(@sme as boolean) as sme_only, cast(@status as text) as status) p`
	seen := map[int]int{}
	rapid.Check(t, func(r *rapid.T) {
		p, f := draws.product.Draw(r, "product"), draws.facts.Draw(r, "facts")
		var mask int64
		err := db.Read(t.Context(), func(tx postgres.Tx) error {
			return tx.Gorm().Raw(query, map[string]any{
				"amount": f.Amount, "term": f.TermMonths, "ceiling": f.RateCeiling, "area": f.AreaCode, "industry": f.Industry, "kinds": textsOf(f.Kinds),
				"value": f.Value, "valued": f.Valued, "on": f.On, "expires": f.ExpiresOn, "founded": f.EstablishedOn, "scale": f.Scale,
				"pledged": f.Pledged, "consented": f.Consented, "amount_min": p.AmountMin, "amount_max": p.AmountMax, "term_min": p.TermMinMonths,
				"term_max": p.TermMaxMonths, "rate_min": p.RateMin, "areas": textsOf(p.AreaCodes), "industries": textsOf(p.Industries),
				"collateral": textsOf(p.CollateralKinds), "ltv": p.LTVMax, "life": p.MinLifeMonths, "age": p.MinAgeMonths, "sme": p.SMEOnly, "status": p.Status,
			}).Scan(&mask).Error
		})
		if err != nil {
			r.Fatal(err)
		}
		v := Match(p, f)
		if int64(v.Mask) != mask {
			r.Fatalf("Go says %v, SQL says %v", Codes(v.Mask), Codes(uint32(mask)))
		}
		if v.Fits() != (len(v.Reasons) == 0) || bits.OnesCount32(v.Mask) != len(v.Reasons) {
			r.Fatalf("mask %b has %d reasons", v.Mask, len(v.Reasons))
		}
		if total := v.Score.Total(); total < 0 || total > 100 || !v.Fits() && total != 0 {
			r.Fatalf("score %d", total)
		}
		for i := range 16 {
			if v.Mask&(1<<i) != 0 {
				seen[i]++
			}
		}
	})
	require.Len(t, seen, 16, "every condition failed at least once")
}

func TestJudgeOrdersByFitScoreAndID(t *testing.T) {
	t.Parallel()
	p, f := fitting()
	best, tied, near, far := p, p, p, p
	best.RateMin = money.MustRate("3")
	near.Status = Closed
	far.Status, far.SMEOnly, far.LTVMax = Closed, false, money.MustRate("1")
	p.ID, tied.ID = uuid.MustParse("00000000-0000-7000-8000-000000000001"), uuid.MustParse("00000000-0000-7000-8000-000000000002")
	want := []judged{{best, Match(best, f)}, {p, Match(p, f)}, {tied, Match(tied, f)}, {near, Match(near, f)}, {far, Match(far, f)}}
	require.Equal(t, want, judge([]Product{far, tied, near, best, p}, f))
	require.Equal(t, want, judge([]Product{p, best, near, tied, far}, f))
	require.Equal(t, Score{Rate: 26, Amount: 0, LTV: 0, Region: 10, Method: 10}, want[0].verdict.Score)
}

// TestTransitions looks at every pair of state and action.
func TestTransitions(t *testing.T) {
	t.Parallel()
	allowed := map[Status]map[Action]Status{
		Draft: {Edit: Draft, Publish: Published}, Published: {Close: Closed}, Closed: {Reopen: Draft},
	}
	for _, from := range []Status{Draft, Published, Closed} {
		for _, action := range []Action{Edit, Publish, Close, Reopen} {
			to, err := Transitions.Next(from, action)
			want, ok := allowed[from][action]
			require.Equal(t, ok, err == nil, "%s %s", from, action)
			if ok {
				require.Equal(t, want, to)
			}
		}
	}
}

func TestTermsAreChecked(t *testing.T) {
	t.Parallel()
	good, _ := fitting()
	good.Name = "科创知保贷"
	require.NoError(t, good.check())
	for code, change := range map[string]func(*Terms){
		"amount_not_positive": func(t *Terms) { t.AmountMin = money.Zero }, "amounts_not_ordered": func(t *Terms) { t.AmountMax = money.Must("1.00") },
		"term_out_of_range": func(t *Terms) { t.TermMaxMonths = 121 }, "terms_not_ordered": func(t *Terms) { t.TermMaxMonths = 1 },
		"rate_out_of_range": func(t *Terms) { t.RateMin = money.MustRate("0") }, "rates_not_ordered": func(t *Terms) { t.RateMax = money.MustRate("1") },
		"ltv_out_of_range": func(t *Terms) { t.LTVMax = money.MustRate("100.000001") }, "method_unknown": func(t *Terms) { t.Methods = []repayment.Method{"free"} },
		"collateral_kind_unknown": func(t *Terms) { t.CollateralKinds = []ipasset.Kind{"house"} }, "months_out_of_range": func(t *Terms) { t.MinAgeMonths = -1 },
	} {
		terms := good.Terms
		change(&terms)
		err := terms.check()
		require.ErrorContains(t, err, code)
	}
}
