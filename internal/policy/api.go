package policy

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
	Status string `query:"status" enum:",draft,submitted,in_force,returned,withdrawn"`
}

type draftInput struct{ Body Content }

type editInput struct {
	httpapi.ByID
	Body Content
}

type compareInput struct {
	A httpapi.UUID `query:"a" required:"true" doc:"左侧版本"`
	B httpapi.UUID `query:"b" required:"true" doc:"右侧版本"`
}

// Comparison is two versions side by side.
type Comparison struct {
	A    View         `json:"a"`
	B    View         `json:"b"`
	Rows []Difference `json:"rows" nullable:"false"`
}

type definitionsView struct {
	Items []Definition `json:"items" nullable:"false"`
}

func op(id, method, path, summary string) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"policies"}}
}

// Routes registers the operations of this package.
func (s *Service) Routes(api *httpapi.API) {
	read, draft := httpapi.Needs(authz.PolicyRead), httpapi.Needs(authz.PolicyDraft)
	httpapi.Register(api, read, op("list-policies", http.MethodGet, "/policies", "政策版本列表"), s.apiList)
	httpapi.Register(api, read, op("export-policies", http.MethodGet, "/policies/export.xlsx", "导出政策版本"), s.apiExport)
	httpapi.Register(api, read, op("list-policy-parameters", http.MethodGet, "/policies/parameters", "政策参数说明"),
		func(context.Context, *struct{}) (*httpapi.Body[definitionsView], error) {
			return httpapi.Of(definitionsView{Definitions}), nil
		})
	httpapi.Register(api, read, op("get-current-policy", http.MethodGet, "/policies/current", "当前生效的政策版本"), s.apiCurrent)
	httpapi.Register(api, read, op("compare-policies", http.MethodGet, "/policies/compare", "两个政策版本对照"), s.apiCompare)
	httpapi.Register(api, read, op("get-policy", http.MethodGet, "/policies/{id}", "政策版本详情"), s.apiGet)
	create := op("draft-policy", http.MethodPost, "/policies", "起草政策版本")
	create.DefaultStatus = http.StatusCreated
	httpapi.Register(api, draft, create, func(ctx context.Context, in *draftInput) (*httpapi.Versioned[Detail], error) {
		v, err := s.Draft(ctx, authz.From(ctx), in.Body)
		return s.answer(ctx, v.ID, err)
	})
	httpapi.Register(api, draft, op("edit-policy", http.MethodPut, "/policies/{id}", "修改政策草稿"),
		func(ctx context.Context, in *editInput) (*httpapi.Versioned[Detail], error) {
			v, err := s.Edit(ctx, authz.From(ctx), in.ID.UUID, in.Body)
			return s.answer(ctx, v.ID, err)
		})
	httpapi.Register(api, draft, op("submit-policy", http.MethodPost, "/policies/{id}/submit", "提交政策版本复核"),
		func(ctx context.Context, in *httpapi.ByID) (*httpapi.Versioned[Detail], error) {
			v, err := s.Submit(ctx, authz.From(ctx), in.ID.UUID)
			return s.answer(ctx, v.ID, err)
		})
	httpapi.Register(api, draft, op("withdraw-policy", http.MethodPost, "/policies/{id}/withdraw", "撤回政策草稿"),
		func(ctx context.Context, in *httpapi.ByID) (*httpapi.Versioned[Detail], error) {
			v, err := s.Withdraw(ctx, authz.From(ctx), in.ID.UUID)
			return s.answer(ctx, v.ID, err)
		})
	s.routesLPR(api)
}

// answer reads the version anew, in the transaction of the use case when there is one.
func (s *Service) answer(ctx context.Context, id uuid.UUID, err error) (*httpapi.Versioned[Detail], error) {
	if err != nil {
		return nil, err
	}
	var d Detail
	err = s.db.Read(ctx, func(tx postgres.Tx) (err error) {
		d, err = s.detail(tx, authz.From(ctx), id)
		return err
	})
	if err != nil {
		return nil, err
	}
	return httpapi.Row(d.Version, d), nil
}

func (s *Service) apiGet(ctx context.Context, in *httpapi.ByID) (*httpapi.Versioned[Detail], error) {
	return s.answer(ctx, in.ID.UUID, nil)
}

func (s *Service) apiCurrent(ctx context.Context, _ *struct{}) (*httpapi.Versioned[Detail], error) {
	var id uuid.UUID
	err := s.db.Read(ctx, func(tx postgres.Tx) error {
		v, err := inForce(tx, calendar.DateOf(tx.Now()))
		id = v.ID
		return err
	})
	return s.answer(ctx, id, err)
}

func (s *Service) load(ctx context.Context, in *listInput, export bool) (out page.List[View], err error) {
	request, err := in.Parse(sortable, "-effective_from")
	if err != nil {
		return out, err
	}
	if export {
		request = request.ForExport()
	}
	actor := authz.From(ctx)
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		current, err := currentID(tx)
		if err != nil {
			return err
		}
		all := actor.Can(authz.PolicyDraft) || actor.Can(authz.PolicyApprove)
		rows, err := list(tx, request, Status(in.Status), all)
		if err != nil {
			return err
		}
		out = page.List[View]{Items: make([]View, len(rows.Items)), NextCursor: rows.NextCursor, Total: rows.Total, TotalExact: rows.TotalExact}
		for i, r := range rows.Items {
			v, err := r.version()
			if err != nil {
				return err
			}
			out.Items[i] = s.view(actor, v, current, calendar.DateOf(tx.Now()))
		}
		return nil
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
	return file("政策版本.xlsx", "政策版本", []spreadsheet.Column[View]{
		{Title: "编号", Value: func(v View) any { return v.Number }},
		{Title: "标题", Value: func(v View) any { return v.Title }},
		{Title: "生效日期", Value: func(v View) any { return &v.EffectiveFrom }},
		{Title: "状态", Value: func(v View) any { return statusText(v) }},
		{Title: "经办", Value: func(v View) any { return v.MakerName }},
		{Title: "复核", Value: func(v View) any { return v.CheckerName }},
		{Title: "批准时间", Value: func(v View) any { return v.ApprovedAt }},
		{Title: "依据", Value: func(v View) any { return v.Basis }},
	}, out.Items)
}

func (s *Service) apiCompare(ctx context.Context, in *compareInput) (*httpapi.Body[Comparison], error) {
	actor := authz.From(ctx)
	var out Comparison
	err := s.db.Read(ctx, func(tx postgres.Tx) error {
		a, err := s.detail(tx, actor, in.A.UUID)
		if err != nil {
			return err
		}
		b, err := s.detail(tx, actor, in.B.UUID)
		out = Comparison{a.View, b.View, compare(a.Parameters, b.Parameters)}
		return err
	})
	return httpapi.Of(out), err
}
