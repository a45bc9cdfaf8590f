package valuation_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/document"
	"ippledge/internal/etag"
	"ippledge/internal/fault"
	"ippledge/internal/money"
	"ippledge/internal/platform/blob"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/testdb"
	"ippledge/internal/valuation"
)

var noon = time.Date(2026, 3, 2, 4, 0, 0, 0, time.UTC) // 12:00 in Shaoyang

type house struct {
	db      *postgres.DB
	service *valuation.Service
	asset   uuid.UUID

	client, stranger, bureau, banker    authz.Actor
	first, second, reviewer, otherFirms authz.Actor
}

func setup(t *testing.T) house {
	t.Helper()
	db := testdb.New(t, noon)
	files, err := blob.NewDir(t.TempDir())
	require.NoError(t, err)
	h := house{db: db, service: valuation.NewService(db, document.NewService(db, files, nil)), asset: uuid.New()}
	exec(t, db, `insert into area (code, name, kind, seq) values ('430502', '双清区', 'county', 1)`)
	organization := func(kind authz.OrgKind, name string) uuid.UUID {
		id := uuid.New()
		exec(t, db, `insert into organization (id, kind, number, name, area_code, status, created_at)
			values ($1, $2, $3, $4, '430502', 'admitted', $5)`, id, kind, id.String()[:8], name, noon)
		return id
	}
	enterprise, firm := organization(authz.Enterprise, "邵阳市星垣智能装备有限公司"), organization(authz.AppraisalFirm, "湘中正衡资产评估有限公司")
	h.client = person(enterprise, authz.Enterprise, authz.EnterpriseOperator)
	h.stranger = person(organization(authz.Enterprise, "另一家"), authz.Enterprise, authz.EnterpriseOperator, authz.EnterpriseSignatory)
	h.first, h.second = person(firm, authz.AppraisalFirm, authz.Appraiser), person(firm, authz.AppraisalFirm, authz.Appraiser, authz.AppraisalReviewer)
	h.reviewer = person(firm, authz.AppraisalFirm, authz.AppraisalReviewer)
	h.otherFirms = person(organization(authz.AppraisalFirm, "别家评估"), authz.AppraisalFirm, authz.Appraiser, authz.AppraisalReviewer)
	h.bureau = person(organization(authz.IPBureau, "市场监管局"), authz.IPBureau, authz.BureauHandler)
	h.banker = person(organization(authz.Bank, "银行"), authz.Bank, authz.LoanOfficer)
	exec(t, db, `insert into ip_asset (id, number, org_id, kind, title, right_no, filed_on, granted_on, expires_on, registered_owner, status, created_at)
		values ($1, 'ZC2026000001', $2, 'invention_patent', '一种装置', '2020105660889', '2020-06-19', '2022-03-11', '2040-06-19', '邵阳市星垣智能装备有限公司', 'listed', $3)`,
		h.asset, enterprise, noon)
	return h
}

func person(org uuid.UUID, kind authz.OrgKind, roles ...authz.Role) authz.Actor {
	return authz.Actor{UserID: uuid.New(), OrgID: org, OrgKind: kind, Name: string(roles[0]), Roles: roles}
}

func exec(t *testing.T, db *postgres.DB, query string, args ...any) {
	t.Helper()
	_, err := db.SQL().ExecContext(t.Context(), query, args...)
	require.NoError(t, err)
}

func (h house) report() valuation.Report {
	income := valuation.IncomeInput{Variant: valuation.RevenueShare, Share: money.MustRate("3.5"),
		Discount: valuation.DiscountParts{RiskFree: money.MustRate("16.72")}, Years: []valuation.IncomeYear{{Income: money.Must("8000000.00")}}}
	return valuation.Report{
		ValuationOn: calendar.MustDate("2026-02-28"), ValueType: "market", Method: valuation.Income, SecondMethod: valuation.Cost, Assumptions: "持续经营",
		Items: []valuation.ReportItem{{AssetID: h.asset, Value: money.Must("259170.40")}}, Total: money.Must("259170.40"),
		Workings: valuation.Workings{Income: &income, Cost: &valuation.CostInput{Research: money.Must("100000.00")}},
	}
}

// drafted brings an order to a written report.
func (h house) drafted(t *testing.T) uuid.UUID {
	t.Helper()
	o, err := h.service.Place(t.Context(), h.client, valuation.NewOrder{FirmID: h.first.OrgID, AssetIDs: []uuid.UUID{h.asset}})
	require.NoError(t, err)
	_, err = h.service.Accept(t.Context(), h.first, o.ID, money.Must("12000.00"))
	require.NoError(t, err)
	_, err = h.service.Write(t.Context(), h.first, o.ID, h.report())
	require.NoError(t, err)
	return o.ID
}

