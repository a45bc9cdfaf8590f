package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRun(t *testing.T) {
	t.Parallel()

	t.Run("GivesTheCommandAServerAndPassesItsCodeOn", func(t *testing.T) {
		t.Parallel()
		seen := filepath.Join(t.TempDir(), "url")

		code, err := run([]string{"run", "--", "sh", "-c", `printf %s "$TEST_DATABASE_URL" > "$0"; exit 7`, seen})

		require.NoError(t, err)
		require.Equal(t, 7, code)
		url, err := os.ReadFile(seen)
		require.NoError(t, err)
		require.True(t, strings.HasPrefix(string(url), "postgres://app@127.0.0.1:"), string(url))
	})

	t.Run("SaysSoWhenTheCommandIsMissing", func(t *testing.T) {
		t.Parallel()

		code, err := run([]string{"run", "--", "no-such-command-here"})
		require.ErrorContains(t, err, "no-such-command-here")
		require.Zero(t, code, "main turns it into 1")
		code, err = run([]string{"walk"})
		require.ErrorContains(t, err, "testpg run")
		require.Equal(t, 2, code)
	})
}
