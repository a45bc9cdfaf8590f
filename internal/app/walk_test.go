package app_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/app"
	"ippledge/internal/authz"
	"ippledge/internal/config"
	"ippledge/internal/httpapi"
	"ippledge/internal/testdb"
)

// route is one operation of the document and who may call it.
type route struct {
	id, method, path string
	access           string
	permissions      []authz.Permission
}

func routes(t *testing.T, api *httpapi.API) (out []route) {
	t.Helper()
	for path, item := range api.Document().Paths {
		for method, op := range map[string]*huma.Operation{
			http.MethodGet: item.Get, http.MethodPost: item.Post, http.MethodPut: item.Put, http.MethodPatch: item.Patch, http.MethodDelete: item.Delete,
		} {
			if op == nil {
				continue
			}
			access, _ := op.Extensions["x-access"].(string)
			permissions, _ := op.Extensions["x-permissions"].([]authz.Permission)
			require.NotEmpty(t, access, "%s %s says who may call it", method, path)
			out = append(out, route{op.OperationID, method, path, access, permissions})
		}
	}
	slices.SortFunc(out, func(a, b route) int { return strings.Compare(a.id, b.id) })
	return out
}

// impersonator signs in whoever the X-Role header names, in an organisation of their own
// that owns no row: every caller is a stranger to every row.
type impersonator struct{ actors map[string]authz.Actor }

func (i impersonator) Authenticate(r *http.Request) (authz.Actor, error, error) {
	return i.actors[r.Header.Get("X-Role")], nil, nil
}

// TestEveryRouteAsEveryRole walks the document: each operation, as each role and as
// nobody. Who lacks the permission is refused before anything is read; who has it meets
// rows that aren't theirs, and must not get one, change one, or break the server.
func TestEveryRouteAsEveryRole(t *testing.T) {
	t.Parallel()
	db := testdb.New(t, noon)
	a := app.New(db, nil, config.Config{BaseURL: "http://shaoyang.example", DataDir: t.TempDir()})
	people := impersonator{map[string]authz.Actor{}}
	for _, info := range authz.Roles {
		people.actors[string(info.Role)] = authz.Actor{
			UserID: uuid.New(), OrgID: uuid.New(), Name: info.Text, OrgName: "陌生单位", OrgKind: info.Kinds[0], Roles: []authz.Role{info.Role},
		}
	}
	engine, api := a.EngineFor(people)
	all := routes(t, api)
	require.NotEmpty(t, all)

	calls := 0
	for _, r := range all {
		for _, info := range authz.Roles {
			calls++
			w := call(engine, r, string(info.Role))
			allowed := r.access != "permission" || slices.ContainsFunc(r.permissions, people.actors[string(info.Role)].Can)
			checkAnswer(t, r, string(info.Role), allowed, w)
		}
		calls++
		w := call(engine, r, "")
		if r.access == "public" {
			require.NotEqual(t, http.StatusUnauthorized, w.Code, "%s is public", r.id)
			require.Less(t, w.Code, 500, "%s: %s", r.id, w.Body)
		} else {
			require.Equal(t, http.StatusUnauthorized, w.Code, "%s as nobody: %s", r.id, w.Body)
		}
	}
	t.Logf("%d routes as %d roles and as nobody: %d calls", len(all), len(authz.Roles), calls)
}

func checkAnswer(t *testing.T, r route, role string, allowed bool, w *httptest.ResponseRecorder) {
	t.Helper()
	what := fmt.Sprintf("%s %s as %s: %d %.300s", r.method, r.path, role, w.Code, w.Body)
	switch {
	case !allowed:
		require.Equal(t, http.StatusForbidden, w.Code, what)
		require.Contains(t, w.Body.String(), `"code":"permission_denied"`, what)
	case strings.Contains(r.path, "{"):
		// A row that isn't there, or isn't theirs, is the same to them.
		require.Contains(t, []int{400, 401, 403, 404, 409, 413, 415, 422}, w.Code, what)
	default:
		require.Less(t, w.Code, 500, what)
	}
	if w.Code >= 400 {
		require.Equal(t, "application/problem+json", w.Header().Get("Content-Type"), what)
	}
}

func call(engine http.Handler, r route, role string) *httptest.ResponseRecorder {
	path := httpapi.Prefix + fill(r.path)
	var body bytes.Buffer
	if r.method != http.MethodGet {
		body.WriteString("{}")
	}
	request := httptest.NewRequest(r.method, "http://shaoyang.example"+path, &body)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("X-Role", role)
	w := httptest.NewRecorder()
	engine.ServeHTTP(w, request)
	return w
}

// fill puts the id of no row into the path's placeholders.
func fill(path string) string {
	for strings.Contains(path, "{") {
		start, end := strings.Index(path, "{"), strings.Index(path, "}")
		path = path[:start] + "0190a0f0-0000-7000-8000-000000000000" + path[end+1:]
	}
	return path
}
