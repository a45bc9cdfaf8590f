package httpapi_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/etag"
	"ippledge/internal/fault"
	"ippledge/internal/httpapi"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/testdb"
)

var noon = time.Date(2026, 3, 2, 4, 0, 0, 0, time.UTC)

// callers signs people in by the X-User header.
type callers map[string]authz.Actor

func (c callers) Authenticate(r *http.Request) (authz.Actor, error, error) {
	name := r.Header.Get("X-User")
	if name == "novice" {
		return c["officer"], fault.New(fault.Denied, "password_change_required", "首次登录请修改密码"), nil
	}
	return c[name], nil, nil
}

type payInput struct {
	Body struct {
		Amount money.Amount   `json:"amount"`
		On     calendar.Date  `json:"on"`
		USCC   string         `json:"uscc,omitempty" validate:"omitempty,uscc"`
		Parts  []payPart      `json:"parts,omitempty"`
		Later  *calendar.Date `json:"later,omitempty"`
	}
}

type payPart struct {
	Amount money.Amount `json:"amount"`
}

type paid struct {
	Times int64 `json:"times"`
}

// till is a domain of one operation that counts how often it was really carried out.
type till struct {
	db    *postgres.DB
	times atomic.Int64
}

func (s *till) pay(ctx context.Context, in *payInput) (*httpapi.Versioned[paid], error) {
	var n int64
	err := s.db.InTx(ctx, func(tx postgres.Tx) error {
		if err := etag.Check(tx.Context(), 4); err != nil {
			return err
		}
		if in.Body.Amount.Equal(money.Must("13")) {
			return fault.New(fault.Rule, "unlucky", "不吉利的金额")
		}
		if in.Body.Amount.Equal(money.Must("14")) {
			return fmt.Errorf("secret=%s", "password")
		}
		n = s.times.Add(1)
		return nil
	})
	return httpapi.Row(5, paid{n}), err
}

func setup(t *testing.T) (http.Handler, *till) {
	t.Helper()
	s := &till{db: testdb.New(t, noon)}
	org := uuid.New()
	people := callers{
		"officer": {UserID: uuid.New(), OrgID: org, Name: "官", Roles: []authz.Role{authz.AuditAdmin}},
		"clerk":   {UserID: uuid.New(), OrgID: org, Name: "员", Roles: []authz.Role{authz.EnterpriseOperator}},
	}
	engine := httpapi.Engine(people, "http://shaoyang.example")
	api := httpapi.New(engine, s.db)
	httpapi.Register(api, httpapi.Needs(authz.AuditRead), huma.Operation{OperationID: "pay", Method: http.MethodPost, Path: "/pay"}, s.pay)
	httpapi.Register(api, httpapi.Public(), huma.Operation{OperationID: "look", Method: http.MethodGet, Path: "/look"},
		func(context.Context, *struct{}) (*httpapi.Body[paid], error) { return httpapi.Of(paid{}), nil })
	httpapi.Register(api, httpapi.SignedIn(), huma.Operation{OperationID: "me", Method: http.MethodGet, Path: "/me"},
		func(context.Context, *struct{}) (*httpapi.Body[paid], error) { return httpapi.Of(paid{}), nil })
	return engine, s
}

