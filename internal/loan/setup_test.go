package loan_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/approval"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/document"
	"ippledge/internal/fault"
	"ippledge/internal/loan"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/repayment"
	"ippledge/internal/testdb"
)

// exposure keeps what the fund would be told, and can refuse.
type exposure struct {
	told   []string
	refuse error
}

func (e *exposure) OnPrincipalRepaid(_ postgres.Tx, _ uuid.UUID, principal, outstanding money.Amount) error {
	e.told = append(e.told, principal.String()+" leaves "+outstanding.String())
	return e.refuse
}

func (e *exposure) OnExtended(_ postgres.Tx, _ uuid.UUID, from, to calendar.Date) error {
	e.told = append(e.told, "extended from "+from.String()+" to "+to.String())
	return e.refuse
}

// world is a need awarded to one bank for three million, its credit approved and its
// pledge registered.
type world struct {
	db        *postgres.DB
	approvals *approval.Service
	loans     *loan.Service
	fund      *exposure

	enterprise, bank, rival, need, bid, pledge uuid.UUID

	signatory, officer, reviewer, approver, rivalOfficer, rivalReviewer authz.Actor
}

func setup(t *testing.T) *world {
	t.Helper()
	at := noon("2026-03-18")
	w := &world{db: testdb.New(t, at), fund: &exposure{}}
	w.enterprise, w.bank, w.rival, w.need, w.bid, w.pledge = uuid.New(), uuid.New(), uuid.New(), uuid.New(), uuid.New(), uuid.New()
	w.exec(t, `insert into area (code, name, kind, seq) values ('430502', '双清区', 'county', 1) on conflict do nothing`)
	for number, o := range map[string]struct {
		id   uuid.UUID
		kind string
		name string
	}{"JG1": {w.enterprise, "enterprise", "星垣智能"}, "JG2": {w.bank, "bank", "资江银行"}, "JG3": {w.rival, "bank", "宝庆银行"}} {
		w.exec(t, `insert into organization (id, kind, number, name, area_code, status, created_at) values ($1, $2, $3, $4, '430502', 'admitted', $5)`, o.id, o.kind, number, o.name, at)
	}
	asset := uuid.New()
	w.exec(t, `insert into ip_asset (id, number, org_id, kind, title, right_no, filed_on, granted_on, expires_on, fee_paid_until, registered_owner, status, created_at)
		values ($1, 'ZC1', $2, 'invention_patent', '一种液压阀', '2020105660889', '2020-06-01', '2021-06-01', '2040-06-01', '2027-06-01', '星垣智能', 'pledged', $3)`, asset, w.enterprise, at)
	w.exec(t, `insert into financing_need (id, number, org_id, title, amount, term_months, purpose, method, rate_ceiling, area_code, awarded_amount, status, created_at)
		values ($1, 'RZ1', $2, '流动资金', 5000000, 12, '采购原料', 'interest_only_bullet', 5, '430502', 3000000, 'awarded', $3)`, w.need, w.enterprise, at)
	w.exec(t, `insert into financing_need_asset (need_id, asset_id) values ($1, $2)`, w.need, asset)
	w.exec(t, `insert into bid (id, number, need_id, bank_id, amount, rate, term_months, method, ltv, valid_until, status, awarded_amount, made_by, checked_by, interest_total, cost_from, effective_cost, submitted_at, decided_at, created_at)
		values ($1, 'BJ1', $2, $3, 3000000, 3.85, 12, 'interest_only_bullet', 40, '2026-12-31', 'credit_approved', 3000000, gen_random_uuid(), gen_random_uuid(), 117104.14, '2026-03-02', 3.9, $4, $4, $4)`, w.bid, w.need, w.bank, at)
	w.exec(t, `insert into pledge (id, number, need_id, bid_id, pledgor_id, pledgee_id, kind, contract_no, secured_amount, registered_amount, debt_due_on, consented_at, registration_no, registered_on, filed_on, status, created_at)
		values ($1, 'ZY1', $2, $3, $4, $5, 'specific', 'ZJ-1', 3000000, 3500000, '2027-03-18', $6, 'Y2026980000001', '2026-03-16', '2026-03-12', 'registered', $6)`, w.pledge, w.need, w.bid, w.enterprise, w.bank, at)
	w.exec(t, `insert into pledge_asset (pledge_id, asset_id, allocated_amount, live) values ($1, $2, 3000000, true)`, w.pledge, asset)

	w.signatory = actor(w.enterprise, authz.Enterprise, "签署人", authz.EnterpriseSignatory)
	w.officer = actor(w.bank, authz.Bank, "客户经理", authz.LoanOfficer)
	w.reviewer = actor(w.bank, authz.Bank, "复核", authz.BankReviewer)
	w.approver = actor(w.bank, authz.Bank, "审批", authz.BankApprover)
	w.rivalOfficer = actor(w.rival, authz.Bank, "他行经理", authz.LoanOfficer)
	w.rivalReviewer = actor(w.rival, authz.Bank, "他行复核", authz.BankReviewer)
	w.wire(w.db)
	return w
}

