package authz

// Permissions on loan products.
const (
	ProductRead  Permission = "product:read"
	ProductDraft Permission = "product:draft"
	ProductCheck Permission = "product:check"
	MatchRead    Permission = "match:read"
)

var _ = define(
	grant(ProductRead, "查看银行贷款产品", anyOf(ownerRoles, bankRoles, bureauRoles, purseRoles, fundRoles, guaranty, []Role{FinancialObserver})...),
	grant(ProductDraft, "起草贷款产品并提出发布、下架", LoanOfficer),
	grant(ProductCheck, "复核贷款产品的发布与下架", BankReviewer),
	grant(MatchRead, "查看融资需求与产品的匹配结果及原因", anyOf(ownerRoles, bankRoles)...),
)
