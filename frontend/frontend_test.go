//go:build !nofrontend

package frontend

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

func get(h http.Handler, path string) *httptest.ResponseRecorder {
	recorder := httptest.NewRecorder()
	h.ServeHTTP(recorder, httptest.NewRequest(http.MethodGet, path, nil))
	return recorder
}

func built() *handler {
	return &handler{
		files: fstest.MapFS{
			"index.html":      {Data: []byte(`<script nonce="__CSP_NONCE__"></script>`)},
			"assets/a-123.js": {Data: []byte("1")},
			".gitkeep":        {Data: nil},
		},
		static: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("file")) }),
		shell:  []byte(`<script nonce="__CSP_NONCE__"></script>`),
	}
}

func TestHandler(t *testing.T) {
	t.Parallel()

	t.Run("SendsTheShellWithAFreshNonceForEveryPage", func(t *testing.T) {
		t.Parallel()
		first, second := get(built(), "/console/needs/1"), get(built(), "/")
		nonce := regexp.MustCompile(`nonce="([^"]{20,})"`).FindStringSubmatch(first.Body.String())
		require.Len(t, nonce, 2)
		require.Contains(t, first.Header().Get("Content-Security-Policy"), "'nonce-"+nonce[1]+"'")
		require.Equal(t, "no-store", first.Header().Get("Cache-Control"))
		require.NotEqual(t, first.Body.String(), second.Body.String())
	})

	t.Run("LetsAssetsBeKeptForEver", func(t *testing.T) {
		t.Parallel()
		answer := get(built(), "/assets/a-123.js")
		require.Equal(t, "file", answer.Body.String())
		require.Contains(t, answer.Header().Get("Cache-Control"), "immutable")
	})

	t.Run("NeverFallsBackToTheShellForTheProgramsOwnPaths", func(t *testing.T) {
		t.Parallel()
		for _, path := range []string{"/api", "/api/v1/nothing", "/docs", "/docs/x", "/healthz", "/assets/gone.js"} {
			require.Equal(t, http.StatusNotFound, get(built(), path).Code, path)
		}
		require.Equal(t, http.StatusOK, get(built(), "/docsearch").Code)
	})

	t.Run("ServesNoHiddenFile", func(t *testing.T) {
		t.Parallel()
		require.Contains(t, get(built(), "/.gitkeep").Body.String(), "script")
	})

	t.Run("SaysSoWhenTheFrontEndIsNotBuilt", func(t *testing.T) {
		t.Parallel()
		answer := get(&handler{files: fstest.MapFS{}}, "/")
		require.Equal(t, http.StatusServiceUnavailable, answer.Code)
		require.Contains(t, answer.Body.String(), "前端尚未构建")
	})

	t.Run("RefusesToBeWrittenTo", func(t *testing.T) {
		t.Parallel()
		recorder := httptest.NewRecorder()
		built().ServeHTTP(recorder, httptest.NewRequest(http.MethodPost, "/console", nil))
		require.Equal(t, http.StatusMethodNotAllowed, recorder.Code)
	})
}
