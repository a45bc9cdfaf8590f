package pledge

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
	"ippledge/internal/spreadsheet"
)

type listInput struct {
	page.Query
	Status         string        `query:"status" enum:",draft,filed,correction,registered,refused,cancel_filed,cancelled,lapsed,revoked"`
	Kind           string        `query:"kind" enum:",specific,max_amount"`
	NeedID         httpapi.UUID  `query:"need_id"`
	BidID          httpapi.UUID  `query:"bid_id"`
	AssetID        httpapi.UUID  `query:"asset_id"`
	RegisteredFrom calendar.Date `query:"registered_from" doc:"登记日期起"`
	RegisteredTo   calendar.Date `query:"registered_to" doc:"登记日期止，含当日"`
	EndsBy         calendar.Date `query:"ends_by" doc:"登记期限在该日及以前届满"`
}

func (in listInput) filter() filter {
	return filter{in.Status, in.Kind, in.NeedID.UUID, in.BidID.UUID, in.AssetID.UUID, in.RegisteredFrom, in.RegisteredTo, in.EndsBy}
}

type createInput struct {
	Body struct {
		BidID httpapi.UUID `json:"bid_id" doc:"已选定且授信通过的报价"`
		Content
	}
}

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

type fileInput struct {
	httpapi.ByID
	Body Filing
}

type refileInput struct {
	httpapi.ByID
	Body struct {
		DocumentIDs []uuid.UUID `json:"document_ids,omitempty" doc:"补正材料"`
	}
}

type refuseInput struct {
	httpapi.ByID
	Body struct {
		Ground string `json:"ground" maxLength:"3" doc:"不予登记情形：P01–P12、T1–T5"`
		Reason string `json:"reason,omitempty" maxLength:"500"`
	}
}

type stepInput struct {
	httpapi.ByID
	Body Step
}

type row = httpapi.Versioned[Detail]

func op(id, method, path, summary string) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"pledges"}}
}

// Routes registers the operations of this package.
func (s *Service) Routes(api *httpapi.API) {
	read, draft := httpapi.Needs(authz.PledgeRead), httpapi.Needs(authz.PledgeDraft)
	httpapi.Register(api, read, op("list-pledges", http.MethodGet, "/pledges", "质押合同与登记"), s.apiList)
	httpapi.Register(api, read, op("export-pledges", http.MethodGet, "/pledges/export.xlsx", "导出质押"), s.apiExport)
	httpapi.Register(api, read, op("get-pledge", http.MethodGet, "/pledges/{id}", "质押详情"),
		func(ctx context.Context, in *httpapi.ByID) (*row, error) { return s.answer(ctx, in.ID.UUID, nil) })
	create := op("create-pledge", http.MethodPost, "/pledges", "起草质押合同")
	create.DefaultStatus = http.StatusCreated
	httpapi.Register(api, draft, create, func(ctx context.Context, in *createInput) (*row, error) {
		p, err := s.Create(ctx, authz.From(ctx), in.Body.BidID.UUID, in.Body.Content)
		return s.answer(ctx, p.ID, err)
	})
	httpapi.Register(api, draft, op("edit-pledge", http.MethodPut, "/pledges/{id}", "修改质押合同草稿"), func(ctx context.Context, in *editInput) (*row, error) {
		_, err := s.Edit(ctx, authz.From(ctx), in.ID.UUID, in.Body)
		return s.answer(ctx, in.ID.UUID, err)
	})
	httpapi.Register(api, httpapi.Needs(authz.PledgeSign), op("consent-pledge", http.MethodPost, "/pledges/{id}/consent", "出质人签署"),
		func(ctx context.Context, in *httpapi.ByID) (*row, error) {
			_, err := s.Consent(ctx, authz.From(ctx), in.ID.UUID)
			return s.answer(ctx, in.ID.UUID, err)
		})
	s.routesFiling(api, draft)
	for _, t := range twoPerson {
		verb := map[Action]string{ConfirmCancel: "confirm-cancel"}[t.action]
		if verb == "" {
			verb = string(t.action)
		}
		httpapi.Register(api, draft, op(verb+"-pledge", http.MethodPost, "/pledges/{id}/"+verb, t.text+"（提交复核）"), func(ctx context.Context, in *stepInput) (*row, error) {
			_, err := s.Propose(ctx, authz.From(ctx), in.ID.UUID, t.action, in.Body)
			return s.answer(ctx, in.ID.UUID, err)
		})
	}
}

