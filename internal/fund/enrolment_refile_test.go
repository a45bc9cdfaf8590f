package fund_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/fund"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/testdb"
)

// extended is an enrolled loan of a million whose maturity went from 2027-02-24 to
// 2027-08-24 on the day of the world.
func (w world) extended(t *testing.T) fund.Enrolment {
	t.Helper()
	w.contribute(t, "1000000.00")
	loan := w.loan(t, w.org(t, "enterprise", "展期企业"), "1000000.00", "")
	e := w.enrolled(t, loan)
	require.Equal(t, fund.Enrolled, e.Status, failures(e))
	w.extend(t, loan, "2027-02-24", "2027-08-24")
	return e
}

func (w world) extend(t *testing.T, loan uuid.UUID, from, to string) {
	t.Helper()
	require.NoError(t, w.db.InTx(t.Context(), func(tx postgres.Tx) error {
		return w.funds.OnExtended(tx, loan, calendar.MustDate(from), calendar.MustDate(to))
	}))
	w.exec(t, "update loan set status = 'extended', matures_on = $1 where id = $2", to, loan)
}

// paper is a document the officer uploaded.
func (w world) paper(t *testing.T) uuid.UUID {
	t.Helper()
	id := uuid.New()
	w.exec(t, `insert into document (id, org_id, name, media_type, size, sha256, blob_key, uploaded_by, uploader_name, uploaded_at)
		values ($1, $2, '展期协议.pdf', 'application/pdf', 1, repeat('0', 64), 'k', $3, '李客户', $4)`, id, w.bank, w.officer.UserID, instant(today))
	return id
}

func (w world) coveredUntil(t *testing.T, e fund.Enrolment, maturity string) (until calendar.Date) {
	t.Helper()
	require.NoError(t, w.db.Read(t.Context(), func(tx postgres.Tx) (err error) {
		until, err = fund.CoveredUntil(tx, e.ID, calendar.MustDate(maturity))
		return err
	}))
	return until
}

// tasks are the kinds of what waits for the actor.
func (w world) tasks(t *testing.T, by authz.Actor) (kinds []string) {
	t.Helper()
	require.NoError(t, w.db.Read(t.Context(), func(tx postgres.Tx) error {
		items, err := w.funds.Todo(tx, by)
		for _, item := range items {
			kinds = append(kinds, item.Kind)
		}
		return err
	}))
	return kinds
}

func refused(t *testing.T, err error) (codes []string) {
	t.Helper()
	f, ok := fault.From(err)
	require.True(t, ok, "%v", err)
	for _, field := range f.Fields {
		codes = append(codes, field.Code)
	}
	return codes
}

func TestAnExtensionIsFiledAnewAndConfirmedByTwo(t *testing.T) {
	t.Parallel()
	w := setup(t)
	e := w.extended(t)
	path := "/enrolments/" + e.ID.String()
	require.Equal(t, []string{"refile"}, w.actions(t, w.officer, path))
	require.Equal(t, []string{"awaiting | 2026-03-23"}, testdb.Texts(t, w.db, "select status, due_on::text from enrolment_refiling"))
	require.Equal(t, "2027-02-24", w.coveredUntil(t, e, "2027-08-24").String())
	require.Equal(t, []string{"enrolment.refile"}, w.tasks(t, w.officer))
	require.Empty(t, w.tasks(t, w.handler))

	_, err := w.funds.Refile(t.Context(), w.officer, e.ID, fund.NewRefiling{})
	require.ElementsMatch(t, []string{"refiling_documents_missing", "extension_consents_missing"}, refused(t, err))
	w.exec(t, "update pledge set registration_ends_on = '2027-06-30'")
	whole := fund.NewRefiling{GuarantorsConsent: true, Documents: []uuid.UUID{w.paper(t)}}
	_, err = w.funds.Refile(t.Context(), w.officer, e.ID, whole)
	require.Equal(t, []string{"pledge_extension_required"}, refused(t, err))
	w.exec(t, "update pledge set registration_ends_on = '2027-08-24'")
	_, err = w.funds.Refile(t.Context(), w.officer, e.ID, whole)
	require.NoError(t, err)
	require.Equal(t, "2027-02-24", w.coveredUntil(t, e, "2027-08-24").String(), "filed is not covered")

	require.Equal(t, []string{"enrolment.confirm_refiling"}, w.tasks(t, w.handler))
	require.Equal(t, []string{"confirm_refiling", "return_refiling"}, w.actions(t, w.handler, path))
	_, err = w.funds.ProposeRefiling(t.Context(), w.handler, e.ID, "材料齐全")
	require.NoError(t, err)
	require.Equal(t, "2027-02-24", w.coveredUntil(t, e, "2027-08-24").String(), "one person of the bureau is not enough")
	require.ErrorContains(t, w.sign(t, w.handler, e.ID), "permission_denied", "the handler does not sign")
	require.NoError(t, w.sign(t, w.checker, e.ID))
	require.Equal(t, "2027-08-24", w.coveredUntil(t, e, "2027-08-24").String())
	require.Empty(t, w.actions(t, w.officer, path))
	require.Equal(t, fund.Enrolled, w.get(t, e.ID).Status)
	require.Equal(t, "450000.00", w.get(t, e.ID).Exposure.String(), "the exposure is what it was")
}

