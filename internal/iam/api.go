package iam

import (
	"context"
	"net/http"
	"net/url"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/fault"
	"ippledge/internal/httpapi"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/spreadsheet"
)

type listInput struct {
	page.Query
	OrganizationID string `query:"organization_id" maxLength:"36" doc:"所属单位"`
	Role           string `query:"role" maxLength:"40" doc:"角色"`
	Status         string `query:"status" enum:",active,disabled"`
}

type createInput struct {
	Body struct {
		Username string `json:"username" maxLength:"32" doc:"登录名"`
		Contact
		Password       string       `json:"password" maxLength:"200" doc:"初始口令，首次登录须修改"`
		OrganizationID uuid.UUID    `json:"organization_id" doc:"所属单位"`
		Roles          []authz.Role `json:"roles,omitempty" maxItems:"5" doc:"企业签署人为本单位开立经办账号时填写；系统管理员开立的账号不带角色"`
	}
}

type editInput struct {
	httpapi.ByID
	Body Contact
}

type roleInput struct {
	httpapi.ByID
	Body struct {
		OrganizationID uuid.UUID  `json:"organization_id"`
		Role           authz.Role `json:"role"`
	}
}

type passwordAnswer struct {
	Password string `json:"password" doc:"一次性口令，只显示这一次"`
}

// Routes registers the operations of this package.
func (s *Service) Routes(api *httpapi.API) {
	s.sessionRoutes(api)
	s.keyRoutes(api)
	s.publicRoutes(api)
	op := func(id, method, path, summary string) huma.Operation {
		return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"users"}}
	}
	read := httpapi.Needs(authz.UserRead, authz.UserReadOwn)
	manage := httpapi.Needs(authz.UserManage, authz.UserManageOwn)
	httpapi.Register(api, read, op("list-users", http.MethodGet, "/users", "用户"), s.apiList)
	httpapi.Register(api, read, op("export-users", http.MethodGet, "/users/export.xlsx", "导出用户"), s.apiExport)
	httpapi.Register(api, read, op("get-user", http.MethodGet, "/users/{id}", "用户详情"),
		func(ctx context.Context, in *httpapi.ByID) (*httpapi.Versioned[Detail], error) {
			return s.answer(ctx, in.ID.UUID, nil)
		})
	create := op("create-user", http.MethodPost, "/users", "开立账号")
	create.DefaultStatus = http.StatusCreated
	api.OwnKey("create-user") // the answer of the first is not kept: the name is unique anyway
	httpapi.Register(api, manage, create, s.apiCreate)
	httpapi.Register(api, manage, op("edit-user", http.MethodPut, "/users/{id}", "修改账号资料"),
		func(ctx context.Context, in *editInput) (*httpapi.Versioned[Detail], error) {
			return s.answer(ctx, in.ID.UUID, s.EditUser(ctx, authz.From(ctx), in.ID.UUID, in.Body))
		})
	for _, action := range []Action{Disable, Enable} {
		httpapi.Register(api, manage, op(string(action)+"-user", http.MethodPost, "/users/{id}/"+string(action), "停用或启用账号"),
			func(ctx context.Context, in *httpapi.ByID) (*httpapi.Versioned[Detail], error) {
				return s.answer(ctx, in.ID.UUID, s.Move(ctx, authz.From(ctx), in.ID.UUID, action))
			})
	}
	httpapi.Register(api, manage, op("unlock-user", http.MethodPost, "/users/{id}/unlock", "解除锁定"),
		func(ctx context.Context, in *httpapi.ByID) (*httpapi.Versioned[Detail], error) {
			return s.answer(ctx, in.ID.UUID, s.Unlock(ctx, authz.From(ctx), in.ID.UUID))
		})
	api.OwnKey("reset-user-password") // a kept answer would keep the password
	httpapi.Register(api, manage, op("reset-user-password", http.MethodPost, "/users/{id}/reset_password", "重置口令"),
		func(ctx context.Context, in *httpapi.ByID) (*httpapi.Body[passwordAnswer], error) {
			password, err := s.ResetPassword(ctx, authz.From(ctx), in.ID.UUID)
			return httpapi.Of(passwordAnswer{password}), err
		})
	s.roleRoutes(api, op)
}

