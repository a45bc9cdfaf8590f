package audit_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/httpapi"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/testdb"
)

type signedIn struct{ actor authz.Actor }

func (s signedIn) Authenticate(*http.Request) (authz.Actor, error, error) { return s.actor, nil, nil }

func TestTrail(t *testing.T) {
	t.Parallel()

	noon := time.Date(2026, 3, 2, 4, 0, 0, 0, time.UTC)
	auditor := authz.Actor{UserID: uuid.New(), OrgID: uuid.New(), Name: "审计员", Roles: []authz.Role{authz.AuditAdmin}}
	officer := authz.Actor{UserID: uuid.New(), OrgID: uuid.New(), Name: "刘洋", OrgName: "邵阳资江银行", Roles: []authz.Role{authz.LoanOfficer}}
	setup := func(t *testing.T) *postgres.DB {
		db := testdb.New(t, noon)
		later := noon.Add(time.Hour)
		require.NoError(t, db.InTx(t.Context(), func(tx postgres.Tx) error {
			for i, action := range []string{"asset.submit", "asset.verify", "need.publish"} {
				if err := audit.Record(tx, officer, action, "asset", uuid.New(), map[string]any{"i": i}); err != nil {
					return err
				}
			}
			return audit.Write(tx, officer, audit.Entry{Action: "bid.submit", ObjectKind: "bid", ObjectID: "secret", SealedUntil: &later})
		}))
		return db
	}
	do := func(t *testing.T, db *postgres.DB, actor authz.Actor, method, path string) *httptest.ResponseRecorder {
		engine := httpapi.Engine(signedIn{actor})
		audit.NewService(db).Routes(httpapi.New(engine, db))
		w := httptest.NewRecorder()
		engine.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), method, "/api/v1"+path, nil))
		return w
	}

	t.Run("ShowsEverythingButWhatIsSealed", func(t *testing.T) {
		t.Parallel()
		db := setup(t)
		w := do(t, db, auditor, http.MethodGet, "/audit")
		require.Equal(t, http.StatusOK, w.Code, w.Body)
		require.Contains(t, w.Body.String(), `"total":3,`)
		require.NotContains(t, w.Body.String(), "bid.submit")
		after := do(t, db.WithClock(func() time.Time { return noon.Add(time.Hour) }), auditor, http.MethodGet, "/audit?object_id=secret")
		require.Contains(t, after.Body.String(), "bid.submit", "once the window is closed the entry is there")
	})

	t.Run("FiltersAndSearches", func(t *testing.T) {
		t.Parallel()
		db := setup(t)
		for query, total := range map[string]string{
			"action=asset.verify": "1", "q=资江": "3", "from=2026-03-02&to=2026-03-02": "3", "from=2026-03-03": "0", "result=refused": "0",
		} {
			w := do(t, db, auditor, http.MethodGet, "/audit?"+query)
			require.Equal(t, http.StatusOK, w.Code, w.Body)
			require.Contains(t, w.Body.String(), `"total":`+total+`,`, query)
		}
	})

	t.Run("IsClosedToEverybodyElse", func(t *testing.T) {
		t.Parallel()
		db := setup(t)
		for _, path := range []string{"/audit", "/audit/export.xlsx", "/audit/actions"} {
			require.Equal(t, http.StatusForbidden, do(t, db, officer, http.MethodGet, path).Code)
		}
		require.Equal(t, http.StatusForbidden, do(t, db, officer, http.MethodPost, "/audit/verify").Code)
	})

	t.Run("ProvesTheChainAndFindsABreak", func(t *testing.T) {
		t.Parallel()
		db := setup(t)
		w := do(t, db, auditor, http.MethodPost, "/audit/verify")
		require.Contains(t, w.Body.String(), `"ok":true`)
		require.Contains(t, w.Body.String(), `"sealed":4`)

		_, err := db.SQL().ExecContext(t.Context(), `alter table audit_entry disable trigger audit_entry_append_only;
			update audit_entry set detail = '{"i": 9}' where action = 'asset.verify'`)
		require.NoError(t, err)
		w = do(t, db, auditor, http.MethodPost, "/audit/verify")
		require.Contains(t, w.Body.String(), `"ok":false`)
		require.Contains(t, w.Body.String(), `"break_at":2`)
	})

	t.Run("ExportsAndRecordsThat", func(t *testing.T) {
		t.Parallel()
		db := setup(t)
		w := do(t, db, auditor, http.MethodGet, "/audit/export.xlsx")
		require.Equal(t, http.StatusOK, w.Code)
		require.Equal(t, []string{"审计员"}, testdb.Texts(t, db, "select user_name from audit_entry where action = 'audit.export'"))
	})
}
