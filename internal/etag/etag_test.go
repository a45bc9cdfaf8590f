package etag_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"ippledge/internal/etag"
	"ippledge/internal/fault"
)

func TestCheck(t *testing.T) {
	t.Parallel()

	require.NoError(t, etag.Check(context.Background(), 7), "without If-Match the row lock decides")
	require.NoError(t, etag.Check(etag.With(context.Background(), 7), 7))
	require.ErrorIs(t, etag.Check(etag.With(context.Background(), 6), 7), &fault.Error{Code: "stale_version"})
}

func TestParse(t *testing.T) {
	t.Parallel()

	for _, header := range []string{`"3"`, `W/"3"`, "3", ` "3" `} {
		v, err := etag.Parse(header)
		require.NoError(t, err)
		require.EqualValues(t, 3, v)
	}
	for _, header := range []string{"", `"x"`, "-1", "3,4"} {
		_, err := etag.Parse(header)
		require.ErrorIs(t, err, &fault.Error{Code: "if_match_malformed"}, header)
	}
	require.Equal(t, `"3"`, etag.Format(3))
}
