package valuation

import (
	"fmt"

	"github.com/shopspring/decimal"

	"ippledge/internal/fault"
	"ippledge/internal/money"
)

// Variant is one of the four forms of the income approach (domain §5.3).
type Variant string

// The variants. Revenue share discounts at the middle of each year, the others at its end.
const (
	RevenueShare   Variant = "revenue_share"   // V = Σ Rₜ·K·δₜ/(1+r)^(t−0.5)
	ProfitShare    Variant = "profit_share"    // V = Σ Pₜ·K′/(1+r)^t
	RoyaltyRelief  Variant = "royalty_relief"  // V = Σ Rₜ·royalty·(1−T)/(1+r)^t
	ExcessEarnings Variant = "excess_earnings" // V = Σ (CFₜ−CACₜ)/(1+r)^t
)

// IncomeInput is what the income approach needs.
type IncomeInput struct {
	Variant  Variant       `json:"variant" enum:"revenue_share,profit_share,royalty_relief,excess_earnings" doc:"销售收入分成、利润分成、许可费节省、超额收益"`
	Share    money.Rate    `json:"share" doc:"分成率 K 或许可费率，%；超额收益法填 100"`
	Tax      *money.Rate   `json:"tax,omitempty" doc:"所得税率 T，%；仅许可费节省法"`
	Discount DiscountParts `json:"discount"`
	Years    []IncomeYear  `json:"years" minItems:"1" maxItems:"30" nullable:"false"`
}

// DiscountParts build the discount rate up (domain §5.3): it is their sum.
type DiscountParts struct {
	RiskFree   money.Rate `json:"risk_free" doc:"无风险报酬率，%"`
	Technology money.Rate `json:"technology" doc:"技术风险，%"`
	Market     money.Rate `json:"market" doc:"市场及行业风险，%"`
	Finance    money.Rate `json:"finance" doc:"资金与管理风险，%"`
	Specific   money.Rate `json:"specific" doc:"知识产权特有风险，%"`
}

// Total is the discount rate.
func (d DiscountParts) Total() money.Rate {
	return d.RiskFree.Add(d.Technology).Add(d.Market).Add(d.Finance).Add(d.Specific)
}

// IncomeYear is the forecast of one year.
type IncomeYear struct {
	Income money.Amount  `json:"income" doc:"销售收入、利润或现金流，元"`
	Charge *money.Amount `json:"charge,omitempty" doc:"贡献资产回报 CAC，元；仅超额收益法"`
	Decay  *money.Rate   `json:"decay,omitempty" doc:"技术衰减系数 δ，%；空为 100"`
}

// IncomeResult is what comes out: the value, and each year's part of it. Parts are
// rounded for show; the value is the sum before rounding, rounded once.
type IncomeResult struct {
	Value        money.Amount `json:"value"`
	DiscountRate money.Rate   `json:"discount_rate"`
	Years        []IncomePart `json:"years" nullable:"false"`
}

// IncomePart is one year of an income calculation.
type IncomePart struct {
	Year     int          `json:"year"`
	Earnings money.Amount `json:"earnings" doc:"归属于知识产权的收益，元"`
	Factor   string       `json:"factor" doc:"折现系数，八位小数"`
	Present  money.Amount `json:"present" doc:"现值，元"`
}

// places is how many decimals discount factors are computed to. A value below a trillion
// yuan then has an error far below a fen before its one rounding.
const places = 40

var one, half = decimal.New(1, 0), decimal.New(5, -1)

// Calculate works the income approach out in exact decimals. Halves of years need a
// square root; it is taken by Newton's method to forty places. It fails with
// discount_rate_range, share_range, decay_range, tax_range or income_negative.
func (in IncomeInput) Calculate() (IncomeResult, error) {
	if err := in.check(); err != nil {
		return IncomeResult{}, err
	}
	rate := in.Discount.Total()
	growth := one.Add(rate.Fraction())
	out := IncomeResult{DiscountRate: rate, Years: make([]IncomePart, len(in.Years))}
	sum, compound := decimal.Zero, one
	midYear := one
	if in.Variant == RevenueShare {
		midYear = root(growth) // (1+r)^(t−½) = (1+r)^t / √(1+r)
	}
	for i, year := range in.Years {
		compound = compound.Mul(growth).Round(places)
		factor := midYear.DivRound(compound, places)
		earnings := in.earnings(year)
		present := earnings.Mul(factor)
		sum = sum.Add(present)
		out.Years[i] = IncomePart{i + 1, money.Round(earnings), factor.StringFixed(8), money.Round(present)}
	}
	out.Value = money.Round(sum)
	return out, nil
}

func (in IncomeInput) earnings(y IncomeYear) decimal.Decimal {
	base := y.Income.Decimal()
	if in.Variant == ExcessEarnings {
		if y.Charge != nil {
			base = base.Sub(y.Charge.Decimal())
		}
		return base
	}
	base = base.Mul(in.Share.Fraction())
	if y.Decay != nil {
		base = base.Mul(y.Decay.Fraction())
	}
	if in.Variant == RoyaltyRelief && in.Tax != nil {
		base = base.Mul(one.Sub(in.Tax.Fraction()))
	}
	return base
}

func (in IncomeInput) check() error {
	var c fault.Collector
	within := func(field string, r money.Rate, low, high string, code, text string) {
		if r.Cmp(money.MustRate(low)) < 0 || r.Cmp(money.MustRate(high)) > 0 {
			c.Add(field, code, "%s应在 %s%% 到 %s%% 之间", text, low, high)
		}
	}
	switch in.Variant {
	case RevenueShare, ProfitShare, RoyaltyRelief, ExcessEarnings:
	default:
		c.Add("variant", "income_variant_unknown", "请选择收益法的具体方法")
	}
	within("discount", in.Discount.Total(), "0.01", "100", "discount_rate_range", "折现率")
	within("share", in.Share, "0", "100", "share_range", "分成率或许可费率")
	if in.Tax != nil {
		within("tax", *in.Tax, "0", "100", "tax_range", "所得税率")
	}
	if len(in.Years) == 0 || len(in.Years) > 30 {
		c.Add("years", "income_years_range", "请填写 1 至 30 年的收益预测")
	}
	for i, y := range in.Years {
		at := fmt.Sprintf("years[%d].", i)
		if y.Income.IsNegative() {
			c.Add(at+"income", "income_negative", "第 %d 年的收益不能为负数", i+1)
		}
		if y.Charge != nil && y.Charge.IsNegative() {
			c.Add(at+"charge", "income_negative", "第 %d 年的贡献资产回报不能为负数", i+1)
		}
		if y.Decay != nil {
			within(at+"decay", *y.Decay, "0", "100", "decay_range", fmt.Sprintf("第 %d 年的衰减系数", i+1))
		}
	}
	return c.Err()
}

// root is the square root by Newton's method, to all the places carried. x is at least 1.
func root(x decimal.Decimal) decimal.Decimal {
	guess := x.Add(one).Mul(half)
	for range 60 { // quadratic convergence: about seven steps suffice below a rate of 100 %
		next := guess.Add(x.DivRound(guess, places+5)).Mul(half).Round(places + 5)
		if next.Equal(guess) {
			break
		}
		guess = next
	}
	return guess.Round(places)
}
