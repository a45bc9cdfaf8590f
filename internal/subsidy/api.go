package subsidy

import (
	"context"
	"net/http"
	"net/url"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/httpapi"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/spreadsheet"
	"ippledge/internal/state"
)

type listInput struct {
	page.Query
	Status   string       `query:"status" enum:",draft,submitted,returned,publicity,objected,batched,paid,rejected,withdrawn"`
	Kind     string       `query:"kind" enum:",interest,valuation_fee,guarantee_fee,premium"`
	CallID   httpapi.UUID `query:"call_id" doc:"补助征集"`
	OrgID    httpapi.UUID `query:"org_id" doc:"企业"`
	LoanID   httpapi.UUID `query:"loan_id" doc:"贷款"`
	BatchID  httpapi.UUID `query:"batch_id" doc:"拨付批次"`
	AreaCode string       `query:"area_code" maxLength:"20" doc:"县市区或园区"`
	Year     int          `query:"year" doc:"补助年度"`
	Payable  bool         `query:"payable" doc:"只看公示期满待拨付的"`
}

func (in listInput) filter() filter {
	return filter{
		Status: in.Status, Kind: in.Kind, CallID: in.CallID.UUID, OrgID: in.OrgID.UUID, LoanID: in.LoanID.UUID, InID: in.BatchID.UUID,
		AreaCode: in.AreaCode, Year: in.Year, Payable: in.Payable,
	}
}

type createInput struct{ Body Request }

type editInput struct {
	httpapi.ByID
	Body Request
}

type reasonInput struct {
	httpapi.ByID
	Body struct {
		Reason string `json:"reason" maxLength:"500" doc:"理由"`
	}
}

type reviewInput struct {
	httpapi.ByID
	Body Opinion
}

type objectInput struct {
	httpapi.ByID
	Body Objection
}

type answerInput struct {
	httpapi.ByID
	Body Ruling
}

func op(tag, id, method, path, summary string) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{tag}}
}

func created(o huma.Operation) huma.Operation { o.DefaultStatus = http.StatusCreated; return o }

// Routes registers the operations of this package.
func (s *Service) Routes(api *httpapi.API) {
	const tag = "subsidies"
	read, apply, review := httpapi.Needs(authz.SubsidyRead), httpapi.Needs(authz.SubsidyApply), httpapi.Needs(authz.SubsidyReview)
	httpapi.Register(api, read, op(tag, "list-subsidies", http.MethodGet, "/subsidies", "补助申请列表"), s.apiList)
	httpapi.Register(api, read, op(tag, "export-subsidies", http.MethodGet, "/subsidies/export.xlsx", "导出补助申请"), s.apiExport)
	httpapi.Register(api, apply, op(tag, "list-subsidy-loans", http.MethodGet, "/subsidies/loans", "可申请补助的贷款"), s.apiLoans)
	httpapi.Register(api, apply, op(tag, "preview-subsidy", http.MethodGet, "/subsidies/preview", "补助金额试算"), s.apiPreview)
	httpapi.Register(api, read, op(tag, "get-subsidy", http.MethodGet, "/subsidies/{id}", "补助申请详情"),
		func(ctx context.Context, in *httpapi.ByID) (*httpapi.Versioned[Detail], error) {
			return s.answer(ctx, in.ID.UUID, nil)
		})
	httpapi.Register(api, apply, created(op(tag, "create-subsidy", http.MethodPost, "/subsidies", "填报补助申请")),
		func(ctx context.Context, in *createInput) (*httpapi.Versioned[Detail], error) {
			a, err := s.Create(ctx, authz.From(ctx), in.Body)
			return s.answer(ctx, a.ID, err)
		})
	httpapi.Register(api, apply, op(tag, "edit-subsidy", http.MethodPut, "/subsidies/{id}", "修改补助申请"),
		func(ctx context.Context, in *editInput) (*httpapi.Versioned[Detail], error) {
			a, err := s.Edit(ctx, authz.From(ctx), in.ID.UUID, in.Body)
			return s.answer(ctx, a.ID, err)
		})
	httpapi.Register(api, apply, op(tag, "submit-subsidy", http.MethodPost, "/subsidies/{id}/submit", "提交签署人签署"),
		func(ctx context.Context, in *httpapi.ByID) (*httpapi.Versioned[Detail], error) {
			a, err := s.Submit(ctx, authz.From(ctx), in.ID.UUID)
			return s.answer(ctx, a.ID, err)
		})
	httpapi.Register(api, apply, op(tag, "withdraw-subsidy", http.MethodPost, "/subsidies/{id}/withdraw", "撤回补助申请"),
		func(ctx context.Context, in *httpapi.ByID) (*httpapi.Versioned[Detail], error) {
			a, err := s.Withdraw(ctx, authz.From(ctx), in.ID.UUID)
			return s.answer(ctx, a.ID, err)
		})
	httpapi.Register(api, review, op(tag, "return-subsidy", http.MethodPost, "/subsidies/{id}/return", "退回补正"),
		func(ctx context.Context, in *reasonInput) (*httpapi.Versioned[Detail], error) {
			a, err := s.Return(ctx, authz.From(ctx), in.ID.UUID, in.Body.Reason)
			return s.answer(ctx, a.ID, err)
		})
	httpapi.Register(api, review, op(tag, "review-subsidy", http.MethodPost, "/subsidies/{id}/review", "提出审核意见（须复核）"),
		func(ctx context.Context, in *reviewInput) (*httpapi.Versioned[Detail], error) {
			a, err := s.Review(ctx, authz.From(ctx), in.ID.UUID, in.Body)
			return s.answer(ctx, a.ID, err)
		})
	httpapi.Register(api, review, op(tag, "object-subsidy", http.MethodPost, "/subsidies/{id}/object", "登记公示异议"),
		func(ctx context.Context, in *objectInput) (*httpapi.Versioned[Detail], error) {
			a, err := s.Object(ctx, authz.From(ctx), in.ID.UUID, in.Body)
			return s.answer(ctx, a.ID, err)
		})
	httpapi.Register(api, review, op(tag, "answer-subsidy-objection", http.MethodPost, "/subsidies/{id}/answer", "处理异议（须复核）"),
		func(ctx context.Context, in *answerInput) (*httpapi.Versioned[Detail], error) {
			a, err := s.Answer(ctx, authz.From(ctx), in.ID.UUID, in.Body)
			return s.answer(ctx, a.ID, err)
		})
	s.routesCall(api)
	s.routesBatch(api)
	s.routesPublic(api)
}

