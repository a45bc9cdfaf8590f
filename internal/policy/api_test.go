package policy_test

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
	"ippledge/internal/money"
)

type signedIn struct{ actor authz.Actor }

func (s signedIn) Authenticate(*http.Request) (authz.Actor, error, error) { return s.actor, nil, nil }

func (w world) do(t *testing.T, by authz.Actor, method, path, body string) *httptest.ResponseRecorder {
	t.Helper()
	engine := httpapi.Engine(signedIn{by})
	w.policies.Routes(httpapi.New(engine, w.db))
	request := httptest.NewRequestWithContext(t.Context(), method, "/api/v1"+path, strings.NewReader(body))
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	answer := httptest.NewRecorder()
	engine.ServeHTTP(answer, request)
	return answer
}

func TestPoliciesOverTheAPI(t *testing.T) {
	t.Parallel()
	w := setup(t)
	c := w.content(t, "2026-04-01")
	c.Parameters.FilingDeadlineWD = 15
	draft, err := w.policies.Draft(t.Context(), w.handler, c)
	require.NoError(t, err)
	first, err := w.inForce(t, "2026-03-02")
	require.NoError(t, err)
	path := "/policies/" + draft.ID.String()
	stranger := authz.Actor{UserID: uuid.New(), OrgID: uuid.New(), OrgKind: authz.Bank, Roles: []authz.Role{authz.LoanOfficer}}

	t.Run("ADraftIsTheBureausAlone", func(t *testing.T) {
		require.Equal(t, http.StatusNotFound, w.do(t, stranger, http.MethodGet, path, "").Code)
		require.Contains(t, w.do(t, stranger, http.MethodGet, "/policies", "").Body.String(), `"total":1,`)
		require.Contains(t, w.do(t, w.checker, http.MethodGet, "/policies", "").Body.String(), `"total":2,`)
	})
	t.Run("ActionsAreTheHandlers", func(t *testing.T) {
		require.Contains(t, w.do(t, w.handler, http.MethodGet, path, "").Body.String(), `"available_actions":["edit","submit","withdraw"]`)
		require.Contains(t, w.do(t, w.checker, http.MethodGet, path, "").Body.String(), `"available_actions":[]`)
		require.Equal(t, http.StatusForbidden, w.do(t, w.checker, http.MethodPost, path+"/submit", "").Code)
	})
	t.Run("TheCurrentVersionIsMarked", func(t *testing.T) {
		body := w.do(t, stranger, http.MethodGet, "/policies/current", "").Body.String()
		require.Contains(t, body, first.ID.String())
		require.Contains(t, body, `"effect":"current"`)
	})
	t.Run("TwoVersionsSideBySide", func(t *testing.T) {
		answer := w.do(t, w.handler, http.MethodGet, "/policies/compare?a="+first.ID.String()+"&b="+draft.ID.String(), "")
		var out struct {
			Rows []struct {
				Key, A, B string
				Changed   bool
			}
		}
		require.NoError(t, json.Unmarshal(answer.Body.Bytes(), &out))
		var changed []string
		for _, row := range out.Rows {
			if row.Changed {
				changed = append(changed, row.Key+" "+row.A+" "+row.B)
			}
		}
		require.Equal(t, []string{"filing_deadline_wd 10 15"}, changed)
	})
	t.Run("FaultsAreNamedByField", func(t *testing.T) {
		bad := w.content(t, "2026-05-01")
		bad.Parameters.FundShare = money.MustRate("91")
		text, err := json.Marshal(bad)
		require.NoError(t, err)
		answer := w.do(t, w.handler, http.MethodPost, "/policies", string(text))
		require.Equal(t, http.StatusUnprocessableEntity, answer.Code, answer.Body)
		require.Contains(t, answer.Body.String(), `"field":"parameters.fund_share"`)
	})
	t.Run("AnOldVersionIsNotOverwritten", func(t *testing.T) {
		_, err := w.policies.Edit(t.Context(), w.handler, draft.ID, c)
		require.NoError(t, err)
		text, err := json.Marshal(c)
		require.NoError(t, err)
		engine := httpapi.Engine(signedIn{w.handler})
		w.policies.Routes(httpapi.New(engine, w.db))
		request := httptest.NewRequestWithContext(t.Context(), http.MethodPut, "/api/v1"+path, strings.NewReader(string(text)))
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("If-Match", `"1"`)
		answer := httptest.NewRecorder()
		engine.ServeHTTP(answer, request)
		require.Equal(t, http.StatusPreconditionFailed, answer.Code, answer.Body)
	})
}
