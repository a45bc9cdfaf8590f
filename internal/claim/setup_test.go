package claim_test

import (
	"encoding/json"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/approval"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/claim"
	"ippledge/internal/document"
	"ippledge/internal/fund"
	"ippledge/internal/iam"
	"ippledge/internal/ledger"
	"ippledge/internal/loan"
	"ippledge/internal/money"
	"ippledge/internal/platform/blob"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/policy"
	"ippledge/internal/testdb"
)

// The loan is drawn and enrolled in early 2025 and falls due in February 2026; the claim
// is filed when it is 97 days late.
const (
	enrolDay = "2025-03-05"
	claimDay = "2026-06-01" // a Monday
)

type world struct {
	db        *postgres.DB
	files     blob.Store
	approvals *approval.Service
	documents *document.Service
	funds     *fund.Service
	loans     *loan.Service
	claims    *claim.Service
	users     *iam.Service
	city      fund.Fund
	bank      uuid.UUID
	expertOrg uuid.UUID
	serial    *atomic.Int64

	officer, reviewer, treasurer, financeChecker authz.Actor
	handler, checker, fundHandler, fundChecker   authz.Actor
	observer                                     authz.Actor
}

// setup is a city with its fund of 20 million, a bank, the bureaux and five experts.
func setup(t *testing.T) world {
	t.Helper()
	files, err := blob.NewDir(t.TempDir())
	require.NoError(t, err)
	w := world{db: testdb.New(t, instant(enrolDay)), files: files, serial: new(atomic.Int64)}
	w = w.serve()
	require.NoError(t, w.db.InTx(t.Context(), func(tx postgres.Tx) (err error) {
		if err := policy.LoadReference(tx); err != nil {
			return err
		}
		if err := fund.LoadReference(tx); err != nil {
			return err
		}
		w.city, err = fund.ByCode(tx, fund.CityCode)
		return err
	}))
	w.bank = w.org(t, "bank", "邵阳资江银行")
	bureau, finance, manager := w.org(t, "ip_bureau", "邵阳市市场监督管理局"), w.org(t, "finance_bureau", "财政局"), w.org(t, "fund_manager", "基金管理人")
	w.expertOrg = w.org(t, "expert_pool", "专家库")
	w.officer = actor(w.bank, authz.Bank, "李客户", authz.LoanOfficer)
	w.reviewer = actor(w.bank, authz.Bank, "王复核", authz.BankReviewer)
	w.treasurer = actor(finance, authz.FinanceBureau, "赵经办", authz.Treasurer)
	w.financeChecker = actor(finance, authz.FinanceBureau, "钱复核", authz.FinanceChecker)
	w.handler = actor(bureau, authz.IPBureau, "周经办", authz.BureauHandler)
	w.checker = actor(bureau, authz.IPBureau, "陈复核", authz.BureauChecker)
	w.fundHandler = actor(manager, authz.FundManager, "孙初审", authz.FundHandler)
	w.fundChecker = actor(manager, authz.FundManager, "吴复核", authz.FundChecker)
	w.observer = actor(w.org(t, "financial_office", "金融办"), authz.Observer, "郑观察", authz.FinancialObserver)
	for i := range 5 {
		w.expert(t, fmt.Sprintf("专家%d", i+1), w.expertOrg)
	}
	w.contribute(t, "20000000.00")
	return w
}

// serve wires the services over the world's database.
func (w world) serve() world {
	w.approvals = approval.NewService(w.db)
	w.documents = document.NewService(w.db, w.files, nil)
	w.users = iam.NewService(w.db, iam.Config{CheapHashes: true})
	w.loans = loan.NewService(w.db, w.approvals, w.documents)
	w.funds = fund.NewService(w.db, w.approvals, w.documents)
	w.loans.Tell(w.funds)
	w.claims = claim.NewService(w.db, w.approvals, w.documents, w.loans)
	w.approvals.Handle(w.loans.Kinds()...)
	w.approvals.Handle(w.funds.Kinds()...)
	w.approvals.Handle(w.claims.Kinds()...)
	return w
}

// on is the same world on another day.
func (w world) on(day string) world {
	w.db = w.db.WithClock(func() time.Time { return instant(day) })
	return w.serve()
}

func instant(day string) time.Time { return calendar.MustDate(day).StartOfDay().Add(10 * time.Hour) }

