package authz

// Permissions over rights that may become collateral.
const (
	AssetRead   Permission = "asset:read"
	AssetWrite  Permission = "asset:write"
	AssetSign   Permission = "asset:sign"
	AssetVerify Permission = "asset:verify"
	AssetCheck  Permission = "asset:check"
)

var _ = define(
	grant(AssetRead, "查看知识产权及其预警", anyOf(ownerRoles, bankRoles, firmRoles, guaranty, bureauRoles, fundRoles, []Role{FinancialObserver})...),
	grant(AssetWrite, "登记、修改、导入知识产权，登记缴费与续展", EnterpriseOperator),
	grant(AssetSign, "复核知识产权登记，上架、下架与确认风险", EnterpriseSignatory),
	grant(AssetVerify, "核验知识产权，登记冻结、失效、无效与恢复", BureauHandler),
	grant(AssetCheck, "复核知识产权核验与登记事项", BureauChecker),
)
