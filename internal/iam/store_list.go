package iam

import (
	"github.com/google/uuid"
	"gorm.io/gorm"

	"ippledge/internal/authz"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
)

var sortable = map[string]page.Key{
	"created_at":      {Column: "u.created_at", Cast: "timestamptz"},
	"username":        {Column: "u.username", Cast: "text"},
	"name":            {Column: "u.name", Cast: "text"},
	"last_sign_in_at": {Column: "coalesce(u.last_sign_in_at, timestamptz '1970-01-01')", Cast: "timestamptz"},
}

type filter struct {
	Org          uuid.UUID
	Role, Status string
}

// list shows an administrator all accounts, and others those of their organisation.
func list(tx postgres.Tx, actor authz.Actor, r page.Request, f filter) (page.Rows[row], error) {
	query := tx.Gorm().Table("user_account u").Select("u.*")
	if !actor.Can(authz.UserRead) {
		query = ofOrg(query, actor.OrgID)
	}
	if f.Org != uuid.Nil {
		query = ofOrg(query, f.Org)
	}
	if f.Role != "" {
		query = query.Where("exists (select 1 from user_role r where r.user_id = u.id and r.role = ?)", f.Role)
	}
	if f.Status != "" {
		query = query.Where("u.status = ?", f.Status)
	}
	return page.Load[row](r.Match(query, "u.username", "u.name"), r, "u.id")
}

func ofOrg(query *gorm.DB, id uuid.UUID) *gorm.DB {
	return query.Where("(u.org_id = ? or exists (select 1 from user_role r where r.user_id = u.id and r.org_id = ?))", id, id)
}

func users(rows []row) []User {
	out := make([]User, len(rows))
	for i, r := range rows {
		out[i] = User(r)
	}
	return out
}
