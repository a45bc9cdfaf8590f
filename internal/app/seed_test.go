package app_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ippledge/internal/app"
	"ippledge/internal/config"
	"ippledge/internal/platform/blob"
	"ippledge/internal/testdb"
)

// storyEnds is when the test's telling of the demo story ends.
var storyEnds = time.Date(2026, 11, 24, 7, 30, 0, 0, time.UTC) // 15:30 in Shaoyang

func TestDemoStory(t *testing.T) {
	t.Parallel()
	db := testdb.New(t, storyEnds)
	files, err := blob.NewDir(t.TempDir())
	require.NoError(t, err)

	require.NoError(t, app.TellDemo(t.Context(), db, files, config.Config{Demo: true, BaseURL: "http://shaoyang.example"}, storyEnds))

	require.Equal(t, []string{"40"}, testdb.Texts(t, db, `select count(*) from organization where kind = 'enterprise'`))
}

func TestDemoPeek(t *testing.T) {
	db := testdb.New(t, storyEnds)
	files, err := blob.NewDir(t.TempDir())
	require.NoError(t, err)
	require.NoError(t, app.TellDemo(t.Context(), db, files, config.Config{Demo: true, BaseURL: "http://shaoyang.example"}, storyEnds))
	for _, q := range []string{`select status, count(*) from ip_asset group by 1 order by 2`, `select status, count(*) from organization group by 1`, `select kind, status,count(*) from approval_proposal group by 1,2`, `select count(*) from message`, `select status, count(*), sum(outstanding) from loan group by 1`, `select status, count(*) from enrolment group by 1`, `select status_reason from enrolment where status = 'refused' limit 4`, `select status, count(*) from financing_need group by 1`, `select breaker from fund`, `select breaker, reason from fund_bank_state`, `select extract(year from disbursed_on), count(*), sum(disbursed_amount) from loan group by 1`} {
		t.Log(q, testdb.Texts(t, db, q))
	}
}
