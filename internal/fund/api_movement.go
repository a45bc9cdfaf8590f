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
	"ippledge/internal/spreadsheet"
	"ippledge/internal/state"
)

type movementsInput struct {
	page.Query
	FundID httpapi.UUID  `query:"fund_id" doc:"基金"`
	Kind   string        `query:"kind" enum:",contribute,interest,return_capital,fee"`
	Status string        `query:"status" enum:",submitted,posted,returned"`
	From   calendar.Date `query:"from"`
	To     calendar.Date `query:"to"`
}

type moveInput struct {
	httpapi.ByID
	Body NewMovement
}

func (s *Service) routesMovement(api *httpapi.API) {
	const tag = "fund-movements"
	read := httpapi.Needs(authz.FundMovementRead)
	httpapi.Register(api, read, op(tag, "list-fund-movements", http.MethodGet, "/fund-movements", "基金收支列表"), s.apiMovements)
	httpapi.Register(api, read, op(tag, "export-fund-movements", http.MethodGet, "/fund-movements/export.xlsx", "导出基金收支"), s.apiMovementsExport)
	httpapi.Register(api, read, op(tag, "get-fund-movement", http.MethodGet, "/fund-movements/{id}", "基金收支详情"),
		func(ctx context.Context, in *httpapi.ByID) (*httpapi.Versioned[MovementDetail], error) {
			return s.answerMovement(ctx, in.ID.UUID, nil)
		})
	httpapi.Register(api, httpapi.Needs(authz.FundMove), created(op(tag, "move-fund", http.MethodPost, "/funds/{id}/movements", "登记基金收支（须复核）")),
		func(ctx context.Context, in *moveInput) (*httpapi.Versioned[MovementDetail], error) {
			m, err := s.Move(ctx, authz.From(ctx), in.ID.UUID, in.Body)
			return s.answerMovement(ctx, m.ID, err)
		})
}

func (s *Service) answerMovement(ctx context.Context, id uuid.UUID, err error) (*httpapi.Versioned[MovementDetail], error) {
	if err != nil {
		return nil, err
	}
	var d MovementDetail
	err = s.db.Read(ctx, func(tx postgres.Tx) (err error) {
		d, err = s.movementDetail(tx, authz.From(ctx), id)
		return err
	})
	if err != nil {
		return nil, err
	}
	return httpapi.Row(d.Version, d), nil
}

func (s *Service) loadMovements(ctx context.Context, in *movementsInput, export bool) (out page.List[MovementView], err error) {
	request, err := in.Parse(sortableMovements, "-on_date")
	if err != nil {
		return out, err
	}
	if export {
		request = request.ForExport()
	}
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		rows, err := listMovements(tx, request, movementFilter{in.FundID.UUID, in.Kind, in.Status, in.From, in.To})
		out = page.ListOf(rows, listedMovement.view)
		return err
	})
	return out, err
}

func (s *Service) apiMovements(ctx context.Context, in *movementsInput) (*httpapi.Body[page.List[MovementView]], error) {
	out, err := s.loadMovements(ctx, in, false)
	return httpapi.Of(out), err
}

func (s *Service) apiMovementsExport(ctx context.Context, in *movementsInput) (*httpapi.File, error) {
	out, err := s.loadMovements(ctx, in, true)
	if err != nil {
		return nil, err
	}
	return sheet("基金收支.xlsx", "基金收支", []spreadsheet.Column[MovementView]{
		{Title: "编号", Value: func(m MovementView) any { return m.Number }},
		{Title: "基金", Value: func(m MovementView) any { return m.FundName }},
		{Title: "类别", Value: func(m MovementView) any { return state.Label(string(m.Kind)) }},
		{Title: "出资方", Value: func(m MovementView) any { return m.PayerName }},
		{Title: "金额（元）", Value: func(m MovementView) any { return m.Amount }},
		{Title: "日期", Value: func(m MovementView) any { return &m.OnDate }},
		{Title: "银行回单号", Value: func(m MovementView) any { return m.Voucher }},
		{Title: "状态", Value: func(m MovementView) any { return state.Label(string(m.Status)) }},
		{Title: "分录序号", Value: func(m MovementView) any {
			if m.EntrySeq == nil {
				return nil
			}
			return *m.EntrySeq
		}},
		{Title: "经办", Value: func(m MovementView) any { return m.MakerName }},
		{Title: "复核", Value: func(m MovementView) any { return m.CheckerName }},
		{Title: "说明", Value: func(m MovementView) any { return m.Note }},
	}, out.Items)
}
