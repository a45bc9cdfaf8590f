package fund

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/httpapi"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/policy"
	"ippledge/internal/spreadsheet"
	"ippledge/internal/state"
)

type fundsInput struct {
	page.Query
	Status string `query:"status" enum:",proposed,active,closed"`
}

type openInput struct{ Body NewFund }

type rulesInput struct {
	httpapi.ByID
	Body rules
}

type custodyInput struct {
	httpapi.ByID
	Body custody
}

type resumeInput struct {
	httpapi.ByID
	Body struct {
		BankID *uuid.UUID `json:"bank_id,omitempty" doc:"银行；不填为基金整体"`
		Reason string     `json:"reason" maxLength:"500" doc:"理由"`
	}
}

func (s *Service) routesFund(api *httpapi.API) {
	const tag = "funds"
	read := httpapi.Needs(authz.FundRead)
	httpapi.Register(api, read, op(tag, "list-funds", http.MethodGet, "/funds", "基金列表"), s.apiFunds)
	httpapi.Register(api, read, op(tag, "export-funds", http.MethodGet, "/funds/export.xlsx", "导出基金列表"), s.apiFundsExport)
	httpapi.Register(api, read, op(tag, "get-fund", http.MethodGet, "/funds/{id}", "基金详情"),
		func(ctx context.Context, in *httpapi.ByID) (*httpapi.Versioned[FundDetail], error) {
			return s.answerFund(ctx, in.ID.UUID, nil)
		})
	httpapi.Register(api, httpapi.Needs(authz.FundOpen), created(op(tag, "open-fund", http.MethodPost, "/funds", "设立子基金（须复核）")),
		func(ctx context.Context, in *openInput) (*httpapi.Versioned[FundDetail], error) {
			f, err := s.Open(ctx, authz.From(ctx), in.Body)
			return s.answerFund(ctx, f.ID, err)
		})
	httpapi.Register(api, httpapi.Needs(authz.FundOpen), op(tag, "change-fund-rules", http.MethodPost, "/funds/{id}/change-rules", "调整子基金分担比例（须复核）"),
		func(ctx context.Context, in *rulesInput) (*httpapi.Versioned[FundDetail], error) {
			f, err := s.ChangeRules(ctx, authz.From(ctx), in.ID.UUID, in.Body.Shares)
			return s.answerFund(ctx, f.ID, err)
		})
	httpapi.Register(api, httpapi.Needs(authz.FundOpen), op(tag, "change-fund-custody", http.MethodPost, "/funds/{id}/change-custody", "登记托管银行（须复核）"),
		func(ctx context.Context, in *custodyInput) (*httpapi.Versioned[FundDetail], error) {
			f, err := s.ChangeCustody(ctx, authz.From(ctx), in.ID.UUID, in.Body.CustodyBank)
			return s.answerFund(ctx, f.ID, err)
		})
	httpapi.Register(api, httpapi.Needs(authz.FundEvaluate), op(tag, "evaluate-fund", http.MethodPost, "/funds/{id}/evaluate", "即时评估熔断指标"),
		func(ctx context.Context, in *httpapi.ByID) (*httpapi.Versioned[FundDetail], error) {
			f, err := s.Evaluate(ctx, authz.From(ctx), in.ID.UUID)
			return s.answerFund(ctx, f.ID, err)
		})
	httpapi.Register(api, httpapi.Needs(authz.FundResume), op(tag, "resume-fund", http.MethodPost, "/funds/{id}/resume", "同意解除熔断（两局共同决定）"),
		func(ctx context.Context, in *resumeInput) (*httpapi.Versioned[FundDetail], error) {
			f, err := s.Resume(ctx, authz.From(ctx), in.ID.UUID, in.Body.BankID, in.Body.Reason)
			return s.answerFund(ctx, f.ID, err)
		})
}

func (s *Service) answerFund(ctx context.Context, id uuid.UUID, err error) (*httpapi.Versioned[FundDetail], error) {
	if err != nil {
		return nil, err
	}
	var d FundDetail
	err = s.db.Read(ctx, func(tx postgres.Tx) (err error) {
		d, err = s.fundDetail(tx, authz.From(ctx), id)
		return err
	})
	if err != nil {
		return nil, err
	}
	return httpapi.Row(d.Version, d), nil
}

func (s *Service) loadFunds(ctx context.Context, in *fundsInput, export bool) (out page.List[FundView], err error) {
	request, err := in.Parse(sortableFunds, "created_at")
	if err != nil {
		return out, err
	}
	if export {
		request = request.ForExport()
	}
	actor := authz.From(ctx)
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		v, err := policy.InForce(tx, calendar.DateOf(tx.Now()))
		if err != nil {
			return err
		}
		rows, err := funds(tx, request, in.Status, actor.Can(authz.FundMovementRead))
		if err != nil {
			return err
		}
		ids := make([]uuid.UUID, len(rows.Items))
		for i, r := range rows.Items {
			ids[i] = r.ID
		}
		pending, err := pendingAmong(tx, fundSubject, ids)
		if err != nil {
			return err
		}
		out = page.List[FundView]{Items: make([]FundView, len(rows.Items)), NextCursor: rows.NextCursor, Total: rows.Total, TotalExact: rows.TotalExact}
		for i, r := range rows.Items {
			if out.Items[i], err = s.viewOf(tx, actor, r.Fund, r.AreaName, pending[r.ID], v); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

func (s *Service) apiFunds(ctx context.Context, in *fundsInput) (*httpapi.Body[page.List[FundView]], error) {
	out, err := s.loadFunds(ctx, in, false)
	return httpapi.Of(out), err
}

func (s *Service) apiFundsExport(ctx context.Context, in *fundsInput) (*httpapi.File, error) {
	out, err := s.loadFunds(ctx, in, true)
	if err != nil {
		return nil, err
	}
	return sheet("风险补偿基金.xlsx", "风险补偿基金", []spreadsheet.Column[FundView]{
		{Title: "名称", Value: func(f FundView) any { return f.Name }},
		{Title: "区域", Value: func(f FundView) any { return f.AreaName }},
		{Title: "托管银行", Value: func(f FundView) any { return f.CustodyBank }},
		{Title: "实收资本（元）", Value: func(f FundView) any { return f.Figures.PaidIn }},
		{Title: "余额（元）", Value: func(f FundView) any { return f.Figures.Balance }},
		{Title: "已核准未拨付（元）", Value: func(f FundView) any { return f.Figures.Committed }},
		{Title: "可用余额（元）", Value: func(f FundView) any { return f.Figures.Available }},
		{Title: "在保笔数", Value: func(f FundView) any { return f.Figures.Count }},
		{Title: "在保余额（元）", Value: func(f FundView) any { return f.Figures.Enrolled }},
		{Title: "敞口（元）", Value: func(f FundView) any { return f.Figures.Exposure }},
		{Title: "放大倍数", Value: func(f FundView) any { return f.Figures.LeverageText }},
		{Title: "不良率（%）", Value: func(f FundView) any { return f.Figures.NPLRatio }},
		{Title: "熔断状态", Value: func(f FundView) any { return breakerText(f.Breaker) }},
		{Title: "状态", Value: func(f FundView) any { return state.Label(string(f.Status)) }},
	}, out.Items)
}
