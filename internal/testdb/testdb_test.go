package testdb

import (
	"os"
	"slices"
	"strconv"
	"strings"
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

// stage is a test within a test, of which we decide whether it failed.
type stage struct {
	testing.TB
	failed   bool
	cleanups []func()
}

func (s *stage) Failed() bool     { return s.failed }
func (s *stage) Cleanup(f func()) { s.cleanups = append(s.cleanups, f) }

func TestCleanup(t *testing.T) {
	t.Parallel()
	db := New(t, noon)
	exists := func(name string) []string {
		return Texts(t, db, `select exists (select from pg_database where datname = $1)`, name)
	}

	for _, failed := range []bool{false, true} {
		s := &stage{TB: t, failed: failed}
		name := Texts(t, New(s, noon), `select current_database()`)[0]
		require.Equal(t, []string{"true"}, exists(name))

		for _, f := range s.cleanups {
			f()
		}

		require.Equal(t, []string{strconv.FormatBool(failed)}, exists(name), "only a failed test's database stays")
	}
}

// Not parallel with others of this package: it changes what the lists say.
func TestDropForgotten(t *testing.T) {
	s, err := theServer()
	require.NoError(t, err)
	list := func() map[string]bool { // its keys are the names
		conn, err := s.admin.Conn(t.Context())
		require.NoError(t, err)
		defer conn.Close()
		found, err := s.listForgotten(t.Context(), conn)
		require.NoError(t, err)
		return found
	}
	name, err := s.clone(t.Context(), "forgotten")
	require.NoError(t, err)
	require.NotContains(t, list(), name, "a fresh database is in use")
	require.NotContains(t, list(), s.template)

	var file string
	require.NoError(t, s.admin.QueryRowContext(t.Context(),
		`select current_setting('data_directory') || '/base/' || oid || '/PG_VERSION' from pg_database where datname = $1`, name).Scan(&file))
	old := time.Now().Add(-61 * time.Minute)
	if err := os.Chtimes(file, old, old); err != nil {
		t.Skipf("the server's files aren't ours: %v", err)
	}
	require.Eventually(t, func() bool { // one process drops at a time; it may be another
		require.NoError(t, s.dropForgotten(t.Context()))
		return !slices.Contains(s.names(t), name)
	}, 10*time.Second, 50*time.Millisecond)
}

func (s *server) names(t *testing.T) []string {
	var names string
	require.NoError(t, s.admin.QueryRowContext(t.Context(), `select string_agg(datname, ' ') from pg_database`).Scan(&names))
	return strings.Fields(names)
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		New(b, noon)
	}
}
