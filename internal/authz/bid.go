package authz

// Permissions on bids. Before the window closes only the bidding bank sees a bid at all,
// whatever permission another holds.
const (
	BidRead    Permission = "bid:read"
	BidDraft   Permission = "bid:draft"
	BidCheck   Permission = "bid:check"
	BidApprove Permission = "bid:approve"
	BidAward   Permission = "bid:award"
)

var _ = define(
	grant(BidRead, "查看报价（截止前仅报价银行本身可见）", anyOf(ownerRoles, bankRoles, bureauRoles)...),
	grant(BidDraft, "起草报价、开展贷前调查", LoanOfficer),
	grant(BidCheck, "签署或撤回报价", BankReviewer),
	grant(BidApprove, "审批授信或否决", BankApprover),
	grant(BidAward, "比选并选定报价", EnterpriseSignatory),
)
