package authz

import (
	"fmt"
	"slices"
)

// Grant is one line of the catalogue: a permission, what it means, who holds it.
type Grant struct {
	Permission Permission
	Text       string
	Roles      []Role
}

// everyone is every role there is; for what each signed-in person may do.
func everyone() []Role {
	out := make([]Role, len(Roles))
	for i, r := range Roles {
		out[i] = r.Role
	}
	return out
}

func grant(p Permission, text string, roles ...Role) Grant { return Grant{p, text, roles} }

// catalogue is filled by the files of this package, one per noun, and never afterwards.
var catalogue = map[Permission]Grant{}

// define adds the permissions of one noun. Defining one twice is a fault of the program.
func define(grants ...Grant) struct{} {
	for _, g := range grants {
		if _, twice := catalogue[g.Permission]; twice {
			panic(fmt.Sprintf("authz: permission %s is defined twice", g.Permission))
		}
		catalogue[g.Permission] = g
	}
	return struct{}{}
}

// Catalogue lists every permission, sorted.
func Catalogue() []Grant {
	out := make([]Grant, 0, len(catalogue))
	for _, g := range catalogue {
		out = append(out, g)
	}
	slices.SortFunc(out, func(a, b Grant) int {
		if a.Permission < b.Permission {
			return -1
		}
		return 1
	})
	return out
}

// Describe is the Chinese description of a permission.
func Describe(p Permission) string {
	if g, ok := catalogue[p]; ok {
		return g.Text
	}
	return string(p)
}

// Known tells whether p is in the catalogue.
func Known(p Permission) bool { _, ok := catalogue[p]; return ok }

func holds(r Role, p Permission) bool { return slices.Contains(catalogue[p].Roles, r) }

// Holders lists the roles that hold p.
func Holders(p Permission) []Role { return catalogue[p].Roles }

// groups of roles that the noun files share.
var (
	bankRoles   = []Role{LoanOfficer, BankReviewer, BankApprover}
	ownerRoles  = []Role{EnterpriseOperator, EnterpriseSignatory}
	firmRoles   = []Role{Appraiser, AppraisalReviewer}
	guaranty    = []Role{GuaranteeOfficer, GuaranteeReviewer}
	bureauRoles = []Role{BureauHandler, BureauChecker}
	purseRoles  = []Role{Treasurer, FinanceChecker}
	fundRoles   = []Role{FundHandler, FundChecker}
)

// any joins groups of roles.
func anyOf(groups ...[]Role) []Role { return slices.Concat(groups...) }
