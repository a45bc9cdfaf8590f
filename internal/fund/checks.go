package fund

import (
	"fmt"
	"slices"

	"ippledge/internal/calendar"
	"ippledge/internal/money"
	"ippledge/internal/policy"
)

// Check is one rule of eligibility as it was applied: what it asks, and the figures that
// decided.
type Check struct {
	Code   string `json:"code"`
	Rule   string `json:"rule" doc:"规则，中文"`
	Needed string `json:"needed" doc:"要求"`
	Actual string `json:"actual" doc:"实际"`
	Passed bool   `json:"passed"`
}

// facts are everything the rules look at, gathered under the fund's lock.
type facts struct {
	Loan       loanFacts
	Policy     policy.Parameters
	Fund       Fund
	Figures    Figures
	BankState  Breaker
	BankReason string
	LPR        policy.Quote
	// EnterpriseCovered is the enterprise's covered principal already enrolled, this loan not counted.
	EnterpriseCovered money.Amount
	CleanCredit       bool
	AlreadyLive       bool
	FiledOn, DueOn    calendar.Date
	LatePermit        string
}

// decide applies every rule, passed or not, in the order of domain §4.8, so that a bank
// sees all reasons at once.
func decide(f facts) []Check {
	return slices.Concat(aboutLoan(f), aboutEnterprise(f), aboutFiling(f), aboutRoom(f), aboutBreakers(f))
}

func passedAll(checks []Check) bool {
	return !slices.ContainsFunc(checks, func(c Check) bool { return !c.Passed })
}

// failed lists the rules not met, for a sentence.
func failed(checks []Check) (rules []string) {
	for _, c := range checks {
		if !c.Passed {
			rules = append(rules, c.Rule)
		}
	}
	return rules
}

func aboutLoan(f facts) []Check {
	l, p := f.Loan, f.Policy
	latest := l.DisbursedOn.AddMonths(p.MaxTermMonths)
	ceiling := p.PriceCeiling(f.LPR.OneYear)
	fees := Check{
		Code: "extra_fees", Rule: "除利息外不得收取其他费用", Needed: money.Zero.Text(), Actual: l.Fees.Text(), Passed: !l.Fees.IsPositive(),
	}
	if p.ExtraFeesAllowed {
		fees.Needed, fees.Passed = "允许收取", true
	}
	return []Check{
		{"loan_performing", "贷款已放款且未逾期", "正常，逾期 0 天", l.standing(), l.Status == "active" && l.DaysPastDue == 0},
		{"pledge_registered", "质押已登记", "已登记", yesNo(l.PledgeRegistered, "已登记", "未登记或已失效"), l.PledgeRegistered},
		{"ip_share", "知识产权在担保中的占比", "不低于 " + p.MinIPShareInCombo.String() + "%", l.IPShare.String() + "%", l.IPShare.Cmp(p.MinIPShareInCombo) >= 0},
		{
			"term", "贷款期限", fmt.Sprintf("不超过 %d 个月（至 %s）", p.MaxTermMonths, latest), "到期日 " + l.MaturesOn.String(),
			!l.MaturesOn.After(latest),
		},
		{
			"price", "年利率不高于签约时1年期LPR加点上限",
			fmt.Sprintf("不高于 %s%%（LPR %s%% + %d 基点）", ceiling, f.LPR.OneYear, p.PriceCeilingBPOverLPR1Y), l.AnnualRate.String() + "%",
			l.AnnualRate.Cmp(ceiling) <= 0,
		},
		fees,
	}
}

