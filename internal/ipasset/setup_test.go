package ipasset_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/approval"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/document"
	"ippledge/internal/ipasset"
	"ippledge/internal/money"
	"ippledge/internal/platform/blob"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/testdb"
)

var noon = time.Date(2026, 3, 2, 4, 0, 0, 0, time.UTC) // 12:00 in Shaoyang

// house is a city with one enterprise, another one, a GI association, a bank and the bureau.
type house struct {
	db        *postgres.DB
	service   *ipasset.Service
	approvals *approval.Service

	operator, signatory, rival, association authz.Actor
	handler, checker, banker                authz.Actor
}

func setup(t *testing.T) house { return setupAt(t, noon) }

func setupAt(t *testing.T, now time.Time) house {
	t.Helper()
	db := testdb.New(t, now)
	files, err := blob.NewDir(t.TempDir())
	require.NoError(t, err)
	h := house{db: db, approvals: approval.NewService(db)}
	h.service = ipasset.NewService(db, h.approvals, document.NewService(db, files, nil))
	h.approvals.Handle(h.service.Kinds()...)
	exec(t, db, `insert into area (code, name, kind, seq) values ('430500', '邵阳市', 'city', 0), ('430502', '双清区', 'county', 1)`)
	enterprise := h.organization(t, authz.Enterprise, "邵阳市星垣智能装备有限公司")
	other := h.organization(t, authz.Enterprise, "邵阳市另一家有限公司")
	association := h.organization(t, authz.GIRegistrant, "新化杨梅产业协会")
	bank := h.organization(t, authz.Bank, "邵阳资江银行")
	bureau := h.organization(t, authz.IPBureau, "邵阳市市场监督管理局")
	h.operator = person(enterprise, authz.Enterprise, "经办", authz.EnterpriseOperator)
	h.signatory = person(enterprise, authz.Enterprise, "签署人", authz.EnterpriseSignatory)
	h.rival = person(other, authz.Enterprise, "他人", authz.EnterpriseOperator, authz.EnterpriseSignatory)
	h.association = person(association, authz.GIRegistrant, "协会", authz.EnterpriseOperator)
	h.handler = person(bureau, authz.IPBureau, "局经办", authz.BureauHandler)
	h.checker = person(bureau, authz.IPBureau, "局复核", authz.BureauChecker, authz.BureauHandler)
	h.banker = person(bank, authz.Bank, "客户经理", authz.LoanOfficer)
	return h
}

func (h house) organization(t *testing.T, kind authz.OrgKind, name string) uuid.UUID {
	t.Helper()
	id := uuid.New()
	exec(t, h.db, `insert into organization (id, kind, number, name, area_code, status, created_at)
		values ($1, $2, $3, $4, '430502', 'admitted', $5)`, id, kind, id.String()[:8], name, noon)
	return id
}

func person(org uuid.UUID, kind authz.OrgKind, name string, roles ...authz.Role) authz.Actor {
	return authz.Actor{UserID: uuid.New(), OrgID: org, OrgKind: kind, Name: name, Roles: roles}
}

func exec(t *testing.T, db *postgres.DB, query string, args ...any) {
	t.Helper()
	_, err := db.SQL().ExecContext(t.Context(), query, args...)
	require.NoError(t, err)
}

func day(s string) *calendar.Date { d := calendar.MustDate(s); return &d }

// patent is an entry that has nothing wrong with it on the day of noon.
func patent() ipasset.Entry {
	revenue := money.Must("8000000.00")
	return ipasset.Entry{
		Kind: ipasset.InventionPatent, Title: "一种轴承座自动装配装置", RightNo: "zl 202010566088.9",
		FiledOn: day("2020-06-19"), GrantedOn: day("2022-03-11"), FeePaidUntil: day("2026-06-19"), ExtractOn: day("2026-02-20"),
		ProductRevenue: &revenue,
	}
}

func mark(number, title string, class int) ipasset.Entry {
	return ipasset.Entry{
		Kind: ipasset.Trademark, Title: title, RightNo: number, NiceClass: &class,
		GrantedOn: day("2020-01-07"), ExtractOn: day("2026-02-20"),
	}
}

// submitted brings an entry before the bureau.
func (h house) submitted(t *testing.T, e ipasset.Entry) uuid.UUID {
	t.Helper()
	a, err := h.service.Create(t.Context(), h.operator, e)
	require.NoError(t, err)
	_, err = h.service.Submit(t.Context(), h.operator, a.ID)
	require.NoError(t, err)
	h.sign(t, h.signatory, a.ID)
	return a.ID
}

// listed brings an entry onto the list.
func (h house) listed(t *testing.T, e ipasset.Entry) uuid.UUID {
	t.Helper()
	id := h.submitted(t, e)
	_, err := h.service.Verify(t.Context(), h.handler, id, "与登记簿一致")
	require.NoError(t, err)
	h.sign(t, h.checker, id)
	_, err = h.service.PutOnList(t.Context(), h.signatory, id)
	require.NoError(t, err)
	return id
}

func (h house) sign(t *testing.T, checker authz.Actor, id uuid.UUID) {
	t.Helper()
	require.NoError(t, h.trySign(t.Context(), checker, id))
}

func (h house) trySign(ctx context.Context, checker authz.Actor, id uuid.UUID) error {
	var pending *approval.PendingView
	err := h.db.Read(ctx, func(tx postgres.Tx) (err error) {
		pending, err = h.approvals.PendingOn(tx, checker, ipasset.Subject, id)
		return err
	})
	if err != nil || pending == nil {
		return err
	}
	_, err = h.approvals.Sign(ctx, checker, pending.ID)
	return err
}

func (h house) status(t *testing.T, id uuid.UUID) string {
	t.Helper()
	return testdb.Texts(t, h.db, `select status from ip_asset where id = $1`, id)[0]
}

func (h house) inTx(t *testing.T, work func(postgres.Tx) error) {
	t.Helper()
	require.NoError(t, h.db.InTx(t.Context(), work))
}

func documents(t *testing.T, db *postgres.DB) *document.Service {
	t.Helper()
	files, err := blob.NewDir(t.TempDir())
	require.NoError(t, err)
	return document.NewService(db, files, nil)
}
