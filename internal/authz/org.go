package authz

// Permissions on organisations.
const (
	OrgRead    Permission = "org:read"
	OrgEditOwn Permission = "org:edit_own"
	OrgCreate  Permission = "org:create"
	OrgHandle  Permission = "org:handle"
	OrgCheck   Permission = "org:check"
	OrgUnmask  Permission = "org:unmask"
)

var _ = define(
	grant(OrgRead, "查看入驻机构", everyone()...),
	grant(OrgEditOwn, "维护本单位资料", EnterpriseOperator, EnterpriseSignatory, LoanOfficer, BankReviewer, AppraisalReviewer,
		GuaranteeOfficer, GuaranteeReviewer, BureauHandler, Treasurer, FundHandler, FinancialObserver, SystemAdmin),
	grant(OrgCreate, "登记银行、评估、担保等机构", BureauHandler),
	grant(OrgHandle, "经办机构准入、退回、暂停与恢复", BureauHandler),
	grant(OrgCheck, "复核机构准入、退回、暂停与恢复", BureauChecker),
	grant(OrgUnmask, "说明理由后查看联系人完整信息", anyOf(bureauRoles, bankRoles, fundRoles, purseRoles)...),
)
