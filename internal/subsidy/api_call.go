package subsidy

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/httpapi"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/spreadsheet"
	"ippledge/internal/state"
)

type callsInput struct {
	page.Query
	Status string `query:"status" enum:",draft,published,closed,cancelled"`
	Year   int    `query:"year" doc:"补助年度"`
	Open   bool   `query:"open" doc:"只看当前受理的"`
}

type createCallInput struct{ Body CallContent }

type editCallInput struct {
	httpapi.ByID
	Body CallContent
}

func (s *Service) routesCall(api *httpapi.API) {
	const tag = "subsidy-calls"
	read, draft := httpapi.Needs(authz.SubsidyCallRead), httpapi.Needs(authz.SubsidyCallDraft)
	httpapi.Register(api, read, op(tag, "list-subsidy-calls", http.MethodGet, "/subsidy-calls", "补助征集列表"), s.apiCalls)
	httpapi.Register(api, read, op(tag, "export-subsidy-calls", http.MethodGet, "/subsidy-calls/export.xlsx", "导出补助征集"), s.apiCallsExport)
	httpapi.Register(api, read, op(tag, "get-subsidy-call", http.MethodGet, "/subsidy-calls/{id}", "补助征集详情"),
		func(ctx context.Context, in *httpapi.ByID) (*httpapi.Versioned[CallDetail], error) {
			return s.answerCall(ctx, in.ID.UUID, nil)
		})
	httpapi.Register(api, draft, created(op(tag, "create-subsidy-call", http.MethodPost, "/subsidy-calls", "起草补助征集")),
		func(ctx context.Context, in *createCallInput) (*httpapi.Versioned[CallDetail], error) {
			c, err := s.CreateCall(ctx, authz.From(ctx), in.Body)
			return s.answerCall(ctx, c.ID, err)
		})
	httpapi.Register(api, draft, op(tag, "edit-subsidy-call", http.MethodPut, "/subsidy-calls/{id}", "修改补助征集"),
		func(ctx context.Context, in *editCallInput) (*httpapi.Versioned[CallDetail], error) {
			c, err := s.EditCall(ctx, authz.From(ctx), in.ID.UUID, in.Body)
			return s.answerCall(ctx, c.ID, err)
		})
	httpapi.Register(api, draft, op(tag, "submit-subsidy-call", http.MethodPost, "/subsidy-calls/{id}/submit", "提交复核发布"),
		func(ctx context.Context, in *httpapi.ByID) (*httpapi.Versioned[CallDetail], error) {
			c, err := s.SubmitCall(ctx, authz.From(ctx), in.ID.UUID)
			return s.answerCall(ctx, c.ID, err)
		})
	httpapi.Register(api, draft, op(tag, "cancel-subsidy-call", http.MethodPost, "/subsidy-calls/{id}/cancel", "取消征集草稿"),
		func(ctx context.Context, in *httpapi.ByID) (*httpapi.Versioned[CallDetail], error) {
			c, err := s.CancelCall(ctx, authz.From(ctx), in.ID.UUID)
			return s.answerCall(ctx, c.ID, err)
		})
	httpapi.Register(api, draft, op(tag, "close-subsidy-call", http.MethodPost, "/subsidy-calls/{id}/close", "提前关闭征集"),
		func(ctx context.Context, in *reasonInput) (*httpapi.Versioned[CallDetail], error) {
			c, err := s.CloseCall(ctx, authz.From(ctx), in.ID.UUID, in.Body.Reason)
			return s.answerCall(ctx, c.ID, err)
		})
}

func (s *Service) answerCall(ctx context.Context, id uuid.UUID, err error) (*httpapi.Versioned[CallDetail], error) {
	if err != nil {
		return nil, err
	}
	var d CallDetail
	err = s.db.Read(ctx, func(tx postgres.Tx) (err error) {
		d, err = s.callDetail(tx, authz.From(ctx), id)
		return err
	})
	if err != nil {
		return nil, err
	}
	return httpapi.Row(d.Version, d), nil
}

func (s *Service) loadCalls(ctx context.Context, in *callsInput, export bool) (out page.List[CallView], err error) {
	request, err := in.Parse(sortableCalls, "-created_at")
	if err != nil {
		return out, err
	}
	if export {
		request = request.ForExport()
	}
	actor := authz.From(ctx)
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		rows, err := listCalls(tx, actor.OrgKind == authz.IPBureau, request, callFilter{in.Status, in.Year, in.Open})
		if err != nil {
			return err
		}
		ids := make([]uuid.UUID, len(rows.Items))
		for i, r := range rows.Items {
			ids[i] = r.ID
		}
		pending, err := pendingAmong(tx, callSubject, ids)
		today := calendar.DateOf(tx.Now())
		out = page.ListOf(rows, func(r listedCall) CallView { return r.view(actor, pending[r.ID], today) })
		return err
	})
	return out, err
}

func (s *Service) apiCalls(ctx context.Context, in *callsInput) (*httpapi.Body[page.List[CallView]], error) {
	out, err := s.loadCalls(ctx, in, false)
	return httpapi.Of(out), err
}

func (s *Service) apiCallsExport(ctx context.Context, in *callsInput) (*httpapi.File, error) {
	out, err := s.loadCalls(ctx, in, true)
	if err != nil {
		return nil, err
	}
	return sheet("补助征集.xlsx", "补助征集", []spreadsheet.Column[CallView]{
		{Title: "编号", Value: func(v CallView) any { return v.Number }},
		{Title: "名称", Value: func(v CallView) any { return v.Title }},
		{Title: "年度", Value: func(v CallView) any { return v.Year }},
		{Title: "种类", Value: func(v CallView) any { return v.KindsText }},
		{Title: "预算（元）", Value: func(v CallView) any { return v.Budget }},
		{Title: "已核定（元）", Value: func(v CallView) any { return v.Granted }},
		{Title: "已拨付（元）", Value: func(v CallView) any { return v.Paid }},
		{Title: "申请数", Value: func(v CallView) any { return v.Applications }},
		{Title: "开始受理", Value: func(v CallView) any { return v.OpensOn }},
		{Title: "截止", Value: func(v CallView) any { return v.ClosesOn }},
		{Title: "状态", Value: func(v CallView) any { return state.Label(string(v.Status)) }},
	}, out.Items)
}
