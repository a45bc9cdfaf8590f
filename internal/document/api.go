package document

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"path"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"ippledge/internal/authz"
	"ippledge/internal/httpapi"
	"ippledge/internal/platform/blob"
)

const (
	// bodyMax leaves room for the multipart frame around the largest file.
	bodyMax = SizeMax + 64<<10
	// memoryMax is how much of an upload is held in memory while it is parsed.
	memoryMax = 4 << 20
	// drainMax is how much of an upload that is too large is still read and thrown away,
	// so that the sender is ready to hear why it was refused.
	drainMax = 200 << 20
)

type uploadInput struct {
	RawBody huma.MultipartFormFiles[struct {
		File huma.FormFile `form:"file" required:"false" doc:"PDF、PNG、JPG、XLSX、DOCX 或 OFD，不超过 20 MB"`
	}] `validate:"-" json:"-"`
}

// Routes registers the operations of this package.
func (s *Service) Routes(api *httpapi.API) {
	// A repeated upload makes another document and harms nobody, while comparing the
	// contents of two uploads would mean reading both.
	api.OwnKey("upload-document")
	httpapi.Register(api, httpapi.Needs(authz.DocumentUpload), huma.Operation{
		OperationID: "upload-document", Method: http.MethodPost, Path: "/documents", Summary: "上传文件", Tags: []string{"documents"},
		DefaultStatus: http.StatusCreated, Errors: []int{413}, Middlewares: huma.Middlewares{limit},
	}, func(ctx context.Context, in *uploadInput) (*httpapi.Body[View], error) {
		content, name, err := received(ctx, in)
		if err != nil {
			return nil, err
		}
		d, err := s.Upload(ctx, authz.From(ctx), name, content)
		return httpapi.Of(d.view("")), err
	})
	httpapi.Register(api, httpapi.SignedIn(), huma.Operation{
		OperationID: "download-document", Method: http.MethodGet, Path: "/documents/{id}/content", Summary: "下载文件", Tags: []string{"documents"},
	}, func(ctx context.Context, in *httpapi.ByID) (*httpapi.File, error) {
		d, content, err := s.Open(ctx, authz.From(ctx), in.ID.UUID)
		if err != nil {
			return nil, err
		}
		return &httpapi.File{ContentType: d.MediaType, ContentDisposition: disposition(d), Body: content}, nil
	})
}

type oversizeKey struct{}

// limit parses the form before huma does, because huma sets no bound to multipart
// bodies: beyond the limit nothing more reaches memory or disk. It also removes the
// temporary files, which the server would only do for its own copy of the request.
func limit(hc huma.Context, next func(huma.Context)) {
	request := humagin.Unwrap(hc).Request
	whole := request.Body
	request.Body = io.NopCloser(blob.Limit(whole, bodyMax))
	err := request.ParseMultipartForm(memoryMax)
	if form := request.MultipartForm; form != nil {
		defer func() { _ = form.RemoveAll() }()
	}
	if errors.Is(err, blob.ErrTooLarge) {
		// What remains is read off for the sender's sake only: an error here changes nothing.
		_, _ = io.CopyN(io.Discard, whole, drainMax)
		request.MultipartForm = &multipart.Form{}
		hc = huma.WithValue(hc, oversizeKey{}, true)
	}
	next(hc)
}

func received(ctx context.Context, in *uploadInput) (content []byte, name string, err error) {
	if ctx.Value(oversizeKey{}) != nil {
		return nil, "", errTooLarge
	}
	file := in.RawBody.Data().File
	if !file.IsSet {
		return nil, "", errMissing
	}
	defer func() { _ = file.Close() }()
	if file.Size > SizeMax {
		return nil, "", errTooLarge
	}
	content, err = io.ReadAll(blob.Limit(file, SizeMax))
	return content, file.Filename, err
}

// disposition names the file for every browser: plain ASCII first, then the real name
// (RFC 6266, RFC 5987). It is always a download, never shown inside our own origin.
func disposition(d Document) string {
	encoded := strings.TrimPrefix(mime.FormatMediaType("attachment", map[string]string{"filename": d.Name}), "attachment; ")
	if strings.HasPrefix(encoded, "filename=") {
		return "attachment; " + encoded
	}
	return fmt.Sprintf(`attachment; filename="document%s"; %s`, asciiExt(d.Name), encoded)
}

func asciiExt(name string) string {
	ext := path.Ext(name)
	if strings.ContainsFunc(ext, func(r rune) bool { return r > 126 || r < 33 || r == '"' || r == '\\' }) {
		return ""
	}
	return ext
}
