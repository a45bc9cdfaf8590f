package indicator

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"ippledge/internal/authz"
	"ippledge/internal/httpapi"
	"ippledge/internal/money"
	"ippledge/internal/page"
	"ippledge/internal/spreadsheet"
)

type cockpitInput struct {
	FundID httpapi.UUID `query:"fund_id" doc:"基金；缺省为全部在运行的基金"`
	Year   int          `query:"year" doc:"流量指标的年份，缺省为今年"`
}

type figureInput struct {
	page.Query
	Figure   string       `query:"figure" enum:",balance,committed,available,paid_in,paid,recovered,clawed_back,net_loss,enrolled,exposure,npl,ageing,claims,registered,outstanding,overdue,loan_ageing,needs" default:"balance" doc:"指标"`
	FundID   httpapi.UUID `query:"fund_id"`
	BankID   httpapi.UUID `query:"bank_id"`
	AreaCode string       `query:"area_code" maxLength:"12" doc:"县市区或园区；municipal 为市本级出资"`
	Year     int          `query:"year" doc:"明细日期所在年份"`
	Part     string       `query:"part" maxLength:"40" doc:"S71 分段、补偿环节或需求状态"`
	Late     bool         `query:"late" doc:"只看当前环节已超期的补偿申请"`
}

func (in figureInput) narrowing() Narrowing {
	return Narrowing{Figure(in.Figure), in.FundID.UUID, in.BankID.UUID, in.AreaCode, in.Year, in.Part, in.Late}
}

type figureAnswer struct {
	page.List[Row]
	Sum   money.Amount `json:"sum" doc:"全部明细之和，等于对应指标"`
	Count int64        `json:"count" doc:"全部明细笔数"`
}

func (s *Service) routesCockpit(api *httpapi.API) {
	op := func(id, path, summary string) huma.Operation {
		return huma.Operation{OperationID: id, Method: http.MethodGet, Path: path, Summary: summary, Tags: []string{"indicators"}}
	}
	read := httpapi.Needs(authz.IndicatorRead)
	httpapi.Register(api, read, op("get-cockpit", "/indicators/cockpit", "基金驾驶舱"),
		func(ctx context.Context, in *cockpitInput) (*httpapi.Body[Cockpit], error) {
			c, err := s.Cockpit(ctx, authz.From(ctx), in.FundID.UUID, in.Year)
			return httpapi.Of(c), err
		})
	httpapi.Register(api, read, op("list-figure-rows", "/indicators/rows", "指标的明细（逐笔相加等于指标）"),
		func(ctx context.Context, in *figureInput) (*httpapi.Body[figureAnswer], error) {
			out, err := s.figureRows(ctx, in, false)
			return httpapi.Of(out), err
		})
	httpapi.Register(api, read, op("export-figure-rows", "/indicators/rows/export.xlsx", "导出指标的明细"),
		func(ctx context.Context, in *figureInput) (*httpapi.File, error) {
			out, err := s.figureRows(ctx, in, true)
			if err != nil {
				return nil, err
			}
			content, err := spreadsheet.Write("指标明细", rowColumns, out.Items)
			return file("figure-"+in.Figure+".xlsx", content), err
		})
}

func (s *Service) figureRows(ctx context.Context, in *figureInput, export bool) (out figureAnswer, err error) {
	request, err := in.Parse(sortableRows, "-on_date")
	if err != nil {
		return out, err
	}
	if export {
		request = request.ForExport()
	}
	out.List, out.Sum, out.Count, err = s.Rows(ctx, authz.From(ctx), in.narrowing(), request)
	return out, err
}

var rowColumns = []spreadsheet.Column[Row]{
	{Title: "日期", Value: func(r Row) any { return r.On }},
	{Title: "编号", Value: func(r Row) any { return r.Number }},
	{Title: "企业或摘要", Value: func(r Row) any { return r.Title }},
	{Title: "情况", Value: func(r Row) any { return r.Detail }},
	{Title: "基金", Value: func(r Row) any { return r.FundName }},
	{Title: "银行", Value: func(r Row) any { return r.BankName }},
	{Title: "县市区", Value: func(r Row) any { return r.AreaName }},
	{Title: "金额（元）", Value: func(r Row) any { return r.Amount }},
}