func actor(org uuid.UUID, kind authz.OrgKind, name string, roles ...authz.Role) authz.Actor {
	return authz.Actor{UserID: uuid.New(), OrgID: org, Name: name, OrgName: name + "单位", OrgKind: kind, Roles: roles}
}

func (w world) exec(t testing.TB, sql string, args ...any) {
	t.Helper()
	_, err := w.db.SQL().ExecContext(t.Context(), sql, args...)
	require.NoError(t, err)
}

func (w world) org(t testing.TB, kind, name string) uuid.UUID {
	t.Helper()
	id := uuid.New()
	w.exec(t, `insert into organization (id, kind, number, name, area_code, established_on, scale, status, created_at)
		values ($1, $2, $3, $4, '430502', '2015-06-01', 'small', 'admitted', $5)`,
		id, kind, fmt.Sprintf("JG%d", w.serial.Add(1)), name, instant(enrolDay))
	return id
}

// expert opens an account in the pool, and for another house too where one is given.
func (w world) expert(t testing.TB, name string, orgs ...uuid.UUID) authz.Actor {
	t.Helper()
	n := w.serial.Add(1)
	u, err := w.users.Create(t.Context(), authz.System, iam.NewUser{
		Username: fmt.Sprintf("expert%d", n), Name: name, Password: "Shaoyang@2026", OrgID: w.expertOrg,
		Memberships: []iam.Membership{{OrgID: w.expertOrg, Roles: []authz.Role{authz.Expert}}},
	})
	require.NoError(t, err)
	for _, org := range orgs[1:] {
		w.exec(t, `insert into user_role (user_id, org_id, role, granted_at) values ($1, $2, 'loan_officer', $3)`, u.ID, org, instant(enrolDay))
	}
	a := actor(w.expertOrg, authz.ExpertPool, name, authz.Expert)
	a.UserID = u.ID
	return a
}

func (w world) contribute(t testing.TB, amount string) {
	t.Helper()
	m, err := w.funds.Move(t.Context(), w.treasurer, w.city.ID, fund.NewMovement{
		Kind: fund.Contribution, Payer: fund.Municipal, Amount: money.Must(amount), OnDate: calendar.DateOf(w.db.Now()), Voucher: "回单",
	})
	require.NoError(t, err)
	w.sign(t, w.financeChecker, m.ID)
}

// enrolled is a bullet loan of a firm, disbursed on 2025-02-24 and under cover.
func (w world) enrolled(t testing.TB, borrower uuid.UUID, amount string) (fund.Enrolment, uuid.UUID) {
	t.Helper()
	need, bid, loan, pledge, n := uuid.New(), uuid.New(), uuid.New(), uuid.New(), w.serial.Add(1)
	at := instant(enrolDay)
	w.exec(t, `insert into financing_need (id, number, org_id, title, amount, term_months, purpose, method, rate_ceiling, area_code, status, created_at)
		values ($1, $2, $3, '流动资金', $4, 12, '周转', 'bullet', 5, '430502', 'fulfilled', $5)`, need, fmt.Sprintf("RZ%d", n), borrower, amount, at)
	w.exec(t, `insert into bid (id, number, need_id, bank_id, amount, rate, term_months, method, ltv, valid_until, made_by, status, created_at)
		values ($1, $2, $3, $4, $5, 3.85, 12, 'bullet', 30, '2026-12-31', $3, 'expired', $6)`, bid, fmt.Sprintf("BJ%d", n), need, w.bank, amount, at)
	w.exec(t, `insert into pledge (id, number, need_id, bid_id, pledgor_id, pledgee_id, kind, contract_no, secured_amount, registered_amount,
		debt_due_on, registration_no, registered_on, status, created_at)
		values ($1, $2, $3, $4, $5, $6, 'specific', 'ZY', $7, $7, '2026-02-24', $2, '2025-02-20', 'registered', $8)`,
		pledge, fmt.Sprintf("ZY%d", n), need, bid, borrower, w.bank, amount, at)
	w.exec(t, `insert into loan (id, number, need_id, bid_id, pledge_id, borrower_id, bank_id, contract_no, credit_line, principal, annual_rate,
		method, term_months, borrower_signed_at, bank_signed_at, signed_on, disbursed_on, matures_on, original_matures_on, outstanding, disbursed_amount, status, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, 'HT', $8, $8, 3.85, 'bullet', 12, $9, $9, '2025-02-24', '2025-02-24', '2026-02-24', '2026-02-24', $8, $8, 'active', $9)`,
		loan, fmt.Sprintf("DK%d", n), need, bid, pledge, borrower, w.bank, amount, at)
	w.exec(t, `insert into loan_instalment (loan_id, number, from_on, to_on, due_on, principal, interest) values ($1, 1, '2025-02-24', '2026-02-24', '2026-02-24', $2, 38500.00)`, loan, amount)
	e, err := w.funds.Draft(t.Context(), w.officer, loan, fund.Filing{FundID: w.city.ID, CleanCredit: true})
	require.NoError(t, err)
	e, err = w.funds.Submit(t.Context(), w.officer, e.ID)
	require.NoError(t, err)
	w.sign(t, w.reviewer, e.ID)
	require.Equal(t, []string{"enrolled"}, testdb.Texts(t, w.db, "select status from enrolment where id = $1", e.ID))
	return e, loan
}

