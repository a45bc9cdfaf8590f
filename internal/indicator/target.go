package indicator

import (
	"encoding/json"
	"strings"
	"sync"

	"github.com/shopspring/decimal"

	"ippledge/internal/money"
	"ippledge/seeds"
)

// target is a promise of the plan as the reference data hold it.
type target struct {
	Target
}

// The two promises that the fund is measured by: 1.5亿元 of pledged financing in a year,
// and 0.6亿元 of the fund.
const (
	financingGoal = "pledge_financing_annual"
	sizeGoal      = "risk_fund_average"
)

// financing tells whether the target is about loans on pledged rights.
func (t target) financing() bool { return strings.HasPrefix(t.Code, "pledge_financing") }

// yuanPerYi is 1 亿元.
var yuanPerYi = decimal.New(1, 8)

// reached is what this platform counts for the target, if anything. The plan states the
// pledge financing twice, with different scopes, and both stand (domain §7.3 no. 1); the
// fund's size is what was paid into it.
func (t target) reached(d *Dashboard) *money.Amount {
	switch t.Code {
	case financingGoal, "pledge_financing_average":
		disbursed := d.Disbursed
		return &disbursed
	case sizeGoal:
		return d.Fund.Capital
	}
	return nil
}

// goal is the target in yuan, where it is an amount in 亿元 of the same scope as what is
// reached. The yearly average of patent operation and pledges together is wider than what
// this platform counts, so no ratio is made of it.
func (t target) goal() (money.Amount, bool) {
	if t.Code != financingGoal && t.Code != sizeGoal {
		return money.Zero, false
	}
	value, err := decimal.NewFromString(strings.TrimSpace(t.Target.Target))
	if err != nil {
		return money.Zero, false
	}
	return money.Round(value.Mul(yuanPerYi)), true
}

// baseline is the plan's figure at its beginning, or that it gives none.
func (t Target) baseline() string {
	if t.Baseline == "" {
		return "未载明"
	}
	return t.Baseline
}

// counted says where this platform's figure comes from.
func (t Target) counted() string {
	switch {
	case t.Reached == nil:
		return "本平台不统计"
	case t.Code == sizeGoal:
		return "基金账簿：实收资本（出资减已退回）"
	}
	return "本平台放款登记：当年放款金额"
}

// planDocument is the title of the plan, as the city's reference data name it.
var planDocument = sync.OnceValues(func() (string, error) {
	content, err := seeds.Reference.ReadFile("reference/targets.json")
	if err != nil {
		return "", err
	}
	var file struct{ Source string }
	err = json.Unmarshal(content, &file)
	return file.Source, err
})
