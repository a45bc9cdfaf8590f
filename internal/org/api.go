package org

import (
	"context"
	"net/http"
	"net/url"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/httpapi"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/spreadsheet"
)

type listInput struct {
	page.Query
	Kind        string `query:"kind" enum:",enterprise,gi_registrant,bank,appraisal_firm,guarantor,insurer,ip_bureau,finance_bureau,fund_manager,expert_pool,financial_office,platform"`
	Status      string `query:"status" enum:",draft,submitted,admitted,returned,suspended,closed"`
	AreaCode    string `query:"area_code" maxLength:"12"`
	Scale       string `query:"scale" enum:",micro,small,medium,large"`
	HighTech    bool   `query:"high_tech" doc:"只看高新技术企业"`
	Specialised bool   `query:"specialised" doc:"只看专精特新企业"`
}

func (in listInput) filter() filter {
	return filter{in.Kind, in.Status, in.AreaCode, in.Scale, in.HighTech, in.Specialised}
}

type createInput struct {
	Body struct {
		Kind string `json:"kind" enum:"enterprise,gi_registrant,bank,appraisal_firm,guarantor,insurer,ip_bureau,finance_bureau,fund_manager,expert_pool,financial_office"`
		Profile
	}
}

type editInput struct {
	httpapi.ByID
	Body struct {
		Profile
		Consent bool `json:"consent,omitempty" doc:"同意数据使用授权"`
	}
}

type submitInput struct {
	httpapi.ByID
	Body struct {
		DocumentIDs []uuid.UUID `json:"document_ids,omitempty" maxItems:"20" doc:"营业执照等扫描件"`
	}
}

type reasonInput struct {
	httpapi.ByID
	Body struct {
		Reason string `json:"reason,omitempty" maxLength:"500" doc:"理由"`
	}
}

type areasAnswer struct {
	Items []Region `json:"items" nullable:"false"`
}

// Routes registers the operations of this package.
func (s *Service) Routes(api *httpapi.API) {
	op := func(id, method, path, summary string) huma.Operation {
		return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"organizations"}}
	}
	httpapi.Register(api, httpapi.Public(), op("list-areas", http.MethodGet, "/areas", "县市区与园区"), s.apiAreas)
	httpapi.Register(api, httpapi.Needs(authz.OrgRead), op("list-organizations", http.MethodGet, "/organizations", "机构"), s.apiList)
	httpapi.Register(api, httpapi.Needs(authz.OrgRead), op("export-organizations", http.MethodGet, "/organizations/export.xlsx", "导出机构"), s.apiExport)
	httpapi.Register(api, httpapi.Needs(authz.OrgRead, authz.OrgEditOwn), op("get-organization", http.MethodGet, "/organizations/{id}", "机构详情"),
		func(ctx context.Context, in *httpapi.ByID) (*httpapi.Versioned[Detail], error) {
			return s.answer(ctx, in.ID.UUID, nil)
		})
	create := op("create-organization", http.MethodPost, "/organizations", "登记机构")
	create.DefaultStatus = http.StatusCreated
	httpapi.Register(api, httpapi.Needs(authz.OrgCreate), create,
		func(ctx context.Context, in *createInput) (*httpapi.Versioned[Detail], error) {
			o, err := s.Create(ctx, authz.From(ctx), authz.OrgKind(in.Body.Kind), in.Body.Profile)
			return s.answer(ctx, o.ID, err)
		})
	httpapi.Register(api, httpapi.Needs(authz.OrgEditOwn, authz.OrgCreate), op("edit-organization", http.MethodPut, "/organizations/{id}", "修改机构资料"),
		func(ctx context.Context, in *editInput) (*httpapi.Versioned[Detail], error) {
			o, err := s.Edit(ctx, authz.From(ctx), in.ID.UUID, in.Body.Profile, in.Body.Consent)
			return s.answer(ctx, o.ID, err)
		})
	httpapi.Register(api, httpapi.Needs(authz.OrgEditOwn, authz.OrgCreate), op("submit-organization", http.MethodPost, "/organizations/{id}/submit", "提交入驻申请"),
		func(ctx context.Context, in *submitInput) (*httpapi.Versioned[Detail], error) {
			o, err := s.Submit(ctx, authz.From(ctx), in.ID.UUID, in.Body.DocumentIDs)
			return s.answer(ctx, o.ID, err)
		})
	for _, action := range []Action{Admit, Return, Suspend, Resume, Close} {
		httpapi.Register(api, httpapi.Needs(authz.OrgHandle),
			op(string(action)+"-organization", http.MethodPost, "/organizations/{id}/"+string(action), decisions[action]),
			func(ctx context.Context, in *reasonInput) (*httpapi.Versioned[Detail], error) {
				o, err := s.Decide(ctx, authz.From(ctx), in.ID.UUID, action, in.Body.Reason)
				return s.answer(ctx, o.ID, err)
			})
	}
	api.OwnKey("unmask-organization") // a kept answer would keep what the mask hides
	httpapi.Register(api, httpapi.Needs(authz.OrgUnmask), op("unmask-organization", http.MethodPost, "/organizations/{id}/unmask", "说明理由后查看完整联系信息"),
		func(ctx context.Context, in *reasonInput) (*httpapi.Body[Contacts], error) {
			contacts, err := s.Unmask(ctx, authz.From(ctx), in.ID.UUID, in.Body.Reason)
			return httpapi.Of(contacts), err
		})
}

