package iam

import (
	"context"
	"regexp"
	"slices"

	"github.com/google/uuid"

	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/etag"
	"ippledge/internal/fault"
	"ippledge/internal/org"
	"ippledge/internal/platform/postgres"
)

var (
	usernameForm = regexp.MustCompile(`^[a-z][a-z0-9._-]{2,31}$`)
	mobileForm   = regexp.MustCompile(`^1[3-9]\d{9}$`)
)

// administrators do no business: none of these goes together with any other role of the
// same person, in whatever organisation.
var administrators = []authz.Role{authz.SystemAdmin, authz.SecurityAdmin, authz.AuditAdmin}

// checkGrant tells whether a person who holds these roles may hold one more.
func checkGrant(o org.Organization, held []authz.Role, role authz.Role) error {
	info, known := authz.Info(role)
	if !known {
		return fault.InField("role", "role_unknown", "没有这个角色")
	}
	if !slices.Contains(info.Kinds, o.Kind) {
		return fault.InField("role", "role_not_for_organisation", "“%s”不是该类机构的角色", info.Text)
	}
	for _, other := range held {
		if other == role {
			continue
		}
		otherInfo, _ := authz.Info(other)
		apart := slices.Contains(administrators, role) || slices.Contains(administrators, other)
		if apart || slices.Contains(info.Excludes, other) || slices.Contains(otherInfo.Excludes, role) {
			return fault.New(fault.Rule, "role_excluded", "“%s”与该用户已有的“%s”不能由同一人担任，请另行安排人员", info.Text, otherInfo.Text).Of("role")
		}
	}
	return nil
}

func grant(tx postgres.Tx, actor authz.Actor, u User, orgID uuid.UUID, role authz.Role) error {
	o, err := org.Find(tx, orgID)
	if err != nil {
		return err
	}
	granted, err := rolesOf(tx, u.ID)
	if err != nil {
		return err
	}
	held := make([]authz.Role, len(granted))
	for i, g := range granted {
		held[i] = g.Role
	}
	if err := checkGrant(o, held, role); err != nil {
		return err
	}
	r := roleRow{UserID: u.ID, OrgID: orgID, Role: role, GrantedAt: tx.Now()}
	if !actor.IsSystem() {
		r.GrantedBy = &actor.UserID
	}
	if err := addRole(tx, r); err != nil {
		return err
	}
	return audit.Record(tx, actor, "user.grant_role", "user", u.ID, map[string]any{"org": o.Name, "role": role})
}

// Grant gives a person a role. Only the security administrator does, who opens no
// accounts, and not to himself; so two people stand behind every account that can act.
func (s *Service) Grant(ctx context.Context, actor authz.Actor, userID, orgID uuid.UUID, role authz.Role) error {
	return s.changeRole(ctx, actor, userID, func(tx postgres.Tx, u User) error { return grant(tx, actor, u, orgID, role) })
}

// Revoke takes a role away. It fails with role_not_held.
func (s *Service) Revoke(ctx context.Context, actor authz.Actor, userID, orgID uuid.UUID, role authz.Role) error {
	return s.changeRole(ctx, actor, userID, func(tx postgres.Tx, u User) error {
		removed, err := removeRole(tx, u.ID, orgID, role)
		if err != nil {
			return err
		}
		if !removed {
			return fault.New(fault.Conflict, "role_not_held", "该用户没有这个角色，请刷新后查看")
		}
		return audit.Record(tx, actor, "user.revoke_role", "user", u.ID, map[string]any{"org_id": orgID, "role": role})
	})
}

func (s *Service) changeRole(ctx context.Context, actor authz.Actor, userID uuid.UUID, change func(postgres.Tx, User) error) error {
	if err := actor.Allowed(authz.RoleGrant); err != nil {
		return err
	}
	if userID == actor.UserID {
		return fault.New(fault.Rule, "own_roles_fixed", "不能变更自己的角色，请由另一位安全管理员办理")
	}
	return s.db.InTx(ctx, func(tx postgres.Tx) error {
		// The row lock makes two grants to one person queue up, so that both see the other.
		u, err := lockUser(tx, userID)
		if err != nil {
			return err
		}
		if err := etag.Check(tx.Context(), u.Version); err != nil {
			return err
		}
		if err := change(tx, u); err != nil {
			return err
		}
		return saveUser(tx, &u)
	})
}
