package ledger

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ippledge/internal/approval"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/testdb"
)

// TestWithoutPreparedStatements posts as through PgBouncer's transaction mode.
func TestWithoutPreparedStatements(t *testing.T) {
	t.Parallel()
	direct := testdb.New(t, still)
	where := testdb.Texts(t, direct, `select format('postgres://%s@127.0.0.1:%s/%s?sslmode=disable', current_user, inet_server_port(), current_database())`)
	db, err := postgres.Open(t.Context(), where[0], postgres.Options{SimpleProtocol: true, Now: func() time.Time { return still }})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	b := openMemoBook(t, db, "pooled", 2)
	s := NewService(db, approval.NewService(db))
	t.Cleanup(s.Close)
	for i := range 3 {
		e := memo(b, fmt.Sprintf("k%d", i), "memo:source", "memo:a0", "1.00")
		e.Narrative = `{"a\b,'c'"}`
		_, err := s.gatherer.post(t.Context(), b.ID, []Entry{e})
		require.NoError(t, err)
		e.IdempotencyKey += "-post"
		require.NoError(t, db.InTx(t.Context(), func(tx postgres.Tx) error {
			_, err := Post(tx, e)
			return err
		}))
	}
	report, err := s.Verify(t.Context())
	require.NoError(t, err)
	require.True(t, report.OK, report)
	require.EqualValues(t, 6, report.Entries)
}
