package product

import (
	"slices"

	"github.com/shopspring/decimal"
)

// Score orders the products that fit, in whole points out of 100. It is a courtesy to
// the reader and decides nothing.
type Score struct {
	Rate   int `json:"rate" doc:"利率：产品最低利率比可承受利率低得越多越高，满分 40"`
	Amount int `json:"amount" doc:"金额：离产品上限越远越高，满分 15"`
	LTV    int `json:"ltv" doc:"质押率余量，满分 25"`
	Region int `json:"region" doc:"地区：产品专门面向本地 10，面向全市 5"`
	Method int `json:"method" doc:"还款方式：产品支持所求方式 10"`
}

// Total adds the parts.
func (s Score) Total() int { return s.Rate + s.Amount + s.LTV + s.Region + s.Method }

const (
	rateWeight   = 40
	amountWeight = 15
	ltvWeight    = 25
	fitPoints    = 10
)

var hundred = decimal.New(100, 0)

// score is for products that fit only, so that no divisor below is zero.
func score(p Product, f Facts) Score {
	s := Score{
		// The whole weight is reached where the bank asks half of what the enterprise bears.
		Rate:   points(2*rateWeight, f.RateCeiling.Sub(p.RateMin).Percent(), f.RateCeiling.Percent(), rateWeight),
		Amount: points(amountWeight, p.AmountMax.Sub(f.Amount).Decimal(), p.AmountMax.Decimal(), amountWeight),
		Region: fitPoints / 2,
	}
	limit := f.Value.Times(p.LTVMax.Percent())
	s.LTV = points(ltvWeight, limit.Sub(f.Amount.Times(hundred)), limit, ltvWeight)
	if len(p.AreaCodes) > 0 {
		s.Region = fitPoints
	}
	if slices.Contains(p.Methods, f.Method) {
		s.Method = fitPoints
	}
	return s
}

// points is floor(weight × part / whole), within 0 and most.
func points(weight int64, part, whole decimal.Decimal, most int64) int {
	if !whole.IsPositive() {
		return 0
	}
	n := part.Mul(decimal.New(weight, 0)).Div(whole).Floor().IntPart()
	return int(max(0, min(n, most)))
}
