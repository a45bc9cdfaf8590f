package subsidy

import (
	"fmt"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"ippledge/internal/calendar"
	"ippledge/internal/money"
	"ippledge/internal/policy"
)

// ByDays reckons interest by actual days over 360; otherwise a full year counts as one.
const ByDays = "by_days"

// Computation is how an amount was found, kept with the application.
type Computation struct {
	Kind       Kind         `json:"kind"`
	Lines      []Line       `json:"lines" nullable:"false" doc:"逐项测算"`
	Periods    []Period     `json:"periods" nullable:"false" doc:"贴息：逐期利息"`
	Bounds     []Bound      `json:"bounds" nullable:"false" doc:"四项上限"`
	Amount     money.Amount `json:"amount" doc:"可补助金额：四项上限中最小的"`
	Binding    string       `json:"binding" enum:"computed,paid,cap,budget" doc:"起决定作用的上限"`
	PolicyText string       `json:"policy_text" doc:"所依据的政策条款"`
}

// Line is one step of the computation in words.
type Line struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

// Bound is one of the four upper limits.
type Bound struct {
	Code   string       `json:"code" enum:"computed,paid,cap,budget"`
	Label  string       `json:"label"`
	Amount money.Amount `json:"amount"`
	Note   string       `json:"note"`
}

// Period is one interest period as it counts for the year.
type Period struct {
	Number   int           `json:"number" doc:"期次"`
	From     calendar.Date `json:"from"`
	To       calendar.Date `json:"to" doc:"止息日，不计入"`
	Days     int           `json:"days"`
	Balance  money.Amount  `json:"balance" doc:"计息本金"`
	Interest money.Amount  `json:"interest" doc:"计入的已付利息"`
	Counted  bool          `json:"counted" doc:"按时付清，计入测算"`
	Note     string        `json:"note"`
}

// loanFacts is what the rules look at in a loan.
type loanFacts struct {
	ID           string
	Number       string
	BankName     string
	Principal    money.Amount
	DisbursedOn  calendar.Date
	MaturesOn    calendar.Date
	GraceDays    int
	Lines        []loanLine `gorm:"-"`
	Repaid       []repaid   `gorm:"-"`
	BorrowerName string
}

type loanLine struct {
	Number       int
	FromOn       calendar.Date
	ToOn         calendar.Date
	DueOn        calendar.Date
	Principal    money.Amount
	Interest     money.Amount
	InterestPaid money.Amount
	SettledOn    calendar.Date
}

type repaid struct {
	PaidOn    calendar.Date
	Principal money.Amount
}

// facts is everything an amount depends on.
type facts struct {
	Kind       Kind
	Year       int
	Policy     policy.Parameters
	LPR        money.Rate // one year, on the day of the drawdown
	LPROn      calendar.Date
	Loan       loanFacts
	FeePaid    money.Amount
	Other      money.Amount
	Granted    money.Amount // to this firm, this kind and year, before
	BudgetLeft money.Amount
	Today      calendar.Date
}

// compute works the amount out: the smallest of the four bounds, never below zero.
func compute(f facts) Computation {
	c := Computation{Kind: f.Kind, Lines: []Line{}, Periods: []Period{}}
	var computed, paid, limit money.Amount
	if f.Kind == Interest {
		computed, paid = c.interest(f)
		limit = f.Policy.SubsidyInterestCap
	} else {
		var share money.Rate
		share, limit = f.terms()
		computed, paid = share.Of(f.FeePaid), f.FeePaid
		c.line("实际支付费用", f.FeePaid.Text())
		c.line("补助比例", share.String()+"%")
		c.line("测算金额", fmt.Sprintf("%s × %s%% = %s", f.FeePaid.Text(), share, computed.Text()))
		c.PolicyText = fmt.Sprintf("%s：按实际支付的 %s%% 补助，单户每年不超过 %s", f.Kind.Text(), share, limit.Text())
	}
	c.bound("computed", "按政策测算", computed, "")
	note := ""
	if f.Other.IsPositive() {
		note = "已扣除其他层级补助 " + f.Other.Text()
	}
	c.bound("paid", "实际支付", money.Max(money.Zero, paid.Sub(f.Other)), note)
	c.bound("cap", "单户年度上限余额", money.Max(money.Zero, limit.Sub(f.Granted)), fmt.Sprintf("上限 %s，本年已核定 %s", limit.Text(), f.Granted.Text()))
	c.bound("budget", "征集预算余额", money.Max(money.Zero, f.BudgetLeft), "")
	for i, b := range c.Bounds {
		if i == 0 || b.Amount.Less(c.Amount) {
			c.Amount, c.Binding = b.Amount, b.Code
		}
	}
	return c
}

func (c *Computation) line(label, value string) { c.Lines = append(c.Lines, Line{label, value}) }

func (c *Computation) bound(code, label string, amount money.Amount, note string) {
	c.Bounds = append(c.Bounds, Bound{code, label, amount, note})
}

// terms are share and cap of a kind of fee.
func (f facts) terms() (money.Rate, money.Amount) {
	switch f.Kind {
	case ValuationFee:
		return f.Policy.SubsidyValuationShare, f.Policy.SubsidyValuationCap
	case GuaranteeFee:
		return f.Policy.SubsidyGuaranteeShare, f.Policy.SubsidyGuaranteeCap
	default:
		return f.Policy.SubsidyPremiumShare, f.Policy.SubsidyPremiumCap
	}
}

