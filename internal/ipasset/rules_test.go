package ipasset

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/identifier"
	"ippledge/internal/money"
	"ippledge/internal/state"
)

var today = calendar.MustDate("2026-03-02")

var enterprise = owner{authz.Enterprise, "邵阳市星垣智能装备有限公司"}

func on(s string) *calendar.Date { d := calendar.MustDate(s); return &d }

func sound() Entry {
	return Entry{
		Kind: InventionPatent, Title: "一种轴承座自动装配装置", RightNo: "ZL202010566088.9",
		FiledOn: on("2020-06-19"), GrantedOn: on("2022-03-11"), FeePaidUntil: on("2026-06-19"), ExtractOn: on("2026-02-20"),
	}
}

func soundMark() Entry {
	class := 31
	return Entry{Kind: Trademark, Title: "新化杨梅", RightNo: "51127133", NiceClass: &class, GrantedOn: on("2020-01-07")}
}

// TestTransitions names every allowed move; whatever isn't here must be refused.
func TestTransitions(t *testing.T) {
	t.Parallel()
	live := "attach challenge freeze invalidate lapse"
	held := "restore>verified restore_submitted>submitted restore_reserved>reserved restore_pledged>pledged restore_disposal>in_disposal"
	want := map[Status]string{
		Draft:      "attach edit submit>submitted withdraw>withdrawn",
		Rejected:   "attach edit>draft withdraw>withdrawn",
		Submitted:  live + " verify>verified reject>rejected",
		Verified:   live + " list>listed withdraw>withdrawn acknowledge record_upkeep",
		Listed:     live + " reserve>reserved withdraw>withdrawn acknowledge pledge>pledged record_upkeep",
		Reserved:   live + " release>listed pledge>pledged acknowledge record_upkeep",
		Pledged:    live + " end_pledge>verified open_disposal>in_disposal record_upkeep",
		InDisposal: "challenge freeze invalidate lapse dispose>disposed end_pledge>verified record_upkeep",
		Frozen:     held + " lapse invalidate record_upkeep",
		Lapsed:     held + " invalidate record_upkeep",
		Disposed:   "", Invalid: "", Withdrawn: "",
	}
	targets := map[Action]Status{Freeze: Frozen, Lapse: Lapsed, Invalidate: Invalid}
	actions := map[Action]bool{}
	for _, moves := range Transitions {
		for a := range moves {
			actions[a] = true
		}
	}

	for status, text := range want {
		allowed := map[Action]Status{}
		var word string
		for rest := text; rest != ""; {
			word, rest, _ = cut(rest)
			action, to, moves := split(word)
			switch known, dies := targets[Action(action)]; {
			case moves:
				allowed[Action(action)] = Status(to)
			case dies:
				allowed[Action(action)] = known
			default:
				allowed[Action(action)] = status
			}
		}
		for action := range actions {
			to, err := Transitions.Next(status, action)
			expected, ok := allowed[action]
			if !ok {
				require.ErrorIs(t, err, &fault.Error{Code: "transition_not_allowed"}, "%s %s", status, action)
				continue
			}
			require.NoError(t, err, "%s %s", status, action)
			require.Equal(t, expected, to, "%s %s", status, action)
		}
	}
	require.Len(t, Transitions.States(), len(want))
	for _, s := range Transitions.States() {
		require.NotEmpty(t, statusTexts[s], s)
	}
	for a := range actions {
		if _, isPerson := doables[a]; isPerson {
			require.NotEqual(t, string(a), state.Label(string(a)), "no Chinese word")
		}
	}
}

func cut(s string) (first, rest string, found bool) {
	for i, r := range s {
		if r == ' ' {
			return s[:i], s[i+1:], true
		}
	}
	return s, "", false
}

func split(word string) (action, to string, found bool) {
	for i, r := range word {
		if r == '>' {
			return word[:i], word[i+1:], true
		}
	}
	return word, "", false
}

