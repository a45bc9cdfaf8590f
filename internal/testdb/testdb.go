// Package testdb gives each test a database of its own, cloned from one migrated template.
// Its one hard rule: a test never sees what another wrote, so that all run in parallel.
//
// The server comes from TEST_DATABASE_URL, which `make test` sets by way of cmd/testpg.
// Without it (a plain `go test ./internal/bid`) a server is started in the folder for
// temporary files, shared by all packages and runs, and left running: see cluster.go.
package testdb

import (
	"context"
	"database/sql"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ippledge/internal/platform/postgres"
)

// poolSize is enough for tests of concurrency, and small enough for many tests at a time.
const poolSize = 10

// New returns an empty, migrated database whose clock stands still at now.
func New(t testing.TB, now time.Time) *postgres.DB {
	t.Helper()
	s, err := theServer()
	require.NoError(t, err)
	name, err := s.clone(t.Context(), t.Name())
	require.NoError(t, err)
	db, err := postgres.Open(t.Context(), s.url(name), postgres.Options{
		MaxConns: poolSize,
		Now:      func() time.Time { return now },
	})
	require.NoError(t, err)
	t.Cleanup(func() {
		require.NoError(t, db.Close())
		if t.Failed() {
			t.Logf("the test's database is kept for an hour: %s", s.url(name))
			return
		}
		require.NoError(t, s.drop(context.WithoutCancel(t.Context()), name))
	})
	return db
}

// NewWithSQL is New together with the plain pool of the same database.
func NewWithSQL(t testing.TB, now time.Time) (*postgres.DB, *sql.DB) {
	t.Helper()
	db := New(t, now)
	return db, db.SQL()
}

// Texts returns the rows of the query as text, the columns of each joined by " | ", a null
// as "null".
func Texts(t testing.TB, db *postgres.DB, query string, args ...any) []string {
	t.Helper()
	rows, err := db.SQL().QueryContext(t.Context(), query, args...)
	require.NoError(t, err)
	defer rows.Close()
	columns, err := rows.Columns()
	require.NoError(t, err)

	var texts []string
	for rows.Next() {
		values := make([]sql.NullString, len(columns))
		targets := make([]any, len(columns))
		for i := range values {
			targets[i] = &values[i]
		}
		require.NoError(t, rows.Scan(targets...))
		row := make([]string, len(columns))
		for i, v := range values {
			row[i] = v.String
			if !v.Valid {
				row[i] = "null"
			}
		}
		texts = append(texts, strings.Join(row, " | "))
	}
	require.NoError(t, rows.Err())
	return texts
}
