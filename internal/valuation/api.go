package valuation

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/httpapi"
	"ippledge/internal/money"
	"ippledge/internal/org"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/spreadsheet"
)

type listInput struct {
	page.Query
	Status  string       `query:"status" enum:",ordered,accepted,declined,drafted,signed,filed,cancelled"`
	FirmID  httpapi.UUID `query:"firm_id"`
	AssetID httpapi.UUID `query:"asset_id"`
}

func (in listInput) filter() filter { return filter{in.Status, in.FirmID.UUID, in.AssetID.UUID} }

type orderInput struct{ Body NewOrder }

type acceptInput struct {
	httpapi.ByID
	Body struct {
		Fee money.Amount `json:"fee" doc:"评估费，元"`
	}
}

type reasonInput struct {
	httpapi.ByID
	Body struct {
		Reason string `json:"reason" maxLength:"500"`
	}
}

type reportInput struct {
	httpapi.ByID
	Body Report
}

type workingsInput struct{ Body Workings }

type scoreInput struct {
	Body struct {
		Scores map[string]money.Rate `json:"scores" doc:"各指标分值 0–10，键为指标代码"`
	}
}

// Firm is an appraisal firm that orders can go to.
type Firm struct {
	ID       uuid.UUID `json:"id"`
	Name     string    `json:"name"`
	FilingNo string    `json:"filing_no" doc:"备案号"`
}

type firmsAnswer struct {
	Items []Firm `json:"items" nullable:"false"`
}

type indicatorsAnswer struct {
	Notice string      `json:"notice"`
	Items  []Indicator `json:"items" nullable:"false"`
}

func operation(id, method, path, summary string) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"valuations"}}
}

// Routes registers the operations of this package.
func (s *Service) Routes(api *httpapi.API) {
	httpapi.Register(api, httpapi.Needs(authz.ValuationRead), operation("list-valuations", http.MethodGet, "/valuations", "评估委托"),
		func(ctx context.Context, in *listInput) (*httpapi.Body[page.List[View]], error) {
			request, err := in.Parse(sortKeys, "-created_at")
			if err != nil {
				return nil, err
			}
			out, err := s.page(ctx, request, in.filter())
			return httpapi.Of(out), err
		})
	httpapi.Register(api, httpapi.Needs(authz.ValuationRead), operation("export-valuations", http.MethodGet, "/valuations/export.xlsx", "导出评估委托"), s.apiExport)
	httpapi.Register(api, httpapi.Needs(authz.ValuationRead), operation("get-valuation", http.MethodGet, "/valuations/{id}", "评估委托详情"),
		func(ctx context.Context, in *httpapi.ByID) (*httpapi.Versioned[Detail], error) {
			return s.answer(ctx, in.ID.UUID, nil)
		})
	s.toolRoutes(api)
	s.orderRoutes(api)
	s.reportRoutes(api)
}

func (s *Service) toolRoutes(api *httpapi.API) {
	httpapi.Register(api, httpapi.Needs(authz.ValuationOrder), operation("list-valuation-firms", http.MethodGet, "/valuations/firms", "可委托的评估机构"), s.apiFirms)
	httpapi.Register(api, httpapi.Needs(authz.ValuationRead), operation("list-valuation-indicators", http.MethodGet, "/valuations/indicators", "价值度指标"),
		func(context.Context, *struct{}) (*httpapi.Body[indicatorsAnswer], error) {
			return httpapi.Of(indicatorsAnswer{ScoreNotice, Indicators}), nil
		})
	httpapi.Register(api, httpapi.Needs(authz.ValuationRead), operation("calculate-valuation", http.MethodPost, "/valuations/calculate", "按各方法测算，不写入"),
		func(_ context.Context, in *workingsInput) (*httpapi.Body[Results], error) {
			out, err := in.Body.Calculate()
			return httpapi.Of(out), err
		})
	httpapi.Register(api, httpapi.Needs(authz.ValuationRead), operation("score-valuation", http.MethodPost, "/valuations/score", "计算价值度，不换算为金额"),
		func(_ context.Context, in *scoreInput) (*httpapi.Body[Score], error) {
			out, err := ScoreOf(in.Body.Scores)
			return httpapi.Of(out), err
		})
}

func (s *Service) orderRoutes(api *httpapi.API) {
	place := operation("order-valuation", http.MethodPost, "/valuations", "委托评估")
	place.DefaultStatus = http.StatusCreated
	httpapi.Register(api, httpapi.Needs(authz.ValuationOrder), place,
		func(ctx context.Context, in *orderInput) (*httpapi.Versioned[Detail], error) {
			o, err := s.Place(ctx, authz.From(ctx), in.Body)
			return s.answer(ctx, o.ID, err)
		})
	httpapi.Register(api, httpapi.Needs(authz.ValuationAnswer), operation("accept-valuation", http.MethodPost, "/valuations/{id}/accept", "接受委托"),
		func(ctx context.Context, in *acceptInput) (*httpapi.Versioned[Detail], error) {
			_, err := s.Accept(ctx, authz.From(ctx), in.ID.UUID, in.Body.Fee)
			return s.answer(ctx, in.ID.UUID, err)
		})
	httpapi.Register(api, httpapi.Needs(authz.ValuationAnswer), operation("decline-valuation", http.MethodPost, "/valuations/{id}/decline", "谢绝委托"),
		func(ctx context.Context, in *reasonInput) (*httpapi.Versioned[Detail], error) {
			_, err := s.Decline(ctx, authz.From(ctx), in.ID.UUID, in.Body.Reason)
			return s.answer(ctx, in.ID.UUID, err)
		})
	httpapi.Register(api, httpapi.Needs(authz.ValuationOrder), operation("cancel-valuation", http.MethodPost, "/valuations/{id}/cancel", "取消委托"),
		func(ctx context.Context, in *reasonInput) (*httpapi.Versioned[Detail], error) {
			_, err := s.Cancel(ctx, authz.From(ctx), in.ID.UUID, in.Body.Reason)
			return s.answer(ctx, in.ID.UUID, err)
		})
}

