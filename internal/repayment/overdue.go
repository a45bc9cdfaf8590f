package repayment

import (
	"ippledge/internal/calendar"
	"ippledge/internal/money"
)

// The markups of penalty interest over the contract rate, in percent, by default and as
// a contract may set them (domain §3.2). A misused loan that is also late bears the higher one.
var (
	LateMarkup   = money.MustRate("50")
	MisuseMarkup = money.MustRate("100")
)

// PenaltyRate is the contract rate raised by a markup: 4.35 % and 50 % make 6.525 %.
func PenaltyRate(rate, markup money.Rate) money.Rate {
	return money.RateOf(rate.Percent().Add(rate.Percent().Mul(markup.Fraction())))
}

// Penalty is the penalty interest (罚息) on overdue principal for the days it is late
// (example E: 8,156.25; misuse, E′: 10,875.00).
func Penalty(t Terms, principal money.Amount, markup money.Rate, from, to calendar.Date) money.Amount {
	return InterestBetween(t.raised(markup), principal, from, to)
}

// raised are the terms with every rate lifted to the penalty rate.
func (t Terms) raised(markup money.Rate) Terms {
	t.AnnualRate = PenaltyRate(t.AnnualRate, markup)
	repricings := make([]Repricing, len(t.Repricings))
	for i, r := range t.Repricings {
		repricings[i] = Repricing{r.From, PenaltyRate(r.AnnualRate, markup)}
	}
	t.Repricings = repricings
	return t
}

// Compound is the interest on unpaid due interest (复利): at the contract rate up to the
// loan's last due date and at the penalty rate from then on; none on compound itself
// (example E: 29.57). matured is the last due date.
func Compound(t Terms, unpaid money.Amount, markup money.Rate, from, to, matured calendar.Date) money.Amount {
	if t.DayCount == "" {
		t.DayCount = calendar.Actual360
	}
	if !to.After(from) {
		return money.Zero
	}
	late := t.raised(markup)
	switch {
	case !to.After(matured):
		return t.dayFactor(from, to).of(unpaid)
	case !from.Before(matured):
		return late.dayFactor(from, to).of(unpaid)
	}
	// One posting, one rounding: both stretches share the denominator.
	before, after := t.dayFactor(from, matured), late.dayFactor(matured, to)
	return factor{before.num.Add(after.num), before.den}.of(unpaid)
}

// DaysPastDue is how many calendar days something unpaid is late on a day, counted after
// the days of grace (domain §3.2); 0 when it isn't late.
func DaysPastDue(dueOn, on calendar.Date, grace int) int {
	return max(0, calendar.Days(dueOn, on)-grace)
}

// Class is one of the five levels of loan quality (五级分类).
type Class string

// The levels, from the best to the worst.
const (
	Normal         Class = "normal"          // 正常
	SpecialMention Class = "special_mention" // 关注
	Substandard    Class = "substandard"     // 次级
	Doubtful       Class = "doubtful"        // 可疑
	Loss           Class = "loss"            // 损失
)

// Classes lists the levels from the best to the worst.
var Classes = []Class{Normal, SpecialMention, Substandard, Doubtful, Loss}

// ClassText is the Chinese name of a level.
func ClassText(c Class) string {
	return map[Class]string{Normal: "正常", SpecialMention: "关注", Substandard: "次级", Doubtful: "可疑", Loss: "损失"}[c]
}

func (c Class) rank() int {
	for i, k := range Classes {
		if k == c {
			return i
		}
	}
	return 0
}

// Worse is the worse of two levels. A bank may put a loan lower than its days say, never higher.
func Worse(a, b Class) Class {
	if b.rank() > a.rank() {
		return b
	}
	if a == "" {
		return Normal
	}
	return a
}

// NonPerforming tells 不良: the last three levels.
func (c Class) NonPerforming() bool { return c.rank() >= Substandard.rank() }

// Classify is the least severe level that the days past due allow (domain §3.6, the rule
// in force since 2023-07-01: 90, 270 and 360 days).
func Classify(dpd int) Class {
	switch {
	case dpd > 360:
		return Loss
	case dpd > 270:
		return Doubtful
	case dpd > 90:
		return Substandard
	case dpd >= 1:
		return SpecialMention
	default:
		return Normal
	}
}

// Buckets are the columns of the supervisory form S71, in its order.
var Buckets = []string{"1-30", "31-60", "61-90", "91-180", "181-270", "271-360", "361+"}

var bucketEnds = []int{30, 60, 90, 180, 270, 360}

// Bucket is the column of form S71 that days past due fall into; "" when not late.
func Bucket(dpd int) string {
	if dpd < 1 {
		return ""
	}
	for i, end := range bucketEnds {
		if dpd <= end {
			return Buckets[i]
		}
	}
	return Buckets[len(Buckets)-1]
}
