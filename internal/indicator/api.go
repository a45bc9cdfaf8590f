package indicator

import (
	"context"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/httpapi"
	"ippledge/internal/money"
	"ippledge/internal/page"
	"ippledge/internal/spreadsheet"
)

type scopeQuery struct {
	Year     int          `query:"year" doc:"年份，缺省为今年"`
	Month    int          `query:"month" doc:"月份，缺省为全年"`
	AreaCode string       `query:"area_code" maxLength:"12"`
	ParkCode string       `query:"park_code" maxLength:"20"`
	BankID   httpapi.UUID `query:"bank_id"`
}

func (q scopeQuery) scope() Scope {
	return Scope{Year: q.Year, Month: q.Month, AreaCode: q.AreaCode, ParkCode: q.ParkCode, BankID: q.BankID.UUID}
}

type rowsInput struct {
	page.Query
	scopeQuery
}

type rowsAnswer struct {
	page.List[Disbursement]
	Sum money.Amount `json:"sum" doc:"全部明细之和，等于对应指标"`
}

// Routes registers the operations of this package.
func (s *Service) Routes(api *httpapi.API) {
	op := func(id, path, summary string) huma.Operation {
		return huma.Operation{OperationID: id, Method: http.MethodGet, Path: path, Summary: summary, Tags: []string{"indicators"}}
	}
	read := httpapi.Needs(authz.IndicatorRead)
	httpapi.Register(api, read, op("get-dashboard", "/indicators/dashboard", "年度总览"),
		func(ctx context.Context, in *scopeQuery) (*httpapi.Body[Dashboard], error) {
			d, err := s.Dashboard(ctx, in.scope())
			return httpapi.Of(d), err
		})
	httpapi.Register(api, read, op("list-disbursements", "/indicators/disbursements", "放款明细（指标下钻）"), s.apiRows)
	httpapi.Register(api, read, op("export-disbursements", "/indicators/disbursements/export.xlsx", "导出放款明细"), s.apiExport)
	httpapi.Register(api, read, op("export-targets", "/indicators/targets/export.xlsx", "导出目标完成表（R7）"), s.apiTargets)
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
	rows, sum, err := s.Disbursements(ctx, s.withYear(in.scope()), request)
	return httpapi.Of(rowsAnswer{rows, sum}), err
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

func (s *Service) apiTargets(ctx context.Context, in *scopeQuery) (*httpapi.File, error) {
	d, err := s.Dashboard(ctx, in.scope())
	if err != nil {
		return nil, err
	}
	content, err := spreadsheet.Write("目标完成表", []spreadsheet.Column[Target]{
		{Title: "指标", Value: func(t Target) any { return t.Indicator }},
		{Title: "规划原文", Value: func(t Target) any { return t.Quote }},
		{Title: "出处", Value: func(t Target) any { return t.Location }},
		{Title: "口径", Value: func(t Target) any { return t.Scope }},
		{Title: "单位", Value: func(t Target) any { return t.Unit }},
		{Title: "基期值", Value: func(t Target) any { return t.Baseline }},
		{Title: "目标值", Value: func(t Target) any { return t.Target }},
		{Title: "本年统计（元）", Value: func(t Target) any {
			if t.Reached == nil {
				return "暂无数据"
			}
			return *t.Reached
		}},
		{Title: "完成率（%）", Value: func(t Target) any { return t.Ratio }},
		{Title: "说明", Value: func(t Target) any { return t.Caveat }},
	}, d.Targets)
	return file(fmt.Sprintf("targets-%d.xlsx", d.Year), content), err
}

func file(name string, content []byte) *httpapi.File {
	return &httpapi.File{ContentType: spreadsheet.MediaType, ContentDisposition: `attachment; filename="` + name + `"`, Body: content}
}