func (h house) signed(t *testing.T) uuid.UUID {
	t.Helper()
	id := h.drafted(t)
	for _, appraiser := range []authz.Actor{h.first, h.second} {
		_, err := h.service.SignReport(t.Context(), appraiser, id)
		require.NoError(t, err)
	}
	return id
}

func (h house) latest(t *testing.T, on string) map[uuid.UUID]valuation.Value {
	t.Helper()
	var out map[uuid.UUID]valuation.Value
	require.NoError(t, h.db.Read(t.Context(), func(tx postgres.Tx) (err error) {
		out, err = valuation.Latest(tx, []uuid.UUID{h.asset}, calendar.MustDate(on))
		return err
	}))
	return out
}

func TestReport(t *testing.T) {
	t.Parallel()

	t.Run("CountsOnceTwoSignedAndAThirdFiled", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		id := h.signed(t)
		require.Empty(t, h.latest(t, "2026-03-02"))

		_, err := h.service.FileReport(t.Context(), h.reviewer, id)

		require.NoError(t, err)
		require.Equal(t, "259170.40", h.latest(t, "2026-03-02")[h.asset].Amount.String())
		require.Equal(t, "2027-02-27", h.latest(t, "2026-03-02")[h.asset].ValidUntil.String())
		require.NotEmpty(t, h.latest(t, "2027-02-27"))
		require.Empty(t, h.latest(t, "2027-02-28"))
		require.Empty(t, h.latest(t, "2026-02-27"))
		d, err := h.service.Detail(t.Context(), h.client, id)
		require.NoError(t, err)
		require.Len(t, d.ReportSHA256, 64)
		require.Equal(t, d.ReportSHA256, d.Documents[0].SHA256)
		require.Equal(t, "259170.40", d.Results.Income.Value.String())
		require.Equal(t, "103668.16", d.MaxLoan.String())
		require.Equal(t, []string{"valuation.order", "valuation.accept", "valuation.write", "valuation.sign", "valuation.countersign", "document.keep", "valuation.file"},
			testdb.Texts(t, h.db, `select action from audit_entry order by id`))
	})

	t.Run("TakesNoSecondSignatureOfTheSamePerson", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		id := h.drafted(t)
		_, err := h.service.SignReport(t.Context(), h.first, id)
		require.NoError(t, err)

		_, err = h.service.SignReport(t.Context(), h.first, id)

		require.ErrorIs(t, err, &fault.Error{Code: "signers_must_differ"})
		_, err = h.db.SQL().ExecContext(t.Context(), `update valuation_order set second_signer_id = first_signer_id where id = $1`, id)
		require.ErrorContains(t, err, "valuation_signed_by_two_people")
	})

	t.Run("IsNotFiledByASignerOrItsWriter", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		id := h.signed(t)

		_, err := h.service.FileReport(t.Context(), h.second, id)

		require.ErrorIs(t, err, &fault.Error{Code: "reviewer_signed_report"})
		_, err = h.db.SQL().ExecContext(t.Context(), `update valuation_order set reviewer_id = second_signer_id where id = $1`, id)
		require.ErrorContains(t, err, "valuation_reviewed_by_a_third")
		_, err = h.service.FileReport(t.Context(), h.first, id)
		require.ErrorIs(t, err, &fault.Error{Code: "permission_denied"})
	})

	t.Run("LosesItsSignaturesWhenItIsWrittenAnewOrSentBack", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		id := h.drafted(t)
		_, err := h.service.SignReport(t.Context(), h.second, id)
		require.NoError(t, err)
		_, err = h.service.Write(t.Context(), h.first, id, h.report())
		require.NoError(t, err)
		require.Equal(t, []string{"null"}, testdb.Texts(t, h.db, `select first_signer_id from valuation_order`))

		for _, appraiser := range []authz.Actor{h.first, h.second} {
			_, err := h.service.SignReport(t.Context(), appraiser, id)
			require.NoError(t, err)
		}
		_, err = h.service.SendBack(t.Context(), h.reviewer, id, "折现率依据不足")
		require.NoError(t, err)
		require.Equal(t, []string{"drafted | null | null"}, testdb.Texts(t, h.db, `select status, first_signer_id, second_signer_id from valuation_order`))
	})

	t.Run("IsNotShownBeforeItIsFiled", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		id := h.signed(t)

		d, err := h.service.Detail(t.Context(), h.client, id)
		require.NoError(t, err)
		require.Nil(t, d.Total)
		require.Nil(t, d.Items[0].Value)
		require.Nil(t, d.Workings)
		for _, stranger := range []authz.Actor{h.stranger, h.otherFirms, h.bureau, h.banker} {
			_, err := h.service.Detail(t.Context(), stranger, id)
			require.ErrorIs(t, err, &fault.Error{Code: "valuation_not_found"})
		}
	})

	t.Run("IsOnlyForTheFirmThatWasAsked", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		id := h.drafted(t)
		for _, err := range []error{
			second(h.service.Write(t.Context(), h.otherFirms, id, h.report())),
			second(h.service.SignReport(t.Context(), h.otherFirms, id)),
			second(h.service.FileReport(t.Context(), h.otherFirms, id)),
			second(h.service.Cancel(t.Context(), h.stranger, id, "不要了")),
		} {
			require.ErrorIs(t, err, &fault.Error{Code: "valuation_not_found"})
		}
	})

	t.Run("RefusesAStaleVersion", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		id := h.drafted(t)
		_, err := h.service.SignReport(etag.With(t.Context(), 1), h.first, id)
		require.ErrorIs(t, err, &fault.Error{Code: "stale_version"})
	})

	t.Run("RefusesAPersonOfBothSides", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		id := h.drafted(t)
		double := h.second
		double.UserID = h.client.UserID
		_, err := h.service.SignReport(t.Context(), double, id)
		require.ErrorIs(t, err, &fault.Error{Code: "person_acts_for_two"})
	})

	t.Run("ChangesNothingWhenItIsWrong", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		id := h.drafted(t)
		r := h.report()
		r.Total = money.Must("259170.41")

		_, err := h.service.Write(t.Context(), h.first, id, r)

		require.ErrorIs(t, err, &fault.Error{Code: "total_mismatch"})
		require.Equal(t, []string{"259170.40 | 3"}, testdb.Texts(t, h.db, `select total, version from valuation_order`))
	})
}

