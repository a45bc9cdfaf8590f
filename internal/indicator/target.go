package indicator

import (
	"strings"

	"github.com/shopspring/decimal"

	"ippledge/internal/money"
)

// target is a promise of the plan as the reference data hold it.
type target struct {
	Target
}

// yuanPerYi is 1 亿元.
var yuanPerYi = decimal.New(1, 8)

// reached is what this platform counts for the target, if anything. The plan states the
// pledge financing twice, with different scopes, and both stand (domain §7.3 no. 1); the
// fund's size is what was paid into it.
func (t target) reached(d *Dashboard) *money.Amount {
	switch t.Code {
	case "pledge_financing_annual", "pledge_financing_average":
		disbursed := d.Disbursed
		return &disbursed
	case "risk_fund_average":
		return d.Fund.Capital
	}
	return nil
}

// goal is the target in yuan, where it is an amount in 亿元.
func (t target) goal() (money.Amount, bool) {
	if t.Unit != "亿元" {
		return money.Zero, false
	}
	value, err := decimal.NewFromString(strings.TrimSpace(t.Target.Target))
	if err != nil {
		return money.Zero, false
	}
	return money.Round(value.Mul(yuanPerYi)), true
}
