// Package document keeps uploaded files: licences, certificates, contracts, evidence.
// The row says whose a file is and what its SHA-256 is; the bytes lie in blob storage.
//
// The one hard rule: a document is read by the organisation that uploaded it and by those
// who may see what it is evidence of. To anybody else it does not exist.
package document

import (
	"time"

	"github.com/google/uuid"

	"ippledge/internal/audit"
	"ippledge/internal/fault"
)

// SizeMax is the largest upload, in bytes.
const SizeMax = 20 << 20

// Document is one stored file. It is never changed: a better scan is another document.
type Document struct {
	ID           uuid.UUID
	OrgID        uuid.UUID
	Name         string
	MediaType    string
	Size         int64
	SHA256       string
	BlobKey      string
	UploadedBy   uuid.UUID
	UploaderName string
	UploadedAt   time.Time
}

// View is a document as clients see it. Purpose is empty while it is evidence of nothing.
type View struct {
	ID           uuid.UUID `json:"id"`
	Name         string    `json:"name"`
	MediaType    string    `json:"media_type"`
	Size         int64     `json:"size" doc:"字节数"`
	SHA256       string    `json:"sha256"`
	Purpose      string    `json:"purpose"`
	UploaderName string    `json:"uploader_name"`
	UploadedAt   time.Time `json:"uploaded_at"`
}

func (d Document) view(purpose string) View {
	return View{d.ID, d.Name, d.MediaType, d.Size, d.SHA256, purpose, d.UploaderName, d.UploadedAt}
}

var (
	errNotFound = fault.New(fault.NotFound, "document_not_found", "没有这个文件，或您无权查看")
	errTooLarge = fault.New(fault.TooLarge, "document_too_large", "单个文件不能超过 %d MB，请压缩或拆分后再上传", SizeMax>>20)
	errEmpty    = fault.InField("file", "document_empty", "文件是空的，请重新选择")
	errMissing  = fault.InField("file", "document_missing", "请选择要上传的文件")
	errName     = fault.InField("file", "document_name_invalid", "文件名应为 1 到 200 个字，并带扩展名")
)

var _ = audit.Name(map[string]string{
	"document.upload": "上传文件", "document.refuse": "拒收文件", "document.download": "下载文件", "document.keep": "生成文件",
})
