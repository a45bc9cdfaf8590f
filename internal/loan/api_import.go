package loan

import (
	"context"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"ippledge/internal/authz"
	"ippledge/internal/fault"
	"ippledge/internal/httpapi"
)

// importMax is the largest spreadsheet taken, in bytes: two thousand lines are far smaller.
const importMax = 8 << 20

type importInput struct {
	DryRun  bool `query:"dry_run" doc:"只检查，不提交"`
	RawBody huma.MultipartFormFiles[struct {
		File huma.FormFile `form:"file" required:"false" doc:"按模板填写的 .xlsx"`
	}] `validate:"-" json:"-"`
}

func (in *importInput) open() (io.ReadCloser, error) {
	file := in.RawBody.Data().File
	if !file.IsSet {
		return nil, fault.InField("file", "document_missing", "请选择要导入的 Excel 文件（不超过 8 MB）")
	}
	return file, nil
}

func (s *Service) importRoutes(api *httpapi.API) {
	httpapi.Register(api, httpapi.Needs(authz.LoanDraft), op("download-repayment-template", http.MethodGet, "/loans/repayments/import-template.xlsx", "下载还款导入模板"),
		func(context.Context, *struct{}) (*httpapi.File, error) {
			content, err := Template()
			return workbook("repayment-template.xlsx", content), err
		})
	write := op("import-repayments", http.MethodPost, "/loans/repayments/import", "批量还款（提交复核），要么全部提交要么全不提交")
	write.Middlewares = huma.Middlewares{limitUpload}
	httpapi.Register(api, httpapi.Needs(authz.LoanDraft), write, func(ctx context.Context, in *importInput) (*httpapi.Body[Import], error) {
		file, err := in.open()
		if err != nil {
			return nil, err
		}
		defer func() { _ = file.Close() }()
		out, err := s.ImportRepayments(ctx, authz.From(ctx), file, in.DryRun)
		return httpapi.Of(out), err
	})
}

func limitUpload(hc huma.Context, next func(huma.Context)) {
	c := humagin.Unwrap(hc)
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, importMax)
	next(hc)
}
