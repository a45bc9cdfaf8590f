package app_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ippledge/internal/app"
	"ippledge/internal/config"
	"ippledge/internal/testdb"
)

var noon = time.Date(2026, 3, 2, 4, 0, 0, 0, time.UTC)

func TestHealth(t *testing.T) {
	t.Parallel()
	db := testdb.New(t, noon)
	engine, _ := app.New(db, nil, config.Config{BaseURL: "http://shaoyang.example", DataDir: t.TempDir()}).Engine()
	get := func(path string) int {
		w := httptest.NewRecorder()
		engine.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "http://shaoyang.example"+path, nil))
		return w.Code
	}
	require.Equal(t, 200, get("/healthz"))
	require.Equal(t, 200, get("/readyz"))
	require.Equal(t, 200, get("/docs"))
	require.Equal(t, 200, get("/api/v1/openapi.json"))
	require.Equal(t, 404, get("/api/v1/nothing"))
	require.NoError(t, db.Close())
	require.Equal(t, 200, get("/healthz"), "alive")
	require.Equal(t, 503, get("/readyz"), "but not ready without its database")
}
