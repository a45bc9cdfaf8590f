package embeddedpg

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

func begin(t *testing.T, o Options) *Server {
	t.Helper()
	o.FsyncOff = true
	s, err := Start(t.Context(), o)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Stop(context.WithoutCancel(t.Context()))) })
	return s
}

func ask(t *testing.T, url, query string) string {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	var answer string
	require.NoError(t, conn.QueryRow(t.Context(), query).Scan(&answer))
	return answer
}

func TestStart(t *testing.T) {
	t.Parallel()

	t.Run("MakesAClusterAndServesIt", func(t *testing.T) {
		t.Parallel()
		var log strings.Builder
		dir := filepath.Join(t.TempDir(), "data")
		s := begin(t, Options{DataDir: dir, Log: &log, Settings: map[string]string{"max_connections": "17"}})

		require.True(t, s.Started())
		require.Contains(t, log.String(), "首次启动")
		require.Equal(t, "app", ask(t, s.URL("postgres"), "select current_user::text"))
		require.Equal(t, "17", ask(t, s.URL("postgres"), "show max_connections"))
		require.Equal(t, "UTF8", ask(t, s.URL("postgres"), "show server_encoding"))
		require.Equal(t, "知识产权质押", ask(t, s.URL("postgres"), "select lower('知识产权质押')"))
		require.NoError(t, s.EnsureDatabase(t.Context(), `od"d`))
		require.NoError(t, s.EnsureDatabase(t.Context(), `od"d`))
		require.Equal(t, `od"d`, ask(t, s.URL(`od"d`), "select current_database()::text"))
	})

	t.Run("KnowsChineseInTrigrams", func(t *testing.T) {
		t.Parallel()
		s := begin(t, Options{DataDir: t.TempDir()})

		conn, err := pgx.Connect(t.Context(), s.URL("postgres"))
		require.NoError(t, err)
		defer conn.Close(t.Context())
		_, err = conn.Exec(t.Context(), "create extension pg_trgm")
		require.NoError(t, err)
		require.Equal(t, "true", ask(t, s.URL("postgres"), "select (similarity('邵阳市知识产权', '邵阳知识产权局') > 0.2)::text"))
	})

	t.Run("KeepsItsDataAndRefusesToForgetIt", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		s := begin(t, Options{DataDir: dir})
		require.NoError(t, s.EnsureDatabase(t.Context(), "kept"))
		require.NoError(t, s.Stop(t.Context()))

		s = begin(t, Options{DataDir: dir})
		require.Equal(t, "kept", ask(t, s.URL("kept"), "select current_database()::text"))
		require.NoError(t, s.Stop(t.Context()))

		require.NoError(t, os.Rename(s.cluster, filepath.Join(dir, "pg11")))
		_, err := Start(t.Context(), Options{DataDir: dir})
		require.ErrorContains(t, err, "PostgreSQL 11")
	})

	t.Run("SharesARunningServerAndTheLastOneStopsIt", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		first := begin(t, Options{DataDir: dir})
		second := begin(t, Options{DataDir: dir, Discard: true})

		require.False(t, second.Started())
		require.Equal(t, first.PID(), second.PID())
		require.NoError(t, first.Stop(t.Context()))
		require.Equal(t, "1", ask(t, second.URL("postgres"), "select '1'"))
		require.NoError(t, second.Stop(t.Context()))
		require.False(t, servesCluster(first.PID(), first.cluster))
	})

	t.Run("StartsOnceWhenManyAskAtTheSameTime", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		servers := make(chan *Server, 3)
		for range cap(servers) {
			go func() {
				s, err := Start(context.WithoutCancel(t.Context()), Options{DataDir: dir, FsyncOff: true})
				if err != nil {
					t.Error(err)
				}
				servers <- s
			}()
		}
		started := 0
		pids := map[int]bool{}
		for range cap(servers) {
			s := <-servers
			require.NotNil(t, s)
			pids[s.PID()] = true
			if s.Started() {
				started++
			}
			defer s.Stop(context.WithoutCancel(t.Context()))
		}
		require.Equal(t, 1, started)
		require.Len(t, pids, 1)
	})

	t.Run("DiscardsOnlyWhenAsked", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		s := begin(t, Options{DataDir: dir})
		require.NoError(t, s.EnsureDatabase(t.Context(), "gone"))
		require.NoError(t, s.Stop(t.Context()))

		s = begin(t, Options{DataDir: dir, Discard: true})
		require.Equal(t, "0", ask(t, s.URL("postgres"), "select count(*)::text from pg_database where datname = 'gone'"))
	})
}

func TestStalePidFile(t *testing.T) {
	t.Parallel()

	t.Run("IsRemovedWhenItsProcessIsAnotherProgram", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		s := begin(t, Options{DataDir: dir})
		require.NoError(t, s.Stop(t.Context()))
		stale := strconv.Itoa(os.Getpid()) + "\n" + s.cluster + "\n0\n5432\n\n127.0.0.1\n\nready\n"
		require.NoError(t, os.WriteFile(filepath.Join(s.cluster, "postmaster.pid"), []byte(stale), 0o600))

		s = begin(t, Options{DataDir: dir})
		require.True(t, s.Started())
	})

	t.Run("IsLeftBehindByAKilledServerAndTheNextStartRecovers", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		s := begin(t, Options{DataDir: dir})
		require.NoError(t, s.EnsureDatabase(t.Context(), "survivor"))
		killed, err := os.FindProcess(s.PID())
		require.NoError(t, err)
		require.NoError(t, killed.Kill())
		require.Eventually(t, func() bool { return !s.alive() }, 10*time.Second, 10*time.Millisecond)

		next := begin(t, Options{DataDir: dir})
		require.NotEqual(t, s.PID(), next.PID())
		require.Equal(t, "survivor", ask(t, next.URL("survivor"), "select current_database()::text"))
		require.NoError(t, next.Stop(t.Context()))
		require.NoError(t, s.Stop(t.Context()), "the last one ends the server that came after its own")
		// The server is a child of next, whose waiting goroutine reaps it in its own time.
		require.Eventually(t, func() bool { return !next.alive() }, 10*time.Second, 10*time.Millisecond)
	})

	t.Run("HalfWrittenCountsAsNoServer", func(t *testing.T) {
		t.Parallel()
		cluster := t.TempDir()
		for _, text := range []string{"", "\n", "x\n", "-5\n"} {
			require.NoError(t, os.WriteFile(filepath.Join(cluster, "postmaster.pid"), []byte(text), 0o600))
			p, err := livePostmaster(cluster)
			require.NoError(t, err)
			require.Zero(t, p)
		}
	})
}
