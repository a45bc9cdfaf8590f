package audit

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/httpapi"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/spreadsheet"
)

type listInput struct {
	page.Query
	Action     string        `query:"action" maxLength:"60" doc:"动作"`
	ObjectKind string        `query:"object_kind" maxLength:"40" doc:"对象种类"`
	ObjectID   string        `query:"object_id" maxLength:"64" doc:"对象编号"`
	Result     string        `query:"result" enum:",ok,refused" doc:"结果"`
	From       calendar.Date `query:"from" doc:"起始日期（含）"`
	To         calendar.Date `query:"to" doc:"截止日期（含）"`
}

func (in listInput) filter() filter {
	return filter{in.Action, in.ObjectKind, in.ObjectID, in.Result, in.From, in.To}
}

type wordsAnswer struct {
	Items []Word `json:"items" nullable:"false"`
}

// Routes registers the operations of this package.
func (s *Service) Routes(api *httpapi.API) {
	op := func(id, method, path, summary string) huma.Operation {
		return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"audit"}}
	}
	needs := httpapi.Needs(authz.AuditRead)
	httpapi.Register(api, needs, op("list-audit", http.MethodGet, "/audit", "审计日志"),
		func(ctx context.Context, in *listInput) (*httpapi.Body[page.List[View]], error) {
			request, err := in.Parse(sortable, "-at")
			if err != nil {
				return nil, err
			}
			out, err := s.trail(ctx, request, in.filter())
			return httpapi.Of(out), err
		})
	httpapi.Register(api, needs, op("list-audit-actions", http.MethodGet, "/audit/actions", "审计动作的名称"),
		func(context.Context, *struct{}) (*httpapi.Body[wordsAnswer], error) {
			return httpapi.Of(wordsAnswer{named()}), nil
		})
	httpapi.Register(api, needs, op("export-audit", http.MethodGet, "/audit/export.xlsx", "导出审计日志"), s.apiExport)
	httpapi.Register(api, needs, op("verify-audit", http.MethodPost, "/audit/verify", "校验审计链"),
		func(ctx context.Context, _ *struct{}) (*httpapi.Body[Report], error) {
			report, err := s.check(ctx, authz.From(ctx))
			return httpapi.Of(report), err
		})
}

func (s *Service) apiExport(ctx context.Context, in *listInput) (*httpapi.File, error) {
	request, err := in.Parse(sortable, "-at")
	if err != nil {
		return nil, err
	}
	out, err := s.trail(ctx, request.ForExport(), in.filter())
	if err != nil {
		return nil, err
	}
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		return Write(tx, authz.From(ctx), Entry{Action: "audit.export", ObjectKind: "audit", ObjectID: "trail", Detail: map[string]any{"rows": len(out.Items)}})
	})
	if err != nil {
		return nil, err
	}
	content, err := spreadsheet.Write("审计日志", columns, out.Items)
	return &httpapi.File{ContentType: spreadsheet.MediaType, ContentDisposition: "attachment; filename*=UTF-8''" + url.PathEscape("审计日志.xlsx"), Body: content}, err
}

var columns = []spreadsheet.Column[View]{
	{Title: "序号", Value: func(v View) any { return v.Seq }},
	{Title: "时间", Value: func(v View) any { return v.At }},
	{Title: "用户", Value: func(v View) any { return v.UserName }},
	{Title: "单位", Value: func(v View) any { return v.OrgName }},
	{Title: "动作", Value: func(v View) any { return v.Text }},
	{Title: "对象种类", Value: func(v View) any { return v.ObjectKind }},
	{Title: "对象编号", Value: func(v View) any { return v.ObjectID }},
	{Title: "结果", Value: func(v View) any {
		if v.Result == "refused" {
			return "已拒绝"
		}
		return "成功"
	}},
	{Title: "来源地址", Value: func(v View) any { return v.Address }},
	{Title: "内容", Value: func(v View) any { return string(v.Detail) }},
	{Title: "哈希", Value: func(v View) any { return v.Hash }},
}

// named lists the actions that have a Chinese name, by that name's domain.
func named() []Word {
	wordsMu.RLock()
	defer wordsMu.RUnlock()
	out := make([]Word, 0, len(words))
	for action, text := range words {
		out = append(out, Word{action, text})
	}
	slices.SortFunc(out, func(a, b Word) int { return strings.Compare(a.Action, b.Action) })
	return out
}
