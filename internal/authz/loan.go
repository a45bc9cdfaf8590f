package authz

// Permissions on loans. Whose rows a reader sees follows from the organisation: borrower
// and bank their own, those who stand behind the banks all that were disbursed.
const (
	LoanRead    Permission = "loan:read"
	LoanApprove Permission = "loan:approve"
	LoanSign    Permission = "loan:sign"
	LoanDraft   Permission = "loan:draft"
	LoanCheck   Permission = "loan:check"
	LoanReport  Permission = "loan:report"
)

var _ = define(
	grant(LoanRead, "查看贷款、还款计划与还款", anyOf(ownerRoles, bankRoles, guaranty, bureauRoles, purseRoles, fundRoles, []Role{FinancialObserver})...),
	grant(LoanApprove, "登记授信审批结果，批准展期与核销", BankApprover),
	grant(LoanSign, "以借款人身份签署借款合同", EnterpriseSignatory),
	grant(LoanDraft, "经办放款条件、放款、还款、违约与追偿登记", LoanOfficer),
	grant(LoanCheck, "代表银行签署借款合同，复核放款、还款等登记", BankReviewer),
	grant(LoanReport, "查看逾期分布与月度统计表", anyOf(bankRoles, bureauRoles, purseRoles, fundRoles, []Role{FinancialObserver})...),
)
