package simulator

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/httpapi"
	"ippledge/internal/money"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/spreadsheet"
)

// View is a run as lists show it.
type View struct {
	ID            uuid.UUID    `json:"id"`
	Number        string       `json:"number"`
	Title         string       `json:"title"`
	Verdict       string       `json:"verdict" enum:"carries,strained,fails"`
	AnnualLending money.Amount `json:"annual_lending"`
	InitialFund   money.Amount `json:"initial_fund"`
	DefaultRate   money.Rate   `json:"default_rate"`
	Horizon       int          `json:"horizon_years"`
	Ruin          money.Rate   `json:"ruin_probability"`
	Capital95     money.Amount `json:"capital_95"`
	Capital99     money.Amount `json:"capital_99"`
	Estimate      bool         `json:"estimate" doc:"恒为 true"`
	Paths         int          `json:"paths"`
	Seed          int64        `json:"seed"`
	MakerName     string       `json:"maker_name"`
	OrgName       string       `json:"org_name"`
	CreatedAt     time.Time    `json:"created_at"`
}

// Detail is a run with all it assumed and found.
type Detail struct {
	View
	Inputs Inputs `json:"inputs"`
	Result Result `json:"result"`
}

func (s Simulation) view() View {
	in, r := s.Inputs, s.Result
	return View{
		s.ID, s.Number, s.Title, r.Verdict, in.AnnualLending, in.InitialFund, in.DefaultRate, in.Horizon, r.Ruin, r.Capital95, r.Capital99,
		true, s.Paths, s.Seed, s.MakerName, s.OrgName, s.CreatedAt,
	}
}

type listInput struct{ page.Query }

type runInput struct{ Body Question }

// Routes registers the operations of this package.
func (s *Service) Routes(api *httpapi.API) {
	op := func(id, method, path, summary string) huma.Operation {
		return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"simulations"}}
	}
	may := httpapi.Needs(authz.SimulatorRun)
	httpapi.Register(api, may, op("list-simulations", http.MethodGet, "/simulations", "政策模拟列表"), s.apiList)
	httpapi.Register(api, may, op("export-simulations", http.MethodGet, "/simulations/export.xlsx", "导出政策模拟"), s.apiExport)
	httpapi.Register(api, may, op("get-simulation-defaults", http.MethodGet, "/simulations/defaults", "模拟参数的缺省值（现行政策与在保组合）"),
		func(ctx context.Context, _ *struct{}) (*httpapi.Body[Defaults], error) {
			var d Defaults
			err := s.db.Read(ctx, func(tx postgres.Tx) (err error) {
				d, err = defaults(tx)
				return err
			})
			return httpapi.Of(d), err
		})
	httpapi.Register(api, may, op("get-simulation", http.MethodGet, "/simulations/{id}", "政策模拟结果"),
		func(ctx context.Context, in *httpapi.ByID) (*httpapi.Body[Detail], error) {
			var sim Simulation
			err := s.db.Read(ctx, func(tx postgres.Tx) (err error) {
				sim, err = find(tx, in.ID.UUID)
				return err
			})
			return httpapi.Of(Detail{sim.view(), sim.Inputs, sim.Result}), err
		})
	run := op("run-simulation", http.MethodPost, "/simulations", "运行政策模拟")
	run.DefaultStatus = http.StatusCreated
	httpapi.Register(api, may, run, func(ctx context.Context, in *runInput) (*httpapi.Body[Detail], error) {
		sim, err := s.Run(ctx, authz.From(ctx), in.Body)
		return httpapi.Of(Detail{sim.view(), sim.Inputs, sim.Result}), err
	})
}

func (s *Service) load(ctx context.Context, in *listInput, export bool) (out page.List[View], err error) {
	request, err := in.Parse(sortable, "-created_at")
	if err != nil {
		return out, err
	}
	if export {
		request = request.ForExport()
	}
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		rows, err := list(tx, request)
		out = page.ListOf(rows, Simulation.view)
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
	content, err := spreadsheet.Write("政策模拟（估算）", []spreadsheet.Column[View]{
		{Title: "编号", Value: func(v View) any { return v.Number }},
		{Title: "名称", Value: func(v View) any { return v.Title }},
		{Title: "年度目标（元）", Value: func(v View) any { return v.AnnualLending }},
		{Title: "基金起始净额（元）", Value: func(v View) any { return v.InitialFund }},
		{Title: "年违约率（%）", Value: func(v View) any { return v.DefaultRate }},
		{Title: "年数", Value: func(v View) any { return v.Horizon }},
		{Title: "无力支付概率（%，估算）", Value: func(v View) any { return v.Ruin }},
		{Title: "所需基金95%（元，估算）", Value: func(v View) any { return v.Capital95 }},
		{Title: "所需基金99%（元，估算）", Value: func(v View) any { return v.Capital99 }},
		{Title: "模拟次数", Value: func(v View) any { return v.Paths }},
		{Title: "种子", Value: func(v View) any { return v.Seed }},
		{Title: "操作人", Value: func(v View) any { return v.MakerName }},
		{Title: "时间", Value: func(v View) any { return calendar.FormatInstant(v.CreatedAt) }},
	}, out.Items)
	return &httpapi.File{
		ContentType: spreadsheet.MediaType, ContentDisposition: "attachment; filename*=UTF-8''" + url.PathEscape("政策模拟.xlsx"), Body: content,
	}, err
}
