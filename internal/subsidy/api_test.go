package subsidy_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/authz"
	"ippledge/internal/httpapi"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/subsidy"
	"ippledge/internal/todo"
)

func (w world) http(t *testing.T, as authz.Actor, method, path, body string) *httptest.ResponseRecorder {
	t.Helper()
	engine := httpapi.Engine(nil)
	w.subsidies.Routes(httpapi.New(engine, w.db))
	request := httptest.NewRequestWithContext(authz.With(t.Context(), as), method, "/api/v1"+path, strings.NewReader(body))
	request.Header.Set("Content-Type", "application/json")
	answer := httptest.NewRecorder()
	engine.ServeHTTP(answer, request)
	return answer
}

func (w world) actions(t *testing.T, as authz.Actor, path string) (out []string) {
	t.Helper()
	answer := w.http(t, as, http.MethodGet, path, "")
	require.Equal(t, 200, answer.Code, answer.Body.String())
	var view struct {
		Actions []string `json:"available_actions"`
	}
	require.NoError(t, json.Unmarshal(answer.Body.Bytes(), &view))
	require.NotNil(t, view.Actions)
	return view.Actions
}

func (w world) tasks(t *testing.T, as authz.Actor) (kinds []string) {
	t.Helper()
	require.NoError(t, w.db.Read(t.Context(), func(tx postgres.Tx) error {
		items, err := w.subsidies.Todo(tx, as)
		for _, i := range items {
			kinds = append(kinds, i.Kind)
		}
		require.IsType(t, []todo.Item(nil), items)
		return err
	}))
	return kinds
}

func TestAPI(t *testing.T) {
	t.Parallel()
	w := setup(t)
	c := w.call(t, nil)
	loan := w.loan(t, w.ent, "3000000")

	loans := w.http(t, w.operator, http.MethodGet, "/subsidies/loans?call_id="+c.ID.String(), "")
	require.Contains(t, loans.Body.String(), `"principal":"3000000.00"`)
	preview := w.http(t, w.operator, http.MethodGet, "/subsidies/preview?kind=interest&call_id="+c.ID.String()+"&loan_id="+loan.String(), "")
	require.Equal(t, 200, preview.Code, preview.Body.String())
	require.Contains(t, preview.Body.String(), `"amount":"46500.00","binding":"computed"`)
	require.Contains(t, preview.Body.String(), "3000000.00")
	bad := w.http(t, w.operator, http.MethodGet, "/subsidies/preview?kind=premium&fee_paid=1.234&call_id="+c.ID.String()+"&loan_id="+loan.String(), "")
	require.Equal(t, 422, bad.Code)
	require.Contains(t, bad.Body.String(), "amount_too_many_decimals")

	a := w.submitted(t, w.request(t, c.ID, loan))
	path := "/subsidies/" + a.ID.String()
	require.Equal(t, []string{"withdraw"}, w.actions(t, w.operator, path))
	require.Equal(t, []string{"return", "review"}, w.actions(t, w.handler, path))
	require.Empty(t, w.actions(t, w.checker, path))
	require.Equal(t, []string{"subsidy.review"}, w.tasks(t, w.handler))
	require.Empty(t, w.tasks(t, w.operator))

	reviewed := w.http(t, w.handler, http.MethodPost, path+"/review", `{"grant":true}`)
	require.Equal(t, 200, reviewed.Code, reviewed.Body.String())
	require.Equal(t, []string{"return"}, w.actions(t, w.handler, path), "one opinion at a time")
	require.NotContains(t, w.http(t, w.operator, http.MethodGet, path, "").Body.String(), "提出审核意见", "what isn't signed stays in the office")
	require.NoError(t, w.sign(t, w.checker, a.ID))
	require.Equal(t, []string{"object"}, w.actions(t, w.handler, path))
	require.Contains(t, w.http(t, authz.Actor{}, http.MethodGet, "/portal/subsidies", "").Body.String(), `"amount":"46500.00"`)

	w = w.on("2026-03-17")
	require.Empty(t, w.actions(t, w.handler, path), "publicity is over")
	require.Equal(t, []string{"subsidy.pay"}, w.tasks(t, w.treasurer))
	require.Contains(t, w.http(t, w.treasurer, http.MethodGet, "/subsidies?payable=true", "").Body.String(), `"total":1`)
	w.fund(t, "100000")
	b, err := w.subsidies.CreateBatch(t.Context(), w.treasurer, subsidy.NewBatch{CallID: c.ID, Applications: []uuid.UUID{a.ID}})
	require.NoError(t, err)
	require.Contains(t, w.http(t, w.treasurer, http.MethodGet, "/subsidy-budget", "").Body.String(), `"balance":"100000.00","waiting":"46500.00","available":"53500.00"`)
	require.NoError(t, w.sign(t, w.financeChecker, b.ID))

	observer := actor(w.org(t, "financial_office", "金融办"), authz.Observer, "观察员", authz.FinancialObserver)
	require.NotContains(t, w.http(t, observer, http.MethodGet, path, "").Body.String(), "6222000011112222", "account numbers are masked")
	require.Contains(t, w.http(t, w.treasurer, http.MethodGet, path, "").Body.String(), "6222000011112222")
	require.Equal(t, 403, w.http(t, observer, http.MethodGet, "/subsidy-batches/"+b.ID.String()+"/payments.xlsx", "").Code)
	stranger := actor(w.org(t, "enterprise", "陌生企业"), authz.Enterprise, "陌生人", authz.EnterpriseOperator)
	require.Equal(t, 404, w.http(t, stranger, http.MethodGet, path, "").Code)
	require.Contains(t, w.http(t, stranger, http.MethodGet, "/subsidies", "").Body.String(), `"total":0`)
	for _, file := range []string{"/subsidies/export.xlsx", "/subsidy-calls/export.xlsx", "/subsidy-batches/export.xlsx", "/subsidy-budget/appropriations/export.xlsx", "/subsidy-batches/" + b.ID.String() + "/payments.xlsx"} {
		answer := w.http(t, w.treasurer, http.MethodGet, file, "")
		require.Equal(t, 200, answer.Code, file+answer.Body.String())
		require.Equal(t, "PK", answer.Body.String()[:2], file)
	}
	for _, list := range []string{"/subsidy-calls?sort=-budget&q=2025", "/subsidies?sort=-approved&q=星垣&year=2025&kind=interest", "/subsidy-batches?sort=total", "/subsidy-budget/appropriations?sort=-amount"} {
		answer := w.http(t, w.treasurer, http.MethodGet, list, "")
		require.Equal(t, 200, answer.Code, answer.Body.String())
		require.Contains(t, answer.Body.String(), `"total":1`, list)
	}
}
