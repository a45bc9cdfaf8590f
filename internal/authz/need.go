package authz

// Permissions on financing needs. Whose rows a reader sees follows from the kind of the
// organisation: an enterprise its own, banks the open ones, the bureau the submitted ones.
const (
	NeedRead        Permission = "need:read"
	NeedDraft       Permission = "need:draft"
	NeedSign        Permission = "need:sign"
	NeedReview      Permission = "need:review"
	NeedReviewCheck Permission = "need:review_check"
)

var _ = define(
	grant(NeedRead, "查看融资需求", anyOf(ownerRoles, bankRoles, bureauRoles, purseRoles, fundRoles, []Role{FinancialObserver})...),
	grant(NeedDraft, "起草、修改并提交融资需求", EnterpriseOperator),
	grant(NeedSign, "签署、提前截止、重新发布或撤销融资需求", EnterpriseSignatory),
	grant(NeedReview, "经办核验融资需求", BureauHandler),
	grant(NeedReviewCheck, "复核融资需求的核验意见", BureauChecker),
)
