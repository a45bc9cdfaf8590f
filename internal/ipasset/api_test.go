package ipasset_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/authz"
	"ippledge/internal/httpapi"
	"ippledge/internal/ipasset"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/spreadsheet"
	"ippledge/internal/testdb"
)

// seated signs everybody in as one actor.
type seated struct{ actor authz.Actor }

func (s seated) Authenticate(*http.Request) (authz.Actor, error, error) { return s.actor, nil, nil }

// call sends a request to the operations of this package as an actor.
func (h house) call(t *testing.T, actor authz.Actor, method, path, media string, body io.Reader, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	engine := httpapi.Engine(seated{actor})
	h.service.Routes(httpapi.New(engine, h.db))
	r := httptest.NewRequestWithContext(t.Context(), method, "/api/v1"+path, body)
	r.Header.Set("Content-Type", media)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	engine.ServeHTTP(w, r)
	return w
}

const asJSON = "application/json"

func form(t *testing.T, content []byte) (string, io.Reader) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("file", "rights.xlsx")
	require.NoError(t, err)
	_, err = part.Write(content)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return w.FormDataContentType(), &b
}

func TestAPI(t *testing.T) {
	t.Parallel()

	t.Run("CreatesARightAndNamesEveryFault", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		good := `{"kind":"invention_patent","title":"一种装置","right_no":"ZL202010566088.9","filed_on":"2020-06-19","product_revenue":"8000000.00"}`

		w := h.call(t, h.operator, http.MethodPost, "/assets", asJSON, strings.NewReader(good), "Idempotency-Key", "k1")
		require.Equal(t, http.StatusCreated, w.Code, w.Body)
		require.Equal(t, `"1"`, w.Header().Get("ETag"))
		again := h.call(t, h.operator, http.MethodPost, "/assets", asJSON, strings.NewReader(good), "Idempotency-Key", "k1")
		require.JSONEq(t, w.Body.String(), again.Body.String())
		require.Len(t, testdb.Texts(t, h.db, `select id from ip_asset`), 1)

		w = h.call(t, h.operator, http.MethodPost, "/assets", asJSON,
			strings.NewReader(`{"kind":"trademark","title":"","right_no":"2006年第39号","granted_on":"2020-01-07","product_revenue":"1.001"}`))
		require.Equal(t, http.StatusUnprocessableEntity, w.Code)
		require.Contains(t, w.Body.String(), `"field":"product_revenue","code":"amount_too_many_decimals"`)
		w = h.call(t, h.operator, http.MethodPost, "/assets", asJSON,
			strings.NewReader(`{"kind":"trademark","title":"","right_no":"2006年第39号","granted_on":"2020-01-07"}`))
		for _, code := range []string{"title_required", "gi_product_not_pledgeable", "nice_class_required"} {
			require.Contains(t, w.Body.String(), code)
		}
	})

	t.Run("ChecksAnEntryWithoutWritingIt", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		w := h.call(t, h.operator, http.MethodPost, "/assets/check", asJSON,
			strings.NewReader(`{"kind":"invention_patent","title":"一种装置","right_no":"ZL202010566088.9","filed_on":"2020-06-19","granted_on":"2022-03-11","fee_paid_until":"2025-06-19"}`))
		require.Equal(t, http.StatusOK, w.Code, w.Body)
		var got ipasset.Checked
		require.NoError(t, json.Unmarshal(w.Body.Bytes(), &got))
		require.Empty(t, got.Problems)
		require.Equal(t, "2040-06-19", got.StatutoryExpiry.String())
		require.Equal(t, "P04", got.Findings[0].Code)
		require.Equal(t, ipasset.UpkeepMissed, got.Upkeep.State)
		require.Empty(t, testdb.Texts(t, h.db, `select id from ip_asset`))
	})

	t.Run("AnswersStrangersDeniedAndStale", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		id := h.submitted(t, patent())
		path := "/assets/" + id.String()

		require.Equal(t, http.StatusNotFound, h.call(t, h.rival, http.MethodGet, path, asJSON, nil).Code)
		require.Equal(t, http.StatusForbidden, h.call(t, h.operator, http.MethodPost, path+"/verify", asJSON, strings.NewReader(`{}`)).Code)
		require.Equal(t, http.StatusUnauthorized, h.call(t, authz.Actor{}, http.MethodGet, path, asJSON, nil).Code)
		w := h.call(t, h.handler, http.MethodPost, path+"/reject", asJSON, strings.NewReader(`{"reason":"材料不清"}`), "If-Match", `"1"`)
		require.Equal(t, http.StatusPreconditionFailed, w.Code)
		require.Contains(t, w.Body.String(), `"code":"stale_version"`)
		w = h.call(t, h.handler, http.MethodPost, path+"/reject", asJSON, strings.NewReader(`{"reason":"材料不清"}`), "If-Match", `"2"`)
		require.Equal(t, http.StatusOK, w.Code, w.Body)
		require.Equal(t, `"3"`, w.Header().Get("ETag"))
	})

	t.Run("PagesFiltersAndExports", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		for i := range 5 {
			_, err := h.service.Create(t.Context(), h.operator, mark(fmt.Sprint(51127133+i), "星垣", 7))
			require.NoError(t, err)
		}
		_, err := h.service.Create(t.Context(), h.rival, patent())
		require.NoError(t, err)
		seen, cursor := map[uuid.UUID]bool{}, ""
		for range 3 {
			w := h.call(t, h.operator, http.MethodGet, "/assets?limit=2&sort=number&cursor="+cursor, asJSON, nil)
			var got page.List[ipasset.View]
			require.NoError(t, json.Unmarshal(w.Body.Bytes(), &got))
			require.Equal(t, 5, got.Total)
			for _, item := range got.Items {
				seen[item.ID] = true
			}
			cursor = got.NextCursor
		}
		require.Len(t, seen, 5)
		require.Empty(t, cursor)
		for query, want := range map[string]int{"q=51127134": 1, "kind=trademark": 5, "kind=gi_mark": 0, "status=draft": 5, "area_code=430502": 5, "alerted=true": 0, "q=%25": 0} {
			w := h.call(t, h.operator, http.MethodGet, "/assets?"+query, asJSON, nil)
			require.Contains(t, w.Body.String(), fmt.Sprintf(`"total":%d`, want), query)
		}
		w := h.call(t, h.operator, http.MethodGet, "/assets/export.xlsx", asJSON, nil)
		require.Equal(t, spreadsheet.MediaType, w.Header().Get("Content-Type"))
		rows, err := spreadsheet.Read(w.Body)
		require.NoError(t, err)
		require.Len(t, rows, 5)
	})

	t.Run("ImportsByFormAndShowsFaultsLineByLine", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		content, err := ipasset.Template()
		require.NoError(t, err)

		media, body := form(t, content)
		w := h.call(t, h.operator, http.MethodPost, "/assets/import?dry_run=true", media, body)
		require.Equal(t, http.StatusOK, w.Code, w.Body)
		require.Contains(t, w.Body.String(), `"total":1,"written":0`)
		media, body = form(t, content)
		w = h.call(t, h.operator, http.MethodPost, "/assets/import", media, body)
		require.Contains(t, w.Body.String(), `"written":1`)
		media, body = form(t, content)
		w = h.call(t, h.operator, http.MethodPost, "/assets/import/preview", media, body)
		require.Contains(t, w.Body.String(), `"row":2,"column":"专利号或商标注册号","code":"right_already_listed"`)
		media, body = form(t, content)
		w = h.call(t, h.operator, http.MethodPost, "/assets/import", media, body)
		require.Equal(t, http.StatusUnprocessableEntity, w.Code)
		require.Contains(t, w.Body.String(), `"code":"import_has_errors"`)

		media, body = form(t, bytes.Repeat([]byte("x"), 9<<20))
		w = h.call(t, h.operator, http.MethodPost, "/assets/import", media, body)
		require.Equal(t, http.StatusRequestEntityTooLarge, w.Code, w.Body)
		w = h.call(t, h.operator, http.MethodPost, "/assets/import", asJSON, strings.NewReader("{}"))
		require.Contains(t, w.Body.String(), `"code":"document_missing"`)
	})
}

