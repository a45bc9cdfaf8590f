package authz

// Permissions of subsidies (domain §2.1, §4.7).
const (
	SubsidyCallRead  Permission = "subsidy_call:read"
	SubsidyCallDraft Permission = "subsidy_call:draft"
	SubsidyCallCheck Permission = "subsidy_call:check"

	SubsidyRead        Permission = "subsidy:read"
	SubsidyApply       Permission = "subsidy:apply"
	SubsidySign        Permission = "subsidy:sign"
	SubsidyReview      Permission = "subsidy:review"
	SubsidyReviewCheck Permission = "subsidy:review_check"

	SubsidyBudgetRead Permission = "subsidy_budget:read"
	SubsidyPay        Permission = "subsidy:pay"
	SubsidyPayCheck   Permission = "subsidy:pay_check"
	SubsidyFund       Permission = "subsidy_budget:fund"
	SubsidyFundCheck  Permission = "subsidy_budget:fund_check"
)

var subsidyOffices = anyOf(bureauRoles, purseRoles, []Role{FinancialObserver})

var _ = define(
	grant(SubsidyCallRead, "查看补助征集", anyOf(subsidyOffices, fundRoles, ownerRoles)...),
	grant(SubsidyCallDraft, "起草、关闭补助征集", BureauHandler),
	grant(SubsidyCallCheck, "复核并发布补助征集", BureauChecker),
	grant(SubsidyRead, "查看补助申请", anyOf(subsidyOffices, ownerRoles)...),
	grant(SubsidyApply, "填报补助申请", EnterpriseOperator),
	grant(SubsidySign, "签署补助申请", EnterpriseSignatory),
	grant(SubsidyReview, "审核补助申请、登记异议", BureauHandler),
	grant(SubsidyReviewCheck, "复核补助申请的审核意见", BureauChecker),
	grant(SubsidyBudgetRead, "查看补助资金与拨付批次", subsidyOffices...),
	grant(SubsidyPay, "经办补助拨付", Treasurer),
	grant(SubsidyPayCheck, "复核补助拨付", FinanceChecker),
	grant(SubsidyFund, "经办补助资金拨入", Treasurer),
	grant(SubsidyFundCheck, "复核补助资金拨入", FinanceChecker),
)