func noon(day string) time.Time { return calendar.MustDate(day).StartOfDay().Add(12 * time.Hour) }

func actor(org uuid.UUID, kind authz.OrgKind, name string, roles ...authz.Role) authz.Actor {
	return authz.Actor{UserID: uuid.New(), OrgID: org, Name: name, OrgName: name, OrgKind: kind, Roles: roles}
}

func (w *world) exec(t *testing.T, query string, args ...any) {
	t.Helper()
	_, err := w.db.SQL().ExecContext(t.Context(), query, args...)
	require.NoError(t, err)
}

// wire builds the services over a database, as the app does.
func (w *world) wire(db *postgres.DB) {
	w.db = db
	w.approvals = approval.NewService(db)
	w.loans = loan.NewService(db, w.approvals, document.NewService(db, nil, nil))
	w.loans.Tell(w.fund)
	w.approvals.Handle(w.loans.Kinds()...)
}

// at moves the clock.
func (w *world) at(day string) { w.wire(w.db.WithClock(func() time.Time { return noon(day) })) }

func code(t *testing.T, err error) string {
	t.Helper()
	f, ok := fault.From(err)
	require.True(t, ok, "%v", err)
	return f.Code
}

func content() loan.Content {
	return loan.Content{ContractNo: "JK-2026-001", CreditLine: money.Must("4000000"), Principal: money.Must("3000000")}
}

func (w *world) approved(t *testing.T, c loan.Content) uuid.UUID {
	t.Helper()
	l, err := w.loans.Approve(t.Context(), w.approver, w.bid, c)
	require.NoError(t, err)
	return l.ID
}

func (w *world) signed(t *testing.T, c loan.Content) uuid.UUID {
	t.Helper()
	id := w.approved(t, c)
	for _, party := range []authz.Actor{w.signatory, w.reviewer} {
		_, err := w.loans.SignContract(t.Context(), party, id, nil)
		require.NoError(t, err)
	}
	return id
}

// do takes one two-person step.
func (w *world) do(t *testing.T, id uuid.UUID, action loan.Action, step loan.Step) {
	t.Helper()
	_, err := w.loans.Propose(t.Context(), w.officer, id, action, step)
	require.NoError(t, err)
	checker := w.reviewer
	if action == loan.Extend || action == loan.WriteOff {
		checker = w.approver
	}
	require.NoError(t, w.sign(t, checker, id))
}

func (w *world) sign(t *testing.T, checker authz.Actor, id uuid.UUID) error {
	t.Helper()
	_, err := w.approvals.Sign(t.Context(), checker, w.proposal(t, id))
	return err
}

func (w *world) proposal(t *testing.T, subject uuid.UUID) (id uuid.UUID) {
	t.Helper()
	require.NoError(t, w.db.SQL().QueryRowContext(t.Context(), `select id from approval_proposal where subject_id = $1 and status = 'pending'`, subject).Scan(&id))
	return id
}

func met() []loan.Condition {
	return []loan.Condition{
		{Code: "contracts_signed", Met: true}, {Code: "guarantee_in_place", Met: true, Note: "本笔无担保约定"},
		{Code: "use_of_funds", Met: true}, {Code: "account_opened", Met: true},
	}
}

// out is a loan whose money has flowed, on 18 March 2026.
func (w *world) out(t *testing.T, c loan.Content) uuid.UUID {
	t.Helper()
	id := w.signed(t, c)
	w.do(t, id, loan.MakeReady, loan.Step{Conditions: met()})
	w.do(t, id, loan.Disburse, loan.Step{})
	return id
}

// bulletLoan pays all at the end.
func bulletLoan(principal string) loan.Content {
	c := content()
	c.Principal, c.Method = money.Must(principal), repayment.Bullet
	return c
}

func paying(day, amount string) loan.Step {
	on, sum := calendar.MustDate(day), money.Must(amount)
	return loan.Step{On: &on, Amount: &sum}
}

func (w *world) read(t *testing.T, id uuid.UUID) (l loan.Loan) {
	t.Helper()
	require.NoError(t, w.db.Read(t.Context(), func(tx postgres.Tx) (err error) {
		l, err = loan.Find(tx, id)
		return err
	}))
	return l
}

func (w *world) texts(t *testing.T, query string, args ...any) []string {
	t.Helper()
	return testdb.Texts(t, w.db, query, args...)
}