func TestPlace(t *testing.T) {
	t.Parallel()

	t.Run("RefusesRightsOfOthersAndUnverifiedOnes", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		order := valuation.NewOrder{FirmID: h.first.OrgID, AssetIDs: []uuid.UUID{h.asset}}
		_, err := h.service.Place(t.Context(), h.stranger, order)
		require.ErrorIs(t, err, &fault.Error{Code: "asset_not_found"})
		exec(t, h.db, `update ip_asset set status = 'submitted'`)
		_, err = h.service.Place(t.Context(), h.client, order)
		require.ErrorIs(t, err, &fault.Error{Code: "asset_not_verified"})
	})

	t.Run("GoesToAppraisalFirmsOnly", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		for _, id := range []uuid.UUID{h.banker.OrgID, h.client.OrgID, uuid.New()} {
			_, err := h.service.Place(t.Context(), h.client, valuation.NewOrder{FirmID: id, AssetIDs: []uuid.UUID{h.asset}})
			require.ErrorIs(t, err, &fault.Error{Code: "firm_not_admitted"})
		}
	})

	t.Run("MayBeDeclinedOrCancelled", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		order := valuation.NewOrder{FirmID: h.first.OrgID, AssetIDs: []uuid.UUID{h.asset}}
		o, err := h.service.Place(t.Context(), h.client, order)
		require.NoError(t, err)
		_, err = h.service.Decline(t.Context(), h.first, o.ID, "")
		require.ErrorIs(t, err, &fault.Error{Code: "reason_required"})
		_, err = h.service.Decline(t.Context(), h.first, o.ID, "近期无力承接")
		require.NoError(t, err)
		o, err = h.service.Place(t.Context(), h.client, order)
		require.NoError(t, err)
		_, err = h.service.Cancel(t.Context(), h.client, o.ID, "改选其他机构")
		require.NoError(t, err)
	})
}

func TestWatch(t *testing.T) {
	t.Parallel()
	h := setup(t)
	id := h.signed(t)
	_, err := h.service.FileReport(t.Context(), h.reviewer, id)
	require.NoError(t, err)
	at := func(date string) int {
		files, err := blob.NewDir(t.TempDir())
		require.NoError(t, err)
		db := h.db.WithClock(func() time.Time { return calendar.MustDate(date).StartOfDay() })
		told, err := valuation.NewService(db, document.NewService(db, files, nil)).Watch(t.Context())
		require.NoError(t, err)
		return told
	}
	require.Equal(t, 0, at("2027-02-27"))
	require.Equal(t, 1, at("2027-02-28"))
	require.Equal(t, 0, at("2027-03-01"))
	require.Equal(t, []string{"valuation_stale | amber | null"}, testdb.Texts(t, h.db, `select kind, severity, closed_at from ip_alert`))

	exec(t, h.db, `update valuation_order set valuation_on = '2027-01-01', valid_until = '2027-12-31'`)
	require.Equal(t, 0, at("2027-03-02"))
	require.Empty(t, testdb.Texts(t, h.db, `select kind from ip_alert where closed_at is null`))
}

func second[T any](_ T, err error) error { return err }
