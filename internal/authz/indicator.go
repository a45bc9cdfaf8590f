package authz

// IndicatorRead opens the dashboard, the cockpit, the rows behind their figures and the
// supervisory forms R1–R7.
const IndicatorRead Permission = "indicator:read"

var _ = define(
	grant(IndicatorRead, "查看统计指标、目标完成情况及其明细，导出监管报表", anyOf(bureauRoles, purseRoles, fundRoles, []Role{FinancialObserver, AuditAdmin})...),
)
