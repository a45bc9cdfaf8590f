package authz

// Permissions on claims against the fund and on recoveries (domain §2.4). Which rows a
// reader sees follows from the organisation; an expert sees those drawn for.
const (
	ClaimRead       Permission = "claim:read"
	ClaimFile       Permission = "claim:file"
	ClaimFileCheck  Permission = "claim:file_check"
	ClaimManage     Permission = "claim:manage"
	ClaimManageSign Permission = "claim:manage_check"
	ClaimScore      Permission = "claim:score"
	ClaimDecide     Permission = "claim:decide"
	ClaimDecideSign Permission = "claim:decide_check"
	ClaimConfirm    Permission = "claim:confirm"
	ClaimPay        Permission = "claim:pay"
	ClaimPaySign    Permission = "claim:pay_check"
	ClaimSettle     Permission = "claim:settle"
)

var claimSide = anyOf(bankRoles, guaranty, bureauRoles, purseRoles, fundRoles, []Role{FinancialObserver})

var _ = define(
	grant(ClaimRead, "查看补偿申请与追偿", anyOf(claimSide, []Role{Expert})...),
	grant(ClaimFile, "经办补偿申请、登记追偿", LoanOfficer),
	grant(ClaimFileCheck, "复核补偿申请、追偿登记", BankReviewer),
	grant(ClaimManage, "受理与初审补偿申请、抽取专家、申请核销", FundHandler),
	grant(ClaimManageSign, "复核补偿申请的初审、核销申请", FundChecker),
	grant(ClaimScore, "评审所抽中的补偿申请", Expert),
	grant(ClaimDecide, "经办补偿申请的复核、公示、异议处理与核准", BureauHandler),
	grant(ClaimDecideSign, "复核补偿申请的审定、公示与核准", BureauChecker),
	grant(ClaimConfirm, "会签补偿核准与核销", FinanceChecker),
	grant(ClaimPay, "经办补偿拨付、追回与追偿款到账", Treasurer),
	grant(ClaimPaySign, "复核补偿拨付、追回与追偿款到账", FinanceChecker),
	grant(ClaimSettle, "查看年度清算", anyOf(bankRoles, bureauRoles, purseRoles, fundRoles, []Role{FinancialObserver})...),
)
