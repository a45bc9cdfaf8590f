// Package iam knows the people: accounts, passwords, second factors, sessions, roles and
// keys of machines. One person may act for several organisations, one at a time.
//
// The one hard rule: whoever opens an account does not decide what it may do. The system
// administrator opens accounts, the security administrator grants roles, the audit
// administrator reads, and none of the three does business (三员分立, domain §9.1).
package iam

import (
	"time"

	"github.com/google/uuid"

	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/fault"
	"ippledge/internal/state"
)

// Limits of domain §9.1.
const (
	failuresMax      = 5
	lockedFor        = 15 * time.Minute
	idleStaff        = 15 * time.Minute
	idleOthers       = 30 * time.Minute
	sessionLife      = 8 * time.Hour
	passwordLife     = 90 * 24 * time.Hour
	passwordsKept    = 5
	passwordShortest = 10
	passwordLongest  = 128
)

// Status of an account.
type Status string

// An account is active or disabled; it is never deleted, because the trail names it.
const (
	Active   Status = "active"
	Disabled Status = "disabled"
)

// Action moves an account.
type Action string

// What is done to accounts.
const (
	Disable Action = "disable"
	Enable  Action = "enable"
)

// Transitions is the whole life of an account.
var Transitions = state.Table[Status, Action]{
	Active:   {Disable: Disabled},
	Disabled: {Enable: Active},
}

var _ = state.Name(map[string]string{"active": "正常", "disabled": "已停用", "disable": "停用", "enable": "启用"})

var _ = audit.Name(map[string]string{
	"session.sign_in": "登录", "session.refuse": "登录失败", "session.sign_out": "退出登录", "session.switch": "切换单位",
	"user.create": "开立账号", "user.register": "注册账号", "user.edit": "修改账号资料", "user.disable": "停用账号", "user.enable": "启用账号",
	"user.lock": "账号锁定", "user.unlock": "解除锁定", "user.reset_password": "重置口令", "user.change_password": "修改口令",
	"user.enrol_totp": "绑定动态口令", "user.reset_totp": "解除动态口令", "user.grant_role": "授予角色", "user.revoke_role": "收回角色",
	"api_key.create": "创建接口密钥", "api_key.revoke": "吊销接口密钥",
})

// User is one person's account. OrgID is the organisation it was opened for, which says
// nothing about what it may do there: that is in the memberships.
type User struct {
	ID                 uuid.UUID
	Username           string
	Name               string
	Mobile             string
	Email              string
	OrgID              *uuid.UUID
	PasswordHash       string
	MustChangePassword bool
	PasswordChangedAt  time.Time
	TOTPSecret         string
	TOTPConfirmedAt    *time.Time
	TOTPLastStep       int64
	FailedAttempts     int
	LockedUntil        *time.Time
	Status             Status
	Demo               bool
	CreatedAt          time.Time
	LastSignInAt       *time.Time
	Version            int64
}

// Membership is what a person does for one organisation.
type Membership struct {
	OrgID uuid.UUID
	Roles []authz.Role
}

// NewUser is an account to open. Without MustChange the password given is good for 90
// days like any other; Demo marks the sign-ins shown on the demo's front page.
type NewUser struct {
	Username, Name, Mobile, Email, Password string
	OrgID                                   uuid.UUID
	Memberships                             []Membership
	Demo, MustChange                        bool
}

// locked tells whether too many wrong passwords have closed the account for now.
func (u User) locked(now time.Time) bool { return u.LockedUntil != nil && now.Before(*u.LockedUntil) }

// mustChange tells whether the password has to be changed before anything else: the
// first one somebody else chose, or one older than 90 days. Demo accounts are shared on
// purpose and stay as they are.
func (u User) mustChange(now time.Time) bool {
	return u.MustChangePassword || !u.Demo && now.Sub(u.PasswordChangedAt) > passwordLife
}

// actor is the user as an actor whose name is on record, without roles.
func (u User) actor() authz.Actor {
	a := authz.Actor{UserID: u.ID, Name: u.Name}
	if u.OrgID != nil {
		a.OrgID = *u.OrgID
	}
	return a
}

var (
	errNoUser       = fault.New(fault.NotFound, "user_not_found", "没有这个用户，或您无权查看")
	errTaken        = fault.InField("username", "username_taken", "该登录名已被使用，请换一个")
	errNotMember    = fault.New(fault.Denied, "not_a_member", "您不是该单位的成员，不能切换过去")
	errCredentials  = fault.New(fault.Unauthenticated, "credentials_wrong", "登录名或口令不正确")
	errTOTPRequired = fault.New(fault.Unauthenticated, "totp_required", "请输入动态口令")
	errTOTPWrong    = fault.New(fault.Unauthenticated, "totp_wrong", "动态口令不正确或已使用过，请等待下一个口令")
	errSessionOnly  = fault.New(fault.Denied, "session_required", "该操作须由本人登录后办理，不能使用接口密钥")
	errKey          = fault.New(fault.Unauthenticated, "api_key_invalid", "接口密钥无效、已过期或已吊销")

	errPasswordChange = fault.New(fault.Denied, "password_change_required", "请先修改口令（首次登录或口令已满 90 天）")
	errTOTPEnrolment  = fault.New(fault.Denied, "totp_enrolment_required", "您的岗位须使用动态口令，请先完成绑定")
)
