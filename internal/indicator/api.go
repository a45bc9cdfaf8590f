package indicator

import (
	"context"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/httpapi"
	"ippledge/internal/page"
	"ippledge/internal/spreadsheet"
)

// ScopeQuery is the scope in the address. It is exported because huma passes over fields that
// are not, also where they are embedded.
type ScopeQuery struct {
	Year     int          `query:"year" doc:"年份，缺省为今年"`
	Month    int          `query:"month" doc:"月份，缺省为全年"`
	AreaCode string       `query:"area_code" maxLength:"12"`
	ParkCode string       `query:"park_code" maxLength:"20"`
	BankID   httpapi.UUID `query:"bank_id"`
	Kind     string       `query:"kind" enum:",patent,trademark,gi_mark,mixed" doc:"质押物种类"`
}

func (q ScopeQuery) scope() Scope {
	return Scope{Year: q.Year, Month: q.Month, AreaCode: q.AreaCode, ParkCode: q.ParkCode, BankID: q.BankID.UUID, Kind: q.Kind}
}

type rowsInput struct {
	page.Query
	ScopeQuery
}

type rowsAnswer struct {
	page.List[Disbursement]
	Sums
}

// Routes registers the operations of this package.
func (s *Service) Routes(api *httpapi.API) {
	op := func(id, path, summary string) huma.Operation {
		return huma.Operation{OperationID: id, Method: http.MethodGet, Path: path, Summary: summary, Tags: []string{"indicators"}}
	}
	read := httpapi.Needs(authz.IndicatorRead)
	httpapi.Register(api, read, op("get-dashboard", "/indicators/dashboard", "年度总览"),
		func(ctx context.Context, in *ScopeQuery) (*httpapi.Body[Dashboard], error) {
			d, err := s.Dashboard(ctx, in.scope())
			return httpapi.Of(d), err
		})
	httpapi.Register(api, read, op("list-disbursements", "/indicators/disbursements", "放款明细（指标下钻）"), s.apiRows)
	httpapi.Register(api, read, op("export-disbursements", "/indicators/disbursements/export.xlsx", "导出放款明细"), s.apiExport)
	s.routesCockpit(api)
	s.routesReports(api)
}

// withYear is the scope in the current year when none is named.
func (s *Service) withYear(scope Scope) Scope {
	if scope.Year == 0 {
		scope.Year = calendar.DateOf(s.db.Now()).Year()
	}
	return scope
}

func (s *Service) apiRows(ctx context.Context, in *rowsInput) (*httpapi.Body[rowsAnswer], error) {
	request, err := in.Parse(sortable, "-disbursed_on")
	if err != nil {
		return nil, err
	}
	rows, sums, err := s.Disbursements(ctx, s.withYear(in.scope()), request)
	return httpapi.Of(rowsAnswer{rows, sums}), err
}

var columns = []spreadsheet.Column[Disbursement]{
	{Title: "贷款编号", Value: func(r Disbursement) any { return r.Number }},
	{Title: "企业名称", Value: func(r Disbursement) any { return r.Borrower }},
	{Title: "县市区", Value: func(r Disbursement) any { return r.AreaName }},
	{Title: "园区", Value: func(r Disbursement) any { return r.ParkName }},
	{Title: "银行", Value: func(r Disbursement) any { return r.BankName }},
	{Title: "质押登记号", Value: func(r Disbursement) any { return r.Registration }},
	{Title: "质押登记金额（元）", Value: func(r Disbursement) any { return r.Registered }},
	{Title: "授信金额（元）", Value: func(r Disbursement) any { return r.CreditLine }},
	{Title: "放款金额（元）", Value: func(r Disbursement) any { return r.Amount }},
	{Title: "放款日期", Value: func(r Disbursement) any { return r.DisbursedOn }},
	{Title: "到期日", Value: func(r Disbursement) any { return r.MaturesOn }},
	{Title: "年利率（%）", Value: func(r Disbursement) any { return r.AnnualRate }},
	{Title: "贷款余额（元）", Value: func(r Disbursement) any { return r.Outstanding }},
}

func (s *Service) apiExport(ctx context.Context, in *rowsInput) (*httpapi.File, error) {
	request, err := in.Parse(sortable, "-disbursed_on")
	if err != nil {
		return nil, err
	}
	scope := s.withYear(in.scope())
	rows, _, err := s.Disbursements(ctx, scope, request.ForExport())
	if err != nil {
		return nil, err
	}
	content, err := spreadsheet.Write("放款明细", columns, rows.Items)
	return file(fmt.Sprintf("disbursements-%d.xlsx", scope.Year), content), err
}

func file(name string, content []byte) *httpapi.File {
	return &httpapi.File{ContentType: spreadsheet.MediaType, ContentDisposition: `attachment; filename="` + name + `"`, Body: content}
}
