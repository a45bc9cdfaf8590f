package claim

import (
	"context"
	"net/http"

	"ippledge/internal/httpapi"
	"ippledge/internal/page"
	"ippledge/internal/platform/pdf"
)

type noticesInput struct {
	page.Query
	Open bool `query:"open" doc:"只看公示中的"`
}

type objectInput struct {
	httpapi.ByID
	Body NewObjection
}

type receiptInput struct {
	ReceiptNo string `path:"receipt_no" maxLength:"40"`
	Tail      string `query:"tail" maxLength:"40" doc:"提交时所填联系方式的后四位"`
}

func (s *Service) routesPublic(api *httpapi.API) {
	const tag = "portal"
	httpapi.Register(api, httpapi.Public(), op(tag, "list-publicity", http.MethodGet, "/portal/publicity", "补偿公示"),
		func(ctx context.Context, in *noticesInput) (*httpapi.Body[page.List[PublicNotice]], error) {
			request, err := in.Parse(sortablePublic, "-from_on")
			if err != nil {
				return nil, err
			}
			out, err := s.Notices(ctx, request, in.Open)
			return httpapi.Of(out), err
		})
	httpapi.Register(api, httpapi.Public(), op(tag, "get-publicity", http.MethodGet, "/portal/publicity/{id}", "公示详情"),
		func(ctx context.Context, in *httpapi.ByID) (*httpapi.Body[PublicNotice], error) {
			out, err := s.Notice(ctx, in.ID.UUID)
			return httpapi.Of(out), err
		})
	httpapi.Register(api, httpapi.Public(), op(tag, "get-publicity-file", http.MethodGet, "/portal/publicity/{id}/notice.pdf", "公示文件"),
		func(ctx context.Context, in *httpapi.ByID) (*httpapi.File, error) {
			name, content, err := s.NoticeFile(ctx, in.ID.UUID)
			return attachment(name, content, pdf.MediaType), err
		})
	httpapi.Register(api, httpapi.Public(), created(op(tag, "object-to-publicity", http.MethodPost, "/portal/publicity/{id}/objections", "提交异议")),
		func(ctx context.Context, in *objectInput) (*httpapi.Body[ReceiptState], error) {
			o, err := s.Object(ctx, in.ID.UUID, in.Body)
			return httpapi.Of(o.state()), err
		})
	httpapi.Register(api, httpapi.Public(), op(tag, "get-objection-state", http.MethodGet, "/portal/objections/{receipt_no}", "查询异议处理结果"),
		func(ctx context.Context, in *receiptInput) (*httpapi.Body[ReceiptState], error) {
			out, err := s.ObjectionState(ctx, in.ReceiptNo, in.Tail)
			return httpapi.Of(out), err
		})
	httpapi.Register(api, httpapi.Public(), op(tag, "list-public-writeoffs", http.MethodGet, "/portal/writeoffs", "核销公示"),
		func(ctx context.Context, in *page.Query) (*httpapi.Body[page.List[PublicWriteoff]], error) {
			request, err := in.Parse(sortableWriteoffs, "-written_off_on")
			if err != nil {
				return nil, err
			}
			out, err := s.Writeoffs(ctx, request)
			return httpapi.Of(out), err
		})
	httpapi.Register(api, httpapi.Public(), op(tag, "get-disclosure", http.MethodGet, "/portal/disclosure", "基金年度信息公开"),
		func(ctx context.Context, in *yearInput) (*httpapi.Body[Disclosure], error) {
			out, err := s.Disclose(ctx, in.Year)
			return httpapi.Of(out), err
		})
}