// defaulted makes the loan 97 days late and taken to court.
func (w world) defaulted(t testing.TB, loan uuid.UUID) {
	t.Helper()
	w.exec(t, `update loan set status = 'in_recovery', class = 'substandard', days_past_due = 97, recovery_measure = 'litigation', recovery_reference = '（2026）湘0502民初88号' where id = $1`, loan)
}

func (w world) sign(t testing.TB, by authz.Actor, subject uuid.UUID) {
	t.Helper()
	require.NoError(t, w.trySign(t, by, subject))
}

func (w world) trySign(t testing.TB, by authz.Actor, subject uuid.UUID) error {
	t.Helper()
	pending := testdb.Texts(t, w.db, "select id from approval_proposal where subject_id = $1 and status = 'pending'", subject)
	require.Len(t, pending, 1)
	_, err := w.approvals.Sign(t.Context(), by, uuid.MustParse(pending[0]))
	return err
}

func (w world) paper(t testing.TB, by authz.Actor) uuid.UUID {
	t.Helper()
	d, err := w.documents.Upload(t.Context(), by, "材料.pdf", []byte("%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"))
	require.NoError(t, err)
	return d.ID
}

// filing is a complete one.
func (w world) filing(t testing.TB) claim.Filing {
	t.Helper()
	f := claim.Filing{Report: "借款人停产，经催收无果。", RecoveryPlan: "处置质押专利，申请执行。"}
	for _, kind := range claim.DocumentKinds {
		f.Documents = append(f.Documents, claim.Evidence{Kind: kind.Value, DocumentID: w.paper(t, w.officer)})
	}
	return f
}

func (w world) get(t testing.TB, id uuid.UUID) (c claim.Claim) {
	t.Helper()
	require.NoError(t, w.db.Read(t.Context(), func(tx postgres.Tx) (err error) {
		c, err = claim.Find(tx, id)
		return err
	}))
	return c
}

func (w world) recovery(t testing.TB, claimID uuid.UUID) (r claim.Recovery) {
	t.Helper()
	id := uuid.MustParse(testdb.Texts(t, w.db, "select id from recovery where claim_id = $1", claimID)[0])
	require.NoError(t, w.db.Read(t.Context(), func(tx postgres.Tx) (err error) {
		r, err = claim.FindRecovery(tx, id)
		return err
	}))
	return r
}

func (w world) balance(t testing.TB, path string) string {
	t.Helper()
	var balance money.Amount
	require.NoError(t, w.db.Read(t.Context(), func(tx postgres.Tx) (err error) {
		balance, err = ledger.Balance(tx, w.city.BookID, path)
		return err
	}))
	return balance.String()
}

// verify proves the books against what the claims expect.
func (w world) verify(t testing.TB) {
	t.Helper()
	s := ledger.NewService(w.db, w.approvals)
	defer s.Close()
	s.Refer(claim.Entries{})
	report, err := s.Verify(t.Context())
	require.NoError(t, err)
	text, err := json.Marshal(report)
	require.NoError(t, err)
	require.True(t, report.OK, string(text))
}

// opinion is a review that agrees; site is said in the first review.
func opinion() claim.Opinion {
	on := calendar.MustDate(claimDay)
	return claim.Opinion{Verdict: "pass", Opinion: "同意", SiteCheckedOn: &on, SiteCheck: "已到企业现场核查，生产线停工。"}
}
