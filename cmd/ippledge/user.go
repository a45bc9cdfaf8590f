package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/iam"
)

// newUser is what `ippledge user create` reads from standard input.
type newUser struct {
	Username       string       `json:"username"`
	Name           string       `json:"name"`
	Password       string       `json:"password"`
	OrganizationID uuid.UUID    `json:"organization_id"`
	Roles          []authz.Role `json:"roles"`
}

// user opens the first accounts of an installation, before anybody can sign in; the
// password has to be changed at the first sign-in.
func user(ctx context.Context, args []string) int {
	if len(args) != 1 || args[0] != "create" {
		fmt.Fprint(os.Stderr, usage)
		return 2
	}
	var n newUser
	decoder := json.NewDecoder(os.Stdin)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&n); err != nil {
		return fail(fmt.Errorf("标准输入应为 JSON：{\"username\",\"name\",\"password\",\"organization_id\",\"roles\"}：%w", err))
	}
	e, err := open(ctx)
	if err != nil {
		return fail(err)
	}
	defer e.close()
	created, err := e.app().Users.Create(ctx, authz.System, iam.NewUser{
		Username: n.Username, Name: n.Name, Password: n.Password, OrgID: n.OrganizationID, MustChange: true,
		Memberships: []iam.Membership{{OrgID: n.OrganizationID, Roles: n.Roles}},
	})
	if err != nil {
		return fail(err)
	}
	fmt.Println(created.ID)
	return 0
}
