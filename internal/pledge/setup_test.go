package pledge_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/approval"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/document"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/pledge"
	"ippledge/internal/testdb"
)

var noon = time.Date(2026, 3, 2, 4, 0, 0, 0, time.UTC) // 12:00 in Shaoyang

// world is a need of one enterprise, awarded to two banks whose credit is approved, on
// one invention and one mark.
type world struct {
	db        *postgres.DB
	approvals *approval.Service
	pledges   *pledge.Service
	settled   *settlement

	enterprise, bank, rival           uuid.UUID
	need, bid, rivalBid, patent, mark uuid.UUID

	signatory, officer, reviewer, rivalOfficer, rivalReviewer authz.Actor
}

// settlement says what it is told.
type settlement struct{ yes bool }

func (s *settlement) Settled(postgres.Tx, uuid.UUID) (bool, error) { return s.yes, nil }

func setup(t *testing.T) *world {
	t.Helper()
	w := &world{db: testdb.New(t, noon), settled: &settlement{}}
	w.enterprise, w.bank, w.rival, w.need, w.bid, w.rivalBid, w.patent, w.mark = uuid.New(), uuid.New(), uuid.New(), uuid.New(), uuid.New(), uuid.New(), uuid.New(), uuid.New()
	exec := func(query string, args ...any) {
		_, err := w.db.SQL().ExecContext(t.Context(), query, args...)
		require.NoError(t, err)
	}
	exec(`insert into area (code, name, kind, seq) values ('430502', '双清区', 'county', 1) on conflict do nothing`)
	for i, o := range []struct {
		id   uuid.UUID
		kind string
		name string
	}{{w.enterprise, "enterprise", "星垣智能"}, {w.bank, "bank", "资江银行"}, {w.rival, "bank", "宝庆银行"}} {
		exec(`insert into organization (id, kind, number, name, area_code, status, created_at) values ($1, $2, $3, $4, '430502', 'admitted', $5)`,
			o.id, o.kind, "JG"+string(rune('1'+i)), o.name, noon)
	}
	exec(`insert into ip_asset (id, number, org_id, kind, title, right_no, filed_on, granted_on, expires_on, fee_paid_until, registered_owner, status, created_at, reserved_until)
		values ($1, 'ZC1', $2, 'invention_patent', '一种液压阀', '2020105660889', '2020-06-01', '2021-06-01', '2040-06-01', '2027-06-01', '星垣智能', 'reserved', $3, '2026-06-01')`, w.patent, w.enterprise, noon)
	exec(`insert into ip_asset (id, number, org_id, kind, title, right_no, nice_class, mark_kind, granted_on, expires_on, registered_owner, status, created_at, reserved_until)
		values ($1, 'ZC2', $2, 'trademark', '星垣', '51127133', 7, 'ordinary', '2021-06-01', '2031-05-31', '星垣智能', 'reserved', $3, '2026-06-01')`, w.mark, w.enterprise, noon)
	exec(`insert into financing_need (id, number, org_id, title, amount, term_months, purpose, method, rate_ceiling, area_code, awarded_amount, status, created_at)
		values ($1, 'RZ1', $2, '流动资金', 5000000, 12, '采购原料', 'interest_only_bullet', 5, '430502', 4000000, 'awarded', $3)`, w.need, w.enterprise, noon)
	for _, asset := range []uuid.UUID{w.patent, w.mark} {
		exec(`insert into financing_need_asset (need_id, asset_id) values ($1, $2)`, w.need, asset)
	}
	for number, b := range map[string][2]uuid.UUID{"BJ1": {w.bid, w.bank}, "BJ2": {w.rivalBid, w.rival}} {
		exec(`insert into bid (id, number, need_id, bank_id, amount, rate, term_months, method, ltv, valid_until, status, awarded_amount, made_by, checked_by, interest_total, cost_from, effective_cost, submitted_at, decided_at, created_at)
			values ($1, $2, $3, $4, 3000000, 3.85, 12, 'interest_only_bullet', 40, '2026-12-31', 'credit_approved', 2000000, gen_random_uuid(), gen_random_uuid(), 117104.14, '2026-03-02', 3.9, $5, $5, $5)`, b[0], number, w.need, b[1], noon)
	}
	w.signatory = actor(w.enterprise, authz.Enterprise, "签署人", authz.EnterpriseSignatory)
	w.officer = actor(w.bank, authz.Bank, "客户经理", authz.LoanOfficer)
	w.reviewer = actor(w.bank, authz.Bank, "复核", authz.BankReviewer)
	w.rivalOfficer = actor(w.rival, authz.Bank, "另一经理", authz.LoanOfficer)
	w.rivalReviewer = actor(w.rival, authz.Bank, "另一复核", authz.BankReviewer)
	w.wire(w.db)
	return w
}

