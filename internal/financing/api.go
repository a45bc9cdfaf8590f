package financing

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/httpapi"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/repayment"
	"ippledge/internal/spreadsheet"
)

type listInput struct {
	page.Query
	Status      string        `query:"status" enum:",draft,submitted,pending_review,returned,open,evaluating,awarded,fulfilled,failed,cancelled"`
	AreaCode    string        `query:"area_code" maxLength:"12"`
	PurposeKind string        `query:"purpose_kind" enum:",working_capital,equipment,research,expansion,refinancing"`
	CreatedFrom calendar.Date `query:"created_from" doc:"创建日期起"`
	CreatedTo   calendar.Date `query:"created_to" doc:"创建日期止，含当日"`
}

func (in listInput) filter() filter {
	f := filter{Status: in.Status, AreaCode: in.AreaCode, PurposeKind: in.PurposeKind}
	if !in.CreatedFrom.IsZero() {
		from := in.CreatedFrom.StartOfDay()
		f.CreatedFrom = &from
	}
	if !in.CreatedTo.IsZero() {
		to := in.CreatedTo.AddDays(1).StartOfDay()
		f.CreatedTo = &to
	}
	return f
}

type createInput struct{ Body Content }

type editInput struct {
	httpapi.ByID
	Body Content
}

type reasonInput struct {
	httpapi.ByID
	Body struct {
		Reason string `json:"reason" maxLength:"500" doc:"理由"`
	}
}

// Routes registers the operations of this package. Awarding is in package bid.
func (s *Service) Routes(api *httpapi.API) {
	op := func(id, method, path, summary string) huma.Operation {
		return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"needs"}}
	}
	read, draft, sign, review := httpapi.Needs(authz.NeedRead), httpapi.Needs(authz.NeedDraft), httpapi.Needs(authz.NeedSign), httpapi.Needs(authz.NeedReview)
	httpapi.Register(api, read, op("list-needs", http.MethodGet, "/needs", "融资需求"), s.apiList)
	httpapi.Register(api, read, op("export-needs", http.MethodGet, "/needs/export.xlsx", "导出融资需求"), s.apiExport)
	httpapi.Register(api, read, op("get-need", http.MethodGet, "/needs/{id}", "融资需求详情"),
		func(ctx context.Context, in *httpapi.ByID) (*httpapi.Versioned[Detail], error) {
			return s.answer(ctx, in.ID.UUID, nil)
		})
	create := op("create-need", http.MethodPost, "/needs", "起草融资需求")
	create.DefaultStatus = http.StatusCreated
	httpapi.Register(api, draft, create, func(ctx context.Context, in *createInput) (*httpapi.Versioned[Detail], error) {
		n, err := s.Create(ctx, authz.From(ctx), in.Body)
		return s.answer(ctx, n.ID, err)
	})
	httpapi.Register(api, draft, op("edit-need", http.MethodPut, "/needs/{id}", "修改融资需求"), func(ctx context.Context, in *editInput) (*httpapi.Versioned[Detail], error) {
		_, err := s.Edit(ctx, authz.From(ctx), in.ID.UUID, in.Body)
		return s.answer(ctx, in.ID.UUID, err)
	})
	act := func(access httpapi.Access, id, verb, summary string, do func(context.Context, authz.Actor, uuid.UUID) (Need, error)) {
		httpapi.Register(api, access, op(id, http.MethodPost, "/needs/{id}/"+verb, summary), func(ctx context.Context, in *httpapi.ByID) (*httpapi.Versioned[Detail], error) {
			_, err := do(ctx, authz.From(ctx), in.ID.UUID)
			return s.answer(ctx, in.ID.UUID, err)
		})
	}
	act(draft, "submit-need", "submit", "提交签署", s.Submit)
	act(sign, "close-need", "close", "提前截止报价", s.CloseEarly)
	act(sign, "reopen-need", "reopen", "重新发布", s.Reopen)
	act(sign, "revise-need", "revise", "退回草稿修改", s.Revise)
	act(review, "approve-need", "approve", "核验通过（提交复核）", func(ctx context.Context, actor authz.Actor, id uuid.UUID) (Need, error) {
		return s.Review(ctx, actor, id, Approve, "")
	})
	withReason := func(access httpapi.Access, id, verb, summary string, do func(context.Context, authz.Actor, uuid.UUID, string) (Need, error)) {
		httpapi.Register(api, access, op(id, http.MethodPost, "/needs/{id}/"+verb, summary), func(ctx context.Context, in *reasonInput) (*httpapi.Versioned[Detail], error) {
			_, err := do(ctx, authz.From(ctx), in.ID.UUID, in.Body.Reason)
			return s.answer(ctx, in.ID.UUID, err)
		})
	}
	withReason(sign, "cancel-need", "cancel", "撤销融资需求", s.Cancel)
	withReason(review, "return-need", "return", "核验退回（提交复核）", func(ctx context.Context, actor authz.Actor, id uuid.UUID, reason string) (Need, error) {
		return s.Review(ctx, actor, id, Return, reason)
	})
}

// answer is the need as its reader sees it after what was done.
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

func (s *Service) apiList(ctx context.Context, in *listInput) (*httpapi.Body[page.List[View]], error) {
	request, err := in.Parse(sortable, "-created_at")
	if err != nil {
		return nil, err
	}
	var out page.List[View]
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		out, err = s.views(ctx, tx, request, in.filter())
		return err
	})
	return httpapi.Of(out), err
}

func (s *Service) views(ctx context.Context, tx postgres.Tx, r page.Request, f filter) (page.List[View], error) {
	actor := authz.From(ctx)
	rows, err := list(tx, actor, r, f)
	return page.ListOf(rows, func(l listed) View { return view(actor, tx.Now(), l) }), err
}

func (s *Service) apiExport(ctx context.Context, in *listInput) (*httpapi.File, error) {
	request, err := in.Parse(sortable, "-created_at")
	if err != nil {
		return nil, err
	}
	var out page.List[View]
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		out, err = s.views(ctx, tx, request.ForExport(), in.filter())
		return err
	})
	if err != nil {
		return nil, err
	}
	content, err := spreadsheet.Write("融资需求", columns, out.Items)
	return &httpapi.File{ContentType: spreadsheet.MediaType, ContentDisposition: `attachment; filename="needs.xlsx"`, Body: content}, err
}

var columns = []spreadsheet.Column[View]{
	{Title: "编号", Value: func(v View) any { return v.Number }}, {Title: "企业", Value: func(v View) any { return v.EnterpriseName }},
	{Title: "名称", Value: func(v View) any { return v.Title }}, {Title: "县市区", Value: func(v View) any { return v.AreaName }},
	{Title: "金额（元）", Value: func(v View) any { return v.Amount }}, {Title: "期限（月）", Value: func(v View) any { return v.TermMonths }},
	{Title: "还款方式", Value: func(v View) any { return repayment.MethodText(v.Method) }}, {Title: "利率上限（%）", Value: func(v View) any { return v.RateCeiling }},
	{Title: "知识产权项数", Value: func(v View) any { return v.AssetCount }}, {Title: "状态", Value: func(v View) any { return v.Status.Text() }},
	{Title: "发布时间", Value: func(v View) any { return v.OpenedAt }}, {Title: "报价截止", Value: func(v View) any { return v.ClosesAt }},
	{Title: "已选定金额（元）", Value: func(v View) any { return v.AwardedAmount }}, {Title: "创建时间", Value: func(v View) any { return v.CreatedAt }},
}
