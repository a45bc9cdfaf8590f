package authz

// Permissions on accounts and roles. Opening an account and giving it a role take two
// people, because no one person is both system and security administrator.
const (
	UserRead      Permission = "user:read"
	UserReadOwn   Permission = "user:read_own"
	UserManage    Permission = "user:manage"
	UserManageOwn Permission = "user:manage_own"
	RoleGrant     Permission = "role:grant"
	APIKeyManage  Permission = "api_key:manage"
)

var _ = define(
	grant(UserRead, "查看全部用户", SystemAdmin, SecurityAdmin, AuditAdmin),
	grant(UserReadOwn, "查看本单位用户", EnterpriseSignatory),
	grant(UserManage, "开立、停用账号，重置口令", SystemAdmin),
	grant(UserManageOwn, "管理本单位经办账号", EnterpriseSignatory),
	grant(RoleGrant, "授予或收回角色", SecurityAdmin),
	grant(APIKeyManage, "管理本人的接口密钥", anyOf(ownerRoles, bankRoles, firmRoles, guaranty, bureauRoles, purseRoles, fundRoles, []Role{FinancialObserver})...),
)
