package iam

import (
	"context"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/org"
	"ippledge/internal/platform/postgres"
)

// SessionView is what the front end knows of the session.
type SessionView struct {
	User struct {
		ID       uuid.UUID `json:"id"`
		Name     string    `json:"name"`
		Username string    `json:"username"`
	} `json:"user"`
	Organization struct {
		ID     uuid.UUID     `json:"id"`
		Name   string        `json:"name"`
		Kind   authz.OrgKind `json:"kind"`
		Status org.Status    `json:"status" enum:"draft,submitted,admitted,returned,suspended,closed"`
	} `json:"organization"`
	Roles              []authz.Role       `json:"roles" nullable:"false"`
	RoleNames          []string           `json:"role_names" nullable:"false"`
	Permissions        []authz.Permission `json:"permissions" nullable:"false"`
	MustChangePassword bool               `json:"must_change_password"`
	TOTPEnrolled       bool               `json:"totp_enrolled"`
	TOTPRequired       bool               `json:"totp_required"`
	Demo               bool               `json:"demo" doc:"演示环境"`
	Memberships        []MembershipView   `json:"memberships" nullable:"false"`
	IdleSeconds        int                `json:"idle_seconds" doc:"多久不操作会自动退出"`
}

// MembershipView is one organisation the person may act for.
type MembershipView struct {
	OrganizationID uuid.UUID     `json:"organization_id"`
	Name           string        `json:"name"`
	Kind           authz.OrgKind `json:"kind"`
	Roles          []authz.Role  `json:"roles" nullable:"false"`
	RoleNames      []string      `json:"role_names" nullable:"false"`
}

func roleNames(roles []authz.Role) []string {
	names := make([]string, len(roles))
	for i, r := range roles {
		names[i] = string(r)
		if info, ok := authz.Info(r); ok {
			names[i] = info.Text
		}
	}
	return names
}

// viewOf describes the session of a person acting for an organisation.
func (s *Service) viewOf(ctx context.Context, userID, orgID uuid.UUID) (v SessionView, err error) {
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		u, a, err := s.load(tx, userID, orgID)
		if err != nil {
			return err
		}
		if v.Memberships, err = membershipsOf(tx, userID); err != nil {
			return err
		}
		v.fill(s, u, a, tx.Now())
		if a.OrgID == uuid.Nil {
			return nil
		}
		o, err := org.Find(tx, a.OrgID)
		v.Organization.Status = o.Status
		return err
	})
	return v, err
}

func (v *SessionView) fill(s *Service, u User, a authz.Actor, now time.Time) {
	v.User.ID, v.User.Name, v.User.Username = u.ID, u.Name, u.Username
	v.Organization.ID, v.Organization.Name, v.Organization.Kind = a.OrgID, a.OrgName, a.OrgKind
	v.Roles, v.RoleNames, v.Permissions = a.Roles, roleNames(a.Roles), a.Permissions()
	if v.Roles == nil {
		v.Roles = []authz.Role{}
	}
	if v.Permissions == nil {
		v.Permissions = []authz.Permission{}
	}
	v.MustChangePassword, v.TOTPEnrolled, v.TOTPRequired = u.mustChange(now), u.TOTPConfirmedAt != nil, s.totpRequired(a)
	v.Demo, v.IdleSeconds = s.config.Demo, int(idleLimit(a).Seconds())
}

func membershipsOf(tx postgres.Tx, userID uuid.UUID) ([]MembershipView, error) {
	granted, err := rolesOf(tx, userID)
	if err != nil {
		return nil, err
	}
	out, at := []MembershipView{}, map[uuid.UUID]int{}
	ids := []uuid.UUID{}
	for _, g := range granted {
		i, ok := at[g.OrgID]
		if !ok {
			i = len(out)
			at[g.OrgID] = i
			ids = append(ids, g.OrgID)
			out = append(out, MembershipView{OrganizationID: g.OrgID})
		}
		out[i].Roles = append(out[i].Roles, g.Role)
	}
	orgs, err := org.FindMany(tx, ids)
	for i := range out {
		o := orgs[out[i].OrganizationID]
		out[i].Name, out[i].Kind, out[i].RoleNames = o.Name, o.Kind, roleNames(out[i].Roles)
	}
	return out, err
}
