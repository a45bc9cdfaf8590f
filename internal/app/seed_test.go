package app_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ippledge/internal/app"
	"ippledge/internal/audit"
	"ippledge/internal/config"
	"ippledge/internal/platform/blob"
	"ippledge/internal/testdb"
)

// storyEnds is when the test's telling of the demo story ends.
var storyEnds = time.Date(2026, 11, 24, 7, 30, 0, 0, time.UTC) // 15:30 in Shaoyang

// TestDemoStory tells the story once and looks at it from several sides.
func TestDemoStory(t *testing.T) {
	t.Parallel()
	db := testdb.New(t, storyEnds)
	files, err := blob.NewDir(t.TempDir())
	require.NoError(t, err)
	c := config.Config{Demo: true, BaseURL: "http://shaoyang.example", DataDir: t.TempDir()}
	require.NoError(t, app.TellDemo(t.Context(), db, files, c, storyEnds))

	t.Run("HoldsWhatTheDemoPromises", func(t *testing.T) {
		for query, want := range map[string]string{
			`select count(*) from organization where kind = 'enterprise'`:                                                "40",
			`select count(*) from organization where kind = 'bank'`:                                                      "8",
			`select count(*) from organization where kind = 'appraisal_firm'`:                                            "3",
			`select count(*) from organization where kind in ('guarantor', 'insurer')`:                                   "2",
			`select count(*) >= 140 from ip_asset`:                                                                       "true",
			`select count(*) >= 55 from financing_need`:                                                                  "true",
			`select count(*) >= 150 from bid`:                                                                            "true",
			`select count(*) >= 40 from loan`:                                                                            "true",
			`select count(distinct status) >= 5 from loan`:                                                               "true",
			`select string_agg(distinct status, ' ' order by status) from claim where status <> 'paid'`:                  "accepted approved bureau_reviewed first_reviewed publicised submitted",
			`select count(*) from claim where status = 'paid'`:                                                           "1",
			`select count(*) from claim where status = 'publicised' and publicity_until >= '2026-11-24'`:                 "1",
			`select string_agg(distinct status, ' ' order by status) from subsidy_application`:                           "draft paid publicity rejected returned submitted",
			`select string_agg(status, ' ') from subsidy_batch`:                                                          "paid",
			`select count(*) from bank_line l where not exists (select 1 from bank_match_line m where m.line_id = l.id)`: "1",
			`select count(*) from bank_match where how = 'manual'`:                                                       "1",
			`select count(*) >= 10 from bank_match where how = 'automatic'`:                                              "true",
			`select max(month)::text from ledger_period p join ledger_book b on b.id = p.book_id where b.code = 'city'`:  "2026-08-01",
			`select count(*) from message where body !~ '^[A-Z]{2}[0-9]' and event <> 'fund.breaker_changed'`:            "0",
			`select count(*) from recovery_receipt`:                                                                      "2",
		} {
			require.Equal(t, []string{want}, testdb.Texts(t, db, query), query)
		}
	})
	t.Run("ProvesItsLedgerAndItsTrail", func(t *testing.T) {
		report, err := app.New(db, files, c).Ledger.Verify(t.Context())
		require.NoError(t, err)
		require.True(t, report.OK, report.String())
		_, err = audit.Seal(t.Context(), db)
		require.NoError(t, err)
		trail, err := audit.Verify(t.Context(), db)
		require.NoError(t, err)
		require.True(t, trail.OK, trail.Problem)
	})
	t.Run("EveryFigureOpensToItsRows", func(t *testing.T) { figuresOfTheStory(t, db, files, c) })
	t.Run("ShowsAStrangerNothing", func(t *testing.T) { everyRowAsAStranger(t, db, files, c) })
}
