package authz

// Permissions of the fund, its money and the loans enrolled in it (domain §2.1, §4).
const (
	FundRead         Permission = "fund:read"
	FundOpen         Permission = "fund:open"
	FundOpenCheck    Permission = "fund:open_check"
	FundResume       Permission = "fund:resume"
	FundEvaluate     Permission = "fund:evaluate"
	FundMovementRead Permission = "fund_movement:read"
	FundMove         Permission = "fund_movement:make"
	FundMoveCheck    Permission = "fund_movement:check"

	EnrolmentRead      Permission = "enrolment:read"
	EnrolmentFile      Permission = "enrolment:file"
	EnrolmentCheck     Permission = "enrolment:check"
	EnrolmentLate      Permission = "enrolment:late"
	EnrolmentLateCheck Permission = "enrolment:late_check"
)

var fundReaders = anyOf(bureauRoles, purseRoles, fundRoles, []Role{FinancialObserver})

var _ = define(
	grant(FundRead, "查看风险补偿基金", anyOf(fundReaders, bankRoles, guaranty)...),
	grant(FundOpen, "设立子基金、调整其分担规则", Treasurer),
	grant(FundOpenCheck, "复核子基金的设立与规则", FinanceChecker),
	grant(FundResume, "共同决定解除熔断", BureauChecker, FinanceChecker),
	grant(FundEvaluate, "即时评估熔断指标", FundHandler, FundChecker),
	grant(FundMovementRead, "查看基金资金收支", fundReaders...),
	grant(FundMove, "经办基金出资、利息、退资与管理费", Treasurer),
	grant(FundMoveCheck, "复核基金资金收支", FinanceChecker),
	grant(EnrolmentRead, "查看贷款备案", anyOf(fundReaders, bankRoles, guaranty, firmRoles, ownerRoles)...),
	grant(EnrolmentFile, "经办贷款备案入库", LoanOfficer),
	grant(EnrolmentCheck, "复核贷款备案入库", BankReviewer),
	grant(EnrolmentLate, "经办逾期备案许可、展期重新备案确认", BureauHandler),
	grant(EnrolmentLateCheck, "复核逾期备案许可、展期重新备案确认", BureauChecker),
)
