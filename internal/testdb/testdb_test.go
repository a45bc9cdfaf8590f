package testdb

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ippledge/internal/platform/postgres"
)

var noon = time.Date(2026, 3, 2, 4, 0, 0, 0, time.UTC)

func TestNew(t *testing.T) {
	t.Parallel()

	t.Run("GivesEachTestItsOwnDatabase", func(t *testing.T) {
		t.Parallel()
		a, b := New(t, noon), New(t, noon)

		_, err := a.SQL().ExecContext(t.Context(), `create table only_in_a (n int)`)
		require.NoError(t, err)

		exists := `select to_regclass('only_in_a') is not null`
		require.Equal(t, []string{"true"}, Texts(t, a, exists))
		require.Equal(t, []string{"false"}, Texts(t, b, exists))
	})

	t.Run("HasTheMigrations", func(t *testing.T) {
		t.Parallel()
		_, db := NewWithSQL(t, noon)

		var tables int
		require.NoError(t, db.QueryRowContext(t.Context(), `select count(*) from pg_tables where schemaname = 'public'`).Scan(&tables))
		require.NotZero(t, tables)
	})

	t.Run("StopsTheClock", func(t *testing.T) {
		t.Parallel()
		db := New(t, noon)

		require.Equal(t, noon, db.Now())
		require.NoError(t, db.InTx(t.Context(), func(tx postgres.Tx) error {
			require.Equal(t, noon, tx.Now())
			return nil
		}))
	})
}

func TestTexts(t *testing.T) {
	t.Parallel()
	db := New(t, noon)

	require.Equal(t, []string{"1 | 2.50 | null", "2 | 质押 | true"},
		Texts(t, db, `values ('1', '2.50', null), ('2', $1, 'true')`, "质押"))
	require.Empty(t, Texts(t, db, `select 1 where false`))
}

func TestWithDatabase(t *testing.T) {
	t.Parallel()

	require.Equal(t, "postgres://u:p@h:5/t_1?sslmode=disable", withDatabase("postgres://u:p@h:5/app?sslmode=disable", "t_1"))
	require.Equal(t, "host=/tmp dbname=t_1", withDatabase("host=/tmp dbname=%s", "t_1"))
}

func TestPlain(t *testing.T) {
	t.Parallel()

	require.Equal(t, "testnew_has_it", plain("TestNew/Has_It"))
	require.Equal(t, "b", plain(`中"文'b`))
	require.Len(t, plain(string(make([]byte, 100))+"x"), 1)
}

func TestDropForgotten(t *testing.T) {
	t.Parallel()
	s, err := theServer()
	require.NoError(t, err)
	db := New(t, noon)

	list := func() map[string]bool {
		conn, err := s.admin.Conn(t.Context())
		require.NoError(t, err)
		defer conn.Close()
		found, err := s.listForgotten(context.Background(), conn)
		require.NoError(t, err)
		return found
	}
	name := Texts(t, db, `select current_database()`)[0]

	require.NotContains(t, list(), name, "a fresh database is in use")
	require.NotContains(t, list(), s.template)
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		New(b, noon)
	}
}
