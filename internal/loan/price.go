package loan

import (
	"ippledge/internal/bid"
	"ippledge/internal/fault"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/policy"
)

// quote notes the one-year LPR at approval and the spread over it. A city that hasn't
// entered the LPR yet lends all the same; the report then shows none.
func (l *Loan) quote(tx postgres.Tx) error {
	lpr, err := policy.LPRAt(tx, today(tx))
	if fault.Has(err, "lpr_missing") {
		return nil
	}
	if err != nil {
		return err
	}
	l.LPR = &lpr.OneYear
	l.SpreadBP = int(l.AnnualRate.Sub(lpr.OneYear).Percent().Shift(2).Round(0).IntPart())
	return nil
}

// withinPolicy measures the price by the policy in force today, as the enrolment will: the
// rate by today's LPR and the basis points allowed above it, and no fees where none are
// allowed (domain §4.8). Without a policy or an LPR there is nothing to measure by. It
// fails with rate_above_policy_ceiling and extra_fees_not_allowed.
func (l Loan) withinPolicy(tx postgres.Tx, b bid.Bid) error {
	v, err := policy.InForce(tx, today(tx))
	if fault.Has(err, "policy_missing") {
		return nil
	}
	if err != nil {
		return err
	}
	var f fault.Collector
	p := v.Parameters
	if l.LPR != nil && l.AnnualRate.Cmp(p.PriceCeiling(*l.LPR)) > 0 {
		f.Add("annual_rate", "rate_above_policy_ceiling", "年利率 %s%% 超过政策上限 %s%%（1年期LPR %s%% + %d 基点），超过的贷款不能入库备案；请在“年利率”中填写不高于上限的利率",
			l.AnnualRate, p.PriceCeiling(*l.LPR), *l.LPR, p.PriceCeilingBPOverLPR1Y)
	}
	if b.Fees.IsPositive() && !p.ExtraFeesAllowed {
		f.Add("bid_id", "extra_fees_not_allowed", "报价含利息以外的费用 %s，现行政策 %s 不允许收取；请先由企业与银行取消费用后重新报价", b.Fees.Text(), v.Number)
	}
	return f.Err()
}
