package ipasset

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/httpapi"
	"ippledge/internal/page"
	"ippledge/internal/spreadsheet"
)

type listInput struct {
	page.Query
	Kind     string       `query:"kind" enum:",invention_patent,utility_model,design_patent,trademark,gi_mark"`
	Status   string       `query:"status" enum:",draft,submitted,verified,rejected,listed,reserved,pledged,in_disposal,disposed,frozen,lapsed,invalid,withdrawn"`
	AreaCode string       `query:"area_code" maxLength:"12"`
	OrgID    httpapi.UUID `query:"org_id" doc:"权利人"`
	Alerted  bool         `query:"alerted" doc:"只看有未解除预警的"`
}

func (in listInput) filter() filter {
	return filter{in.Kind, in.Status, in.AreaCode, in.OrgID.UUID, in.Alerted}
}

type entryInput struct{ Body Entry }

type editInput struct {
	httpapi.ByID
	Body Entry
}

type checkInput struct {
	ID   httpapi.UUID `query:"id" doc:"正在修改的记录"`
	Body Entry
}

type reasonInput struct {
	httpapi.ByID
	Body struct {
		Reason string `json:"reason,omitempty" maxLength:"500"`
	}
}

type eventInput struct {
	httpapi.ByID
	Body RegisterEvent
}

type upkeepInput struct {
	httpapi.ByID
	Body Paid
}

type attachInput struct {
	httpapi.ByID
	Body struct {
		DocumentIDs []uuid.UUID `json:"document_ids" minItems:"1" maxItems:"20"`
		Purpose     string      `json:"purpose" enum:"register_extract,certificate,co_owner_consent,fee_receipt,renewal,resolution,other"`
	}
}

func operation(id, method, path, summary string) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"assets"}}
}

// Routes registers the operations of this package.
func (s *Service) Routes(api *httpapi.API) {
	httpapi.Register(api, httpapi.Needs(authz.AssetRead), operation("list-assets", http.MethodGet, "/assets", "知识产权"),
		func(ctx context.Context, in *listInput) (*httpapi.Body[page.List[View]], error) {
			request, err := in.Parse(sortKeys, "-created_at")
			if err != nil {
				return nil, err
			}
			out, err := s.page(ctx, authz.From(ctx), request, in.filter())
			return httpapi.Of(out), err
		})
	httpapi.Register(api, httpapi.Needs(authz.AssetRead), operation("export-assets", http.MethodGet, "/assets/export.xlsx", "导出知识产权"),
		func(ctx context.Context, in *listInput) (*httpapi.File, error) {
			request, err := in.Parse(sortKeys, "-created_at")
			if err != nil {
				return nil, err
			}
			out, err := s.page(ctx, authz.From(ctx), request.ForExport(), in.filter())
			if err != nil {
				return nil, err
			}
			content, err := spreadsheet.Write("知识产权", exportColumns, out.Items)
			return workbook("assets.xlsx", content), err
		})
	httpapi.Register(api, httpapi.Needs(authz.AssetRead), operation("get-asset", http.MethodGet, "/assets/{id}", "知识产权详情"),
		func(ctx context.Context, in *httpapi.ByID) (*httpapi.Versioned[Detail], error) {
			return s.answer(ctx, in.ID.UUID, nil)
		})
	s.ownerRoutes(api)
	s.bureauRoutes(api)
	s.importRoutes(api)
	s.alertRoutes(api)
}