func TestEntry(t *testing.T) {
	t.Parallel()

	change := func(base Entry, f func(*Entry)) Entry { f(&base); return base }
	zero, fifty := 0, 50
	for name, c := range map[string]struct {
		entry       Entry
		by          owner
		field, code string
	}{
		"TitleMissing":               {change(sound(), func(e *Entry) { e.Title = " " }), enterprise, "title", "title_required"},
		"KindUnknown":                {change(sound(), func(e *Entry) { e.Kind = "copyright" }), enterprise, "kind", "asset_kind_unknown"},
		"CheckDigitWrong":            {change(sound(), func(e *Entry) { e.RightNo = "ZL202010566088.8" }), enterprise, "right_no", "patent_check_digit"},
		"PublicationNumber":          {change(sound(), func(e *Entry) { e.RightNo = "CN213072711U" }), enterprise, "right_no", "patent_publication_no"},
		"NumberOfAnotherKind":        {change(sound(), func(e *Entry) { e.Kind = UtilityModel }), enterprise, "right_no", "patent_kind_mismatch"},
		"FilingYearOff":              {change(sound(), func(e *Entry) { e.FiledOn = on("2019-06-19") }), enterprise, "filed_on", "filing_year_mismatch"},
		"DivisionalBeforeItsNumber":  {change(sound(), func(e *Entry) { e.Divisional, e.FiledOn = true, on("2021-06-19") }), enterprise, "filed_on", "filing_year_mismatch"},
		"FilingMissing":              {change(sound(), func(e *Entry) { e.FiledOn = nil }), enterprise, "filed_on", "filed_on_required"},
		"GrantBeforeFiling":          {change(sound(), func(e *Entry) { e.GrantedOn = on("2020-06-18") }), enterprise, "granted_on", "granted_before_filing"},
		"GrantTomorrow":              {change(sound(), func(e *Entry) { e.GrantedOn = on("2026-03-03") }), enterprise, "granted_on", "date_in_future"},
		"ExtractTomorrow":            {change(sound(), func(e *Entry) { e.ExtractOn = on("2026-03-03") }), enterprise, "extract_on", "date_in_future"},
		"ExpiryTooEarly":             {change(sound(), func(e *Entry) { e.ExpiresOn = on("2040-06-18") }), enterprise, "expires_on", "expiry_before_term"},
		"ExpiryLaterWithoutReason":   {change(sound(), func(e *Entry) { e.ExpiresOn = on("2041-06-19") }), enterprise, "expiry_note", "expiry_needs_reason"},
		"PatentWithClass":            {change(sound(), func(e *Entry) { e.NiceClass = &fifty }), enterprise, "nice_class", "nice_class_of_patent"},
		"SameDayOfInvention":         {change(sound(), func(e *Entry) { e.SameDayFiling = true }), enterprise, "same_day_filing", "same_day_filing_of_other"},
		"RevenueNegative":            {change(sound(), func(e *Entry) { r := money.Must("-0.01"); e.ProductRevenue = &r }), enterprise, "product_revenue", "amount_negative"},
		"PatentPastItsTerm":          {Entry{Kind: UtilityModel, Title: "x", RightNo: identifier.CompletePatent("201520000001"), FiledOn: on("2015-03-01")}, enterprise, "expires_on", "patent_expired"},
		"UtilityModelCannotBeLonger": {Entry{Kind: UtilityModel, Title: "x", RightNo: identifier.CompletePatent("202020000001"), FiledOn: on("2020-03-01"), ExpiresOn: on("2031-03-01"), ExpiryNote: "补偿"}, enterprise, "expires_on", "expiry_after_term"},
		"ClassMissing":               {change(soundMark(), func(e *Entry) { e.NiceClass = nil }), enterprise, "nice_class", "nice_class_required"},
		"ClassOutOfRange":            {change(soundMark(), func(e *Entry) { e.NiceClass = &zero }), enterprise, "nice_class", "nice_class_range"},
		"MarkNumberWrong":            {change(soundMark(), func(e *Entry) { e.RightNo = "511271334" }), enterprise, "right_no", "trademark_length"},
		"MarkNotRegistered":          {change(soundMark(), func(e *Entry) { e.GrantedOn = nil }), enterprise, "granted_on", "trademark_not_registered"},
		"MarkExpiryNotARenewal":      {change(soundMark(), func(e *Entry) { e.ExpiresOn = on("2035-01-06") }), enterprise, "expires_on", "expiry_not_a_renewal"},
		"MarkPastItsGrace":           {change(soundMark(), func(e *Entry) { e.GrantedOn = on("2015-09-01") }), enterprise, "expires_on", "trademark_expired"},
		"MarkWithAnnualFee":          {change(soundMark(), func(e *Entry) { e.FeePaidUntil = on("2027-01-07") }), enterprise, "fee_paid_until", "mark_has_no_annual_fee"},
		"GIProduct":                  {change(soundMark(), func(e *Entry) { e.RightNo = "2006年第39号" }), enterprise, "right_no", "gi_product_not_pledgeable"},
		"AgriculturalGI":             {change(soundMark(), func(e *Entry) { e.RightNo = "AGI02104" }), enterprise, "right_no", "gi_product_not_pledgeable"},
		"GIMarkOfAnEnterprise":       {change(soundMark(), func(e *Entry) { e.Kind, e.MarkKind = GIMark, "certification" }), enterprise, "kind", "gi_mark_needs_registrant"},
		"GIMarkWithoutItsNature":     {change(soundMark(), func(e *Entry) { e.Kind = GIMark }), owner{authz.GIRegistrant, "协会"}, "mark_kind", "gi_mark_kind_required"},
	} {
		t.Run("Refuses"+name, func(t *testing.T) {
			t.Parallel()
			var a Asset

			err := c.entry.fill(&a, c.by, today)

			f, ok := fault.From(err)
			require.True(t, ok, "%v", err)
			require.Contains(t, fmt.Sprint(f.Fields), "{"+c.field+" "+c.code+" ")
		})
	}

	for name, c := range map[string]struct {
		entry     Entry
		by        owner
		expiresOn string
	}{
		"Invention":         {sound(), enterprise, "2040-06-19"},
		"TermAdjustment":    {change(sound(), func(e *Entry) { e.ExpiresOn, e.ExpiryNote = on("2041-01-01"), "补偿决定〔2024〕1号" }), enterprise, "2041-01-01"},
		"Divisional":        {change(sound(), func(e *Entry) { e.Divisional, e.FiledOn, e.FeePaidUntil = true, on("2018-06-19"), nil }), enterprise, "2038-06-19"},
		"UtilityModel":      {Entry{Kind: UtilityModel, Title: "x", RightNo: identifier.CompletePatent("202020000001"), FiledOn: on("2020-02-29")}, enterprise, "2030-02-28"},
		"NewDesign":         {Entry{Kind: DesignPatent, Title: "x", RightNo: identifier.CompletePatent("202130000001"), FiledOn: on("2021-06-01")}, enterprise, "2036-06-01"},
		"OldDesign":         {Entry{Kind: DesignPatent, Title: "x", RightNo: identifier.CompletePatent("202130000001"), FiledOn: on("2021-05-31")}, enterprise, "2031-05-31"},
		"Mark":              {soundMark(), enterprise, "2030-01-06"},
		"RenewedMark":       {change(soundMark(), func(e *Entry) { e.GrantedOn, e.ExpiresOn = on("2010-01-07"), on("2030-01-06") }), enterprise, "2030-01-06"},
		"MarkInItsGrace":    {change(soundMark(), func(e *Entry) { e.GrantedOn = on("2015-09-03") }), enterprise, "2025-09-02"},
		"CertificationMark": {change(soundMark(), func(e *Entry) { e.Kind, e.MarkKind = GIMark, "certification" }), owner{authz.GIRegistrant, "新化杨梅产业协会"}, "2030-01-06"},
	} {
		t.Run("Takes"+name, func(t *testing.T) {
			t.Parallel()
			var a Asset
			require.NoError(t, c.entry.fill(&a, c.by, today))
			require.Equal(t, c.expiresOn, a.ExpiresOn.String())
			require.Equal(t, c.by.Name, a.RegisteredOwner)
		})
	}

	t.Run("ReportsAllFaultsAtOnce", func(t *testing.T) {
		t.Parallel()
		var a Asset
		err := Entry{Kind: InventionPatent}.fill(&a, enterprise, today)
		f, _ := fault.From(err)
		require.Len(t, f.Fields, 3) // title, number, filing
	})
}

