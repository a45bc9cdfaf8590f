package pledge_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ippledge/internal/authz"
	"ippledge/internal/httpapi"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/todo"
)

func (w *world) call(t *testing.T, as authz.Actor, method, path, body string) *httptest.ResponseRecorder {
	t.Helper()
	engine := httpapi.Engine(nil)
	w.pledges.Routes(httpapi.New(engine, w.db))
	request := httptest.NewRequestWithContext(authz.With(t.Context(), as), method, "/api/v1"+path, strings.NewReader(body))
	request.Header.Set("Content-Type", "application/json")
	answer := httptest.NewRecorder()
	engine.ServeHTTP(answer, request)
	return answer
}

func TestAPI(t *testing.T) {
	t.Parallel()
	w := setup(t)
	created := w.call(t, w.officer, http.MethodPost, "/pledges", `{"bid_id":"`+w.bid.String()+`","kind":"specific","contract_no":"ZJ-1","secured_amount":"2000000",
		"debt_due_on":"2027-03-18","allocations":[{"asset_id":"`+w.patent.String()+`","amount":"1500000"},{"asset_id":"`+w.mark.String()+`","amount":"500000.00"}]}`)
	require.Equal(t, http.StatusCreated, created.Code, created.Body.String())
	var p struct {
		ID        string           `json:"id"`
		Actions   []string         `json:"available_actions"`
		Assets    []map[string]any `json:"assets"`
		Findings  []map[string]any `json:"findings"`
		Timeline  []map[string]any `json:"timeline"`
		Documents []map[string]any `json:"documents"`
	}
	require.NoError(t, json.Unmarshal(created.Body.Bytes(), &p))
	require.Equal(t, []string{"edit", "abandon"}, p.Actions)
	require.Len(t, p.Assets, 2)
	require.Len(t, p.Findings, 1, "patents and marks are two registers: a warning")
	require.Equal(t, `"1"`, created.Header().Get("ETag"))

	get := func(as authz.Actor) (int, string) {
		answer := w.call(t, as, http.MethodGet, "/pledges/"+p.ID, "")
		return answer.Code, answer.Body.String()
	}
	status, body := get(w.signatory)
	require.Equal(t, 200, status)
	require.Contains(t, body, `"available_actions":["consent"]`)
	status, body = get(w.rivalOfficer)
	require.Equal(t, 404, status)
	require.Contains(t, body, "pledge_not_found")

	consented := w.call(t, w.signatory, http.MethodPost, "/pledges/"+p.ID+"/consent", "")
	require.Equal(t, 200, consented.Code, consented.Body.String())
	filed := w.call(t, w.officer, http.MethodPost, "/pledges/"+p.ID+"/file", `{}`)
	require.Equal(t, 200, filed.Code, filed.Body.String())
	require.Contains(t, filed.Body.String(), `"available_actions":["correct","refuse","register"]`)

	list := w.call(t, w.officer, http.MethodGet, "/pledges?status=filed&q=星垣&sort=-secured_amount", "")
	require.Equal(t, 200, list.Code, list.Body.String())
	require.Contains(t, list.Body.String(), `"total":1`)
	require.Contains(t, w.call(t, w.rivalOfficer, http.MethodGet, "/pledges", "").Body.String(), `"total":0`)
	export := w.call(t, w.officer, http.MethodGet, "/pledges/export.xlsx?status=filed", "")
	require.Equal(t, 200, export.Code)
	require.Equal(t, "PK", export.Body.String()[:2])

	require.NoError(t, w.db.Read(t.Context(), func(tx postgres.Tx) error {
		var items []todo.Item
		items, err := w.pledges.Todo(tx, w.officer)
		require.Len(t, items, 1)
		require.Equal(t, "pledge.register", items[0].Kind)
		require.Equal(t, "2026-03-09", items[0].DueOn.String())
		return err
	}))
}