func TestVisibility(t *testing.T) {
	t.Parallel()

	t.Run("ShowsABankWhatIsOfferedOrPledgedToIt", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		id := h.listed(t, patent())
		need := uuid.New()
		exec(t, h.db, `insert into financing_need (id, number, org_id, title, amount, term_months, purpose, method, rate_ceiling, area_code, status, created_at)
			values ($1, 'RZ1', $2, '流动资金', 1000000, 12, '采购', 'bullet', 5, '430502', 'pending_review', $3)`, need, h.operator.OrgID, noon)
		exec(t, h.db, `insert into financing_need_asset values ($1, $2)`, need, id)

		_, err := h.service.Detail(t.Context(), h.banker, id)
		require.Error(t, err)
		exec(t, h.db, `update financing_need set status = 'open', opened_at = $1, closes_at = $2`, noon, noon.AddDate(0, 0, 7))
		d, err := h.service.Detail(t.Context(), h.banker, id)
		require.NoError(t, err)
		require.Empty(t, d.Timeline)
		require.Empty(t, d.Actions)

		_, err = h.service.WithdrawFromList(t.Context(), h.signatory, id, "")
		require.ErrorContains(t, err, "asset_in_need")
	})

	t.Run("WarnsOfTheBundleOfMarks", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		first, err := h.service.Create(t.Context(), h.operator, mark("51127133", "星垣", 7))
		require.NoError(t, err)
		for number, title := range map[string]string{"51127134": "星垣智能", "51127135": "雪峰"} {
			_, err := h.service.Create(t.Context(), h.operator, mark(number, title, 7))
			require.NoError(t, err)
		}
		_, err = h.service.Create(t.Context(), h.operator, mark("51127136", "星垣", 9))
		require.NoError(t, err)
		_, err = h.service.Create(t.Context(), h.rival, mark("51127137", "星垣", 7))
		require.NoError(t, err)

		require.NoError(t, h.db.Read(t.Context(), func(tx postgres.Tx) error {
			a, err := ipasset.Find(tx, first.ID)
			require.NoError(t, err)
			bundle, err := ipasset.BundleOf(tx, a)
			require.Len(t, bundle, 1)
			require.Equal(t, "51127134", bundle[0].RightNo)
			return err
		}))
		d, err := h.service.Detail(t.Context(), h.operator, first.ID)
		require.NoError(t, err)
		require.Equal(t, "T_bundle", d.Prechecks[0].Code)
		require.False(t, d.Prechecks[0].Blocking)
	})

	t.Run("TellsEachWhatWaitsForThem", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		id := h.submitted(t, patent())
		kinds := func(actor authz.Actor) (out []string) {
			require.NoError(t, h.db.Read(t.Context(), func(tx postgres.Tx) error {
				items, err := h.service.Todo(tx, actor)
				for _, i := range items {
					out = append(out, i.Kind)
				}
				return err
			}))
			return out
		}
		require.Equal(t, []string{"asset.verify"}, kinds(h.handler))
		require.Empty(t, kinds(h.operator))
		_, err := h.service.Reject(t.Context(), h.handler, id, "请补正")
		require.NoError(t, err)
		require.Empty(t, kinds(h.handler))
		require.Equal(t, []string{"asset.edit"}, kinds(h.operator))
		require.Empty(t, kinds(h.rival))
	})
}
