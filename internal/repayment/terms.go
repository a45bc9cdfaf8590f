// Package repayment works out what a loan costs and when it falls due: schedules,
// interest, penalty, how a payment is allocated, and how late a loan is.
//
// The one hard rule: factors and powers are exact; an amount is rounded once, half up to
// the fen, at the moment it is posted (domain §3.2). The package is pure: it knows no
// database and no clock.
package repayment

import (
	"slices"

	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/money"
)

// Method is how principal and interest come back.
type Method string

// The four methods of the market.
const (
	EqualInstalment    Method = "equal_instalment"     // 等额本息
	EqualPrincipal     Method = "equal_principal"      // 等额本金
	InterestOnlyBullet Method = "interest_only_bullet" // 按月付息到期还本
	Bullet             Method = "bullet"               // 到期一次还本付息
)

// Methods lists them in the order of the screens.
var Methods = []Method{InterestOnlyBullet, EqualInstalment, EqualPrincipal, Bullet}

// MethodText is the Chinese name of a method.
func MethodText(m Method) string {
	return map[Method]string{
		EqualInstalment: "等额本息", EqualPrincipal: "等额本金", InterestOnlyBullet: "按月付息到期还本", Bullet: "到期一次还本付息",
	}[m]
}

// monthly tells the methods that pay back principal month by month, by annual rate / 12.
func (m Method) monthly() bool { return m == EqualInstalment || m == EqualPrincipal }

// DueDateRule is what happens to a due date on a day nobody works.
type DueDateRule string

const (
	// Extend moves a payment to the next working day. A period of interest ends on its
	// settlement day all the same; only when the last due date moves, the days up to the
	// moved one bear interest at the contract rate (domain §3.2, example G). It is the default.
	Extend DueDateRule = "extend"
	// None leaves due dates where the contract has them.
	None DueDateRule = "none"
)

// SettlementDay is the day of the month on which monthly interest is paid by default:
// settled on the 20th, paid on the 21st (domain §3.2).
const SettlementDay = 21

const (
	// MonthsMax is the longest term there is: fifty years.
	MonthsMax = 600
	// PaymentDayMax keeps the payment day in every month.
	PaymentDayMax = 28
)

// RateMax is the highest annual rate accepted; more is a slip of the keyboard.
var RateMax = money.MustRate("100")

// Repricing is a new annual rate from its day on, that day included.
type Repricing struct {
	From       calendar.Date
	AnnualRate money.Rate
}

// Terms are what two parties agree on. Zero values mean the defaults of domain §3.2.
type Terms struct {
	Principal  money.Amount
	AnnualRate money.Rate
	Method     Method
	// DrawnOn may be zero: then the instalments are numbered months without dates.
	DrawnOn calendar.Date
	// DueOn is the last due date. Either it or TermMonths is given; both must agree.
	DueOn      calendar.Date
	TermMonths int
	// PaymentDay is the day of the month of the instalments. Zero means the 21st where
	// interest is counted by days (interest_only_bullet), and the day of the drawdown
	// where principal comes back in whole months (equal_instalment, equal_principal).
	PaymentDay int
	DayCount   calendar.DayCount
	Rule       DueDateRule
	// TrueUpLast lets the last interest of interest_only_bullet take up what rounding
	// each month left of the interest of the whole term (example C: 3 fen).
	TrueUpLast bool
	Repricings []Repricing
}

