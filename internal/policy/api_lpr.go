package policy

import (
	"context"
	"net/http"
	"net/url"

	"ippledge/internal/authz"
	"ippledge/internal/httpapi"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/spreadsheet"
	"ippledge/internal/state"
)

type quotesView struct {
	Items []QuoteView `json:"items" nullable:"false"`
}

type quoteInput struct{ Body NewQuote }

func (s *Service) routesLPR(api *httpapi.API) {
	httpapi.Register(api, httpapi.Needs(authz.PolicyRead), op("list-lpr", http.MethodGet, "/lpr", "LPR历史"), s.apiQuotes)
	httpapi.Register(api, httpapi.Needs(authz.PolicyRead), op("export-lpr", http.MethodGet, "/lpr/export.xlsx", "导出LPR历史"), s.apiQuotesExport)
	create := op("record-lpr", http.MethodPost, "/lpr", "登记LPR（须复核）")
	create.DefaultStatus = http.StatusCreated
	httpapi.Register(api, httpapi.Needs(authz.LPRRecord), create, func(ctx context.Context, in *quoteInput) (*httpapi.Versioned[QuoteView], error) {
		q, err := s.RecordLPR(ctx, authz.From(ctx), in.Body)
		if err != nil {
			return nil, err
		}
		var v QuoteView
		err = s.db.Read(ctx, func(tx postgres.Tx) (err error) {
			v, err = s.quoteView(tx, authz.From(ctx), q)
			return err
		})
		return httpapi.Row(q.Version, v), err
	})
}

// history shows quotes that wait for their checker to the bureau only.
func (s *Service) history(ctx context.Context) (out []QuoteView, err error) {
	actor := authz.From(ctx)
	out = []QuoteView{}
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		all, err := quotes(tx, actor.Can(authz.LPRRecord) || actor.Can(authz.LPRApprove))
		if err != nil {
			return err
		}
		for _, q := range all {
			v, err := s.quoteView(tx, actor, q)
			if err != nil {
				return err
			}
			out = append(out, v)
		}
		return nil
	})
	return out, err
}

func (s *Service) apiQuotes(ctx context.Context, _ *struct{}) (*httpapi.Body[quotesView], error) {
	items, err := s.history(ctx)
	return httpapi.Of(quotesView{items}), err
}

func (s *Service) apiQuotesExport(ctx context.Context, _ *struct{}) (*httpapi.File, error) {
	items, err := s.history(ctx)
	if err != nil {
		return nil, err
	}
	return file("LPR历史.xlsx", "LPR", []spreadsheet.Column[QuoteView]{
		{Title: "公布日期", Value: func(q QuoteView) any { return &q.PublishedOn }},
		{Title: "1年期（%）", Value: func(q QuoteView) any { return q.OneYear }},
		{Title: "5年期以上（%）", Value: func(q QuoteView) any { return q.FiveYear }},
		{Title: "来源", Value: func(q QuoteView) any { return q.Source }},
		{Title: "状态", Value: func(q QuoteView) any { return state.Label(string(q.Status)) }},
	}, items)
}

func file[T any](name, sheet string, columns []spreadsheet.Column[T], rows []T) (*httpapi.File, error) {
	content, err := spreadsheet.Write(sheet, columns, rows)
	return &httpapi.File{
		ContentType:        spreadsheet.MediaType,
		ContentDisposition: "attachment; filename*=UTF-8''" + url.PathEscape(name),
		Body:               content,
	}, err
}

func statusText(v View) string {
	switch v.Effect {
	case "upcoming":
		return "已批准，待施行"
	case "current":
		return "施行中"
	case "past":
		return "已被替代"
	}
	return state.Label(string(v.Status))
}