func (s *Service) answer(ctx context.Context, id uuid.UUID, err error) (*httpapi.Versioned[Detail], error) {
	if err != nil {
		return nil, err
	}
	var d Detail
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		o, err := find(tx, id)
		if err != nil {
			return err
		}
		actor := authz.From(ctx)
		if !o.visibleTo(actor) {
			return errNotFound
		}
		d, err = s.detail(tx, actor, o)
		return err
	})
	if err != nil {
		return nil, err
	}
	return httpapi.Row(d.Version, d), nil
}

func (s *Service) apiAreas(ctx context.Context, _ *struct{}) (*httpapi.Body[areasAnswer], error) {
	var out areasAnswer
	err := s.db.Read(ctx, func(tx postgres.Tx) (err error) {
		out.Items, err = Areas(tx)
		return err
	})
	return httpapi.Of(out), err
}

func (s *Service) apiList(ctx context.Context, in *listInput) (*httpapi.Body[page.List[View]], error) {
	request, err := in.Parse(sortable, "-created_at")
	if err != nil {
		return nil, err
	}
	out, err := s.page(ctx, request, in.filter())
	return httpapi.Of(out), err
}

func (s *Service) page(ctx context.Context, request page.Request, f filter) (out page.List[View], err error) {
	actor := authz.From(ctx)
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		areas, err := areaNames(tx)
		if err != nil {
			return err
		}
		rows, err := list(tx, actor, request, f)
		if err != nil {
			return err
		}
		ids := make([]uuid.UUID, len(rows.Items))
		for i, r := range rows.Items {
			ids[i] = r.ID
		}
		pending, err := pendingAmong(tx, ids)
		if err != nil {
			return err
		}
		out = page.ListOf(rows, func(r row) View { return Organization(r).view(actor, areas, pending[r.ID]) })
		return nil
	})
	return out, err
}

func (s *Service) apiExport(ctx context.Context, in *listInput) (*httpapi.File, error) {
	request, err := in.Parse(sortable, "-created_at")
	if err != nil {
		return nil, err
	}
	out, err := s.page(ctx, request.ForExport(), in.filter())
	if err != nil {
		return nil, err
	}
	content, err := spreadsheet.Write("机构", columns, out.Items)
	return &httpapi.File{ContentType: spreadsheet.MediaType, ContentDisposition: "attachment; filename*=UTF-8''" + url.PathEscape("入驻机构.xlsx"), Body: content}, err
}
