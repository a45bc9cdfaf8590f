package bid

import (
	"slices"
	"strings"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/financing"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/policy"
	"ippledge/internal/product"
	"ippledge/internal/repayment"
)

// validityMax is how many days after the close an offer may stand at most: our own choice,
// so that nobody is bound for years by a slip of the keyboard.
const validityMax = 180

// Offer is what a bank offers.
type Offer struct {
	ProductID  *uuid.UUID       `json:"product_id,omitempty" doc:"依据的本行产品"`
	Amount     money.Amount     `json:"amount" doc:"报价金额，元，不超过需求金额"`
	Rate       money.Rate       `json:"rate" doc:"年利率，%"`
	TermMonths int              `json:"term_months" doc:"期限，月"`
	Method     repayment.Method `json:"method" enum:"equal_instalment,equal_principal,interest_only_bullet,bullet"`
	Fees       money.Amount     `json:"fees" doc:"利息以外的费用，元；政策不允许时须为 0"`
	LTV        money.Rate       `json:"ltv" doc:"质押率，%"`
	Conditions string           `json:"conditions,omitempty" maxLength:"1000" doc:"附加条件"`
	ValidUntil calendar.Date    `json:"valid_until" doc:"报价有效期至，含当日，须晚于截止日"`
}

// terms is an offer with the facts that it is measured by.
type terms struct {
	lpr     policy.Quote
	ceiling money.Rate // the highest rate allowed: the need's or the policy's, whichever is lower
	policy  policy.Parameters
	facts   product.Facts
	product *product.Product
}

// termsFor gathers what an offer on a need is measured by today.
func termsFor(tx postgres.Tx, n financing.Need, bank uuid.UUID, o Offer) (t terms, err error) {
	today := calendar.DateOf(tx.Now())
	version, err := policy.InForce(tx, today)
	if err != nil {
		return t, err
	}
	t.policy = version.Parameters
	if t.lpr, err = policy.LPRAt(tx, today); err != nil {
		return t, err
	}
	t.ceiling = t.policyCeiling()
	if n.RateCeiling.Cmp(t.ceiling) < 0 {
		t.ceiling = n.RateCeiling
	}
	if t.facts, err = product.FactsOf(tx, n.ID); err != nil || o.ProductID == nil {
		return t, err
	}
	p, err := product.Find(tx, *o.ProductID)
	if err != nil && !fault.Has(err, "product_not_found") {
		return t, err
	}
	if err != nil || p.BankID != bank || p.Status != product.Published {
		return t, fault.InField("product_id", "product_not_found", "请选择本行在架的产品，或留空")
	}
	t.product = &p
	return t, nil
}

func (t terms) policyCeiling() money.Rate { return t.policy.PriceCeiling(t.lpr.OneYear) }

// check measures the offer, all faults at once. It looks at nothing that another bank did.
func (o *Offer) check(n financing.Need, t terms) error {
	var c fault.Collector
	o.Conditions = strings.TrimSpace(o.Conditions)
	switch {
	case !o.Amount.IsPositive():
		c.Add("amount", "amount_not_positive", "报价金额应大于零")
	case n.Amount.Less(o.Amount):
		c.Add("amount", "bid_above_need", "报价金额不能超过需求金额 %s", n.Amount.Text())
	}
	o.checkPrice(&c, n, t)
	if o.TermMonths < 1 || o.TermMonths > t.policy.MaxTermMonths {
		c.Add("term_months", "term_out_of_range", "期限应在 1 至 %d 个月之间（政策上限）", t.policy.MaxTermMonths)
	} else if t.facts.On.AddMonths(o.TermMonths).After(t.facts.ExpiresOn) {
		c.Add("term_months", "bid_term_above_ip_life", "贷款到期日晚于质押组合中最早的权利期满日 %s，请缩短期限", t.facts.ExpiresOn)
	}
	if !slices.Contains(repayment.Methods, o.Method) {
		c.Add("method", "method_unknown", "请从列表中选择还款方式")
	}
	o.checkLTV(&c, t)
	o.checkValidity(&c, n)
	return c.Err()
}

func (o *Offer) checkPrice(c *fault.Collector, n financing.Need, t terms) {
	switch {
	case !o.Rate.IsPositive():
		c.Add("rate", "rate_not_positive", "年利率应大于零")
	case o.Rate.Cmp(n.RateCeiling) > 0:
		c.Add("rate", "bid_above_ceiling", "年利率不能超过企业可承受的上限 %s%%", n.RateCeiling)
	case o.Rate.Cmp(t.policyCeiling()) > 0:
		c.Add("rate", "bid_above_policy_ceiling", "年利率不能超过政策上限 %s%%（1年期LPR %s%% 加 %d 个基点）",
			t.policyCeiling(), t.lpr.OneYear, t.policy.PriceCeilingBPOverLPR1Y)
	}
	switch {
	case o.Fees.IsNegative():
		c.Add("fees", "amount_negative", "费用不能为负数")
	case o.Fees.IsPositive() && !t.policy.ExtraFeesAllowed:
		c.Add("fees", "extra_fees_not_allowed", "政策不允许收取利息以外的费用，请填 0.00")
	case o.Amount.Less(o.Fees):
		c.Add("fees", "fees_above_amount", "费用不能超过报价金额")
	}
}

func (o *Offer) checkLTV(c *fault.Collector, t terms) {
	switch {
	case !o.LTV.IsPositive() || o.LTV.Cmp(money.MustRate("100")) > 0:
		c.Add("ltv", "ltv_out_of_range", "质押率应大于 0 且不超过 100%%")
	case t.product != nil && o.LTV.Cmp(t.product.LTVMax) > 0:
		c.Add("ltv", "bid_ltv_above_product", "质押率不能超过所选产品的上限 %s%%", t.product.LTVMax)
	case t.facts.Valued && o.Amount.Times(decimal.New(100, 0)).GreaterThan(t.facts.Value.Times(o.LTV.Percent())):
		c.Add("ltv", "bid_above_ltv", "报价金额超过评估值 %s 乘以质押率 %s%%，即 %s", t.facts.Value.Text(), o.LTV, o.LTV.Of(t.facts.Value).Text())
	}
}

func (o *Offer) checkValidity(c *fault.Collector, n financing.Need) {
	if n.ClosesAt == nil {
		return
	}
	closes := calendar.DateOf(*n.ClosesAt)
	switch {
	case !o.ValidUntil.After(closes):
		c.Add("valid_until", "bid_validity_too_short", "报价有效期须晚于报价截止日 %s", closes)
	case o.ValidUntil.After(closes.AddDays(validityMax)):
		c.Add("valid_until", "bid_validity_too_long", "报价有效期不能超过截止日后 %d 天", validityMax)
	}
}

func (b *Bid) take(o Offer) {
	b.ProductID, b.Amount, b.Rate, b.TermMonths, b.Method, b.Fees = o.ProductID, o.Amount, o.Rate, o.TermMonths, o.Method, o.Fees
	b.LTV, b.Conditions, b.ValidUntil = o.LTV, o.Conditions, o.ValidUntil
}

func (b Bid) offer() Offer {
	return Offer{b.ProductID, b.Amount, b.Rate, b.TermMonths, b.Method, b.Fees, b.LTV, b.Conditions, b.ValidUntil}
}

// spread is the offer's rate over an LPR in basis points, rounded.
func spread(rate, lpr money.Rate) int {
	return int(rate.Sub(lpr).Percent().Shift(2).Round(0).IntPart())
}
