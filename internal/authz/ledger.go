package authz

// Permissions of the fund ledger. The finance bureau keeps the books; the fund's manager,
// the bureau and the observers read them; the audit administrator proves them.
const (
	LedgerRead      Permission = "ledger:read"
	LedgerPost      Permission = "ledger:post"
	LedgerAdjust    Permission = "ledger:adjust"
	LedgerCheck     Permission = "ledger:check"
	LedgerReconcile Permission = "ledger:reconcile"
	LedgerVerify    Permission = "ledger:verify"
)

var _ = define(
	grant(LedgerRead, "查看账簿、分录、报表与对账", anyOf(purseRoles, fundRoles, bureauRoles, []Role{FinancialObserver, AuditAdmin})...),
	grant(LedgerPost, "通过接口直接登记利息收入与备查事项", Treasurer),
	grant(LedgerAdjust, "经办手工调整、冲正、结账、开立科目", Treasurer),
	grant(LedgerCheck, "复核手工调整、冲正、结账、对账", FinanceChecker),
	grant(LedgerReconcile, "导入托管银行对账单并对账", Treasurer),
	grant(LedgerVerify, "校验账簿完整性", anyOf(purseRoles, []Role{AuditAdmin})...),
)