func (s *Service) roleRoutes(api *httpapi.API, op func(id, method, path, summary string) huma.Operation) {
	granting := httpapi.Needs(authz.RoleGrant)
	httpapi.Register(api, granting, op("reset-user-totp", http.MethodPost, "/users/{id}/reset_totp", "解除动态口令"),
		func(ctx context.Context, in *httpapi.ByID) (*httpapi.Versioned[Detail], error) {
			return s.answer(ctx, in.ID.UUID, s.ResetTOTP(ctx, authz.From(ctx), in.ID.UUID))
		})
	httpapi.Register(api, granting, op("grant-role", http.MethodPost, "/users/{id}/grant_role", "授予角色"),
		func(ctx context.Context, in *roleInput) (*httpapi.Versioned[Detail], error) {
			return s.answer(ctx, in.ID.UUID, s.Grant(ctx, authz.From(ctx), in.ID.UUID, in.Body.OrganizationID, in.Body.Role))
		})
	httpapi.Register(api, granting, op("revoke-role", http.MethodPost, "/users/{id}/revoke_role", "收回角色"),
		func(ctx context.Context, in *roleInput) (*httpapi.Versioned[Detail], error) {
			return s.answer(ctx, in.ID.UUID, s.Revoke(ctx, authz.From(ctx), in.ID.UUID, in.Body.OrganizationID, in.Body.Role))
		})
}

func (s *Service) apiCreate(ctx context.Context, in *createInput) (*httpapi.Versioned[Detail], error) {
	b := in.Body
	n := NewUser{Username: b.Username, Name: b.Name, Mobile: b.Mobile, Email: b.Email, Password: b.Password, OrgID: b.OrganizationID, MustChange: true}
	if len(b.Roles) > 0 {
		n.Memberships = []Membership{{b.OrganizationID, b.Roles}}
	}
	u, err := s.Create(ctx, authz.From(ctx), n)
	return s.answer(ctx, u.ID, err)
}

func (s *Service) answer(ctx context.Context, id uuid.UUID, err error) (*httpapi.Versioned[Detail], error) {
	if err != nil {
		return nil, err
	}
	actor := authz.From(ctx)
	var d Detail
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		u, err := findUser(tx, id)
		if err != nil {
			return err
		}
		granted, err := rolesOf(tx, id)
		if err != nil {
			return err
		}
		if !visible(actor, u, granted) {
			return errNoUser
		}
		views, err := viewsOf(tx, actor, []User{u})
		if err != nil {
			return err
		}
		d.View = views[0]
		d.Timeline, err = audit.Timeline(tx, "user", id)
		return err
	})
	if err != nil {
		return nil, err
	}
	return httpapi.Row(d.Version, d), nil
}

func (s *Service) page(ctx context.Context, in *listInput, export bool) (out page.List[View], err error) {
	request, err := in.Parse(sortable, "-created_at")
	if err != nil {
		return out, err
	}
	if export {
		request = request.ForExport()
	}
	f := filter{Role: in.Role, Status: in.Status}
	if in.OrganizationID != "" {
		if f.Org, err = uuid.Parse(in.OrganizationID); err != nil {
			return out, fault.InField("organization_id", "id_malformed", "单位编号格式有误")
		}
	}
	actor := authz.From(ctx)
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		rows, err := list(tx, actor, request, f)
		if err != nil {
			return err
		}
		views, err := viewsOf(tx, actor, users(rows.Items))
		out = page.List[View]{Items: views, NextCursor: rows.NextCursor, Total: rows.Total, TotalExact: rows.TotalExact}
		return err
	})
	return out, err
}

func (s *Service) apiList(ctx context.Context, in *listInput) (*httpapi.Body[page.List[View]], error) {
	out, err := s.page(ctx, in, false)
	return httpapi.Of(out), err
}

func (s *Service) apiExport(ctx context.Context, in *listInput) (*httpapi.File, error) {
	out, err := s.page(ctx, in, true)
	if err != nil {
		return nil, err
	}
	content, err := spreadsheet.Write("用户", columns, out.Items)
	return &httpapi.File{ContentType: spreadsheet.MediaType, ContentDisposition: "attachment; filename*=UTF-8''" + url.PathEscape("用户.xlsx"), Body: content}, err
}
