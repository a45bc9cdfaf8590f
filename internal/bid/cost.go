package bid

import (
	"github.com/shopspring/decimal"

	"ippledge/internal/calendar"
	"ippledge/internal/money"
	"ippledge/internal/repayment"
)

// Cost is what an offer costs the enterprise over its whole term.
type Cost struct {
	From     calendar.Date // the day it is taken to be drawn
	Interest money.Amount
	Fees     money.Amount
	Total    money.Amount // interest and fees
	// Effective is the cost per year over 365 days on the principal that is really out, in
	// percent: it makes offers of unlike amounts, terms and methods comparable. 3.85 % at
	// act/360, paid at the end, is 3.903472 (domain §3.2).
	Effective money.Rate
}

// costOf works out an offer's cost with the platform's conventions (domain §3.2): act/360,
// settlement on the 21st. Due dates are left where they fall, so that a holiday doesn't
// tilt the comparison.
func costOf(amount money.Amount, rate money.Rate, method repayment.Method, termMonths int, fees money.Amount, from calendar.Date) (Cost, error) {
	plan, err := repayment.Schedule(repayment.Terms{
		Principal: amount, AnnualRate: rate, Method: method, DrawnOn: from, TermMonths: termMonths, Rule: repayment.None,
	})
	if err != nil {
		return Cost{}, err
	}
	c := Cost{From: from, Interest: plan.TotalInterest, Fees: fees, Total: plan.TotalInterest.Add(fees)}
	outstanding, yuanDays := amount, decimal.Zero
	for _, i := range plan.Instalments {
		yuanDays = yuanDays.Add(outstanding.Times(decimal.New(int64(i.Days), 0)))
		outstanding = outstanding.Sub(i.Principal)
	}
	if yuanDays.IsPositive() {
		c.Effective = money.RateOf(c.Total.Times(decimal.New(365*100, 0)).DivRound(yuanDays, 6))
	}
	return c, nil
}
