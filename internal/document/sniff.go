package document

import (
	"archive/zip"
	"bytes"
	"path"
	"strings"
	"unicode"

	"github.com/gabriel-vasile/mimetype"

	"ippledge/internal/fault"
)

// allowed are the types that may be uploaded, by extension. Office files and OFD are zip
// archives told apart by the entry that makes them what they are.
var allowed = map[string]struct{ sniffed, entry, mediaType string }{
	".pdf":  {"application/pdf", "", "application/pdf"},
	".png":  {"image/png", "", "image/png"},
	".jpg":  {"image/jpeg", "", "image/jpeg"},
	".jpeg": {"image/jpeg", "", "image/jpeg"},
	".xlsx": {"application/zip", "xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
	".docx": {"application/zip", "word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
	".ofd":  {"application/zip", "OFD.xml", "application/ofd"},
}

func refused(name string) error {
	return fault.InField("file", "document_type_refused", "文件“%s”的类型不允许或内容与扩展名不符，请上传 PDF、PNG、JPG、XLSX、DOCX 或 OFD 文件", name)
}

// typeOf decides by the content, and wants the extension to agree with it: a program
// renamed to .pdf is refused, and so is an office file with macros.
func typeOf(name string, content []byte) (mediaType string, err error) {
	kind, ok := allowed[strings.ToLower(path.Ext(name))]
	if !ok || !sniffs(content, kind.sniffed) {
		return "", refused(name)
	}
	if kind.entry == "" {
		return kind.mediaType, nil
	}
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return "", refused(name)
	}
	found := false
	for _, f := range archive.File {
		if strings.HasSuffix(strings.ToLower(f.Name), "vbaproject.bin") {
			return "", refused(name)
		}
		found = found || f.Name == kind.entry
	}
	if !found {
		return "", refused(name)
	}
	return kind.mediaType, nil
}

func sniffs(content []byte, want string) bool {
	for m := mimetype.Detect(content); m != nil; m = m.Parent() {
		if m.Is(want) {
			return true
		}
	}
	return false
}

// cleanName keeps the last segment of what the browser calls the file, without control
// characters; the name is only ever shown, never a path.
func cleanName(name string) (string, error) {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == unicode.ReplacementChar {
			return -1
		}
		return r
	}, name)
	name = strings.TrimSpace(name)
	if n := len([]rune(name)); n == 0 || n > 200 || path.Ext(name) == "" || path.Ext(name) == name {
		return name, errName
	}
	return name, nil
}
