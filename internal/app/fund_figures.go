package app

import (
	"strconv"

	"ippledge/internal/fault"
	"ippledge/internal/fund"
	"ippledge/internal/indicator"
	"ippledge/internal/platform/postgres"
)

// fundFigures tells the dashboard where the funds stand, taken together.
type fundFigures struct{}

// Figures has nothing to tell before a policy is in force.
func (fundFigures) Figures(tx postgres.Tx) (out indicator.Fund, err error) {
	f, err := fund.Totals(tx)
	if fault.Has(err, "policy_missing") {
		return out, nil
	}
	if err != nil {
		return out, err
	}
	return indicator.Fund{
		Balance: &f.Balance, Committed: &f.Committed, Available: &f.Available, Capital: &f.PaidIn, Paid: &f.Paid,
		Recovered: &f.Recovered, Enrolled: &f.Enrolled, Exposure: &f.Exposure,
		Leverage: f.LeverageText, LeverageLimit: strconv.Itoa(f.LeverageLimit), NPLRatio: f.NPLRatio,
	}, nil
}
