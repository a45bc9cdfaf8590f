package ipasset

import (
	"context"
	"errors"
	"io"
	"mime/multipart"
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
	DryRun  bool `query:"dry_run" doc:"只检查，不写入"`
	RawBody huma.MultipartFormFiles[struct {
		File huma.FormFile `form:"file" required:"false" doc:"按模板填写的 .xlsx"`
	}] `validate:"-" json:"-"`
}

// unreadKey marks a request whose form could not be read, with the reason.
type unreadKey struct{}

func (in *importInput) open(ctx context.Context) (io.ReadCloser, error) {
	if err, unread := ctx.Value(unreadKey{}).(error); unread {
		if tooLarge := new(http.MaxBytesError); errors.As(err, &tooLarge) {
			return nil, fault.New(fault.TooLarge, "document_too_large", "导入文件不能超过 %d MB，请拆分后分批导入", importMax>>20).Of("file")
		}
		return nil, fault.InField("file", "document_missing", "请以表单上传 Excel 文件（字段名 file）")
	}
	file := in.RawBody.Data().File
	if !file.IsSet {
		return nil, fault.InField("file", "document_missing", "请选择要导入的 Excel 文件（不超过 %d MB）", importMax>>20)
	}
	return file, nil
}

func (s *Service) importRoutes(api *httpapi.API) {
	httpapi.Register(api, httpapi.Needs(authz.AssetWrite), operation("download-asset-template", http.MethodGet, "/assets/import-template.xlsx", "下载导入模板"),
		func(context.Context, *struct{}) (*httpapi.File, error) {
			content, err := Template()
			return workbook("asset-template.xlsx", content), err
		})
	// A repeated import is refused by its own lines, so the file need not be compared.
	api.OwnKey("import-assets")
	api.OwnKey("preview-asset-import")
	preview := operation("preview-asset-import", http.MethodPost, "/assets/import/preview", "检查导入表格，不写入")
	preview.Middlewares = huma.Middlewares{limitUpload}
	httpapi.Register(api, httpapi.Needs(authz.AssetWrite), preview,
		func(ctx context.Context, in *importInput) (*httpapi.Body[Preview], error) {
			return s.apiImport(ctx, in, true)
		})
	write := operation("import-assets", http.MethodPost, "/assets/import", "批量导入，要么全部写入要么全不写入")
	write.Middlewares = huma.Middlewares{limitUpload}
	httpapi.Register(api, httpapi.Needs(authz.AssetWrite), write,
		func(ctx context.Context, in *importInput) (*httpapi.Body[Preview], error) {
			return s.apiImport(ctx, in, in.DryRun)
		})
}

// drainMax is how much of a file that is too large is still read and thrown away, so that
// the sender is ready to hear why it was refused.
const drainMax = 100 << 20

// limitUpload reads the form before huma does, because huma sets no bound to one. It
// removes the temporary files afterwards.
func limitUpload(hc huma.Context, next func(huma.Context)) {
	c := humagin.Unwrap(hc)
	whole := c.Request.Body
	c.Request.Body = http.MaxBytesReader(nil, whole, importMax)
	err := c.Request.ParseMultipartForm(importMax)
	if form := c.Request.MultipartForm; form != nil {
		defer func() { _ = form.RemoveAll() }()
	}
	if err != nil {
		// What remains is read off for the sender's sake only: an error here changes nothing.
		_, _ = io.CopyN(io.Discard, whole, drainMax)
		c.Request.MultipartForm = &multipart.Form{}
		hc = huma.WithValue(hc, unreadKey{}, err)
	}
	next(hc)
}

func (s *Service) apiImport(ctx context.Context, in *importInput, dry bool) (*httpapi.Body[Preview], error) {
	file, err := in.open(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	do := s.Import
	if dry {
		do = s.PreviewImport
	}
	out, err := do(ctx, authz.From(ctx), file)
	return httpapi.Of(out), err
}
