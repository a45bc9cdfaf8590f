package claim

import (
	"time"

	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/fund"
	"ippledge/internal/loan"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/policy"
)

// factsOf gathers what a loss is worked out from, as it stands now. For deciding the
// caller holds the fund's lock and the enterprise's (lockEnterprise).
func factsOf(tx postgres.Tx, c Claim, outstanding money.Amount) (Facts, error) {
	e, err := fund.FindEnrolment(tx, c.EnrolmentID)
	if err != nil {
		return Facts{}, err
	}
	f, err := fund.Find(tx, c.FundID)
	if err != nil {
		return Facts{}, err
	}
	promised, err := policy.ByID(tx, e.PolicyID)
	if err != nil {
		return Facts{}, err
	}
	p, err := c.rules(tx)
	if err != nil {
		return Facts{}, err
	}
	facts := Facts{
		Outstanding: outstanding, Enrolled: e.Principal, IPShare: e.IPShare, Recovered: c.RecoveredBefore,
		Shares: e.Shares, Nominal: f.SharesUnder(promised.Parameters),
	}
	given, err := grantedTo(tx, c.BorrowerID, c.ID)
	if err != nil {
		return Facts{}, err
	}
	facts.EnterpriseLeft = money.Max(p.CompCapPerEnterprise.Sub(given), money.Zero)
	year := today(tx).Year()
	most, err := fund.BankYearCap(tx, f, p, year)
	if err != nil {
		return Facts{}, err
	}
	granted, err := grantedInYear(tx, c.FundID, c.BankID, calendar.NewDate(year, time.January, 1), calendar.NewDate(year, time.December, 31))
	if err != nil {
		return Facts{}, err
	}
	facts.BankYearLeft = money.Max(most.Sub(granted), money.Zero)
	figures, err := fund.FiguresOf(tx, f, p)
	facts.FundAvailable = money.Max(figures.Available, money.Zero)
	return facts, err
}

// work is the computation as things stand now.
func (f *file) work(tx postgres.Tx) (Computation, error) {
	facts, err := factsOf(tx, f.Claim, f.loan.Outstanding)
	if err != nil {
		return Computation{}, err
	}
	return Compute(facts)
}

// mayFile checks what a loan must have come to before its bank may claim (domain §2.4,
// §4.8): enrolled, long enough overdue, gone to law, not too late.
func mayFile(tx postgres.Tx, c Claim, l loan.Loan, p policy.Parameters, found *fault.Collector) error {
	now := today(tx)
	if l.DaysPastDue < p.ClaimMinDPD {
		first := now.AddDays(p.ClaimMinDPD - l.DaysPastDue)
		found.Add("enrolment_id", "claim_too_early", "贷款逾期 %d 天，须满 %d 天方可申请；若仍未归还，最早可于 %s 申请", l.DaysPastDue, p.ClaimMinDPD, first)
	}
	if err := extensionCovered(tx, c, l, found); err != nil {
		return err
	}
	if last := l.MaturesOn.AddDays(p.ClaimLatestAfterMaturity); now.After(last) {
		found.Add("enrolment_id", "claim_too_late", "贷款于 %s 到期，申请期限为到期后 %d 天（%s），现已超过", l.MaturesOn, p.ClaimLatestAfterMaturity, last)
	}
	if p.ClaimLitigationRequired && (c.LitigationNo == "" || c.LitigationKind == "") {
		found.Add("litigation_no", "litigation_missing", "申请补偿前须已立案：请填写诉讼、仲裁或破产申报的案号")
	}
	if c.LitigationOn != nil && c.LitigationOn.After(now) {
		found.Add("litigation_on", "date_in_future", "立案日期 %s 尚未到来，请核对", *c.LitigationOn)
	}
	return nil
}

// extensionCovered refuses a default that began after the maturity the fund promised for:
// an extension that was not filed anew and confirmed is not covered (domain §2.4, Loan).
func extensionCovered(tx postgres.Tx, c Claim, l loan.Loan, found *fault.Collector) error {
	until, err := fund.CoveredUntil(tx, c.EnrolmentID, l.MaturesOn)
	if err != nil {
		return err
	}
	if began := today(tx).AddDays(-l.DaysPastDue - l.GraceDays); until.Before(l.MaturesOn) && began.After(until) {
		found.Add("enrolment_id", "extension_not_refiled",
			"贷款展期至 %s 未重新备案并经确认，基金只承保至 %s；违约始于 %s，在承保期之后，不予补偿", l.MaturesOn, until, began)
	}
	return nil
}
