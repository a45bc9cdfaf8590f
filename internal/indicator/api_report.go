package indicator

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"ippledge/internal/authz"
	"ippledge/internal/httpapi"
	"ippledge/internal/spreadsheet"
)

type reportInput struct {
	Form     string       `query:"form" enum:"r1,r2,r3,r4,r5,r6,r7" default:"r2" doc:"报表"`
	Year     int          `query:"year" doc:"年份；缺省为今年，备案台账与补偿台账缺省为全部年度"`
	Month    int          `query:"month" doc:"月份；缺省为全年，汇总表缺省为本月（往年为 12 月）"`
	AreaCode string       `query:"area_code" maxLength:"12" doc:"县市区"`
	BankID   httpapi.UUID `query:"bank_id" doc:"银行"`
	FundID   httpapi.UUID `query:"fund_id" doc:"基金"`
}

func (in reportInput) scope() ReportScope {
	return ReportScope{in.Form, in.Year, in.Month, in.AreaCode, in.BankID.UUID, in.FundID.UUID}
}

// previewMax is how many rows a form shows before it is downloaded.
const previewMax = 200

// Preview is a form as it will be written, cell by cell in words.
type Preview struct {
	Title   string     `json:"title"`
	Unit    string     `json:"unit"`
	Period  string     `json:"period"`
	Scope   string     `json:"scope"`
	Maker   string     `json:"maker"`
	MadeAt  time.Time  `json:"made_at"`
	Columns []string   `json:"columns" nullable:"false"`
	Rows    [][]string `json:"rows" nullable:"false" doc:"最多 200 行"`
	Count   int        `json:"count" doc:"全部行数"`
	Total   []string   `json:"total" nullable:"false" doc:"合计行；空为不合计"`
	Notes   []string   `json:"notes" nullable:"false"`
}

func (s *Service) routesReports(api *httpapi.API) {
	op := func(id, path, summary string) huma.Operation {
		return huma.Operation{OperationID: id, Method: http.MethodGet, Path: path, Summary: summary, Tags: []string{"reports"}}
	}
	read := httpapi.Needs(authz.IndicatorRead)
	httpapi.Register(api, read, op("preview-report", "/reports/preview", "监管报表 R1–R7 预览"),
		func(ctx context.Context, in *reportInput) (*httpapi.Body[Preview], error) {
			form, err := s.Report(ctx, authz.From(ctx), in.scope())
			return httpapi.Of(preview(form)), err
		})
	httpapi.Register(api, read, op("export-report", "/reports/export.xlsx", "导出监管报表 R1–R7"),
		func(ctx context.Context, in *reportInput) (*httpapi.File, error) {
			form, err := s.Report(ctx, authz.From(ctx), in.scope())
			if err != nil {
				return nil, err
			}
			content, err := form.Write()
			name := url.PathEscape(form.Title + " " + form.Period + ".xlsx")
			return &httpapi.File{ContentType: spreadsheet.MediaType, ContentDisposition: "attachment; filename*=UTF-8''" + name, Body: content}, err
		})
}

func preview(f spreadsheet.Form) Preview {
	p := Preview{
		Title: f.Title, Unit: f.Unit, Period: f.Period, Scope: f.Scope, Maker: f.Maker, MadeAt: f.MadeAt, Columns: f.Columns, Rows: [][]string{},
		Count: len(f.Rows), Total: texts(f.Total), Notes: f.Notes,
	}
	for _, row := range f.Rows[:min(len(f.Rows), previewMax)] {
		p.Rows = append(p.Rows, texts(row))
	}
	return p
}

func texts(cells []any) []string {
	out := make([]string, len(cells))
	for i, c := range cells {
		out[i] = spreadsheet.Text(c)
	}
	return out
}
