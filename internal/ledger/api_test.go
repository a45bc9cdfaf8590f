package ledger_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/approval"
	"ippledge/internal/authz"
	"ippledge/internal/httpapi"
	"ippledge/internal/ledger"
	"ippledge/internal/platform/postgres"
)

// signedIn lets the request's X-Actor header choose who calls.
type signedIn map[string]authz.Actor

func (s signedIn) Authenticate(r *http.Request) (authz.Actor, error, error) {
	return s[r.Header.Get("X-Actor")], nil, nil
}

type client struct {
	t      *testing.T
	engine http.Handler
}

func (c client) do(actor, method, path, key, body string) *httptest.ResponseRecorder {
	c.t.Helper()
	r := httptest.NewRequest(method, httpapi.Prefix+path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Actor", actor)
	if key != "" {
		r.Header.Set("Idempotency-Key", key)
	}
	w := httptest.NewRecorder()
	c.engine.ServeHTTP(w, r)
	return w
}

func serve(t *testing.T, db *postgres.DB) (client, *ledger.Service, *approval.Service) {
	t.Helper()
	approvals := approval.NewService(db)
	service := ledger.NewService(db, approvals)
	t.Cleanup(service.Close)
	approvals.Handle(service.Kinds()...)
	engine := httpapi.Engine(signedIn{"maker": maker, "checker": checker, "stranger": authz.Actor{UserID: uuid.New(), OrgID: uuid.New(), Name: "企业", Roles: []authz.Role{authz.EnterpriseOperator}}})
	api := httpapi.New(engine, db)
	service.Routes(api)
	return client{t, engine}, service, approvals
}

func memoAccounts(t *testing.T, db *postgres.DB, book ledger.Book) {
	t.Helper()
	require.NoError(t, db.InTx(t.Context(), func(tx postgres.Tx) error {
		require.NoError(t, ledger.Ensure(tx, book.ID, "memo:pool", "备查合计", true))
		return ledger.Ensure(tx, book.ID, "memo:bank", "备查", false)
	}))
}

func TestDirectEntries(t *testing.T) {
	t.Parallel()
	db, book := setup(t)
	memoAccounts(t, db, book)
	c, service, _ := serve(t, db)
	path := "/ledger/books/" + book.ID.String() + "/entries"
	const one = `{"kind":"memo","reference":"M1","effective_on":"2026-09-24","narrative":"承诺","postings":[{"source":"memo:pool","destination":"memo:bank","amount":"100.00"}]}`

	t.Run("PostOnceForOneKey", func(t *testing.T) {
		var first, again ledger.Posted
		w := c.do("maker", "POST", path, "k1", one)
		require.Equal(t, 201, w.Code, w.Body)
		require.NoError(t, json.Unmarshal(w.Body.Bytes(), &first))
		w = c.do("maker", "POST", path, "k1", one)
		require.NoError(t, json.Unmarshal(w.Body.Bytes(), &again))
		require.True(t, again.Replayed)
		require.Equal(t, first.Hash, again.Hash)
		require.Equal(t, "100.00", balance(t, db, book, "memo:bank"))
		w = c.do("maker", "POST", path, "k1", strings.Replace(one, "100.00", "200.00", 1))
		require.Equal(t, 409, w.Code)
		require.Contains(t, w.Body.String(), "idempotency_key_reused")
	})
	t.Run("AreListedWithWhatTheyAre", func(t *testing.T) {
		w := c.do("maker", "GET", path, "", "")
		require.Contains(t, w.Body.String(), `"reference":"M1"`)
		require.Contains(t, w.Body.String(), `"narrative":"承诺"`)
	})
	t.Run("PostABatchAllOrNone", func(t *testing.T) {
		many := func(entries ...string) string { return `{"entries":[` + strings.Join(entries, ",") + `]}` }
		w := c.do("maker", "POST", path+":batch", "b1", many(one, strings.ReplaceAll(one, "memo:bank", "memo:nobody")))
		require.Equal(t, 422, w.Code, w.Body)
		require.Contains(t, w.Body.String(), "account_unknown")
		require.Contains(t, w.Body.String(), "entries[1]")
		require.Equal(t, "100.00", balance(t, db, book, "memo:bank"))
		w = c.do("maker", "POST", path+":batch", "b1", many(one, one, one))
		require.Equal(t, 201, w.Code, w.Body)
		require.Equal(t, "400.00", balance(t, db, book, "memo:bank"))
		w = c.do("maker", "POST", path+":batch", "b1", many(one, one, one, one))
		require.Equal(t, 409, w.Code, w.Body)
		require.Equal(t, "400.00", balance(t, db, book, "memo:bank"))
	})
	t.Run("AreNotTakenUnderAnotherEnding", func(t *testing.T) {
		w := c.do("maker", "POST", path+":other", "o1", `{"entries":[`+one+`]}`)
		require.Equal(t, 404, w.Code, w.Body)
	})
	refused := map[string]struct {
		actor, key, body string
		status           int
		code             string
	}{
		"ToStrangers":         {"stranger", "r1", one, 403, "permission_denied"},
		"ToTheChecker":        {"checker", "r2", one, 403, "permission_denied"},
		"WithoutAKey":         {"maker", "", one, 422, "idempotency_key_required"},
		"WhatTakesMoneyOut":   {"maker", "r3", `{"kind":"interest","reference":"X","effective_on":"2026-09-24","postings":[{"source":"cash:main","destination":"income:interest","amount":"1.00"}]}`, 422, "posting_not_direct"},
		"KindsOfTheBusiness":  {"maker", "r4", strings.Replace(one, `"memo"`, `"pay"`, 1), 422, ""},
		"FractionsOfAFen":     {"maker", "r5", strings.Replace(one, "100.00", "1.001", 1), 422, "amount_too_many_decimals"},
		"WhatIsNotThere":      {"maker", "r6", strings.Replace(one, `"source":"memo:bank"`, `"source":"memo:bank"`, 1) + "x", 400, ""},
		"MoreThanThereIs":     {"maker", "r7", strings.NewReplacer("memo:pool", "memo:bank", "memo:bank", "memo:pool", "100.00", "9999999.00").Replace(one), 422, "fund_insufficient"},
		"AnEffectiveTomorrow": {"maker", "r8", strings.Replace(one, "2026-09-24", "2026-09-25", 1), 422, "effective_in_future"},
	}
	for name, r := range refused {
		t.Run("AreRefused"+name, func(t *testing.T) {
			w := c.do(r.actor, "POST", path, r.key, r.body)
			require.Equal(t, r.status, w.Code, w.Body)
			require.Contains(t, w.Body.String(), r.code)
		})
	}
	t.Run("LeaveAProvableBook", func(t *testing.T) {
		report, err := service.Verify(t.Context())
		require.NoError(t, err)
		require.True(t, report.OK, report)
	})
}
