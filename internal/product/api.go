package product

import (
	"context"
	"net/http"

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
	Status   string       `query:"status" enum:",draft,published,closed"`
	Kind     string       `query:"collateral_kind" enum:",invention_patent,utility_model,design_patent,trademark,gi_mark"`
	AreaCode string       `query:"area_code" maxLength:"12"`
	BankID   httpapi.UUID `query:"bank_id"`
	Mine     bool         `query:"mine" doc:"只看本行产品"`
}

func (in listInput) filter(actor authz.Actor) filter {
	f := filter{Status: in.Status, Kind: in.Kind, AreaCode: in.AreaCode, BankID: in.BankID.UUID, Own: actor.OrgID}
	if in.Mine {
		f.BankID = actor.OrgID
	}
	return f
}

type createInput struct{ Body Terms }

type editInput struct {
	httpapi.ByID
	Body Terms
}

// Routes registers the operations of this package.
func (s *Service) Routes(api *httpapi.API) {
	op := func(id, method, path, summary, tag string) huma.Operation {
		return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{tag}}
	}
	read, draft := httpapi.Needs(authz.ProductRead), httpapi.Needs(authz.ProductDraft)
	httpapi.Register(api, read, op("list-products", http.MethodGet, "/products", "贷款产品", "products"), s.apiList)
	httpapi.Register(api, read, op("export-products", http.MethodGet, "/products/export.xlsx", "导出贷款产品", "products"), s.apiExport)
	httpapi.Register(api, read, op("get-product", http.MethodGet, "/products/{id}", "贷款产品详情", "products"),
		func(ctx context.Context, in *httpapi.ByID) (*httpapi.Versioned[Detail], error) {
			return s.answer(ctx, in.ID.UUID, nil)
		})
	create := op("create-product", http.MethodPost, "/products", "起草贷款产品", "products")
	create.DefaultStatus = http.StatusCreated
	httpapi.Register(api, draft, create, func(ctx context.Context, in *createInput) (*httpapi.Versioned[Detail], error) {
		p, err := s.Create(ctx, authz.From(ctx), in.Body)
		return s.answer(ctx, p.ID, err)
	})
	httpapi.Register(api, draft, op("edit-product", http.MethodPut, "/products/{id}", "修改贷款产品", "products"),
		func(ctx context.Context, in *editInput) (*httpapi.Versioned[Detail], error) {
			_, err := s.Edit(ctx, authz.From(ctx), in.ID.UUID, in.Body)
			return s.answer(ctx, in.ID.UUID, err)
		})
	act := func(id, verb, summary string, do func(context.Context, authz.Actor, uuid.UUID) (Product, error)) {
		httpapi.Register(api, draft, op(id, http.MethodPost, "/products/{id}/"+verb, summary, "products"),
			func(ctx context.Context, in *httpapi.ByID) (*httpapi.Versioned[Detail], error) {
				_, err := do(ctx, authz.From(ctx), in.ID.UUID)
				return s.answer(ctx, in.ID.UUID, err)
			})
	}
	act("publish-product", "publish", "发布（提交复核）", func(ctx context.Context, actor authz.Actor, id uuid.UUID) (Product, error) {
		return s.Propose(ctx, actor, id, Publish)
	})
	act("close-product", "close", "下架（提交复核）", func(ctx context.Context, actor authz.Actor, id uuid.UUID) (Product, error) {
		return s.Propose(ctx, actor, id, Close)
	})
	act("reopen-product", "reopen", "重新起草", s.Redraft)
	match := httpapi.Needs(authz.MatchRead)
	httpapi.Register(api, match, op("list-need-matches", http.MethodGet, "/needs/{id}/matches", "需求与产品的匹配及原因", "matches"), s.apiNeedMatches)
	httpapi.Register(api, match, op("list-product-matches", http.MethodGet, "/products/{id}/matches", "符合或接近产品的招标中需求", "matches"), s.apiProductMatches)
	httpapi.Register(api, match, op("list-hall", http.MethodGet, "/hall", "招标大厅：招标中的需求与本行产品的匹配", "matches"), s.apiHall)
}

func (s *Service) answer(ctx context.Context, id uuid.UUID, err error) (*httpapi.Versioned[Detail], error) {
	if err != nil {
		return nil, err
	}
	var d Detail
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		d, err = s.detail(tx, authz.From(ctx), id)
		return err
	})
	if err != nil {
		return nil, err
	}
	return httpapi.Row(d.Version, d), nil
}

func (s *Service) views(ctx context.Context, r page.Request, in *listInput) (out page.List[View], err error) {
	actor := authz.From(ctx)
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		names, err := areaNames(tx)
		if err != nil {
			return err
		}
		rows, err := list(tx, r, in.filter(actor))
		out = page.ListOf(rows, func(l listed) View { return view(actor, names, l) })
		return err
	})
	return out, err
}

func (s *Service) apiList(ctx context.Context, in *listInput) (*httpapi.Body[page.List[View]], error) {
	request, err := in.Parse(sortable, "-created_at")
	if err != nil {
		return nil, err
	}
	out, err := s.views(ctx, request, in)
	return httpapi.Of(out), err
}

func (s *Service) apiExport(ctx context.Context, in *listInput) (*httpapi.File, error) {
	request, err := in.Parse(sortable, "-created_at")
	if err != nil {
		return nil, err
	}
	out, err := s.views(ctx, request.ForExport(), in)
	if err != nil {
		return nil, err
	}
	content, err := spreadsheet.Write("贷款产品", columns, out.Items)
	return &httpapi.File{ContentType: spreadsheet.MediaType, ContentDisposition: `attachment; filename="products.xlsx"`, Body: content}, err
}

var columns = []spreadsheet.Column[View]{
	{Title: "编号", Value: func(v View) any { return v.Number }}, {Title: "银行", Value: func(v View) any { return v.BankName }},
	{Title: "产品", Value: func(v View) any { return v.Name }}, {Title: "最低金额（元）", Value: func(v View) any { return v.AmountMin }},
	{Title: "最高金额（元）", Value: func(v View) any { return v.AmountMax }}, {Title: "最短期限（月）", Value: func(v View) any { return v.TermMinMonths }},
	{Title: "最长期限（月）", Value: func(v View) any { return v.TermMaxMonths }}, {Title: "最低利率（%）", Value: func(v View) any { return v.RateMin }},
	{Title: "最高利率（%）", Value: func(v View) any { return v.RateMax }}, {Title: "最高质押率（%）", Value: func(v View) any { return v.LTVMax }},
	{Title: "接受的知识产权", Value: func(v View) any { return kindsText(v.CollateralKinds) }}, {Title: "状态", Value: func(v View) any { return statusText[v.Status] }},
}