// checked returns the terms with the defaults filled in, or all that is wrong with them.
func (t Terms) checked() (Terms, error) {
	var c fault.Collector
	if !t.Principal.IsPositive() {
		c.Add("principal", "amount_not_positive", "本金必须大于 0 元")
	}
	checkRate(&c, "annual_rate", t.AnnualRate)
	if !slices.Contains(Methods, t.Method) {
		c.Add("method", "method_unknown", "不支持的还款方式“%.40s”，可选：等额本息、等额本金、按月付息到期还本、到期一次还本付息", string(t.Method))
	}
	if t.DayCount == "" {
		t.DayCount = calendar.Actual360
	}
	if !slices.Contains(calendar.DayCounts, t.DayCount) {
		c.Add("day_count", "day_count_unknown", "不支持的计息基准“%.40s”，可选：act_360、act_365、30_360", string(t.DayCount))
	}
	if t.Rule == "" {
		t.Rule = Extend
	}
	if t.Rule != Extend && t.Rule != None {
		c.Add("due_date_rule", "due_date_rule_unknown", "不支持的节假日规则“%.40s”，可选：extend（顺延）、none（不顺延）", string(t.Rule))
	}
	if t.PaymentDay < 0 || t.PaymentDay > PaymentDayMax {
		c.Add("payment_day", "payment_day_out_of_range", "还款日应在每月 1 日至 %d 日之间", PaymentDayMax)
	}
	t.checkTerm(&c)
	t.checkRepricings(&c)
	return t, c.Err()
}

func checkRate(c *fault.Collector, field string, r money.Rate) {
	switch {
	case r.IsNegative():
		c.Add(field, "rate_negative", "年利率不能为负数")
	case r.Cmp(RateMax) > 0:
		c.Add(field, "rate_out_of_range", "年利率不能超过 %s%%，请按百分数填写，如 3.85", RateMax)
	}
}

// checkTerm checks the term and fills in the last due date.
func (t *Terms) checkTerm(c *fault.Collector) {
	switch {
	case t.TermMonths == 0 && t.DueOn.IsZero():
		c.Add("term_months", "term_required", "请填写期限（月）或到期日")
	case t.TermMonths < 0 || t.TermMonths > MonthsMax || t.TermMonths == 0 && t.DrawnOn.IsZero():
		c.Add("term_months", "term_out_of_range", "期限应在 1 到 %d 个月之间；只填到期日时请同时填写放款日", MonthsMax)
	case t.DrawnOn.IsZero():
		t.DueOn = calendar.Date{}
	case t.DueOn.IsZero():
		t.DueOn = t.DrawnOn.AddMonths(t.TermMonths)
	case !t.DueOn.After(t.DrawnOn):
		c.Add("due_on", "due_before_drawdown", "到期日必须晚于放款日 %s", t.DrawnOn)
	case t.DueOn.After(t.DrawnOn.AddMonths(MonthsMax)):
		c.Add("due_on", "term_out_of_range", "期限最长 %d 个月，请检查到期日", MonthsMax)
	case t.TermMonths != 0 && t.DrawnOn.AddMonths(t.TermMonths) != t.DueOn:
		c.Add("due_on", "term_conflicts", "到期日 %s 与期限 %d 个月（应为 %s）不一致，请只填其一", t.DueOn, t.TermMonths, t.DrawnOn.AddMonths(t.TermMonths))
	}
}

func (t *Terms) checkRepricings(c *fault.Collector) {
	if len(t.Repricings) > 0 && t.DrawnOn.IsZero() {
		c.Add("drawn_on", "drawn_on_required", "有利率调整时请填写放款日")
		return
	}
	if len(t.Repricings) > MonthsMax {
		c.Add("repricings", "repricings_too_many", "利率调整最多 %d 次", MonthsMax)
		return
	}
	t.Repricings = slices.Clone(t.Repricings)
	slices.SortStableFunc(t.Repricings, func(a, b Repricing) int { return a.From.Compare(b.From) })
	for i, r := range t.Repricings {
		checkRate(c, "repricings", r.AnnualRate)
		switch {
		case r.From.IsZero():
			c.Add("repricings", "repricing_date_required", "请填写每次利率调整的生效日")
		case i > 0 && t.Repricings[i-1].From == r.From:
			c.Add("repricings", "repricing_twice_a_day", "同一天 %s 只能有一个新利率", r.From)
		}
	}
}