func TestPrecheck(t *testing.T) {
	t.Parallel()

	asset := func(e Entry, f func(*Asset)) Asset {
		a := Asset{OwnerName: enterprise.Name, Status: Verified}
		if err := e.fill(&a, enterprise, today); err != nil {
			panic(err)
		}
		f(&a)
		return a
	}
	nothing := func(*Asset) {}
	due := calendar.MustDate("2028-03-02")
	for name, c := range map[string]struct {
		asset Asset
		due   calendar.Date
		want  string
	}{
		"SoundPatent":       {asset(sound(), nothing), due, "[]"},
		"SoundMark":         {asset(soundMark(), nothing), due, "[]"},
		"OtherOwner":        {asset(sound(), func(a *Asset) { a.RegisteredOwner = "别家公司" }), due, "[P01!]"},
		"OneOfSeveral":      {asset(sound(), func(a *Asset) { a.RegisteredOwner = "某大学、" + enterprise.Name }), due, "[]"},
		"Lapsed":            {asset(sound(), func(a *Asset) { a.Status = Lapsed }), due, "[P02!]"},
		"NotGranted":        {asset(sound(), func(a *Asset) { a.GrantedOn = calendar.Date{} }), due, "[P03!]"},
		"FeeUnknown":        {asset(sound(), func(a *Asset) { a.FeePaidUntil = calendar.Date{} }), due, "[P04!]"},
		"FeeLate":           {asset(sound(), func(a *Asset) { a.FeePaidUntil = calendar.MustDate("2025-06-19") }), due, "[P04!]"},
		"Preserved":         {asset(sound(), func(a *Asset) { a.Preserved = true }), due, "[P05!]"},
		"DebtOutlivesRight": {asset(sound(), nothing), calendar.MustDate("2040-06-20"), "[P06!]"},
		"DebtEndsWithRight": {asset(sound(), nothing), calendar.MustDate("2040-06-19"), "[]"},
		"CoOwned":           {asset(sound(), func(a *Asset) { a.CoOwned = true }), due, "[P08!]"},
		"Consented":         {asset(sound(), func(a *Asset) { a.CoOwned, a.CoOwnersConsent = true, true }), due, "[]"},
		"Pledged":           {asset(sound(), func(a *Asset) { a.Status = Pledged }), due, "[P09!]"},
		"FrozenInPledge":    {asset(sound(), func(a *Asset) { a.Status, a.HeldBefore = Frozen, Pledged }), due, "[P05! P09!]"},
		"SameDay":           {asset(sound(), func(a *Asset) { a.SameDayFiling = true }), due, "[P10!]"},
		"SameDayKnown":      {asset(sound(), func(a *Asset) { a.SameDayFiling, a.AcknowledgedRisks = true, true }), due, "[P10]"},
		"Challenged":        {asset(sound(), func(a *Asset) { a.InvalidationPending = true }), due, "[P11!]"},
		"MarkOfOther":       {asset(soundMark(), func(a *Asset) { a.RegisteredOwner = "别家公司" }), due, "[T1!]"},
		"MarkExpired":       {asset(soundMark(), func(a *Asset) { a.ExpiresOn = calendar.MustDate("2026-03-01") }), calendar.Date{}, "[T3!]"},
		"MarkSealed":        {asset(soundMark(), func(a *Asset) { a.Preserved = true }), due, "[T4!]"},
		"MarkNeedsRenewal":  {asset(soundMark(), nothing), calendar.MustDate("2031-01-01"), "[T5]"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			codes := []string{}
			for _, f := range Precheck(c.asset, c.due, today) {
				code := f.Code
				if f.Blocking {
					code += "!"
				}
				codes = append(codes, code)
			}
			require.Equal(t, c.want, fmt.Sprint(codes))
		})
	}
}