func aboutEnterprise(f facts) []Check {
	l, p := f.Loan, f.Policy
	age := Check{
		Code: "enterprise_age", Rule: "企业成立时间", Needed: fmt.Sprintf("放款时满 %d 个月", p.EnterpriseMinAgeMonths), Actual: "未登记成立日期",
		Passed: p.EnterpriseMinAgeMonths == 0,
	}
	if e := l.EstablishedOn; e != nil && !e.IsZero() {
		age.Actual = e.String() + " 成立"
		age.Passed = !e.AddMonths(p.EnterpriseMinAgeMonths).After(l.DisbursedOn)
	}
	sme := Check{Code: "sme", Rule: "限中小微企业", Needed: "中型、小型或微型", Actual: scaleText(l.Scale), Passed: l.Scale != "large" && l.Scale != ""}
	if !p.SMEOnly {
		sme.Needed, sme.Passed = "不限", true
	}
	credit := Check{
		Code: "clean_credit", Rule: fmt.Sprintf("企业近 %d 年无不良信用记录", p.CleanCreditYears), Needed: "银行据征信报告声明",
		Actual: yesNo(f.CleanCredit, "已声明", "未声明"), Passed: f.CleanCredit || p.CleanCreditYears == 0,
	}
	return []Check{age, sme, credit}
}

func aboutFiling(f facts) []Check {
	late := f.FiledOn.After(f.DueOn)
	filing := Check{
		Code: "filing_deadline", Rule: fmt.Sprintf("放款后 %d 个工作日内备案", f.Policy.FilingDeadlineWD),
		Needed: "不晚于 " + f.DueOn.String(), Actual: "备案日 " + f.FiledOn.String(), Passed: !late || f.LatePermit == LateAllowed,
	}
	if late && filing.Passed {
		filing.Actual += "，知识产权局已准许逾期备案"
	}
	return []Check{
		filing,
		{"not_enrolled", "未重复备案", "无有效备案", yesNo(f.AlreadyLive, "已有有效备案", "无"), !f.AlreadyLive},
		{"fund_area", "企业属于基金服务的区域", f.Fund.Name + "的服务区域", f.Loan.AreaName, f.areaFits()},
	}
}

func aboutRoom(f facts) []Check {
	covered := f.EnterpriseCovered.Add(f.Loan.IPShare.Of(f.Loan.Outstanding))
	enrolled := f.Figures.Enrolled.Add(f.Loan.Outstanding)
	return []Check{
		{
			"enterprise_cap", "单户企业在保本金上限（含本笔）", "不超过 " + f.Policy.EnrolledCapPerEnterprise.Text(), covered.Text(),
			!f.Policy.EnrolledCapPerEnterprise.Less(covered),
		},
		{
			"leverage", "放大倍数上限（含本笔）",
			fmt.Sprintf("在保余额不超过 %s（净资产 %s × %d 倍）", f.Figures.EnrolledLimit.Text(), f.Figures.Available.Text(), f.Policy.LeverageMultiple),
			enrolled.Text() + "，即 " + times(enrolled, f.Figures.Available), !f.Figures.EnrolledLimit.Less(enrolled),
		},
	}
}

func aboutBreakers(f facts) []Check {
	shown := func(b Breaker, reason string) string {
		if b == Normal || reason == "" {
			return breakerText(b)
		}
		return breakerText(b) + "：" + reason
	}
	return []Check{
		{"breaker_bank", "该银行未被熔断暂停", "正常或预警", shown(f.BankState, f.BankReason), f.BankState != Suspended},
		{"breaker_fund", "基金未被熔断暂停", "正常或预警", shown(f.Fund.Breaker, f.Fund.BreakerReason), f.Fund.Breaker != Suspended && f.Fund.Status == Active},
	}
}

// areaFits tells whether the fund serves the borrower: a sub-fund its own county or park.
func (f facts) areaFits() bool {
	if f.Fund.Code == CityCode || f.Fund.AreaCode == nil {
		return true
	}
	area := *f.Fund.AreaCode
	return f.Loan.AreaCode == area || f.Loan.ParkCode != nil && *f.Loan.ParkCode == area
}

func times(part, whole money.Amount) string {
	if !whole.IsPositive() {
		return "无净资产"
	}
	return part.Decimal().DivRound(whole.Decimal(), 4).RoundUp(2).StringFixed(2) + " 倍"
}

func yesNo(yes bool, a, b string) string {
	if yes {
		return a
	}
	return b
}