// wire builds the services over a database, as the app does.
func (w *world) wire(db *postgres.DB) {
	w.db = db
	w.approvals = approval.NewService(db)
	w.pledges = pledge.NewService(db, w.approvals, document.NewService(db, nil, nil))
	w.pledges.SettledBy(w.settled)
	w.approvals.Handle(w.pledges.Kinds()...)
}

func (w *world) at(day string) {
	w.wire(w.db.WithClock(func() time.Time { return calendar.MustDate(day).StartOfDay().Add(12 * time.Hour) }))
}

func actor(org uuid.UUID, kind authz.OrgKind, name string, roles ...authz.Role) authz.Actor {
	return authz.Actor{UserID: uuid.New(), OrgID: org, Name: name, OrgName: name, OrgKind: kind, Roles: roles}
}

// scan is a document that the actor's organisation uploaded.
func (w *world) scan(t *testing.T, of authz.Actor) []uuid.UUID {
	t.Helper()
	id := uuid.New()
	_, err := w.db.SQL().ExecContext(t.Context(), `insert into document (id, org_id, name, media_type, size, sha256, blob_key, uploaded_by, uploader_name, uploaded_at)
		values ($1, $2, '证书.pdf', 'application/pdf', 1, repeat('a', 64), 'x', $3, $4, now())`, id, of.OrgID, of.UserID, of.Name)
	require.NoError(t, err)
	return []uuid.UUID{id}
}

// content pledges the patent alone for two million.
func (w *world) content() pledge.Content {
	return pledge.Content{
		Kind: pledge.Specific, ContractNo: "ZJ-2026-001", SecuredAmount: money.Must("2000000"), DebtDueOn: calendar.MustDate("2027-03-18"),
		Allocations: []pledge.Allocation{{AssetID: w.patent, Amount: money.Must("2000000")}},
	}
}

func (w *world) drafted(t *testing.T, c pledge.Content) pledge.Pledge {
	t.Helper()
	p, err := w.pledges.Create(t.Context(), w.officer, w.bid, c)
	require.NoError(t, err)
	return p
}

func (w *world) filed(t *testing.T, c pledge.Content) pledge.Pledge {
	t.Helper()
	p := w.drafted(t, c)
	_, err := w.pledges.Consent(t.Context(), w.signatory, p.ID)
	require.NoError(t, err)
	p, err = w.pledges.File(t.Context(), w.officer, p.ID, pledge.Filing{})
	require.NoError(t, err)
	return p
}

// sign is the checker's signature under the one proposal that waits on the pledge.
func (w *world) sign(t *testing.T, checker authz.Actor, id uuid.UUID) error {
	t.Helper()
	var proposal uuid.UUID
	err := w.db.SQL().QueryRowContext(t.Context(), `select id from approval_proposal where subject_id = $1 and status = 'pending'`, id).Scan(&proposal)
	require.NoError(t, err)
	_, err = w.approvals.Sign(t.Context(), checker, proposal)
	return err
}

// certificate is what the office issued.
func (w *world) certificate(t *testing.T, amount, endsOn string) pledge.Step {
	t.Helper()
	on, sum := calendar.MustDate("2026-03-02"), money.Must(amount)
	step := pledge.Step{RegistrationNo: "Y2026980000001", RegisteredOn: &on, RegisteredAmount: &sum, DocumentIDs: w.scan(t, w.officer)}
	if endsOn != "" {
		end := calendar.MustDate(endsOn)
		step.EndsOn = &end
	}
	return step
}

func (w *world) registered(t *testing.T, c pledge.Content, step pledge.Step) pledge.Pledge {
	t.Helper()
	p := w.filed(t, c)
	_, err := w.pledges.Propose(t.Context(), w.officer, p.ID, pledge.Register, step)
	require.NoError(t, err)
	require.NoError(t, w.sign(t, w.reviewer, p.ID))
	return w.reread(t, p.ID)
}

func (w *world) reread(t *testing.T, id uuid.UUID) (p pledge.Pledge) {
	t.Helper()
	require.NoError(t, w.db.Read(t.Context(), func(tx postgres.Tx) (err error) {
		p, err = pledge.Find(tx, id)
		return err
	}))
	return p
}

func (w *world) assets(t *testing.T) []string {
	t.Helper()
	return testdb.Texts(t, w.db, `select number, status from ip_asset order by number`)
}
