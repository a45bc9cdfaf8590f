package authz

// Permissions on pledges. Whose rows a reader sees follows from the organisation: the
// pledgor and the pledgee their own, those who stand behind the banks all.
const (
	PledgeRead  Permission = "pledge:read"
	PledgeDraft Permission = "pledge:draft"
	PledgeSign  Permission = "pledge:sign"
	PledgeCheck Permission = "pledge:check"
)

var _ = define(
	grant(PledgeRead, "查看质押合同与登记", anyOf(ownerRoles, bankRoles, guaranty, bureauRoles, purseRoles, fundRoles, []Role{FinancialObserver})...),
	grant(PledgeDraft, "起草质押合同，申报、登记、变更、延期、注销质押", LoanOfficer),
	grant(PledgeSign, "以出质人身份签署质押合同", EnterpriseSignatory),
	grant(PledgeCheck, "复核质押登记、变更、延期、注销与撤销", BankReviewer),
)
