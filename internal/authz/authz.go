// Package authz says who acts and what they may do. The catalogue of permissions is
// data: one file per noun lists each permission with its Chinese description and the
// roles that hold it. What nobody is granted, nobody may do.
package authz

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"ippledge/internal/fault"
)

// Permission is "noun:verb".
type Permission string

// Actor is the signed-in user of one request, acting for one organisation.
type Actor struct {
	UserID, OrgID uuid.UUID
	Name, OrgName string
	OrgKind       OrgKind
	Roles         []Role
	// Scopes narrows what an API key may do; nil for a person.
	Scopes []Permission
}

// System is the actor of timed work. It holds no permission; jobs call the use cases
// meant for them.
var System = Actor{Name: "系统", OrgName: "平台", OrgKind: Platform}

// IsSystem tells timed work from people.
func (a Actor) IsSystem() bool { return a.UserID == uuid.Nil }

// Has tells whether the actor holds the role in the organisation acted for.
func (a Actor) Has(r Role) bool { return slices.Contains(a.Roles, r) }

// Can tells whether one of the actor's roles holds p (and the key's scopes include it).
func (a Actor) Can(p Permission) bool {
	if a.Scopes != nil && !slices.Contains(a.Scopes, p) {
		return false
	}
	return slices.ContainsFunc(a.Roles, func(r Role) bool { return holds(r, p) })
}

// Allowed reports a denial unless the actor holds p. Use it where the row belongs to
// everybody with the permission, as with the bureau's reviews.
func (a Actor) Allowed(p Permission) error {
	if a.Can(p) {
		return nil
	}
	return fault.New(fault.Denied, "permission_denied", "您的角色没有“%s”的权限，如需办理请联系本单位管理员", Describe(p))
}

// Require reports a denial unless the actor holds p and acts for one of the owners.
func (a Actor) Require(p Permission, owners ...uuid.UUID) error {
	if err := a.Allowed(p); err != nil {
		return err
	}
	if !a.ActsFor(owners...) {
		return fault.New(fault.Denied, "not_your_organisation", "该记录不属于您所在的单位，不能执行“%s”", Describe(p))
	}
	return nil
}

// ActsFor tells whether the actor's organisation is one of these.
func (a Actor) ActsFor(owners ...uuid.UUID) bool {
	return a.OrgID != uuid.Nil && slices.Contains(owners, a.OrgID)
}

// Signature is how papers name who made them: "周立行（邵阳市市场监督管理局）".
func (a Actor) Signature() string { return a.Name + "（" + a.OrgName + "）" }

// Permissions lists what the actor may do, sorted; the front end shows menus by it.
func (a Actor) Permissions() []Permission {
	var out []Permission
	for _, g := range Catalogue() {
		if a.Can(g.Permission) {
			out = append(out, g.Permission)
		}
	}
	slices.Sort(out)
	return out
}

type key struct{}

// With puts the actor into the context of a request.
func With(ctx context.Context, a Actor) context.Context { return context.WithValue(ctx, key{}, a) }

// From takes the actor out; a stranger without any right when nobody is signed in.
func From(ctx context.Context) Actor { a, _ := ctx.Value(key{}).(Actor); return a }
