package iam

import (
	"time"

	"github.com/google/uuid"

	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/identifier"
	"ippledge/internal/org"
	"ippledge/internal/platform/postgres"
)

// View is an account as clients see it. Telephone and mail are masked for those who do
// not look after it.
type View struct {
	ID                 uuid.UUID   `json:"id"`
	Username           string      `json:"username"`
	Name               string      `json:"name"`
	Mobile             string      `json:"mobile"`
	Email              string      `json:"email"`
	OrganizationID     *uuid.UUID  `json:"organization_id,omitempty"`
	OrganizationName   string      `json:"organization_name"`
	Status             Status      `json:"status" enum:"active,disabled"`
	LockedUntil        *time.Time  `json:"locked_until,omitempty"`
	MustChangePassword bool        `json:"must_change_password"`
	TOTPEnrolled       bool        `json:"totp_enrolled"`
	Demo               bool        `json:"demo"`
	Roles              []GrantView `json:"roles" nullable:"false"`
	LastSignInAt       *time.Time  `json:"last_sign_in_at,omitempty"`
	CreatedAt          time.Time   `json:"created_at"`
	Version            int64       `json:"version"`
	AvailableActions   []string    `json:"available_actions" nullable:"false"`
}

// GrantView is one role held in one organisation.
type GrantView struct {
	OrganizationID   uuid.UUID  `json:"organization_id"`
	OrganizationName string     `json:"organization_name"`
	Role             authz.Role `json:"role"`
	RoleName         string     `json:"role_name"`
	GrantedAt        time.Time  `json:"granted_at"`
}

// Detail is a View with what its page shows besides.
type Detail struct {
	View
	Timeline []audit.Line `json:"timeline" nullable:"false"`
}

// viewsOf describes accounts with their roles and the names of the organisations.
func viewsOf(tx postgres.Tx, actor authz.Actor, users []User) ([]View, error) {
	ids := make([]uuid.UUID, len(users))
	for i, u := range users {
		ids[i] = u.ID
	}
	granted, err := rolesOf(tx, ids...)
	if err != nil {
		return nil, err
	}
	byUser, orgIDs := map[uuid.UUID][]roleRow{}, []uuid.UUID{}
	for _, g := range granted {
		byUser[g.UserID] = append(byUser[g.UserID], g)
		orgIDs = append(orgIDs, g.OrgID)
	}
	for _, u := range users {
		if u.OrgID != nil {
			orgIDs = append(orgIDs, *u.OrgID)
		}
	}
	orgs, err := org.FindMany(tx, orgIDs)
	if err != nil {
		return nil, err
	}
	views := make([]View, len(users))
	for i, u := range users {
		views[i] = u.view(actor, byUser[u.ID], orgs, tx.Now())
	}
	return views, nil
}

func (u User) view(actor authz.Actor, granted []roleRow, orgs map[uuid.UUID]org.Organization, now time.Time) View {
	v := View{
		ID: u.ID, Username: u.Username, Name: u.Name, Mobile: u.Mobile, Email: u.Email, OrganizationID: u.OrgID,
		Status: u.Status, MustChangePassword: u.mustChange(now), TOTPEnrolled: u.TOTPConfirmedAt != nil, Demo: u.Demo,
		Roles: []GrantView{}, LastSignInAt: u.LastSignInAt, CreatedAt: u.CreatedAt, Version: u.Version,
		AvailableActions: u.actions(actor, granted, now),
	}
	if u.OrgID != nil {
		v.OrganizationName = orgs[*u.OrgID].Name
	}
	if u.locked(now) {
		v.LockedUntil = u.LockedUntil
	}
	for _, g := range granted {
		v.Roles = append(v.Roles, GrantView{g.OrgID, orgs[g.OrgID].Name, g.Role, roleNames([]authz.Role{g.Role})[0], g.GrantedAt})
	}
	if !manageable(actor, u, granted) && actor.UserID != u.ID {
		v.Mobile, v.Email = identifier.MaskMobile(v.Mobile), identifier.MaskEmail(v.Email)
	}
	return v
}

// actions are what this actor may do with the account now.
func (u User) actions(actor authz.Actor, granted []roleRow, now time.Time) []string {
	out := []string{}
	self := actor.UserID == u.ID
	if manageable(actor, u, granted) {
		out = append(out, "edit")
		if !self {
			for _, a := range Transitions.Actions(u.Status) {
				out = append(out, string(a))
			}
			out = append(out, "reset_password")
		}
		if u.locked(now) {
			out = append(out, "unlock")
		}
	}
	if actor.Can(authz.RoleGrant) && !self {
		out = append(out, "grant_role")
		if len(granted) > 0 {
			out = append(out, "revoke_role")
		}
		if u.TOTPConfirmedAt != nil {
			out = append(out, "reset_totp")
		}
	}
	return out
}