func TestAnExtensionFiledTooLate(t *testing.T) {
	t.Parallel()
	w := setup(t)
	e := w.extended(t)
	late := w.on("2026-03-24")
	whole := fund.NewRefiling{GuarantorsConsent: true, Documents: []uuid.UUID{w.paper(t)}}
	_, err := late.funds.Refile(t.Context(), w.officer, e.ID, whole)
	require.Equal(t, []string{"refiling_late"}, refused(t, err))
	require.ErrorContains(t, err, "2026-03-23")

	whole.LateReason = "经办人更换"
	_, err = late.funds.Refile(t.Context(), w.officer, e.ID, whole)
	require.NoError(t, err)
	_, err = late.funds.ReturnRefiling(t.Context(), w.handler, e.ID, "理由不充分")
	require.NoError(t, err)
	require.Equal(t, "2027-02-24", late.coveredUntil(t, e, "2027-08-24").String())
	_, err = late.funds.Refile(t.Context(), w.officer, e.ID, whole)
	require.NoError(t, err)
	_, err = late.funds.ProposeRefiling(t.Context(), w.handler, e.ID, "属实")
	require.NoError(t, err)
	require.NoError(t, late.sign(t, w.checker, e.ID))
	require.Equal(t, []string{"confirmed | 经办人更换 | 属实"}, testdb.Texts(t, w.db, "select status, late_reason, opinion from enrolment_refiling"))
}

func TestALaterExtensionWaitsForTheEarlier(t *testing.T) {
	t.Parallel()
	w := setup(t)
	e := w.extended(t)
	w.extend(t, e.LoanID, "2027-08-24", "2028-02-24")
	require.Equal(t, "2027-02-24", w.coveredUntil(t, e, "2028-02-24").String())
	for range 2 {
		_, err := w.funds.Refile(t.Context(), w.officer, e.ID, fund.NewRefiling{GuarantorsConsent: true, Documents: []uuid.UUID{w.paper(t)}})
		require.NoError(t, err)
		_, err = w.funds.ProposeRefiling(t.Context(), w.handler, e.ID, "材料齐全")
		require.NoError(t, err)
		require.NoError(t, w.sign(t, w.checker, e.ID))
	}
	require.Equal(t, "2028-02-24", w.coveredUntil(t, e, "2028-02-24").String())
}

func TestAnExtensionBeyondTheLongestTermStaysUncovered(t *testing.T) {
	t.Parallel()
	w := setup(t)
	e := w.extended(t)
	w.exec(t, "update enrolment_refiling set matures_on = '2029-02-25'")
	_, err := w.funds.Refile(t.Context(), w.officer, e.ID, fund.NewRefiling{GuarantorsConsent: true, Documents: []uuid.UUID{w.paper(t)}})
	require.Equal(t, []string{"refiling_term"}, refused(t, err))
}