func (s *Service) answer(ctx context.Context, id uuid.UUID, err error) (*httpapi.Versioned[Detail], error) {
	if err != nil {
		return nil, err
	}
	var d Detail
	err = s.db.Read(ctx, func(tx postgres.Tx) (err error) {
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
		if err != nil {
			return err
		}
		pending, err := pendingAmong(tx, subject, idsOf(rows.Items))
		today := calendar.DateOf(tx.Now())
		out = page.ListOf(rows, func(r listed) View { return r.view(actor, pending[r.ID], today) })
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
	return sheet("补助申请.xlsx", "补助申请", []spreadsheet.Column[View]{
		{Title: "编号", Value: func(v View) any { return v.Number }},
		{Title: "征集", Value: func(v View) any { return v.CallTitle }},
		{Title: "企业", Value: func(v View) any { return v.EnterpriseName }},
		{Title: "县市区", Value: func(v View) any { return v.AreaName }},
		{Title: "种类", Value: func(v View) any { return v.KindText }},
		{Title: "年度", Value: func(v View) any { return v.Year }},
		{Title: "贷款编号", Value: func(v View) any { return v.LoanNumber }},
		{Title: "放款金额（元）", Value: func(v View) any { return v.LoanPrincipal }},
		{Title: "贷款银行", Value: func(v View) any { return v.BankName }},
		{Title: "测算金额（元）", Value: func(v View) any { return v.Proposed }},
		{Title: "核定金额（元）", Value: func(v View) any { return v.Approved }},
		{Title: "公示截止", Value: func(v View) any { return v.PublicityUntil }},
		{Title: "拨付批次", Value: func(v View) any { return v.BatchNumber }},
		{Title: "状态", Value: func(v View) any { return state.Label(string(v.Status)) }},
	}, out.Items)
}

func sheet[T any](name, title string, columns []spreadsheet.Column[T], rows []T) (*httpapi.File, error) {
	content, err := spreadsheet.Write(title, columns, rows)
	return &httpapi.File{
		ContentType:        spreadsheet.MediaType,
		ContentDisposition: "attachment; filename*=UTF-8''" + url.PathEscape(name),
		Body:               content,
	}, err
}
