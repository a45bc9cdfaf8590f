package indicator_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/authz"
	"ippledge/internal/fund"
	"ippledge/internal/indicator"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/policy"
	"ippledge/internal/testdb"
)

var noon = time.Date(2026, 3, 9, 4, 0, 0, 0, time.UTC)

// fresh is a city on its first day: areas, targets, policy and an empty fund.
func fresh(t *testing.T) *indicator.Service {
	t.Helper()
	db := testdb.New(t, noon)
	require.NoError(t, db.InTx(t.Context(), func(tx postgres.Tx) error {
		if err := policy.LoadReference(tx); err != nil {
			return err
		}
		return fund.LoadReference(tx)
	}))
	return indicator.NewService(db)
}

// TestNothingIsKnownOnTheFirstDay: no figure is 0 in place of no data.
func TestNothingIsKnownOnTheFirstDay(t *testing.T) {
	t.Parallel()
	s := fresh(t)

	cockpit, err := s.Cockpit(t.Context(), authz.Actor{}, uuid.Nil, 0)
	require.NoError(t, err)
	text, err := json.Marshal(cockpit)
	require.NoError(t, err)
	require.NotContains(t, string(text), `"amount"`)
	require.NotContains(t, string(text), `"npl_ratio"`)
	require.NotContains(t, string(text), `"reached"`)
	require.Equal(t, 2026, cockpit.Year)
	require.Len(t, cockpit.Ageing, 7)
	require.Len(t, cockpit.Areas, 12)
	require.Empty(t, cockpit.Leverage)
	require.Equal(t, "1.5", cockpit.Financing.Target.Target)
	require.Contains(t, cockpit.Financing.Target.Quote, "年度知识产权质押融资金额")
	require.Equal(t, "成立风险基金年均达0.6亿元", cockpit.Size.Target.Quote)

	dashboard, err := s.Dashboard(t.Context(), indicator.Scope{})
	require.NoError(t, err)
	require.Nil(t, dashboard.Key.Disbursed.Amount)
	require.Nil(t, dashboard.Fund.Balance)
	for _, target := range dashboard.Targets {
		require.Nil(t, target.Reached, target.Code)
	}
}

func TestFormsOnTheFirstDay(t *testing.T) {
	t.Parallel()
	s := fresh(t)

	for _, form := range []string{"r1", "r2", "r3", "r4", "r5", "r6", "r7"} {
		f, err := s.Report(t.Context(), authz.Actor{Name: "周立行", OrgName: "市场监管局"}, indicator.ReportScope{Form: form})
		require.NoError(t, err, form)
		require.NotEmpty(t, f.Period, form)
		require.NotEmpty(t, f.Scope, form)
		require.Equal(t, "周立行（市场监管局）", f.Maker)
		if f.Total != nil {
			require.Len(t, f.Total, len(f.Columns), form)
		}
		for _, row := range f.Rows {
			require.Len(t, row, len(f.Columns), form)
		}
		_, err = f.Write()
		require.NoError(t, err, form)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	s := fresh(t)
	request, err := page.Query{}.Parse(map[string]page.Key{"on_date": {Column: "x.on_date", Cast: "date"}}, "-on_date")
	require.NoError(t, err)

	for code, err := range map[string]error{
		"figure_unknown": func() error {
			_, _, _, err := s.Rows(t.Context(), authz.Actor{}, indicator.Narrowing{Figure: "wishes"}, request)
			return err
		}(),
		"fund_not_found":    func() error { _, err := s.Cockpit(t.Context(), authz.Actor{}, uuid.New(), 0); return err }(),
		"year_out_of_range": func() error { _, err := s.Cockpit(t.Context(), authz.Actor{}, uuid.Nil, 1900); return err }(),
		"report_unknown": func() error {
			_, err := s.Report(t.Context(), authz.Actor{}, indicator.ReportScope{Form: "r9"})
			return err
		}(),
		"month_out_of_range": func() error {
			_, err := s.Report(t.Context(), authz.Actor{}, indicator.ReportScope{Form: "r1", Month: 13})
			return err
		}(),
	} {
		require.ErrorContains(t, err, code)
	}
}
