package subsidy

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/httpapi"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/spreadsheet"
	"ippledge/internal/state"
)

type batchesInput struct {
	page.Query
	Status string       `query:"status" enum:",submitted,paid,returned"`
	CallID httpapi.UUID `query:"call_id" doc:"补助征集"`
}

type createBatchInput struct{ Body NewBatch }

type appropriationsInput struct {
	page.Query
	Status string `query:"status" enum:",submitted,posted,returned"`
}

type appropriateInput struct{ Body NewAppropriation }

func (s *Service) routesBatch(api *httpapi.API) {
	const tag = "subsidy-payouts"
	read := httpapi.Needs(authz.SubsidyBudgetRead)
	httpapi.Register(api, read, op(tag, "list-subsidy-batches", http.MethodGet, "/subsidy-batches", "拨付批次列表"), s.apiBatches)
	httpapi.Register(api, read, op(tag, "export-subsidy-batches", http.MethodGet, "/subsidy-batches/export.xlsx", "导出拨付批次"), s.apiBatchesExport)
	httpapi.Register(api, read, op(tag, "get-subsidy-batch", http.MethodGet, "/subsidy-batches/{id}", "拨付批次详情"),
		func(ctx context.Context, in *httpapi.ByID) (*httpapi.Versioned[BatchDetail], error) {
			return s.answerBatch(ctx, in.ID.UUID, nil)
		})
	httpapi.Register(api, httpapi.Needs(authz.SubsidyPay, authz.SubsidyPayCheck),
		op(tag, "get-subsidy-payment-file", http.MethodGet, "/subsidy-batches/{id}/payments.xlsx", "付款清单"), s.apiPayments)
	httpapi.Register(api, httpapi.Needs(authz.SubsidyPay), created(op(tag, "create-subsidy-batch", http.MethodPost, "/subsidy-batches", "提交拨付批次（须复核）")),
		func(ctx context.Context, in *createBatchInput) (*httpapi.Versioned[BatchDetail], error) {
			b, err := s.CreateBatch(ctx, authz.From(ctx), in.Body)
			return s.answerBatch(ctx, b.ID, err)
		})
	httpapi.Register(api, read, op(tag, "get-subsidy-budget", http.MethodGet, "/subsidy-budget", "补助资金余额"), s.apiBudget)
	httpapi.Register(api, read, op(tag, "list-subsidy-appropriations", http.MethodGet, "/subsidy-budget/appropriations", "补助资金拨入记录"), s.apiAppropriations)
	httpapi.Register(api, read, op(tag, "export-subsidy-appropriations", http.MethodGet, "/subsidy-budget/appropriations/export.xlsx", "导出补助资金拨入记录"), s.apiAppropriationsExport)
	httpapi.Register(api, httpapi.Needs(authz.SubsidyFund),
		created(op(tag, "appropriate-subsidy", http.MethodPost, "/subsidy-budget/appropriations", "登记补助资金拨入（须复核）")), s.apiAppropriate)
}

func (s *Service) answerBatch(ctx context.Context, id uuid.UUID, err error) (*httpapi.Versioned[BatchDetail], error) {
	if err != nil {
		return nil, err
	}
	var d BatchDetail
	err = s.db.Read(ctx, func(tx postgres.Tx) (err error) {
		d, err = s.batchDetail(tx, authz.From(ctx), id)
		return err
	})
	if err != nil {
		return nil, err
	}
	return httpapi.Row(d.Version, d), nil
}

func (s *Service) loadBatches(ctx context.Context, in *batchesInput, export bool) (out page.List[BatchView], err error) {
	request, err := in.Parse(sortableBatches, "-created_at")
	if err != nil {
		return out, err
	}
	if export {
		request = request.ForExport()
	}
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		rows, err := listBatches(tx, request, in.Status, in.CallID.UUID)
		out = page.ListOf(rows, listedBatch.view)
		return err
	})
	return out, err
}

func (s *Service) apiBatches(ctx context.Context, in *batchesInput) (*httpapi.Body[page.List[BatchView]], error) {
	out, err := s.loadBatches(ctx, in, false)
	return httpapi.Of(out), err
}

func (s *Service) apiBatchesExport(ctx context.Context, in *batchesInput) (*httpapi.File, error) {
	out, err := s.loadBatches(ctx, in, true)
	if err != nil {
		return nil, err
	}
	return sheet("补助拨付批次.xlsx", "拨付批次", []spreadsheet.Column[BatchView]{
		{Title: "编号", Value: func(v BatchView) any { return v.Number }},
		{Title: "征集", Value: func(v BatchView) any { return v.CallTitle }},
		{Title: "笔数", Value: func(v BatchView) any { return v.Items }},
		{Title: "金额（元）", Value: func(v BatchView) any { return v.Total }},
		{Title: "状态", Value: func(v BatchView) any { return state.Label(string(v.Status)) }},
		{Title: "经办", Value: func(v BatchView) any { return v.MakerName }},
		{Title: "复核", Value: func(v BatchView) any { return v.CheckerName }},
		{Title: "说明", Value: func(v BatchView) any { return v.Note }},
	}, out.Items)
}

