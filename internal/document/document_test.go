package document_test

import (
	"archive/zip"
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/authz"
	"ippledge/internal/document"
	"ippledge/internal/fault"
	"ippledge/internal/httpapi"
	"ippledge/internal/platform/blob"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/testdb"
)

var (
	noon     = time.Date(2026, 3, 2, 4, 0, 0, 0, time.UTC)
	owner    = authz.Actor{UserID: uuid.New(), OrgID: uuid.New(), Name: "李明", OrgName: "星垣", OrgKind: authz.Enterprise, Roles: []authz.Role{authz.EnterpriseOperator}}
	stranger = authz.Actor{UserID: uuid.New(), OrgID: uuid.New(), Name: "王芳", OrgName: "他厂", OrgKind: authz.Enterprise, Roles: []authz.Role{authz.EnterpriseOperator}}
	bureau   = authz.Actor{UserID: uuid.New(), OrgID: uuid.New(), Name: "周处", OrgName: "市局", OrgKind: authz.IPBureau, Roles: []authz.Role{authz.BureauHandler}}
	pdf      = []byte("%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")
	program  = append([]byte("MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff"), bytes.Repeat([]byte{0}, 512)...)
)

func setup(t *testing.T) (*document.Service, *postgres.DB) {
	t.Helper()
	db := testdb.New(t, noon)
	files, err := blob.NewDir(t.TempDir())
	require.NoError(t, err)
	return document.NewService(db, files, nil), db
}