func (s *Service) reportRoutes(api *httpapi.API) {
	httpapi.Register(api, httpapi.Needs(authz.ValuationWrite), operation("write-valuation", http.MethodPut, "/valuations/{id}/report", "编制或修改报告，已有签署作废"),
		func(ctx context.Context, in *reportInput) (*httpapi.Versioned[Detail], error) {
			_, err := s.Write(ctx, authz.From(ctx), in.ID.UUID, in.Body)
			return s.answer(ctx, in.ID.UUID, err)
		})
	httpapi.Register(api, httpapi.Needs(authz.ValuationSign), operation("sign-valuation", http.MethodPost, "/valuations/{id}/sign", "评估师签署"),
		func(ctx context.Context, in *httpapi.ByID) (*httpapi.Versioned[Detail], error) {
			_, err := s.SignReport(ctx, authz.From(ctx), in.ID.UUID)
			return s.answer(ctx, in.ID.UUID, err)
		})
	httpapi.Register(api, httpapi.Needs(authz.ValuationFile), operation("return-valuation", http.MethodPost, "/valuations/{id}/return", "退回修改"),
		func(ctx context.Context, in *reasonInput) (*httpapi.Versioned[Detail], error) {
			_, err := s.SendBack(ctx, authz.From(ctx), in.ID.UUID, in.Body.Reason)
			return s.answer(ctx, in.ID.UUID, err)
		})
	httpapi.Register(api, httpapi.Needs(authz.ValuationFile), operation("file-valuation", http.MethodPost, "/valuations/{id}/file", "审核并出具报告"),
		func(ctx context.Context, in *httpapi.ByID) (*httpapi.Versioned[Detail], error) {
			_, err := s.FileReport(ctx, authz.From(ctx), in.ID.UUID)
			return s.answer(ctx, in.ID.UUID, err)
		})
}

func (s *Service) page(ctx context.Context, r page.Request, f filter) (out page.List[View], err error) {
	actor := authz.From(ctx)
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		rows, err := list(tx, actor, r, f)
		today := calendar.DateOf(tx.Now())
		out = page.ListOf(rows, func(r row) View { return r.view(actor, today) })
		return err
	})
	return out, err
}

// Detail is the page of an order for one whom it concerns; valuation_not_found otherwise.
func (s *Service) Detail(ctx context.Context, actor authz.Actor, id uuid.UUID) (d Detail, err error) {
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		r, err := findRow(tx, actor, id)
		if err != nil {
			return err
		}
		d, err = s.detail(tx, actor, r)
		return err
	})
	return d, err
}

func (s *Service) answer(ctx context.Context, id uuid.UUID, err error) (*httpapi.Versioned[Detail], error) {
	if err != nil {
		return nil, err
	}
	d, err := s.Detail(ctx, authz.From(ctx), id)
	if err != nil {
		return nil, err
	}
	return httpapi.Row(d.Version, d), nil
}

func (s *Service) apiFirms(ctx context.Context, _ *struct{}) (*httpapi.Body[firmsAnswer], error) {
	out := firmsAnswer{Items: []Firm{}}
	err := s.db.Read(ctx, func(tx postgres.Tx) error {
		firms, err := org.OfKind(tx, authz.AppraisalFirm)
		for _, f := range firms {
			out.Items = append(out.Items, Firm{f.ID, f.Name, f.FilingNo})
		}
		return err
	})
	return httpapi.Of(out), err
}

func (s *Service) apiExport(ctx context.Context, in *listInput) (*httpapi.File, error) {
	request, err := in.Parse(sortKeys, "-created_at")
	if err != nil {
		return nil, err
	}
	out, err := s.page(ctx, request.ForExport(), in.filter())
	if err != nil {
		return nil, err
	}
	content, err := spreadsheet.Write("评估委托", exportColumns, out.Items)
	return &httpapi.File{ContentType: spreadsheet.MediaType, ContentDisposition: `attachment; filename="valuations.xlsx"`, Body: content}, err
}

// exportColumns are those of the Excel export.
var exportColumns = []spreadsheet.Column[View]{
	{Title: "编号", Value: func(v View) any { return v.Number }},
	{Title: "委托人", Value: func(v View) any { return v.ClientName }},
	{Title: "评估机构", Value: func(v View) any { return v.FirmName }},
	{Title: "评估目的", Value: func(v View) any { return v.Purpose }},
	{Title: "评估对象", Value: func(v View) any { return v.AssetTitles }},
	{Title: "主要方法", Value: func(v View) any { return methodTexts[v.Method] }},
	{Title: "第二种方法", Value: func(v View) any { return methodTexts[v.SecondMethod] }},
	{Title: "评估基准日", Value: func(v View) any { return v.ValuationOn }},
	{Title: "有效期至", Value: func(v View) any { return v.ValidUntil }},
	{Title: "评估值合计（元）", Value: func(v View) any { return v.Total }},
	{Title: "评估费（元）", Value: func(v View) any { return v.Fee }},
	{Title: "状态", Value: func(v View) any { return statusTexts[v.Status] }},
	{Title: "委托时间", Value: func(v View) any { return v.CreatedAt }},
}