// apiPayments is the list the finance bureau's bank pays from. It carries whole account
// numbers, so only those who pay may have it.
func (s *Service) apiPayments(ctx context.Context, in *httpapi.ByID) (*httpapi.File, error) {
	var b Batch
	var lines []listed
	err := s.db.Read(ctx, func(tx postgres.Tx) (err error) {
		if b, err = findBatch(tx, in.ID.UUID, false); err != nil {
			return err
		}
		lines, err = linesOf(tx, b.ID)
		return err
	})
	if err != nil {
		return nil, err
	}
	return sheet("补助付款清单"+b.Number+".xlsx", "付款清单", []spreadsheet.Column[listed]{
		{Title: "批次", Value: func(listed) any { return b.Number }},
		{Title: "申请编号", Value: func(l listed) any { return l.Number }},
		{Title: "收款单位", Value: func(l listed) any { return l.OrgName }},
		{Title: "统一社会信用代码", Value: func(l listed) any { return l.USCC }},
		{Title: "开户银行", Value: func(l listed) any { return l.PayeeBank }},
		{Title: "银行账号", Value: func(l listed) any { return l.PayeeAccount }},
		{Title: "金额（元）", Value: func(l listed) any { return l.Approved }},
		{Title: "用途", Value: func(l listed) any { return l.Kind.Text() + "（" + l.CallTitle + "）" }},
	}, lines)
}

func (s *Service) apiBudget(ctx context.Context, _ *struct{}) (*httpapi.Body[Budget], error) {
	var out Budget
	err := s.db.Read(ctx, func(tx postgres.Tx) (err error) {
		out, err = budget(tx)
		return err
	})
	return httpapi.Of(out), err
}

func (s *Service) loadAppropriations(ctx context.Context, in *appropriationsInput, export bool) (out page.List[AppropriationView], err error) {
	request, err := in.Parse(sortableAppropriations, "-created_at")
	if err != nil {
		return out, err
	}
	if export {
		request = request.ForExport()
	}
	actor := authz.From(ctx)
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		rows, err := listAppropriations(tx, request, in.Status)
		if err != nil {
			return err
		}
		out = page.ListOf(rows, Appropriation.view)
		for i := range out.Items {
			if out.Items[i].Status != AppropriationSubmitted {
				continue
			}
			if out.Items[i].PendingApproval, err = s.approvals.PendingOn(tx, actor, appropriationSubject, out.Items[i].ID); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

func (s *Service) apiAppropriations(ctx context.Context, in *appropriationsInput) (*httpapi.Body[page.List[AppropriationView]], error) {
	out, err := s.loadAppropriations(ctx, in, false)
	return httpapi.Of(out), err
}

func (s *Service) apiAppropriationsExport(ctx context.Context, in *appropriationsInput) (*httpapi.File, error) {
	out, err := s.loadAppropriations(ctx, in, true)
	if err != nil {
		return nil, err
	}
	return sheet("补助资金拨入.xlsx", "资金拨入", []spreadsheet.Column[AppropriationView]{
		{Title: "编号", Value: func(v AppropriationView) any { return v.Number }},
		{Title: "金额（元）", Value: func(v AppropriationView) any { return v.Amount }},
		{Title: "到账日期", Value: func(v AppropriationView) any { return v.OnDate }},
		{Title: "银行回单号", Value: func(v AppropriationView) any { return v.Voucher }},
		{Title: "状态", Value: func(v AppropriationView) any { return state.Label(string(v.Status)) }},
		{Title: "经办", Value: func(v AppropriationView) any { return v.MakerName }},
		{Title: "复核", Value: func(v AppropriationView) any { return v.CheckerName }},
		{Title: "说明", Value: func(v AppropriationView) any { return v.Note }},
	}, out.Items)
}

func (s *Service) apiAppropriate(ctx context.Context, in *appropriateInput) (*httpapi.Versioned[AppropriationView], error) {
	actor := authz.From(ctx)
	a, err := s.Appropriate(ctx, actor, in.Body)
	if err != nil {
		return nil, err
	}
	view := a.view()
	err = s.db.Read(ctx, func(tx postgres.Tx) (err error) {
		view.PendingApproval, err = s.approvals.PendingOn(tx, actor, appropriationSubject, a.ID)
		return err
	})
	return httpapi.Row(a.Version, view), err
}
