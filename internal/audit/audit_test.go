package audit_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/testdb"
)

var noon = time.Date(2026, 3, 2, 4, 0, 0, 0, time.UTC)

func record(t *testing.T, db *postgres.DB, n int) {
	t.Helper()
	actor := authz.Actor{UserID: uuid.New(), OrgID: uuid.New(), Name: "张三", OrgName: "某局"}
	for range n {
		require.NoError(t, db.InTx(t.Context(), func(tx postgres.Tx) error {
			return audit.Record(tx, actor, "thing.do", "thing", uuid.New(), map[string]any{"z": 1, "a": "金额"})
		}))
	}
}

func TestChain(t *testing.T) {
	t.Parallel()

	setup := func(t *testing.T) *postgres.DB {
		t.Helper()
		db := testdb.New(t, noon)
		record(t, db, 5)
		n, err := audit.Seal(t.Context(), db)
		require.NoError(t, err)
		require.Equal(t, 5, n)
		return db
	}
	// tamper does what only the owner of the database can do: it switches the guards off.
	tamper := func(t *testing.T, db *postgres.DB, statement string) {
		t.Helper()
		conn, err := db.SQL().Conn(t.Context())
		require.NoError(t, err)
		defer func() { require.NoError(t, conn.Close()) }()
		_, err = conn.ExecContext(t.Context(), "set session_replication_role = replica; "+statement+"; set session_replication_role = origin")
		require.NoError(t, err)
	}

	t.Run("HoldsAndGrows", func(t *testing.T) {
		t.Parallel()
		db := setup(t)
		record(t, db, 2)
		report, err := audit.Verify(t.Context(), db)
		require.NoError(t, err)
		require.True(t, report.OK)
		require.EqualValues(t, 5, report.Sealed)
		require.EqualValues(t, 2, report.Pending)
	})

	for name, statement := range map[string]string{
		"FindsAChangedDetail":  `update audit_entry set detail = '{"a":"改"}' where id = (select entry_id from audit_seal where seq = 3)`,
		"FindsAChangedName":    `update audit_entry set user_name = '李四' where id = (select entry_id from audit_seal where seq = 3)`,
		"FindsADeletedEntry":   `delete from audit_entry where id = (select entry_id from audit_seal where seq = 3)`,
		"FindsADeletedSeal":    `delete from audit_seal where seq = 3`,
		"FindsAForgedHash":     `update audit_seal set hash = repeat('0', 64) where seq = 3`,
		"FindsAMovedTime":      `update audit_entry set at = at + interval '1 second' where id = (select entry_id from audit_seal where seq = 3)`,
		"FindsAChangedOutcome": `update audit_entry set result = 'refused' where id = (select entry_id from audit_seal where seq = 3)`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := setup(t)
			tamper(t, db, statement)
			report, err := audit.Verify(t.Context(), db)
			require.NoError(t, err)
			require.False(t, report.OK)
			require.EqualValues(t, 3, report.BreakAt)
		})
	}

	t.Run("CannotBeChangedWithTheGuardsOn", func(t *testing.T) {
		t.Parallel()
		db := setup(t)
		for _, statement := range []string{`update audit_entry set user_name = 'x'`, `delete from audit_entry`, `truncate audit_entry cascade`, `delete from audit_seal`} {
			_, err := db.SQL().Exec(statement)
			require.ErrorContains(t, err, "never changed or deleted", statement)
		}
	})

	t.Run("HidesWhatIsSealedUntilItsTime", func(t *testing.T) {
		t.Parallel()
		db := testdb.New(t, noon)
		id, opens := uuid.New(), noon.Add(time.Hour)
		require.NoError(t, db.InTx(t.Context(), func(tx postgres.Tx) error {
			return audit.Write(tx, authz.System, audit.Entry{Action: "bid.submit", ObjectKind: "bid", ObjectID: id.String(), SealedUntil: &opens})
		}))
		count := func(at time.Time) (n int) {
			require.NoError(t, db.WithClock(func() time.Time { return at }).Read(t.Context(), func(tx postgres.Tx) error {
				lines, err := audit.Timeline(tx, "bid", id)
				n = len(lines)
				return err
			}))
			return n
		}
		require.Zero(t, count(noon.Add(59*time.Minute)))
		require.Equal(t, 1, count(opens))
	})
}
