package loan

import (
	"slices"

	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/financing"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/pledge"
	"ippledge/internal/repayment"
)

// secured finds the pledge that secures the loan. All pledges filed for the bid must be
// registered: a portfolio of patents and marks has two.
func (a *account) secured(tx postgres.Tx) error {
	all, err := pledge.ForBid(tx, a.BidID)
	if err != nil {
		return err
	}
	first := slices.IndexFunc(all, func(p pledge.Pledge) bool { return p.Status == pledge.Registered })
	waits := slices.ContainsFunc(all, func(p pledge.Pledge) bool {
		return p.Status == pledge.Filed || p.Status == pledge.Correction
	})
	if first < 0 || waits {
		return errNotRegistered
	}
	a.PledgeID = &all[first].ID
	return nil
}

// tryReady checks the conditions that precede a disbursement. The registration of the
// pledge is read, not believed. It fails with pledge_not_registered and condition_not_met.
func tryReady(tx postgres.Tx, a *account, step *Step) (*Allocation, error) {
	if err := a.secured(tx); err != nil {
		return nil, err
	}
	var f fault.Collector
	checked := slices.Clone(conditions)
	for i := range checked {
		c := &checked[i]
		at := slices.IndexFunc(step.Conditions, func(given Condition) bool { return given.Code == c.Code })
		if at >= 0 {
			c.Met, c.Note = step.Conditions[at].Met, step.Conditions[at].Note
		}
		if c.Code == "pledge_registered" {
			c.Met = true
		}
		if !c.Met {
			f.Add("conditions", "condition_not_met", "放款条件未落实：%s；不适用的请勾选并注明原因", c.Text)
		}
	}
	if err := f.Err(); err != nil {
		return nil, err
	}
	step.Conditions = checked
	text, err := encode(checked)
	a.Conditions = text
	return nil, err
}

// tryDisburse pays the whole principal out: interest is never deducted up front (Civil
// Code 670). The term runs from this day. It fails with pledge_not_registered and
// disbursed_amount_differs.
func tryDisburse(tx postgres.Tx, a *account, step *Step) (*Allocation, error) {
	on, err := step.day(tx, "on")
	if err != nil {
		return nil, err
	}
	if on.Before(a.SignedOn) {
		return nil, fault.InField("on", "disbursed_before_contract", "放款日 %s 早于签约日 %s，请核对", on, a.SignedOn)
	}
	if step.Amount == nil {
		step.Amount = &a.Principal
	}
	if !step.Amount.Equal(a.Principal) {
		return nil, fault.InField("amount", "disbursed_amount_differs",
			"放款金额应等于合同金额 %s，利息和费用不得预先从本金中扣除", a.Principal.Text())
	}
	if err := a.secured(tx); err != nil {
		return nil, err
	}
	a.DisbursedOn, a.MaturesOn = on, on.AddMonths(a.TermMonths)
	a.OriginalMaturesOn = a.MaturesOn
	a.DisbursedAmount, a.Outstanding, a.AccruedTo = a.Principal, a.Principal, calendar.Date{}
	plan, err := repayment.Schedule(a.Terms())
	if err != nil {
		return nil, err
	}
	a.Lines = nil
	a.plan(0, plan)
	return nil, nil
}

func afterDisburse(_ *Service, tx postgres.Tx, a *account, _ done) error {
	if err := financing.Fulfil(tx, a.NeedID); err != nil {
		return err
	}
	return a.publish(tx, "loan.disbursed", map[string]any{"amount": a.DisbursedAmount, "disbursed_on": a.DisbursedOn, "pledge_id": a.PledgeID})
}
