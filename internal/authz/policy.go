package authz

// Permissions of the policy's dated versions and of the LPR history. Everybody signed in
// may read what is in force: the rules of the scheme are public.
const (
	PolicyRead    Permission = "policy:read"
	PolicyDraft   Permission = "policy:draft"
	PolicyApprove Permission = "policy:approve"
	LPRRecord     Permission = "lpr:record"
	LPRApprove    Permission = "lpr:approve"
)

var _ = define(
	grant(PolicyRead, "查看政策参数与LPR历史", everyone()...),
	grant(PolicyDraft, "起草与修改政策版本", BureauHandler),
	grant(PolicyApprove, "复核政策版本", BureauChecker),
	grant(LPRRecord, "登记LPR报价", BureauHandler),
	grant(LPRApprove, "复核LPR报价", BureauChecker),
)
