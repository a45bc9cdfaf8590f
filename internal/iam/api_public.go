package iam

import (
	"context"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/httpapi"
	"ippledge/internal/org"
	"ippledge/internal/platform/postgres"
)

type registrationInput struct {
	Body struct {
		Kind string `json:"kind" enum:"enterprise,gi_registrant" doc:"企业或地理标志注册人"`
		org.Profile
		Consent bool    `json:"consent" doc:"同意数据使用授权"`
		Account Account `json:"account" doc:"首个登录账号"`
	}
}

// Registration tells an applicant what became of the application.
type Registration struct {
	OrganizationID uuid.UUID  `json:"organization_id"`
	Number         string     `json:"number"`
	Name           string     `json:"name"`
	Status         org.Status `json:"status" enum:"draft,submitted" doc:"draft 表示还须登录上传营业执照扫描件后提交"`
	Username       string     `json:"username"`
}

// DemoPassword is that of every demo sign-in; it is printed on the demo's front page.
const DemoPassword = "Shaoyang@2026"

// DemoAccount is a sign-in that the demo's front page offers.
type DemoAccount struct {
	Username     string `json:"username"`
	Name         string `json:"name"`
	Organization string `json:"organization"`
	RoleName     string `json:"role_name"`
	Password     string `json:"password"`
}

type demoAnswer struct {
	Items []DemoAccount `json:"items" nullable:"false"`
}

// Matrix is the whole catalogue of permissions and roles.
type Matrix struct {
	Roles       []MatrixRole       `json:"roles" nullable:"false"`
	Permissions []MatrixPermission `json:"permissions" nullable:"false"`
}

// MatrixRole is one role: whose it is and what it excludes.
type MatrixRole struct {
	Role     authz.Role      `json:"role"`
	Name     string          `json:"name"`
	Kinds    []authz.OrgKind `json:"kinds" nullable:"false"`
	Staff    bool            `json:"staff" doc:"须使用动态口令"`
	Excludes []string        `json:"excludes" nullable:"false" doc:"不能由同一人兼任的角色"`
}

// MatrixPermission is one permission and the roles that hold it.
type MatrixPermission struct {
	Permission authz.Permission `json:"permission"`
	Text       string           `json:"text"`
	Roles      []authz.Role     `json:"roles" nullable:"false"`
}

func (s *Service) publicRoutes(api *httpapi.API) {
	httpapi.Register(api, httpapi.Public(), huma.Operation{
		OperationID: "register-organization", Method: http.MethodPost, Path: "/registrations", Summary: "入驻申请", Tags: []string{"organizations"},
		DefaultStatus: http.StatusCreated,
	}, func(ctx context.Context, in *registrationInput) (*httpapi.Body[Registration], error) {
		o, u, err := s.Register(ctx, authz.OrgKind(in.Body.Kind), in.Body.Profile, in.Body.Consent, in.Body.Account)
		return httpapi.Of(Registration{o.ID, o.Number, o.Name, o.Status, u.Username}), err
	})
	httpapi.Register(api, httpapi.Public(), huma.Operation{
		OperationID: "list-demo-accounts", Method: http.MethodGet, Path: "/portal/demo-accounts", Summary: "演示账号", Tags: []string{"portal"},
	}, s.apiDemo)
	httpapi.Register(api, httpapi.SignedIn(), huma.Operation{
		OperationID: "list-permissions", Method: http.MethodGet, Path: "/permissions", Summary: "角色与权限", Tags: []string{"users"},
	}, func(context.Context, *struct{}) (*httpapi.Body[Matrix], error) { return httpapi.Of(matrix()), nil })
}

func (s *Service) apiDemo(ctx context.Context, _ *struct{}) (*httpapi.Body[demoAnswer], error) {
	out := demoAnswer{Items: []DemoAccount{}}
	if !s.config.Demo {
		return httpapi.Of(out), nil
	}
	err := s.db.Read(ctx, func(tx postgres.Tx) error {
		found, err := demoUsers(tx)
		if err != nil {
			return err
		}
		for _, u := range found {
			memberships, err := membershipsOf(tx, u.ID)
			if err != nil {
				return err
			}
			account := DemoAccount{Username: u.Username, Name: u.Name, Password: DemoPassword}
			var roles []string
			for _, m := range memberships {
				account.Organization = m.Name
				roles = append(roles, m.RoleNames...)
			}
			account.RoleName = strings.Join(roles, "、")
			out.Items = append(out.Items, account)
		}
		return nil
	})
	return httpapi.Of(out), err
}

func matrix() Matrix {
	var m Matrix
	for _, info := range authz.Roles {
		m.Roles = append(m.Roles, MatrixRole{info.Role, info.Text, info.Kinds, info.Staff, roleNames(info.Excludes)})
	}
	for _, g := range authz.Catalogue() {
		m.Permissions = append(m.Permissions, MatrixPermission{g.Permission, g.Text, g.Roles})
	}
	return m
}