// window is the part of the year that the loan can be subsidised for: from the drawdown,
// for at most the policy's months; the last day is not counted (算头不算尾).
func (f facts) window() (from, to calendar.Date) {
	from, to = f.Loan.DisbursedOn, f.Loan.DisbursedOn.AddMonths(f.Policy.SubsidyInterestMonths)
	if first := calendar.NewDate(f.Year, time.January, 1); from.Before(first) {
		from = first
	}
	if next := calendar.NewDate(f.Year+1, time.January, 1); next.Before(to) {
		to = next
	}
	if f.Loan.MaturesOn.Before(to) {
		to = f.Loan.MaturesOn
	}
	return from, to
}

// interest multiplies the policy's share of the LPR with the sum of balance × days
// (积数) over the periods whose interest was paid in time, and rounds once.
func (c *Computation) interest(f facts) (computed, paid money.Amount) {
	from, to := f.window()
	product, days := decimal.Zero, 0
	for _, l := range f.Loan.Lines {
		p, ok := f.period(l, from, to)
		if !ok {
			continue
		}
		c.Periods = append(c.Periods, p)
		if p.Counted {
			product = product.Add(p.Balance.Times(decimal.NewFromInt(int64(p.Days))))
			paid, days = paid.Add(p.Interest), days+p.Days
		}
	}
	base, text := f.base()
	share := f.Policy.SubsidyInterestShare
	computed = money.Round(product.Mul(f.LPR.Fraction()).Mul(share.Fraction()).DivRound(decimal.NewFromInt(base), 2))
	c.line("贴息期间", fmt.Sprintf("%s 至 %s（放款日起不超过 %d 个月）", from, to, f.Policy.SubsidyInterestMonths))
	c.line("按时付息天数", fmt.Sprintf("%d 天", days))
	grown, _ := strings.CutSuffix(money.Round(product).Text(), " 元")
	c.line("计息积数（本金×天数）", grown)
	c.line("1年期LPR", fmt.Sprintf("%s%%（%s 公布，放款日适用）", f.LPR, f.LPROn))
	c.line("贴息比例", share.String()+"%")
	c.line("计算口径", text)
	c.line("测算金额", fmt.Sprintf("%s × %s%% × %s%% ÷ %d = %s", grown, f.LPR, share, base, computed.Text()))
	c.line("按时支付的利息", paid.Text())
	c.PolicyText = fmt.Sprintf("贷款贴息：按1年期LPR的 %s%% 贴息，单户每年不超过 %s，单笔不超过 %d 个月，只补按时支付的利息",
		share, f.Policy.SubsidyInterestCap.Text(), f.Policy.SubsidyInterestMonths)
	return computed, paid
}

// base is the number of days a year has: 360 by days, or the days of the loan's first
// full year, so that a full year counts as exactly one (domain §4.7: 54,000.00 against 54,750.00).
func (f facts) base() (int64, string) {
	if f.Policy.SubsidyInterestConvention == ByDays {
		return 360, "按实际天数÷360"
	}
	days := f.Loan.DisbursedOn.AddMonths(12).Sub(f.Loan.DisbursedOn)
	return int64(days), fmt.Sprintf("按年计算，满一年（%d 天）计一年", days)
}

// period cuts an interest period to the window and says whether it counts.
func (f facts) period(l loanLine, from, to calendar.Date) (p Period, ok bool) {
	start, end := l.FromOn, l.ToOn
	if start.Before(from) {
		start = from
	}
	if to.Before(end) {
		end = to
	}
	days := end.Sub(start)
	if days <= 0 {
		return p, false
	}
	p = Period{Number: l.Number, From: start, To: end, Days: days, Balance: f.balance(l)}
	inTime := l.DueOn.AddDays(f.Loan.GraceDays)
	switch {
	case l.SettledOn.IsZero() && !f.Today.After(inTime):
		p.Note = "未到期或尚未付清"
	case l.SettledOn.IsZero():
		p.Note = "逾期未付"
	case l.SettledOn.After(inTime):
		p.Note = fmt.Sprintf("应于 %s 付清，实际 %s，不予贴息", l.DueOn, l.SettledOn)
	default:
		p.Counted, p.Note = true, "按时付清"
		whole := l.ToOn.Sub(l.FromOn)
		p.Interest = money.Round(l.InterestPaid.Times(decimal.NewFromInt(int64(days))).DivRound(decimal.NewFromInt(int64(whole)), 2))
	}
	return p, true
}

// balance is the principal that bore interest in a period: the smaller of what the plan
// says and what had really been left, so that neither a prepayment nor a late instalment
// raises a subsidy.
func (f facts) balance(l loanLine) money.Amount {
	planned, actual := f.Loan.Principal, f.Loan.Principal
	for _, earlier := range f.Loan.Lines {
		if earlier.Number < l.Number {
			planned = planned.Sub(earlier.Principal)
		}
	}
	for _, r := range f.Loan.Repaid {
		if !r.PaidOn.After(l.FromOn) {
			actual = actual.Sub(r.Principal)
		}
	}
	return money.Max(money.Zero, money.Min(planned, actual))
}
