package iam

import (
	"context"
	"runtime"
	"slices"
	"strings"

	"github.com/alexedwards/argon2id"
	"github.com/alexedwards/scs/v2"
	"github.com/google/uuid"

	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/fault"
	"ippledge/internal/org"
	"ippledge/internal/platform/postgres"
)

// Config is what the deployment decides.
type Config struct {
	// MFARequired makes staff enrol a second factor before they do anything.
	MFARequired bool
	// Secure marks the session cookie for HTTPS only; set when BASE_URL is https.
	Secure bool
	// Demo shows the demo sign-ins to the public.
	Demo bool
	// Issuer names the platform in authenticator apps; 邵知融 when empty.
	Issuer string
	// SignInsPerMinute bounds attempts from one address; 30 when zero.
	SignInsPerMinute int
	// CheapHashes makes password hashes worthless and fast. Only for tests and for demo
	// databases, whose passwords are printed on the front page anyway.
	CheapHashes bool
}

func (c Config) hashing() *argon2id.Params {
	if c.CheapHashes {
		return cheap
	}
	return hashing
}

func (c Config) issuer() string {
	if c.Issuer == "" {
		return "邵知融"
	}
	return c.Issuer
}

// Service keeps accounts and sessions. It is the httpapi.Authenticator.
type Service struct {
	db       *postgres.DB
	config   Config
	sessions *scs.SessionManager
	limits   *limiter
	hashers  chan struct{}
	decoy    string // a hash to compare with when there is no such user
}

// NewService makes the service.
func NewService(db *postgres.DB, config Config) *Service {
	s := &Service{db: db, config: config, limits: newLimiter(config.SignInsPerMinute), hashers: make(chan struct{}, 2*runtime.NumCPU())}
	s.sessions = newSessions(db)
	decoy, err := s.hash("no-such-user")
	if err != nil {
		panic(err) // only a broken random source fails here
	}
	s.decoy = decoy
	return s
}

// Holders lists the active users of an organisation whose roles hold p.
func Holders(tx postgres.Tx, orgID uuid.UUID, p authz.Permission) ([]User, error) {
	return withRoles(tx, &orgID, authz.Holders(p))
}

// UsersWithRole lists the active users who hold a role in any organisation.
func UsersWithRole(tx postgres.Tx, role authz.Role) ([]User, error) {
	return withRoles(tx, nil, []authz.Role{role})
}

// ActorOf is a user acting for an organisation, with the roles held there. It fails with
// user_not_found, or not_a_member where the user holds no role.
func ActorOf(tx postgres.Tx, userID, orgID uuid.UUID) (authz.Actor, error) {
	u, err := findUser(tx, userID)
	if err != nil {
		return authz.Actor{}, err
	}
	granted, err := rolesOf(tx, userID)
	if err != nil {
		return authz.Actor{}, err
	}
	a, err := actorFor(tx, u, granted, orgID)
	if err == nil && len(a.Roles) == 0 {
		err = errNotMember
	}
	return a, err
}

// registrationScopes is all that can be done for an organisation that isn't admitted:
// see to its application.
var registrationScopes = []authz.Permission{authz.OrgEditOwn, authz.DocumentUpload, authz.UserReadOwn}

func actorFor(tx postgres.Tx, u User, granted []roleRow, orgID uuid.UUID) (authz.Actor, error) {
	o, err := org.Find(tx, orgID)
	if err != nil {
		return authz.Actor{}, err
	}
	a := authz.Actor{UserID: u.ID, OrgID: orgID, Name: u.Name, OrgName: o.Name, OrgKind: o.Kind}
	for _, g := range granted {
		if g.OrgID == orgID {
			a.Roles = append(a.Roles, g.Role)
		}
	}
	if o.Status != org.Admitted {
		a.Scopes = registrationScopes
	}
	return a, nil
}

// Create opens an account. The system administrator opens it without any role, the
// signatory of an enterprise only for its own operators, the system itself (seeds, the
// command line) as it is told. It fails with username_taken, role_excluded,
// role_not_for_organisation and the password rules.
func (s *Service) Create(ctx context.Context, actor authz.Actor, n NewUser) (u User, err error) {
	if err := mayCreate(actor, n); err != nil {
		return u, err
	}
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if u, err = s.open(tx, n); err != nil {
			return err
		}
		for _, m := range n.Memberships {
			for _, role := range m.Roles {
				if err := grant(tx, actor, u, m.OrgID, role); err != nil {
					return err
				}
			}
		}
		return audit.Record(tx, actor, "user.create", "user", u.ID, map[string]any{"username": u.Username, "org_id": n.OrgID})
	})
	return u, err
}

func mayCreate(actor authz.Actor, n NewUser) error {
	switch {
	case actor.IsSystem():
		return nil
	case actor.Can(authz.UserManage):
		if len(n.Memberships) > 0 {
			return fault.New(fault.Rule, "grants_need_security_admin", "系统管理员只开立账号，角色由安全管理员授予")
		}
		return nil
	}
	if err := actor.Require(authz.UserManageOwn, n.OrgID); err != nil {
		return err
	}
	for _, m := range n.Memberships {
		if !actor.ActsFor(m.OrgID) || slices.ContainsFunc(m.Roles, func(r authz.Role) bool { return r != authz.EnterpriseOperator }) {
			return fault.New(fault.Denied, "role_not_yours_to_grant", "企业签署人只能为本单位开立经办账号")
		}
	}
	return nil
}

// open inserts the account without roles.
func (s *Service) open(tx postgres.Tx, n NewUser) (u User, err error) {
	var c fault.Collector
	username := strings.ToLower(strings.TrimSpace(n.Username))
	if !usernameForm.MatchString(username) {
		c.Add("username", "username_malformed", "登录名应为 3 到 32 位小写字母、数字、点、下划线或短横线，以字母开头")
	}
	if len([]rune(strings.TrimSpace(n.Name))) < 2 {
		c.Add("name", "field_required", "请填写真实姓名")
	}
	if n.Mobile != "" && !mobileForm.MatchString(n.Mobile) {
		c.Add("mobile", "phone_malformed", "手机号应为 11 位数字")
	}
	if err := c.Take("password", CheckPassword(username, n.Password)); err != nil {
		return u, err
	}
	if err := c.Err(); err != nil {
		return u, err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return u, err
	}
	u = User{ID: id, Username: username, Name: strings.TrimSpace(n.Name), Mobile: n.Mobile, Email: strings.TrimSpace(n.Email),
		Status: Active, Demo: n.Demo, CreatedAt: tx.Now(), Version: 1}
	if n.OrgID != uuid.Nil {
		u.OrgID = &n.OrgID
	} else if len(n.Memberships) > 0 {
		u.OrgID = &n.Memberships[0].OrgID
	}
	if err := s.setPassword(tx, &u, n.Password, "password", n.MustChange); err != nil {
		return u, err
	}
	if err := insertUser(tx, u); err != nil {
		return u, err
	}
	return u, keepPassword(tx, u)
}