func send(h http.Handler, method, path, body string, headers ...string) (int, map[string]any, http.Header) {
	r := httptest.NewRequest(method, "http://shaoyang.example/api/v1"+path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	var answer map[string]any
	_ = json.Unmarshal(w.Body.Bytes(), &answer)
	return w.Code, answer, w.Header()
}

const fine = `{"amount":"12.50","on":"2026-03-02"}`

func TestAccess(t *testing.T) {
	t.Parallel()
	h, s := setup(t)

	for _, c := range []struct {
		user, method, path string
		status             int
		code               string
	}{
		{"", "GET", "/look", 200, ""},
		{"", "POST", "/pay", 401, "not_signed_in"},
		{"clerk", "POST", "/pay", 403, "permission_denied"},
		{"novice", "POST", "/pay", 403, "password_change_required"},
		{"novice", "GET", "/me", 200, ""},
		{"", "GET", "/me", 401, "not_signed_in"},
		{"clerk", "GET", "/me", 200, ""},
		{"officer", "POST", "/pay", 200, ""},
		{"officer", "GET", "/pay", 405, "method_not_allowed"},
	} {
		status, answer, _ := send(h, c.method, c.path, fine, "X-User", c.user)
		require.Equal(t, c.status, status, "%+v %v", c, answer)
		if c.code != "" {
			require.Equal(t, c.code, answer["code"])
		}
	}
	status, answer, _ := send(h, "POST", "/pay", "{broken", "X-User", "clerk")
	require.Equal(t, 403, status, "who may not call learns nothing about the body: %v", answer)
	require.EqualValues(t, 1, s.times.Load())
}

func TestAccessOfUnknownPermissionCannotBeRegistered(t *testing.T) {
	t.Parallel()
	api := httpapi.New(httpapi.Engine(nil), nil)
	require.Panics(t, func() {
		httpapi.Register(api, httpapi.Needs("money:print"), huma.Operation{OperationID: "x", Method: "GET", Path: "/x"},
			func(context.Context, *struct{}) (*struct{}, error) { return nil, nil })
	})
}

func TestCrossOrigin(t *testing.T) {
	t.Parallel()
	h, s := setup(t)
	status, answer, _ := send(h, "POST", "/pay", fine, "X-User", "officer", "Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site")
	require.Equal(t, 403, status)
	require.Equal(t, "cross_origin_refused", answer["code"])
	require.Zero(t, s.times.Load())
	status, _, _ = send(h, "POST", "/pay", fine, "X-User", "officer", "Origin", "http://shaoyang.example", "Sec-Fetch-Site", "same-origin")
	require.Equal(t, 200, status)
}

func TestBadInput(t *testing.T) {
	t.Parallel()
	h, s := setup(t)

	for body, want := range map[string][2]string{
		`{"amount":"1.005","on":"2026-03-02"}`:                                     {"amount_too_many_decimals", "amount"},
		`{"amount":"1e400","on":"2026-03-02"}`:                                     {"amount_too_large", "amount"},
		`{"amount":1.5,"on":"2026-03-02"}`:                                         {"field_invalid", "amount"},
		`{"amount":"1","on":"2026-02-30"}`:                                         {"date_malformed", "on"},
		`{"amount":"1"}`:                                                           {"field_required", "on"},
		`{"amount":"1","on":"2026-03-02","x":1}`:                                   {"field_unknown", "x"},
		`{"amount":"1","on":"2026-03-02","uscc":"91440101MA5D123456"}`:             {"", "uscc"},
		`{"amount":"1","on":"2026-03-02","parts":[{"amount":"1"},{"amount":"q"}]}`: {"amount_malformed", "parts[1].amount"},
		`{"amount":"1","on":"2026-03-02","later":"soon"}`:                          {"date_malformed", "later"},
		`{"amount":`: {"request_malformed", ""},
		``:           {"request_malformed", ""},
	} {
		status, answer, header := send(h, "POST", "/pay", body, "X-User", "officer")
		require.Contains(t, []int{400, 422}, status, "%s: %v", body, answer)
		require.Equal(t, "application/problem+json", header.Get("Content-Type"))
		if want[0] != "" {
			require.Equal(t, want[0], answer["code"], "%s: %v", body, answer)
		}
		if want[1] != "" {
			require.Equal(t, want[1], answer["errors"].([]any)[0].(map[string]any)["field"], body)
		}
		require.Regexp(t, `\p{Han}`, answer["detail"])
		require.NotEmpty(t, answer["request_id"])
	}
	require.Zero(t, s.times.Load(), "bad input never writes")
}

func TestFailures(t *testing.T) {
	t.Parallel()
	h, _ := setup(t)

	status, answer, _ := send(h, "POST", "/pay", `{"amount":"13","on":"2026-03-02"}`, "X-User", "officer")
	require.Equal(t, 422, status)
	require.Equal(t, "unlucky", answer["code"])

	status, answer, _ = send(h, "POST", "/pay", `{"amount":"14","on":"2026-03-02"}`, "X-User", "officer")
	require.Equal(t, 500, status)
	require.NotContains(t, fmt.Sprint(answer), "secret", "an internal error shows nothing of itself")
}

func TestIfMatch(t *testing.T) {
	t.Parallel()
	h, _ := setup(t)
	status, answer, header := send(h, "POST", "/pay", fine, "X-User", "officer", "If-Match", `"4"`)
	require.Equal(t, 200, status, answer)
	require.Equal(t, `"5"`, header.Get("ETag"))
	status, answer, _ = send(h, "POST", "/pay", fine, "X-User", "officer", "If-Match", `"3"`)
	require.Equal(t, 412, status)
	require.Equal(t, "stale_version", answer["code"])
	status, _, _ = send(h, "POST", "/pay", fine, "X-User", "officer", "If-Match", "new")
	require.Equal(t, 422, status)
}

func TestIdempotencyKey(t *testing.T) {
	t.Parallel()

	t.Run("GivesTheFirstAnswerAgain", func(t *testing.T) {
		t.Parallel()
		h, s := setup(t)
		_, first, header := send(h, "POST", "/pay", fine, "X-User", "officer", "Idempotency-Key", "k1")
		status, second, again := send(h, "POST", "/pay", fine, "X-User", "officer", "Idempotency-Key", "k1")
		require.Equal(t, 200, status)
		require.Equal(t, first, second)
		require.Equal(t, header.Get("ETag"), again.Get("ETag"))
		require.EqualValues(t, 1, s.times.Load())
	})

	t.Run("RefusesOtherContent", func(t *testing.T) {
		t.Parallel()
		h, s := setup(t)
		send(h, "POST", "/pay", fine, "X-User", "officer", "Idempotency-Key", "k1")
		status, answer, _ := send(h, "POST", "/pay", `{"amount":"12.51","on":"2026-03-02"}`, "X-User", "officer", "Idempotency-Key", "k1")
		require.Equal(t, 409, status)
		require.Equal(t, "idempotency_key_reused", answer["code"])
		require.EqualValues(t, 1, s.times.Load())
	})

	t.Run("DoesNotKeepAFailure", func(t *testing.T) {
		t.Parallel()
		h, s := setup(t)
		send(h, "POST", "/pay", fine, "X-User", "officer", "Idempotency-Key", "k1", "If-Match", `"3"`)
		status, _, _ := send(h, "POST", "/pay", fine, "X-User", "officer", "Idempotency-Key", "k1")
		require.Equal(t, 200, status)
		require.EqualValues(t, 1, s.times.Load())
	})

	t.Run("WorksOnceUnderAStorm", func(t *testing.T) {
		t.Parallel()
		h, s := setup(t)
		var wg sync.WaitGroup
		for range 24 {
			wg.Go(func() {
				status, answer, _ := send(h, "POST", "/pay", fine, "X-User", "officer", "Idempotency-Key", "storm")
				if status != 200 {
					t.Errorf("status %d: %v", status, answer)
				}
			})
		}
		wg.Wait()
		require.EqualValues(t, 1, s.times.Load())
	})
}
