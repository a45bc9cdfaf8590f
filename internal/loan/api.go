package loan

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
	Status        string        `query:"status" enum:",approved,signed,ready,active,overdue,extended,defaulted,in_recovery,settled,written_off,cancelled"`
	Class         string        `query:"class" enum:",normal,special_mention,substandard,doubtful,loss"`
	AreaCode      string        `query:"area_code" maxLength:"12"`
	NeedID        httpapi.UUID  `query:"need_id"`
	BidID         httpapi.UUID  `query:"bid_id"`
	BankID        httpapi.UUID  `query:"bank_id"`
	BorrowerID    httpapi.UUID  `query:"borrower_id"`
	DaysFrom      int           `query:"dpd_from" minimum:"0" doc:"逾期天数下限"`
	DaysTo        int           `query:"dpd_to" minimum:"0" doc:"逾期天数上限"`
	DisbursedFrom calendar.Date `query:"disbursed_from" doc:"放款日期起"`
	DisbursedTo   calendar.Date `query:"disbursed_to" doc:"放款日期止，含当日"`
	MaturesFrom   calendar.Date `query:"matures_from" doc:"到期日起"`
	MaturesTo     calendar.Date `query:"matures_to" doc:"到期日止，含当日"`
}

func (in listInput) filter() filter {
	return filter{
		Status: in.Status, Class: in.Class, AreaCode: in.AreaCode, NeedID: in.NeedID.UUID, BidID: in.BidID.UUID, BankID: in.BankID.UUID,
		BorrowerID: in.BorrowerID.UUID, DaysFrom: in.DaysFrom, DaysTo: in.DaysTo, DisbursedFrom: in.DisbursedFrom, DisbursedTo: in.DisbursedTo,
		MaturesFrom: in.MaturesFrom, MaturesTo: in.MaturesTo,
	}
}

type createInput struct {
	Body struct {
		BidID httpapi.UUID `json:"bid_id" doc:"授信已批的报价"`
		Content
	}
}

type signInput struct {
	httpapi.ByID
	Body struct {
		DocumentIDs []uuid.UUID `json:"document_ids,omitempty" doc:"借款合同扫描件"`
	}
}

type reasonInput struct {
	httpapi.ByID
	Body struct {
		Reason string `json:"reason" maxLength:"500" doc:"理由"`
	}
}

type stepInput struct {
	httpapi.ByID
	Body Step
}

type payoffInput struct {
	httpapi.ByID
	On calendar.Date `query:"on" doc:"不填为今天"`
}

type monthInput struct {
	Month string `query:"month" required:"true" doc:"月份，如 2026-09"`
}

type row = httpapi.Versioned[Detail]

func op(id, method, path, summary string) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"loans"}}
}