func archive(t *testing.T, names ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range names {
		f, err := w.Create(name)
		require.NoError(t, err)
		_, err = f.Write([]byte("<x/>"))
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return out.Bytes()
}

func TestUpload(t *testing.T) {
	t.Parallel()

	t.Run("KeepsTheFileWithItsHash", func(t *testing.T) {
		t.Parallel()
		service, db := setup(t)

		d, err := service.Upload(t.Context(), owner, `C:\证书\营业执照.pdf`, pdf)

		require.NoError(t, err)
		require.Equal(t, "营业执照.pdf", d.Name)
		require.Equal(t, "application/pdf", d.MediaType)
		_, content, err := service.Open(t.Context(), owner, d.ID)
		require.NoError(t, err)
		require.Equal(t, pdf, content)
		require.Equal(t, []string{d.SHA256}, testdb.Texts(t, db, "select sha256 from document"))
		require.Equal(t, []string{"document.upload | ok"}, testdb.Texts(t, db, "select action, result from audit_entry"))
	})

	t.Run("AcceptsOfficeFilesAndOFDByWhatIsInThem", func(t *testing.T) {
		t.Parallel()
		service, _ := setup(t)
		for name, entry := range map[string]string{"表.xlsx": "xl/workbook.xml", "合同.docx": "word/document.xml", "公文.ofd": "OFD.xml"} {
			_, err := service.Upload(t.Context(), owner, name, archive(t, "[Content_Types].xml", entry))
			require.NoError(t, err, name)
		}
	})

	refusals := map[string]struct {
		name    string
		content []byte
		code    string
	}{
		"RefusesAProgramRenamedToPDF":  {"合同.pdf", program, "document_type_refused"},
		"RefusesAProgram":              {"setup.exe", program, "document_type_refused"},
		"RefusesAPictureCalledPDF":     {"照片.pdf", []byte("\x89PNG\r\n\x1a\n0000"), "document_type_refused"},
		"RefusesAWebPage":              {"页面.html", []byte("<html><script>alert(1)</script>"), "document_type_refused"},
		"RefusesAZipCalledXLSX":        {"表.xlsx", archive(t, "virus.exe"), "document_type_refused"},
		"RefusesMacros":                {"表.xlsx", archive(t, "xl/workbook.xml", "xl/vbaProject.bin"), "document_type_refused"},
		"RefusesAnEmptyFile":           {"空.pdf", nil, "document_empty"},
		"RefusesANameWithoutExtension": {"合同", pdf, "document_name_invalid"},
		"RefusesWhatIsTooLarge":        {"大.pdf", append(bytes.Clone(pdf), make([]byte, document.SizeMax)...), "document_too_large"},
	}
	for title, c := range refusals {
		t.Run(title, func(t *testing.T) {
			t.Parallel()
			service, db := setup(t)

			_, err := service.Upload(t.Context(), owner, c.name, c.content)

			require.ErrorIs(t, err, &fault.Error{Code: c.code})
			require.Empty(t, testdb.Texts(t, db, "select id from document"))
			require.Equal(t, []string{"document.refuse | refused"}, testdb.Texts(t, db, "select action, result from audit_entry"))
		})
	}
}

func TestAccess(t *testing.T) {
	t.Parallel()

	t.Run("DoesNotExistForAStranger", func(t *testing.T) {
		t.Parallel()
		service, _ := setup(t)
		d, err := service.Upload(t.Context(), owner, "执照.pdf", pdf)
		require.NoError(t, err)
		for _, other := range []authz.Actor{stranger, bureau, {}} {
			_, _, err = service.Open(t.Context(), other, d.ID)
			require.ErrorIs(t, err, &fault.Error{Code: "document_not_found"})
		}
	})

	t.Run("IsReadByWhomTheGuardOfItsSubjectLetsIn", func(t *testing.T) {
		t.Parallel()
		service, db := setup(t)
		service.Guard("bid", func(_ postgres.Tx, actor authz.Actor, _ uuid.UUID) error {
			if actor.Has(authz.BureauHandler) {
				return fault.New(fault.NotFound, "bid_not_found", "没有")
			}
			return nil
		})
		d, err := service.Upload(t.Context(), owner, "报价.pdf", pdf)
		require.NoError(t, err)
		require.NoError(t, db.InTx(t.Context(), func(tx postgres.Tx) error {
			subject := uuid.New()
			if err := document.Link(tx, owner, []uuid.UUID{d.ID, d.ID}, "bid", subject, "attachment"); err != nil {
				return err
			}
			linked, err := document.Of(tx, "bid", subject)
			require.Len(t, linked, 1)
			require.Equal(t, "报价.pdf", linked[0].Name)
			require.Equal(t, "attachment", linked[0].Purpose)
			return err
		}))

		_, _, err = service.Open(t.Context(), bureau, d.ID)
		require.ErrorIs(t, err, &fault.Error{Code: "document_not_found"}, "a guard keeps even the bureau out")
		_, _, err = service.Open(t.Context(), stranger, d.ID)
		require.NoError(t, err)
		require.Equal(t, []string{"王芳"}, testdb.Texts(t, db, "select user_name from audit_entry where action = 'document.download'"))
	})

	t.Run("OnlyOwnDocumentsBecomeEvidence", func(t *testing.T) {
		t.Parallel()
		service, db := setup(t)
		d, err := service.Upload(t.Context(), owner, "执照.pdf", pdf)
		require.NoError(t, err)
		err = db.InTx(t.Context(), func(tx postgres.Tx) error {
			return document.Link(tx, stranger, []uuid.UUID{d.ID}, "asset", uuid.New(), "certificate")
		})
		require.ErrorIs(t, err, &fault.Error{Code: "document_not_found"})
		require.Empty(t, testdb.Texts(t, db, "select document_id from document_link"))
	})
}

type signedIn struct{ actor authz.Actor }

func (s signedIn) Authenticate(*http.Request) (authz.Actor, error, error) { return s.actor, nil, nil }

func TestHTTP(t *testing.T) {
	t.Parallel()

	engine := func(t *testing.T) *gin.Engine {
		service, db := setup(t)
		engine := httpapi.Engine(signedIn{owner})
		service.Routes(httpapi.New(engine, db))
		return engine
	}
	post := func(t *testing.T, e http.Handler, field, name string, content []byte) *httptest.ResponseRecorder {
		t.Helper()
		var body bytes.Buffer
		form := multipart.NewWriter(&body)
		part, err := form.CreateFormFile(field, name)
		require.NoError(t, err)
		_, err = part.Write(content)
		require.NoError(t, err)
		require.NoError(t, form.Close())
		request := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/api/v1/documents", &body)
		request.Header.Set("Content-Type", form.FormDataContentType())
		w := httptest.NewRecorder()
		e.ServeHTTP(w, request)
		return w
	}

	t.Run("UploadsAndDownloadsUnderItsChineseName", func(t *testing.T) {
		t.Parallel()
		e := engine(t)
		w := post(t, e, "file", "营业执照.pdf", pdf)
		require.Equal(t, http.StatusCreated, w.Code, w.Body)
		require.Contains(t, w.Body.String(), `"name":"营业执照.pdf"`)
		id := strings.Split(strings.Split(w.Body.String(), `"id":"`)[1], `"`)[0]

		got := httptest.NewRecorder()
		e.ServeHTTP(got, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/api/v1/documents/"+id+"/content", nil))
		require.Equal(t, http.StatusOK, got.Code, got.Body)
		require.Equal(t, pdf, got.Body.Bytes())
		require.Equal(t, "application/pdf", got.Header().Get("Content-Type"))
		require.Equal(t, `attachment; filename="document.pdf"; filename*=utf-8''%E8%90%A5%E4%B8%9A%E6%89%A7%E7%85%A7.pdf`, got.Header().Get("Content-Disposition"))
		require.Equal(t, "nosniff", got.Header().Get("X-Content-Type-Options"))
	})

	t.Run("AnswersThirtyMegabytesWithAProblem", func(t *testing.T) {
		t.Parallel()
		w := post(t, engine(t), "file", "大.pdf", append(bytes.Clone(pdf), make([]byte, 30<<20)...))
		require.Equal(t, http.StatusRequestEntityTooLarge, w.Code, w.Body)
		require.Contains(t, w.Body.String(), `"code":"document_too_large"`)
	})

	t.Run("LetsAnOrdinaryClientHearTheRefusal", func(t *testing.T) {
		t.Parallel()
		server := httptest.NewServer(engine(t))
		defer server.Close()
		reader, writer := io.Pipe()
		form := multipart.NewWriter(writer)
		go func() {
			part, err := form.CreateFormFile("file", "大.pdf")
			if err == nil {
				_, err = part.Write(make([]byte, 30<<20))
			}
			if err == nil {
				err = form.Close()
			}
			_ = writer.CloseWithError(err)
		}()
		response, err := http.Post(server.URL+"/api/v1/documents", form.FormDataContentType(), reader) // chunked: no length to go by
		require.NoError(t, err)
		defer response.Body.Close()
		require.Equal(t, http.StatusRequestEntityTooLarge, response.StatusCode)
	})

	t.Run("AsksForTheFileWhenTheFieldIsMissing", func(t *testing.T) {
		t.Parallel()
		w := post(t, engine(t), "other", "执照.pdf", pdf)
		require.Equal(t, http.StatusUnprocessableEntity, w.Code)
		require.Contains(t, w.Body.String(), `"code":"document_missing"`)
	})

	t.Run("RefusesWhatIsNoForm", func(t *testing.T) {
		t.Parallel()
		w := httptest.NewRecorder()
		request := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/api/v1/documents", strings.NewReader(`{"file":1}`))
		request.Header.Set("Content-Type", "application/json")
		engine(t).ServeHTTP(w, request)
		require.GreaterOrEqual(t, w.Code, 400)
		require.Less(t, w.Code, 500)
		require.Contains(t, w.Header().Get("Content-Type"), "application/problem+json")
	})
}
