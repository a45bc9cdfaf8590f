package iam

import (
	"context"

	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/fault"
	"ippledge/internal/httpmeta"
	"ippledge/internal/org"
	"ippledge/internal/platform/postgres"
)

// Account is the first account of an organisation that registers itself.
type Account struct {
	Username string `json:"username" maxLength:"32" doc:"登录名"`
	Name     string `json:"name" maxLength:"40" doc:"姓名"`
	Mobile   string `json:"mobile,omitempty" maxLength:"20" doc:"手机号"`
	Password string `json:"password" maxLength:"200" doc:"口令"`
}

// Register takes an organisation's application together with its first account, which
// is operator and signatory at once: where two must sign, it opens an account for the
// other. Until the bureau has admitted the organisation, the account sees only to the
// application.
func (s *Service) Register(ctx context.Context, kind authz.OrgKind, p org.Profile, consent bool, a Account) (o org.Organization, u User, err error) {
	if err := s.limits.allow(httpmeta.Address(ctx), s.db.Now()); err != nil {
		return o, u, err
	}
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if o, err = org.Register(tx, kind, p, consent); err != nil {
			return err
		}
		if u, err = s.open(tx, NewUser{Username: a.Username, Name: a.Name, Mobile: a.Mobile, Password: a.Password, OrgID: o.ID}); err != nil {
			return inAccount(err)
		}
		for _, role := range []authz.Role{authz.EnterpriseOperator, authz.EnterpriseSignatory} {
			if err := grant(tx, authz.System, u, o.ID, role); err != nil {
				return err
			}
		}
		self := u.actor()
		self.OrgName = o.Name
		return audit.Record(tx, self, "user.register", "user", u.ID, map[string]any{"username": u.Username})
	})
	return o, u, err
}

// inAccount names the fields as the registration form has them.
func inAccount(err error) error {
	f, ok := fault.From(err)
	if !ok {
		return err
	}
	moved := *f
	moved.Fields = make([]fault.Field, len(f.Fields))
	for i, field := range f.Fields {
		field.Field = "account." + field.Field
		moved.Fields[i] = field
	}
	return &moved
}
