package org_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/authz"
	"ippledge/internal/httpapi"
)

type signedIn struct{ actor authz.Actor }

func (s signedIn) Authenticate(*http.Request) (authz.Actor, error, error) { return s.actor, nil, nil }

func (f fixture) do(t *testing.T, actor authz.Actor, method, path, body string) *httptest.ResponseRecorder {
	t.Helper()
	engine := httpapi.Engine(signedIn{actor})
	f.Routes(httpapi.New(engine, f.db))
	request := httptest.NewRequestWithContext(t.Context(), method, "/api/v1"+path, strings.NewReader(body))
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	w := httptest.NewRecorder()
	engine.ServeHTTP(w, request)
	return w
}

func TestViews(t *testing.T) {
	t.Parallel()
	f := setup(t)
	enterprise, err := f.Install(t.Context(), authz.Enterprise, profile())
	require.NoError(t, err)
	bank := profile()
	bank.Name, bank.USCC = "邵阳资江银行", ""
	bankOrg, err := f.Install(t.Context(), authz.ExpertPool, bank)
	require.NoError(t, err)
	officer := authz.Actor{UserID: uuid.New(), OrgID: uuid.New(), OrgKind: authz.Bank, Roles: []authz.Role{authz.LoanOfficer}}
	owner := authz.Actor{UserID: uuid.New(), OrgID: enterprise.ID, OrgKind: authz.Enterprise, Roles: []authz.Role{authz.EnterpriseOperator}}
	rival := authz.Actor{UserID: uuid.New(), OrgID: uuid.New(), OrgKind: authz.Enterprise, Roles: []authz.Role{authz.EnterpriseOperator}}

	t.Run("MasksContactsForOthers", func(t *testing.T) {
		w := f.do(t, officer, http.MethodGet, "/organizations/"+enterprise.ID.String(), "")
		require.Equal(t, http.StatusOK, w.Code, w.Body)
		require.Contains(t, w.Body.String(), `"contact_mobile":"138****2345"`)
		require.NotContains(t, w.Body.String(), "张大伟")
		own := f.do(t, owner, http.MethodGet, "/organizations/"+enterprise.ID.String(), "")
		require.Contains(t, own.Body.String(), `"contact_mobile":"13873912345"`)
		require.Contains(t, own.Body.String(), `"available_actions":["edit"]`)
	})

	t.Run("HidesOneEnterpriseFromAnother", func(t *testing.T) {
		w := f.do(t, rival, http.MethodGet, "/organizations/"+enterprise.ID.String(), "")
		require.Equal(t, http.StatusNotFound, w.Code)
		list := f.do(t, rival, http.MethodGet, "/organizations", "")
		require.NotContains(t, list.Body.String(), enterprise.ID.String())
		require.Contains(t, list.Body.String(), bankOrg.ID.String())
	})

	t.Run("SearchesFiltersAndPages", func(t *testing.T) {
		found := f.do(t, handler, http.MethodGet, "/organizations?q=星垣&kind=enterprise", "")
		require.Contains(t, found.Body.String(), `"total":1,`)
		first := f.do(t, handler, http.MethodGet, "/organizations?limit=1&sort=name", "")
		require.Contains(t, first.Body.String(), `"total":2,`)
		require.NotContains(t, first.Body.String(), `"next_cursor":""`)
	})

	t.Run("ExportsWhatTheListShows", func(t *testing.T) {
		w := f.do(t, officer, http.MethodGet, "/organizations/export.xlsx", "")
		require.Equal(t, http.StatusOK, w.Code)
		require.True(t, strings.HasPrefix(w.Body.String(), "PK"))
	})

	t.Run("ListsAreasForTheForm", func(t *testing.T) {
		w := f.do(t, authz.Actor{}, http.MethodGet, "/areas", "")
		require.Equal(t, http.StatusOK, w.Code)
		require.Contains(t, w.Body.String(), `"name":"双清区"`)
	})

	t.Run("RefusesUnknownKindsAndFields", func(t *testing.T) {
		w := f.do(t, handler, http.MethodPost, "/organizations", `{"kind":"circus","name":"马戏团","area_code":"430502"}`)
		require.Equal(t, http.StatusUnprocessableEntity, w.Code)
	})

	t.Run("CreatesABankForTheBureau", func(t *testing.T) {
		w := f.do(t, handler, http.MethodPost, "/organizations", `{"kind":"bank","name":"宝庆商业银行","uscc":"`+other+`","area_code":"430500"}`)
		require.Equal(t, http.StatusCreated, w.Code, w.Body)
		require.Contains(t, w.Body.String(), `"status":"submitted"`)
		require.Contains(t, w.Body.String(), `"admit","return"`)
	})
}
