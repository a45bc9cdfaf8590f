package product

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/approval"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/money"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/testdb"
)

// shelf is a database with an enterprise, a bank, and the service over it.
type shelf struct {
	t                            *testing.T
	db                           *postgres.DB
	approvals                    *approval.Service
	products                     *Service
	enterprise, officer, checker authz.Actor
	firm                         uuid.UUID
	count                        int
}

func setup(t *testing.T) *shelf {
	t.Helper()
	s := &shelf{t: t, db: testdb.New(t, noon)}
	s.approvals = approval.NewService(s.db)
	s.products = NewService(s.db, s.approvals)
	s.approvals.Handle(s.products.Kinds()...)
	s.exec(`insert into area (code, name, kind, seq) values ('430511', '北塔区', 'county', 1), ('430522', '新邵县', 'county', 2)`)
	bank, enterprise := s.org(authz.Bank), s.org(authz.Enterprise)
	s.firm = s.org(authz.AppraisalFirm)
	s.officer = authz.Actor{UserID: uuid.New(), OrgID: bank, Name: "李安", OrgKind: authz.Bank, Roles: []authz.Role{authz.LoanOfficer}}
	s.checker = authz.Actor{UserID: uuid.New(), OrgID: bank, Name: "王敏", OrgKind: authz.Bank, Roles: []authz.Role{authz.BankReviewer}}
	s.enterprise = authz.Actor{UserID: uuid.New(), OrgID: enterprise, Name: "陈建国", OrgKind: authz.Enterprise, Roles: []authz.Role{authz.EnterpriseOperator}}
	return s
}

func (s *shelf) exec(query string, args ...any) {
	s.t.Helper()
	_, err := s.db.SQL().Exec(query, args...)
	require.NoError(s.t, err)
}

func (s *shelf) org(kind authz.OrgKind) uuid.UUID {
	id := uuid.New()
	s.exec(`insert into organization (id, kind, number, name, area_code, scale, established_on, status, consented_at, created_at)
		values ($1, $2, $3, $3, '430511', 'small', '2018-05-01', 'admitted', $4, $4)`, id, kind, "JG"+id.String(), noon)
	return id
}

// need is an open need of the enterprise on one right worth value yuan.
func (s *shelf) need(amount, value string) uuid.UUID {
	s.count++
	id, asset, order, number := uuid.New(), uuid.New(), uuid.New(), fmt.Sprint(s.count)
	s.exec(`insert into ip_asset (id, number, org_id, kind, title, right_no, expires_on, registered_owner, status, created_at)
		values ($1, $2, $3, 'invention_patent', '专利', $2, '2039-04-01', '企业', 'listed', $4)`, asset, number, s.enterprise.OrgID, noon)
	s.exec(`insert into valuation_order (id, number, client_id, firm_id, purpose, status, valuation_on, valid_until, total, first_signer_id, second_signer_id, reviewer_id, report_sha256, filed_at, created_at)
		values ($1, $2, $3, $4, '质押', 'filed', '2026-01-15', '2027-01-14', $5, $6, $7, $8, 'x', $9, $9)`,
		order, number, s.enterprise.OrgID, s.firm, value, uuid.New(), uuid.New(), uuid.New(), noon)
	s.exec(`insert into valuation_item (order_id, asset_id, value) values ($1, $2, $3)`, order, asset, value)
	s.exec(`insert into financing_need (id, number, org_id, title, amount, term_months, purpose, method, rate_ceiling, area_code, submitted_at, opened_at, closes_at, status, created_at)
		values ($1, $2, $3, '流动资金', $4, 12, '采购', 'bullet', 4.5, '430511', $5, $5, $6, 'open', $5)`, id, number, s.enterprise.OrgID, amount, noon, noon.Add(7*24*time.Hour))
	s.exec(`insert into financing_need_asset (need_id, asset_id) values ($1, $2)`, id, asset)
	return id
}

// onShelf is a product that both people of the bank published.
func (s *shelf) onShelf(change func(*Terms)) Product {
	s.t.Helper()
	good, _ := fitting()
	good.Name, good.Industries = "科创知保贷", nil
	if change != nil {
		change(&good.Terms)
	}
	p, err := s.products.Create(s.t.Context(), s.officer, good.Terms)
	require.NoError(s.t, err)
	_, err = s.products.Propose(s.t.Context(), s.officer, p.ID, Publish)
	require.NoError(s.t, err)
	s.sign(p.ID)
	return s.find(p.ID)
}

func (s *shelf) sign(product uuid.UUID) {
	s.t.Helper()
	waiting := testdb.Texts(s.t, s.db, "select id from approval_proposal where subject_id = $1 and status = 'pending'", product)
	require.Len(s.t, waiting, 1)
	_, err := s.approvals.Sign(s.t.Context(), s.checker, uuid.MustParse(waiting[0]))
	require.NoError(s.t, err)
}

func (s *shelf) find(id uuid.UUID) (p Product) {
	s.t.Helper()
	require.NoError(s.t, s.db.Read(s.t.Context(), func(tx postgres.Tx) (err error) {
		p, err = Find(tx, id)
		return err
	}))
	return p
}

func (s *shelf) hall(fit Fit) (masks []int64) {
	s.t.Helper()
	require.NoError(s.t, s.db.Read(s.t.Context(), func(tx postgres.Tx) error {
		request, err := page.Query{}.Parse(hallSortable, "amount")
		require.NoError(s.t, err)
		rows, err := hall(tx, request, s.officer.OrgID, nil, fit, "")
		for _, r := range rows.Items {
			masks = append(masks, *r.Mask)
		}
		require.Equal(s.t, len(masks), rows.Total)
		return err
	}))
	return masks
}

