package config_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ippledge/internal/config"
)

func TestLoad(t *testing.T) {
	t.Run("FillsInWhatIsNotSet", func(t *testing.T) {
		t.Setenv("DEMO", "true")
		c, err := config.Load()
		require.NoError(t, err)
		require.Equal(t, "127.0.0.1:8080", c.ListenAddr)
		require.Equal(t, "http://127.0.0.1:8080", c.BaseURL)
		require.False(t, c.MFARequired(), "the demo must be playable without a telephone")
	})
	t.Run("WantsASecondFactorOutsideTheDemo", func(t *testing.T) {
		c, err := config.Load()
		require.NoError(t, err)
		require.True(t, c.MFARequired())
	})
	t.Run("NamesEverySettingThatIsWrong", func(t *testing.T) {
		t.Setenv("LISTEN_ADDR", "8080")
		t.Setenv("DATABASE_URL", "mysql://x")
		t.Setenv("MFA", "never")
		_, err := config.Load()
		require.ErrorContains(t, err, "LISTEN_ADDR")
		require.ErrorContains(t, err, "DATABASE_URL")
		require.ErrorContains(t, err, "MFA")
	})
}