// Routes registers the operations of this package.
func (s *Service) Routes(api *httpapi.API) {
	read := httpapi.Needs(authz.LoanRead)
	httpapi.Register(api, read, op("list-loans", http.MethodGet, "/loans", "贷款"), s.apiList)
	httpapi.Register(api, read, op("export-loans", http.MethodGet, "/loans/export.xlsx", "导出贷款"), s.apiExport)
	httpapi.Register(api, read, op("get-loan", http.MethodGet, "/loans/{id}", "贷款详情"),
		func(ctx context.Context, in *httpapi.ByID) (*row, error) { return s.answer(ctx, in.ID.UUID, nil) })
	create := op("create-loan", http.MethodPost, "/loans", "登记授信审批结果")
	create.DefaultStatus = http.StatusCreated
	httpapi.Register(api, httpapi.Needs(authz.LoanApprove), create, func(ctx context.Context, in *createInput) (*row, error) {
		l, err := s.Approve(ctx, authz.From(ctx), in.Body.BidID.UUID, in.Body.Content)
		return s.answer(ctx, l.ID, err)
	})
	httpapi.Register(api, httpapi.Needs(authz.LoanSign, authz.LoanCheck), op("sign-loan", http.MethodPost, "/loans/{id}/sign", "签署借款合同"),
		func(ctx context.Context, in *signInput) (*row, error) {
			_, err := s.SignContract(ctx, authz.From(ctx), in.ID.UUID, in.Body.DocumentIDs)
			return s.answer(ctx, in.ID.UUID, err)
		})
	httpapi.Register(api, httpapi.Needs(authz.LoanApprove), op("cancel-loan", http.MethodPost, "/loans/{id}/cancel", "取消未放款的贷款"),
		func(ctx context.Context, in *reasonInput) (*row, error) {
			_, err := s.CancelLoan(ctx, authz.From(ctx), in.ID.UUID, in.Body.Reason)
			return s.answer(ctx, in.ID.UUID, err)
		})
	for _, w := range works() {
		httpapi.Register(api, httpapi.Needs(authz.LoanDraft), op(string(w.action)+"-loan", http.MethodPost, "/loans/{id}/"+w.verb, w.text+"（提交复核）"),
			func(ctx context.Context, in *stepInput) (*row, error) {
				_, err := s.Propose(ctx, authz.From(ctx), in.ID.UUID, w.action, in.Body)
				return s.answer(ctx, in.ID.UUID, err)
			})
	}
	s.routesBooks(api, read)
	s.importRoutes(api)
}

// routesBooks are what is read of the books, and the reports.
func (s *Service) routesBooks(api *httpapi.API, read httpapi.Access) {
	httpapi.Register(api, read, op("loan-payoff", http.MethodGet, "/loans/{id}/payoff", "应还与结清金额"), func(ctx context.Context, in *payoffInput) (*httpapi.Body[Payoff], error) {
		p, err := s.PayoffOn(ctx, authz.From(ctx), in.ID.UUID, in.On)
		return httpapi.Of(p), err
	})
	httpapi.Register(api, read, op("preview-repayment", http.MethodPost, "/loans/{id}/repayments/preview", "还款试算，不入账"), func(ctx context.Context, in *stepInput) (*httpapi.Body[Allocation], error) {
		x, err := s.Preview(ctx, authz.From(ctx), in.ID.UUID, in.Body)
		return httpapi.Of(x), err
	})
	httpapi.Register(api, read, op("export-loan-schedule", http.MethodGet, "/loans/{id}/schedule.xlsx", "导出还款计划"), func(ctx context.Context, in *httpapi.ByID) (*httpapi.File, error) {
		content, err := s.exportSchedule(ctx, authz.From(ctx), in.ID.UUID)
		return workbook("schedule.xlsx", content), err
	})
	httpapi.Register(api, httpapi.Needs(authz.LoanReport), op("loan-arrears", http.MethodGet, "/loans/arrears", "逾期分布与五级分类"), func(ctx context.Context, _ *struct{}) (*httpapi.Body[Board], error) {
		b, err := s.Arrears(ctx, authz.From(ctx))
		return httpapi.Of(b), err
	})
	httpapi.Register(api, httpapi.Needs(authz.LoanReport), op("report-r1", http.MethodGet, "/loans/monthly.xlsx", "R1 月度质押融资统计表"), func(ctx context.Context, in *monthInput) (*httpapi.File, error) {
		content, err := s.Monthly(ctx, authz.From(ctx), in.Month)
		return workbook("R1-"+in.Month+".xlsx", content), err
	})
}

func workbook(name string, content []byte) *httpapi.File {
	return &httpapi.File{ContentType: spreadsheet.MediaType, ContentDisposition: `attachment; filename="` + name + `"`, Body: content}
}

// answer is the loan as its reader sees it after what was done.
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
		out = page.ListOf(rows, func(l listed) View { return view(actor, l) })
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
	content, err := spreadsheet.Write("贷款", columns, out.Items)
	return workbook("loans.xlsx", content), err
}