// routesFiling are the steps of the filing, which the loan officer takes alone.
func (s *Service) routesFiling(api *httpapi.API, draft httpapi.Access) {
	httpapi.Register(api, draft, op("file-pledge", http.MethodPost, "/pledges/{id}/file", "申报质押登记"), func(ctx context.Context, in *fileInput) (*row, error) {
		_, err := s.File(ctx, authz.From(ctx), in.ID.UUID, in.Body)
		return s.answer(ctx, in.ID.UUID, err)
	})
	httpapi.Register(api, draft, op("correct-pledge", http.MethodPost, "/pledges/{id}/correct", "登记机关要求补正"), func(ctx context.Context, in *reasonInput) (*row, error) {
		_, err := s.Correct(ctx, authz.From(ctx), in.ID.UUID, in.Body.Reason)
		return s.answer(ctx, in.ID.UUID, err)
	})
	httpapi.Register(api, draft, op("abandon-pledge", http.MethodPost, "/pledges/{id}/abandon", "放弃质押草稿"), func(ctx context.Context, in *reasonInput) (*row, error) {
		_, err := s.Abandon(ctx, authz.From(ctx), in.ID.UUID, in.Body.Reason)
		return s.answer(ctx, in.ID.UUID, err)
	})
	httpapi.Register(api, draft, op("refile-pledge", http.MethodPost, "/pledges/{id}/refile", "补正后重新申报"), func(ctx context.Context, in *refileInput) (*row, error) {
		_, err := s.Refile(ctx, authz.From(ctx), in.ID.UUID, in.Body.DocumentIDs)
		return s.answer(ctx, in.ID.UUID, err)
	})
	httpapi.Register(api, draft, op("refuse-pledge", http.MethodPost, "/pledges/{id}/refuse", "不予登记"), func(ctx context.Context, in *refuseInput) (*row, error) {
		_, err := s.RefuseRegistration(ctx, authz.From(ctx), in.ID.UUID, in.Body.Ground, in.Body.Reason)
		return s.answer(ctx, in.ID.UUID, err)
	})
}

// answer is the pledge as its reader sees it after what was done.
func (s *Service) answer(ctx context.Context, id uuid.UUID, err error) (*row, error) {
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

func (s *Service) load(ctx context.Context, in *listInput, export bool) (out page.List[View], err error) {
	request, err := in.Parse(sortable, "-created_at")
	if err != nil {
		return out, err
	}
	if export {
		request = request.ForExport()
	}
	actor := authz.From(ctx)
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		rows, err := list(tx, actor, request, in.filter())
		out = page.ListOf(rows, func(l listed) View { return view(actor, today(tx), l) })
		return err
	})
	return out, err
}

func (s *Service) apiList(ctx context.Context, in *listInput) (*httpapi.Body[page.List[View]], error) {
	out, err := s.load(ctx, in, false)
	return httpapi.Of(out), err
}

func (s *Service) apiExport(ctx context.Context, in *listInput) (*httpapi.File, error) {
	out, err := s.load(ctx, in, true)
	if err != nil {
		return nil, err
	}
	content, err := spreadsheet.Write("质押登记", columns, out.Items)
	return &httpapi.File{ContentType: spreadsheet.MediaType, ContentDisposition: `attachment; filename="pledges.xlsx"`, Body: content}, err
}

var columns = []spreadsheet.Column[View]{
	{Title: "编号", Value: func(v View) any { return v.Number }}, {Title: "出质人", Value: func(v View) any { return v.PledgorName }},
	{Title: "质权人", Value: func(v View) any { return v.PledgeeName }}, {Title: "种类", Value: func(v View) any { return kindText(v.Kind) }},
	{Title: "合同编号", Value: func(v View) any { return v.ContractNo }}, {Title: "合同担保金额（元）", Value: func(v View) any { return v.SecuredAmount }},
	{Title: "登记担保金额（元）", Value: func(v View) any { return v.RegisteredAmount }}, {Title: "权利项数", Value: func(v View) any { return v.AssetCount }},
	{Title: "申报日期", Value: func(v View) any { return v.FiledOn }}, {Title: "质押登记号", Value: func(v View) any { return v.RegistrationNo }},
	{Title: "登记日期", Value: func(v View) any { return v.RegisteredOn }}, {Title: "登记期限届满日", Value: func(v View) any { return v.RegistrationEndsOn }},
	{Title: "主债权到期日", Value: func(v View) any { return v.DebtDueOn }}, {Title: "状态", Value: func(v View) any { return v.Status.Text() }},
	{Title: "注销日期", Value: func(v View) any { return v.CancelledOn }}, {Title: "创建时间", Value: func(v View) any { return v.CreatedAt }},
}

func kindText(k Kind) string {
	if k == MaxAmount {
		return "最高额质押"
	}
	return "一般质押"
}