func TestAnnualFees(t *testing.T) {
	t.Parallel()

	t.Run("FollowTheOfficesTable", func(t *testing.T) {
		t.Parallel()
		sum := map[Kind]money.Amount{}
		for kind, years := range map[Kind]int{InventionPatent: 20, UtilityModel: 10, DesignPatent: 15} {
			for year := 1; year <= years; year++ {
				fee, known := AnnualFee(kind, year)
				require.True(t, known)
				sum[kind] = sum[kind].Add(fee)
			}
			_, known := AnnualFee(kind, years+1)
			require.False(t, known)
			_, known = AnnualFee(kind, 0)
			require.False(t, known)
		}
		require.Equal(t, "82300.00", sum[InventionPatent].String())
		require.Equal(t, "11200.00", sum[UtilityModel].String())
		require.Equal(t, "26200.00", sum[DesignPatent].String())
		_, known := AnnualFee(Trademark, 1)
		require.False(t, known)
	})

	for name, c := range map[string]struct {
		on, surcharge string
		state         UpkeepState
	}{
		"NinetyOneDaysBefore": {"2026-03-20", "0.00", UpkeepPaid},
		"NinetyDaysBefore":    {"2026-03-21", "0.00", UpkeepDue},
		"OnTheDay":            {"2026-06-19", "0.00", UpkeepDue},
		"InTheFirstMonth":     {"2026-07-19", "0.00", UpkeepSurcharge},
		"AfterOneMonth":       {"2026-07-20", "100.00", UpkeepSurcharge},
		"OnTheLastDay":        {"2026-12-19", "500.00", UpkeepSurcharge},
		"TooLate":             {"2026-12-20", "500.00", UpkeepMissed},
	} {
		t.Run("AreDue"+name, func(t *testing.T) {
			t.Parallel()
			var a Asset
			require.NoError(t, sound().fill(&a, enterprise, today))

			u := UpkeepOf(a, calendar.MustDate(c.on))

			require.Equal(t, c.state, u.State)
			require.Equal(t, 7, u.PatentYear)
			require.Equal(t, "2026-06-19", u.DueOn.String())
			require.Equal(t, "2000.00", u.Fee.String())
			require.Equal(t, c.surcharge, u.Surcharge.String())
			require.Equal(t, u.Fee.Add(*u.Surcharge), *u.Total)
		})
	}

	t.Run("RunOutWithTheTerm", func(t *testing.T) {
		t.Parallel()
		rapid.Check(t, func(t *rapid.T) {
			kind := rapid.SampledFrom([]Kind{InventionPatent, UtilityModel, DesignPatent}).Draw(t, "kind")
			filed := calendar.MustDate("2022-01-01").AddDays(rapid.IntRange(0, 4000).Draw(t, "filed"))
			a := Asset{Kind: kind, FiledOn: filed, ExpiresOn: StatutoryExpiry(kind, filed, filed), FeePaidUntil: filed}
			years := 0
			for {
				u := UpkeepOf(a, filed)
				if u.State == UpkeepComplete {
					break
				}
				years++
				require.Equal(t, years, u.PatentYear)
				require.NotNil(t, u.Fee)
				require.True(t, u.DueOn.Before(a.ExpiresOn))
				require.False(t, u.DueOn.Before(a.FeePaidUntil))
				a.FeePaidUntil = filed.AddMonths(12 * years)
			}
			require.Equal(t, TermYears(kind, filed), years)
			require.Len(t, feeViews(a), years)
			for _, f := range feeViews(a) {
				require.True(t, f.Paid)
			}
		})
	})

	t.Run("NeverTakeMoreThanAQuarterAsSurcharge", func(t *testing.T) {
		t.Parallel()
		rapid.Check(t, func(t *rapid.T) {
			due := calendar.MustDate("2020-01-31").AddDays(rapid.IntRange(0, 3000).Draw(t, "due"))
			late := rapid.IntRange(-400, 400).Draw(t, "late")
			fee := money.Must("2000.00")
			s := Surcharge(fee, due, due.AddDays(late))
			require.False(t, s.IsNegative())
			require.False(t, money.Must("500.00").Less(s))
			require.False(t, Surcharge(fee, due, due.AddDays(late+1)).Less(s), "a day more never costs less")
			if late <= 28 {
				require.True(t, s.IsZero())
			}
		})
	})
}

func TestSimilarNames(t *testing.T) {
	t.Parallel()
	for pair, want := range map[[2]string]bool{
		{"星垣", "星垣牌"}: true, {"星垣智能", "星垣"}: true, {"ＸＩＮＧ ＹＵＡＮ", "xingyuan"}: true, {"新化杨梅", "新化杨梅王"}: true,
		{"星垣智造", "星垣智能"}: true, {"星垣", "雪峰蜜桔"}: false, {"", "星垣"}: false, {"宝庆", "宝山"}: false,
	} {
		require.Equal(t, want, similarNames(pair[0], pair[1]), pair)
		require.Equal(t, want, similarNames(pair[1], pair[0]), pair)
	}
}
