package claim_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/authz"
	"ippledge/internal/claim"
	"ippledge/internal/fault"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/testdb"
)

// tasks are the titles of what waits for somebody.
func (w world) tasks(t testing.TB, as authz.Actor) (titles []string) {
	t.Helper()
	require.NoError(t, w.db.Read(t.Context(), func(tx postgres.Tx) error {
		items, err := w.claims.Todo(tx, as)
		for _, item := range items {
			titles = append(titles, item.Title)
		}
		return err
	}))
	return titles
}

func (w world) year(t testing.TB, as authz.Actor, year string) (s claim.Settlement) {
	t.Helper()
	code, body := w.call(t, as, http.MethodGet, "/settlements?year="+year, "")
	require.Equal(t, http.StatusOK, code, body)
	require.NoError(t, json.Unmarshal([]byte(body), &s))
	return s
}

func TestSettleYear(t *testing.T) {
	t.Parallel()

	t.Run("TakesTwoPeopleAndThenStandsAsItWasSigned", func(t *testing.T) {
		t.Parallel()
		w, c := setup(t).paid(t)
		_, err := w.claims.SettleYear(t.Context(), w.fundHandler, 2026)
		require.ErrorIs(t, err, &fault.Error{Code: "year_not_over"})
		w = w.on("2027-01-18")
		require.Len(t, w.tasks(t, w.fundHandler), 2, "2025, when the fund was filled, and 2026")
		require.Contains(t, w.tasks(t, w.fundHandler), "编制年度清算")
		require.NotContains(t, w.tasks(t, w.treasurer), "编制年度清算")
		open := w.year(t, w.fundHandler, "2026")
		require.Equal(t, "2027-01-31", open.DueOn.String())
		require.Equal(t, []string{"settle"}, open.Actions)
		require.Empty(t, w.year(t, w.officer, "2026").Actions)

		_, err = w.claims.SettleYear(t.Context(), w.officer, 2026)
		require.ErrorIs(t, err, &fault.Error{Code: "permission_denied"})
		both := both(w.fundHandler, w.fundChecker)
		_, err = w.claims.SettleYear(t.Context(), both, 2026)
		require.NoError(t, err)
		_, err = w.claims.SettleYear(t.Context(), w.fundHandler, 2026)
		require.ErrorIs(t, err, &fault.Error{Code: "approval_already_pending"})
		id := uuid.MustParse(testdb.Texts(t, w.db, "select id from annual_settlement")[0])
		require.ErrorIs(t, w.trySign(t, both, id), &fault.Error{Code: "maker_is_checker"})
		w.sign(t, w.fundChecker, id)

		require.Len(t, w.tasks(t, w.fundHandler), 1, "2025 is still to be settled")
		signed := w.year(t, w.officer, "2026")
		require.NotNil(t, signed.Signed)
		require.False(t, signed.Signed.Changed)
		require.Nil(t, signed.DaysLeft)
		require.Len(t, signed.Banks, 1)
		_, err = w.claims.SettleYear(t.Context(), w.fundHandler, 2026)
		require.ErrorIs(t, err, &fault.Error{Code: "year_settled"})
		_, err = w.db.SQL().Exec("update annual_settlement set due_on = '2027-02-01'")
		require.ErrorContains(t, err, "a settled year is never changed")

		// What is booked into the year afterwards doesn't change what was signed.
		p := w.proceeds(t, "2026-12-30", "1000.00", "")
		r := w.received(t, w.recovery(t, c.ID), p)
		w.transferred(t, r, w.receipts(t, r)[0], "2026-12-31")
		later := w.year(t, w.fundHandler, "2026")
		require.Equal(t, "0.00", later.Funds[0].Recovered.String())
		require.True(t, later.Signed.Changed)
		public, err := w.claims.Disclose(t.Context(), 2026)
		require.NoError(t, err)
		require.Equal(t, "2027-01-18", public.SettledOn.String())
	})

	t.Run("FollowsThePolicysDayOfJanuary", func(t *testing.T) {
		t.Parallel()
		w, _ := setup(t).paid(t)
		w.exec(t, `alter table policy_version disable trigger user`)
		w.exec(t, `update policy_version set parameters = jsonb_set(parameters, '{annual_settlement_january_day}', '20')`)
		w = w.on("2027-01-25")
		late := w.year(t, w.fundHandler, "2026")
		require.Equal(t, "2027-01-20", late.DueOn.String())
		require.Negative(t, *late.DaysLeft)
	})
}

func TestFollow(t *testing.T) {
	t.Parallel()
	w, c := setup(t).paid(t)
	w = w.on("2026-09-24")
	w.received(t, w.recovery(t, c.ID), w.proceeds(t, "2026-09-24", "300000.00", "24567.89"))
	borrower := actor(c.BorrowerID, authz.Enterprise, "企业经办", authz.EnterpriseOperator)

	t.Run("ShowsTheBorrowerItsOwnAndNothingSaidAboutIt", func(t *testing.T) {
		t.Parallel()
		code, body := w.call(t, borrower, http.MethodGet, "/claims/of-own-loans", "")
		require.Equal(t, http.StatusOK, code, body)
		require.NotContains(t, body, "同意", "no opinion of a reviewer")
		var out struct{ Items []claim.Followed }
		require.NoError(t, json.Unmarshal([]byte(body), &out))
		require.Len(t, out.Items, 1)
		mine := out.Items[0]
		require.Equal(t, []string{"450000.00", "275432.11", "724567.89"}, []string{mine.Paid.String(), mine.Recovered.String(), mine.Outstanding.String()})
		require.Equal(t, "275432.11", mine.Receipts[0].Net.String())
		require.NotNil(t, mine.PublicityID)
	})

	t.Run("ShowsNobodyElses", func(t *testing.T) {
		t.Parallel()
		other := actor(w.org(t, "enterprise", "别家公司"), authz.Enterprise, "别人", authz.EnterpriseOperator)
		out, err := w.claims.Follow(t.Context(), other)
		require.NoError(t, err)
		require.Empty(t, out)
		_, err = w.claims.Follow(t.Context(), w.officer)
		require.ErrorIs(t, err, &fault.Error{Code: "permission_denied"})
		code, _ := w.call(t, borrower, http.MethodGet, "/claims/"+c.ID.String(), "")
		require.Equal(t, http.StatusForbidden, code, "the file of the case isn't the borrower's to read")
	})
}
