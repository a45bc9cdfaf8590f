package authz

// IndicatorRead opens the dashboard and the rows behind its figures.
const IndicatorRead Permission = "indicator:read"

var _ = define(
	grant(IndicatorRead, "查看统计指标、目标完成情况及其明细", anyOf(bureauRoles, purseRoles, fundRoles, []Role{FinancialObserver, AuditAdmin})...),
)
