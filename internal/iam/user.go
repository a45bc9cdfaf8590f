package iam

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/etag"
	"ippledge/internal/fault"
	"ippledge/internal/platform/postgres"
)

// Contact is what may be changed of an account's person.
type Contact struct {
	Name   string `json:"name" maxLength:"40" doc:"姓名"`
	Mobile string `json:"mobile,omitempty" maxLength:"20" doc:"手机号"`
	Email  string `json:"email,omitempty" maxLength:"100" doc:"邮箱"`
}

// EditUser changes name and contacts.
func (s *Service) EditUser(ctx context.Context, actor authz.Actor, id uuid.UUID, c Contact) error {
	return s.manage(ctx, actor, id, "user.edit", func(_ postgres.Tx, u *User) error {
		var faults fault.Collector
		u.Name, u.Mobile, u.Email = strings.TrimSpace(c.Name), strings.TrimSpace(c.Mobile), strings.TrimSpace(c.Email)
		if len([]rune(u.Name)) < 2 {
			faults.Add("name", "field_required", "请填写真实姓名")
		}
		if u.Mobile != "" && !mobileForm.MatchString(u.Mobile) {
			faults.Add("mobile", "phone_malformed", "手机号应为 11 位数字")
		}
		if u.Email != "" && !strings.Contains(u.Email, "@") {
			faults.Add("email", "email_malformed", "邮箱格式有误")
		}
		return faults.Err()
	})
}

// Move disables or enables an account; a disabled one's sessions and keys are dead at
// their next request.
func (s *Service) Move(ctx context.Context, actor authz.Actor, id uuid.UUID, action Action) error {
	return s.manage(ctx, actor, id, "user."+string(action), func(_ postgres.Tx, u *User) (err error) {
		if u.ID == actor.UserID {
			return fault.New(fault.Rule, "own_account_fixed", "不能停用或启用自己的账号")
		}
		u.Status, err = Transitions.Next(u.Status, action)
		return err
	})
}

// Unlock ends a lock before its quarter of an hour is over.
func (s *Service) Unlock(ctx context.Context, actor authz.Actor, id uuid.UUID) error {
	return s.manage(ctx, actor, id, "user.unlock", func(_ postgres.Tx, u *User) error {
		u.LockedUntil, u.FailedAttempts = nil, 0
		return nil
	})
}

// ResetPassword gives the account a password to hand over, good for one sign-in. The
// second factor stays: whoever resets a password can't sign in with it.
func (s *Service) ResetPassword(ctx context.Context, actor authz.Actor, id uuid.UUID) (password string, err error) {
	err = s.manage(ctx, actor, id, "user.reset_password", func(tx postgres.Tx, u *User) error {
		if u.ID == actor.UserID {
			return fault.New(fault.Rule, "own_account_fixed", "请用“修改口令”更改自己的口令")
		}
		password = temporary()
		if err := s.setPassword(tx, u, password, "password", true); err != nil {
			return err
		}
		return keepPassword(tx, *u)
	})
	return password, err
}

// ResetTOTP takes the second factor off, for a lost telephone. The security administrator
// does it, not the one who resets passwords: otherwise one person could take an account over.
func (s *Service) ResetTOTP(ctx context.Context, actor authz.Actor, id uuid.UUID) error {
	return s.changeRole(ctx, actor, id, func(tx postgres.Tx, u User) error {
		if u.TOTPConfirmedAt == nil {
			return fault.New(fault.Conflict, "totp_not_enrolled", "该用户没有绑定动态口令")
		}
		u.TOTPSecret, u.TOTPConfirmedAt, u.TOTPLastStep = "", nil, 0
		if err := touchUser(tx, u); err != nil {
			return err
		}
		return audit.Record(tx, actor, "user.reset_totp", "user", u.ID, nil)
	})
}

// manage locks an account for somebody who looks after it, changes and stores it.
func (s *Service) manage(ctx context.Context, actor authz.Actor, id uuid.UUID, action string, change func(postgres.Tx, *User) error) error {
	return s.db.InTx(ctx, func(tx postgres.Tx) error {
		u, err := lockUser(tx, id)
		if err != nil {
			return err
		}
		granted, err := rolesOf(tx, id)
		if err != nil {
			return err
		}
		if !visible(actor, u, granted) {
			return errNoUser
		}
		if !manageable(actor, u, granted) {
			return fault.New(fault.Denied, "user_not_yours_to_manage", "您不能管理该账号，请联系系统管理员")
		}
		if err := etag.Check(tx.Context(), u.Version); err != nil {
			return err
		}
		if err := change(tx, &u); err != nil {
			return err
		}
		if err := saveUser(tx, &u); err != nil {
			return err
		}
		return audit.Record(tx, actor, action, "user", u.ID, map[string]any{"username": u.Username})
	})
}

// visible tells whether the actor may see an account: administrators all, a signatory
// those of the own organisation, everybody the own one.
func visible(actor authz.Actor, u User, granted []roleRow) bool {
	if actor.Can(authz.UserRead) || actor.UserID == u.ID {
		return true
	}
	here := u.OrgID != nil && actor.ActsFor(*u.OrgID) || slices.ContainsFunc(granted, func(g roleRow) bool { return actor.ActsFor(g.OrgID) })
	return actor.Can(authz.UserReadOwn) && here
}

// manageable tells whether the actor looks after an account. A signatory's reach ends at
// operators who work for nobody else: resetting the password of one who also works for a
// bank would open the bank.
func manageable(actor authz.Actor, u User, granted []roleRow) bool {
	if actor.Can(authz.UserManage) {
		return true
	}
	if !actor.Can(authz.UserManageOwn) || u.OrgID == nil || !actor.ActsFor(*u.OrgID) || actor.UserID == u.ID {
		return false
	}
	return !slices.ContainsFunc(granted, func(g roleRow) bool {
		return !actor.ActsFor(g.OrgID) || g.Role != authz.EnterpriseOperator
	})
}
