package authz

// Permissions over valuation orders and reports.
const (
	ValuationRead   Permission = "valuation:read"
	ValuationOrder  Permission = "valuation:order"
	ValuationAnswer Permission = "valuation:answer"
	ValuationWrite  Permission = "valuation:write"
	ValuationSign   Permission = "valuation:sign"
	ValuationFile   Permission = "valuation:file"
)

var _ = define(
	grant(ValuationRead, "查看评估委托与评估报告", anyOf(ownerRoles, firmRoles, bankRoles, bureauRoles, fundRoles)...),
	grant(ValuationOrder, "委托评估、取消委托", EnterpriseOperator, EnterpriseSignatory),
	grant(ValuationAnswer, "接受或谢绝评估委托", Appraiser, AppraisalReviewer),
	grant(ValuationWrite, "编制评估报告", Appraiser),
	grant(ValuationSign, "以评估师身份签署评估报告", Appraiser),
	grant(ValuationFile, "审核并出具评估报告，或退回修改", AppraisalReviewer),
)
