package subsidy

import (
	"slices"
	"strings"

	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/policy"
)

func errWindow(c Call) error {
	return fault.New(fault.Rule, "subsidy_call_not_open", "“%s”的受理时间为 %s 至 %s，当前不受理申请", c.Title, c.OpensOn, c.ClosesOn).Of("call_id")
}

// check wants what the kind needs, and gathers the facts of the computation.
func (a *Application) check(tx postgres.Tx, c Call, today calendar.Date) (f facts, err error) {
	var faults fault.Collector
	if !slices.Contains(c.Kinds, a.Kind) {
		faults.Add("kind", "kind_not_called", "本次征集不含该类补助，请选择：%s", textsOf(c.Kinds))
	}
	if a.OtherSubsidy.IsNegative() {
		faults.Add("other_subsidy", "amount_negative", "已获补助不能为负数")
	}
	a.checkFee(&faults, today)
	if err := faults.Err(); err != nil {
		return f, err
	}
	if f, err = gather(tx, *a, c); err != nil {
		return f, err
	}
	if a.OtherSubsidy.IsPositive() && !f.Policy.SubsidyDoubleAllowed {
		faults.Add("other_subsidy", "subsidy_double", "同一事项已获其他层级补助 %s，按现行政策不重复补助", a.OtherSubsidy.Text())
	}
	if from, to := f.window(); a.Kind == Interest && !from.Before(to) {
		faults.Add("loan_id", "loan_outside_year", "贷款 %s 在 %d 年度内没有可贴息的期间", f.Loan.Number, c.Year)
	}
	if a.Kind != Interest && f.Loan.DisbursedOn.Year() > c.Year {
		faults.Add("loan_id", "loan_outside_year", "贷款 %s 于 %s 放款，不属于 %d 年度", f.Loan.Number, f.Loan.DisbursedOn, c.Year)
	}
	return f, faults.Err()
}

// checkFee wants a fee really paid in the year of the call, with its invoice.
func (a *Application) checkFee(c *fault.Collector, today calendar.Date) {
	if a.Kind == Interest {
		return
	}
	if a.FeePaid == nil || !a.FeePaid.IsPositive() {
		c.Add("fee_paid", "amount_not_positive", "请填写实际支付的费用，应大于 0")
	}
	switch {
	case a.FeePaidOn == nil || a.FeePaidOn.IsZero():
		c.Add("fee_paid_on", "field_required", "请填写付款日期")
	case a.FeePaidOn.Year() != a.Year:
		c.Add("fee_paid_on", "fee_outside_year", "付款日期 %s 不在补助年度 %d 年内", *a.FeePaidOn, a.Year)
	case a.FeePaidOn.After(today):
		c.Add("fee_paid_on", "date_in_future", "付款日期 %s 尚未到来", *a.FeePaidOn)
	}
	if a.InvoiceNo == "" {
		c.Add("invoice_no", "field_required", "请填写发票号码")
	}
}

// gather reads what an amount depends on. For deciding, the caller holds the locks of the
// call and of the enterprise.
func gather(tx postgres.Tx, a Application, c Call) (f facts, err error) {
	f = facts{Kind: a.Kind, Year: a.Year, Other: a.OtherSubsidy, BudgetLeft: c.left(), Today: calendar.DateOf(tx.Now())}
	if a.FeePaid != nil {
		f.FeePaid = *a.FeePaid
	}
	if c.PolicyID == nil {
		return f, errCallNotFound
	}
	v, err := policy.ByID(tx, *c.PolicyID)
	if err != nil {
		return f, err
	}
	f.Policy = v.Parameters
	if f.Loan, err = loanOf(tx, a.LoanID, a.OrgID); err != nil {
		return f, err
	}
	quote, err := policy.LPRAt(tx, f.Loan.DisbursedOn)
	if err != nil {
		return f, err
	}
	f.LPR, f.LPROn = quote.OneYear, quote.PublishedOn
	f.Granted, err = grantedTo(tx, a.OrgID, a.Kind, a.Year, a.ID)
	return f, err
}

func textsOf(kinds []Kind) string {
	words := make([]string, len(kinds))
	for i, k := range kinds {
		words[i] = k.Text()
	}
	return strings.Join(words, "、")
}