func TestHallShowsWhatFitsAndWhatNearlyDoes(t *testing.T) {
	t.Parallel()
	s := setup(t)
	s.need("1000000.00", "10000000.00")
	s.need("4000000.00", "20000000.00") // above the product's 3,000,000.00
	s.need("5000000.00", "10000000.00") // and above 30 % of the value besides
	s.exec(`update financing_need set closes_at = $1 where id = $2`, noon, s.need("1500000.00", "10000000.00"))
	s.onShelf(nil)
	s.onShelf(func(t *Terms) { t.AreaCodes = []string{"430522"} })
	require.Equal(t, []int64{0, int64(AmountHigh), int64(AmountHigh | LTV)}, s.hall(FitAll), "the best product counts; the window by the clock")
	require.Equal(t, []int64{0}, s.hall(FitYes))
	require.Equal(t, []int64{int64(AmountHigh)}, s.hall(FitNear))
	items, err := func() (n int, err error) {
		err = s.db.Read(t.Context(), func(tx postgres.Tx) error {
			list, err := s.products.Todo(tx, s.officer)
			n = len(list)
			return err
		})
		return n, err
	}()
	require.NoError(t, err)
	require.Equal(t, 1, items, "one fitting need waits for a bid")
}

func TestFactsOfANeed(t *testing.T) {
	t.Parallel()
	s := setup(t)
	id := s.need("1000000.00", "10000000.00")
	read := func() (f Facts) {
		require.NoError(t, s.db.Read(t.Context(), func(tx postgres.Tx) (err error) {
			f, err = FactsOf(tx, id)
			return err
		}))
		return f
	}
	f := read()
	require.Equal(t, "10000000.00", f.Value.String())
	require.True(t, f.Valued)
	require.True(t, f.Consented)
	require.False(t, f.Pledged)
	require.Equal(t, calendar.MustDate("2039-04-01"), f.ExpiresOn)
	require.Equal(t, calendar.MustDate("2026-03-02"), f.On)
	for name, change := range map[string]struct {
		sql   string
		check func(Facts) bool
	}{
		"AnExpiredReportIsNoValue":        {"update valuation_order set valid_until = '2026-03-01'", func(f Facts) bool { return !f.Valued }},
		"AReservedRightIsTaken":           {"update ip_asset set status = 'reserved', reserved_until = '2026-05-01'", func(f Facts) bool { return f.Pledged }},
		"ALapsedRightHasNoLifeLeft":       {"update ip_asset set status = 'lapsed'", func(f Facts) bool { return f.ExpiresOn == f.On }},
		"ACoOwnerMustConsent":             {"update ip_asset set co_owned = true", func(f Facts) bool { return !f.Consented }},
		"TheEnterpriseMustConsent":        {"update organization set consented_at = null", func(f Facts) bool { return !f.Consented }},
		"WithoutADateNobodyKnowsTheirAge": {"update organization set established_on = null", func(f Facts) bool { return f.EstablishedOn.IsZero() }},
	} {
		s.exec(change.sql)
		require.True(t, change.check(read()), name)
	}
}

func TestAnOpenedNeedIsJudgedAndTheBanksAreTold(t *testing.T) {
	t.Parallel()
	s := setup(t)
	id := s.need("1000000.00", "10000000.00")
	fits, refused := s.onShelf(nil), s.onShelf(func(t *Terms) { t.LTVMax = money.MustRate("9.99") })
	payload, err := json.Marshal(map[string]any{"need_id": id})
	require.NoError(t, err)
	for range 2 { // events come at least once
		require.NoError(t, s.db.InTx(t.Context(), func(tx postgres.Tx) error { return s.products.OnNeedOpened(tx, payload) }))
	}
	require.Equal(t, []string{fmt.Sprintf("%s | 0 | 1", fits.ID), fmt.Sprintf("%s | %d | 1", refused.ID, LTV)},
		testdb.Texts(t, s.db, "select product_id, mask, rules_version from match_verdict order by mask"))
	require.Equal(t, []string{"true"}, testdb.Texts(t, s.db, "select score = score_rate + score_amount + score_ltv + score_region + score_method and score > 0 from match_verdict where mask = 0"))
}

func TestPublishingTakesTwoPeople(t *testing.T) {
	t.Parallel()
	s := setup(t)
	good, _ := fitting()
	good.Name = "科创知保贷"
	p, err := s.products.Create(t.Context(), s.officer, good.Terms)
	require.NoError(t, err)
	_, err = s.products.Propose(t.Context(), s.officer, p.ID, Publish)
	require.NoError(t, err)
	require.Equal(t, Draft, s.find(p.ID).Status)
	_, err = s.products.Propose(t.Context(), s.officer, p.ID, Publish)
	require.True(t, fault.Has(err, "approval_already_pending"))
	stranger := s.officer
	stranger.OrgID = uuid.New()
	_, err = s.products.Edit(t.Context(), stranger, p.ID, good.Terms)
	require.True(t, fault.Has(err, "product_not_found"))
	s.sign(p.ID)
	require.Equal(t, Published, s.find(p.ID).Status)
	_, err = s.products.Edit(t.Context(), s.officer, p.ID, good.Terms)
	require.True(t, fault.Has(err, "product_not_editable"))
	require.Equal(t, good.Terms.Industries, s.find(p.ID).Industries, "lists survive the database")
}
