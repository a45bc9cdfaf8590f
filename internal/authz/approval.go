package authz

// Permissions of the maker-checker mechanism itself. Which proposals a checker may sign
// follows from the permission that each kind of proposal names.
const (
	ApprovalRead Permission = "approval:read"
	ApprovalSign Permission = "approval:sign"
)

var _ = define(
	grant(ApprovalRead, "查看待复核事项", everyone()...),
	grant(ApprovalSign, "复核或退回他人经办的事项", everyone()...),
)
