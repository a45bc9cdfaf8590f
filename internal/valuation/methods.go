package valuation

import (
	"fmt"

	"github.com/shopspring/decimal"

	"ippledge/internal/fault"
	"ippledge/internal/money"
)

// MarketInput is what the market approach needs: deals in comparable rights, each with
// factors for date, term, scope, technology and terms of the deal.
type MarketInput struct {
	Comparables []Comparable `json:"comparables" minItems:"1" maxItems:"10" nullable:"false"`
}

// Comparable is one deal.
type Comparable struct {
	Name        string       `json:"name" maxLength:"100" doc:"可比案例"`
	Price       money.Amount `json:"price" doc:"成交价，元"`
	Adjustments []money.Rate `json:"adjustments" maxItems:"10" nullable:"false" doc:"各项修正系数，%，100 为不修正"`
}

// CostInput is what the cost approach needs.
type CostInput struct {
	Research     money.Amount `json:"research" doc:"研发成本，元"`
	Filing       money.Amount `json:"filing" doc:"申请与代理费，元"`
	Upkeep       money.Amount `json:"upkeep" doc:"维持费，元"`
	Profit       money.Amount `json:"profit" doc:"合理利润，元"`
	Obsolescence money.Rate   `json:"obsolescence" doc:"贬值率，%"`
}

// Workings are how a report came to its conclusion, method by method.
type Workings struct {
	Income *IncomeInput `json:"income,omitempty"`
	Market *MarketInput `json:"market,omitempty"`
	Cost   *CostInput   `json:"cost,omitempty"`
	// Scores are the points 0–10 of each indicator by asset id, where the firm scored.
	Scores map[string]map[string]money.Rate `json:"scores,omitempty"`
}

// Results stand beside each other on the report; none is the conclusion by itself.
type Results struct {
	Income *IncomeResult `json:"income,omitempty"`
	Market *money.Amount `json:"market,omitempty"`
	Cost   *money.Amount `json:"cost,omitempty"`
}

// Calculate is V = mean over comparables of price × Π adjustments, rounded once. It fails
// with market_comparable_missing, amount_not_positive or adjustment_range.
func (in MarketInput) Calculate() (money.Amount, error) {
	var c fault.Collector
	if len(in.Comparables) == 0 {
		c.Add("comparables", "market_comparable_missing", "市场法至少需要一个可比案例")
	}
	sum := decimal.Zero
	for i, one := range in.Comparables {
		if !one.Price.IsPositive() {
			c.Add(fmt.Sprintf("comparables[%d].price", i), "amount_not_positive", "可比案例的成交价应大于 0")
		}
		value := one.Price.Decimal()
		for j, a := range one.Adjustments {
			if !a.IsPositive() || a.Cmp(money.MustRate("500")) > 0 {
				c.Add(fmt.Sprintf("comparables[%d].adjustments[%d]", i, j), "adjustment_range", "修正系数应大于 0、不超过 500%%")
			}
			value = value.Mul(a.Fraction())
		}
		sum = sum.Add(value)
	}
	if err := c.Err(); err != nil {
		return money.Amount{}, err
	}
	return money.Round(sum.DivRound(decimal.New(int64(len(in.Comparables)), 0), places)), nil
}

// Calculate is V = (research + filing + upkeep + profit) × (1 − obsolescence). It fails
// with amount_negative or obsolescence_range.
func (in CostInput) Calculate() (money.Amount, error) {
	var c fault.Collector
	for _, part := range []struct {
		field string
		a     money.Amount
	}{{"research", in.Research}, {"filing", in.Filing}, {"upkeep", in.Upkeep}, {"profit", in.Profit}} {
		if part.a.IsNegative() {
			c.Add(part.field, "amount_negative", "成本不能为负数")
		}
	}
	if in.Obsolescence.IsNegative() || in.Obsolescence.Cmp(money.MustRate("100")) > 0 {
		c.Add("obsolescence", "obsolescence_range", "贬值率应在 0%% 到 100%% 之间")
	}
	if err := c.Err(); err != nil {
		return money.Amount{}, err
	}
	total := money.Sum(in.Research, in.Filing, in.Upkeep, in.Profit)
	return money.Round(total.Times(one.Sub(in.Obsolescence.Fraction()))), nil
}

// Calculate works out every method that has an input; the faults of all come back at
// once, each with its method before the field.
func (w Workings) Calculate() (out Results, err error) {
	var f fault.Error
	take := func(prefix string, err error) error {
		found, ours := fault.From(err)
		if err == nil || !ours {
			return err
		}
		for _, field := range found.Fields {
			field.Field = prefix + "." + field.Field
			f.Fields = append(f.Fields, field)
		}
		return nil
	}
	if w.Income != nil {
		result, err := w.Income.Calculate()
		if err := take("income", err); err != nil {
			return out, err
		}
		out.Income = &result
	}
	if w.Market != nil {
		result, err := w.Market.Calculate()
		if err := take("market", err); err != nil {
			return out, err
		}
		out.Market = &result
	}
	if w.Cost != nil {
		result, err := w.Cost.Calculate()
		if err := take("cost", err); err != nil {
			return out, err
		}
		out.Cost = &result
	}
	if len(f.Fields) > 0 {
		f.Kind, f.Code, f.Message = fault.Invalid, f.Fields[0].Code, f.Fields[0].Message
		return Results{}, &f
	}
	return out, nil
}