func (s *Service) ownerRoutes(api *httpapi.API) {
	create := operation("create-asset", http.MethodPost, "/assets", "登记知识产权")
	create.DefaultStatus = http.StatusCreated
	httpapi.Register(api, httpapi.Needs(authz.AssetWrite), create,
		func(ctx context.Context, in *entryInput) (*httpapi.Versioned[Detail], error) {
			a, err := s.Create(ctx, authz.From(ctx), in.Body)
			return s.answer(ctx, a.ID, err)
		})
	httpapi.Register(api, httpapi.Needs(authz.AssetWrite), operation("check-asset", http.MethodPost, "/assets/check", "填写时检查，不写入"),
		func(ctx context.Context, in *checkInput) (*httpapi.Body[Checked], error) {
			out, err := s.Check(ctx, authz.From(ctx), in.Body, in.ID.UUID)
			return httpapi.Of(out), err
		})
	httpapi.Register(api, httpapi.Needs(authz.AssetWrite), operation("edit-asset", http.MethodPut, "/assets/{id}", "修改"),
		func(ctx context.Context, in *editInput) (*httpapi.Versioned[Detail], error) {
			_, err := s.Edit(ctx, authz.From(ctx), in.ID.UUID, in.Body)
			return s.answer(ctx, in.ID.UUID, err)
		})
	httpapi.Register(api, httpapi.Needs(authz.AssetWrite), operation("submit-asset", http.MethodPost, "/assets/{id}/submit", "提交本单位签署人复核"),
		func(ctx context.Context, in *httpapi.ByID) (*httpapi.Versioned[Detail], error) {
			_, err := s.Submit(ctx, authz.From(ctx), in.ID.UUID)
			return s.answer(ctx, in.ID.UUID, err)
		})
	httpapi.Register(api, httpapi.Needs(authz.AssetSign), operation("put-asset-on-list", http.MethodPost, "/assets/{id}/list", "上架，供融资"),
		func(ctx context.Context, in *httpapi.ByID) (*httpapi.Versioned[Detail], error) {
			_, err := s.PutOnList(ctx, authz.From(ctx), in.ID.UUID)
			return s.answer(ctx, in.ID.UUID, err)
		})
	httpapi.Register(api, httpapi.Needs(authz.AssetSign), operation("acknowledge-asset-risks", http.MethodPost, "/assets/{id}/acknowledge", "确认知悉风险并继续办理"),
		func(ctx context.Context, in *httpapi.ByID) (*httpapi.Versioned[Detail], error) {
			_, err := s.AcknowledgeRisks(ctx, authz.From(ctx), in.ID.UUID)
			return s.answer(ctx, in.ID.UUID, err)
		})
	httpapi.Register(api, httpapi.Needs(authz.AssetSign, authz.AssetWrite), operation("withdraw-asset", http.MethodPost, "/assets/{id}/withdraw", "下架"),
		func(ctx context.Context, in *reasonInput) (*httpapi.Versioned[Detail], error) {
			_, err := s.WithdrawFromList(ctx, authz.From(ctx), in.ID.UUID, in.Body.Reason)
			return s.answer(ctx, in.ID.UUID, err)
		})
	httpapi.Register(api, httpapi.Needs(authz.AssetWrite), operation("record-asset-upkeep", http.MethodPost, "/assets/{id}/record_upkeep", "登记缴费或续展"),
		func(ctx context.Context, in *upkeepInput) (*httpapi.Versioned[Detail], error) {
			_, err := s.RecordUpkeep(ctx, authz.From(ctx), in.ID.UUID, in.Body)
			return s.answer(ctx, in.ID.UUID, err)
		})
	httpapi.Register(api, httpapi.Needs(authz.AssetWrite), operation("attach-asset-documents", http.MethodPost, "/assets/{id}/attach", "补充材料"),
		func(ctx context.Context, in *attachInput) (*httpapi.Versioned[Detail], error) {
			_, err := s.AttachDocuments(ctx, authz.From(ctx), in.ID.UUID, in.Body.DocumentIDs, in.Body.Purpose)
			return s.answer(ctx, in.ID.UUID, err)
		})
}

func (s *Service) bureauRoutes(api *httpapi.API) {
	httpapi.Register(api, httpapi.Needs(authz.AssetVerify), operation("verify-asset", http.MethodPost, "/assets/{id}/verify", "核验通过，提交复核"),
		func(ctx context.Context, in *reasonInput) (*httpapi.Versioned[Detail], error) {
			_, err := s.Verify(ctx, authz.From(ctx), in.ID.UUID, in.Body.Reason)
			return s.answer(ctx, in.ID.UUID, err)
		})
	httpapi.Register(api, httpapi.Needs(authz.AssetVerify), operation("reject-asset", http.MethodPost, "/assets/{id}/reject", "退回"),
		func(ctx context.Context, in *reasonInput) (*httpapi.Versioned[Detail], error) {
			_, err := s.Reject(ctx, authz.From(ctx), in.ID.UUID, in.Body.Reason)
			return s.answer(ctx, in.ID.UUID, err)
		})
	for _, e := range []struct {
		action Action
		text   string
	}{{Freeze, "登记冻结"}, {Lapse, "登记失效"}, {Invalidate, "登记宣告无效"}, {Restore, "恢复"}, {Challenge, "登记无效宣告程序启动或终结"}} {
		httpapi.Register(api, httpapi.Needs(authz.AssetVerify),
			operation(string(e.action)+"-asset", http.MethodPost, "/assets/{id}/"+string(e.action), e.text+"，提交复核"),
			func(ctx context.Context, in *eventInput) (*httpapi.Versioned[Detail], error) {
				_, err := s.Record(ctx, authz.From(ctx), in.ID.UUID, e.action, in.Body)
				return s.answer(ctx, in.ID.UUID, err)
			})
	}
}

// answer is the page of the right as it stands after the use case, or its failure.
func (s *Service) answer(ctx context.Context, id uuid.UUID, err error) (*httpapi.Versioned[Detail], error) {
	if err != nil {
		return nil, err
	}
	d, err := s.Detail(ctx, authz.From(ctx), id)
	if err != nil {
		return nil, err
	}
	return httpapi.Row(d.Version, d), nil
}

func workbook(name string, content []byte) *httpapi.File {
	return &httpapi.File{ContentType: spreadsheet.MediaType, ContentDisposition: `attachment; filename="` + name + `"`, Body: content}
}
