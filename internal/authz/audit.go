package authz

// AuditRead is the audit administrator's; nobody else reads the trail as a whole.
const AuditRead Permission = "audit:read"

var _ = define(grant(AuditRead, "查阅审计日志并校验其完整性", AuditAdmin))
