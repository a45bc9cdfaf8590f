package authz

// Permissions on notices and messages.
const (
	NoticeRead    Permission = "notice:read"
	NoticeDraft   Permission = "notice:draft"
	NoticePublish Permission = "notice:publish"
	MessageRead   Permission = "message:read"
)

var _ = define(
	grant(NoticeRead, "查看公告管理", anyOf(bureauRoles, purseRoles, fundRoles)...),
	grant(NoticeDraft, "起草公告", BureauHandler),
	grant(NoticePublish, "复核并发布公告", BureauChecker),
	grant(MessageRead, "查看自己的消息", everyone()...),
)
