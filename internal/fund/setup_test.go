package fund_test

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/approval"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/document"
	"ippledge/internal/fund"
	"ippledge/internal/ledger"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/policy"
	"ippledge/internal/testdb"
)

const today = "2026-03-09" // a Monday; ten working days after 2026-02-24

type world struct {
	db        *postgres.DB
	approvals *approval.Service
	funds     *fund.Service
	city      fund.Fund
	bank      uuid.UUID
	serial    *atomic.Int64

	officer, reviewer, treasurer, financeChecker authz.Actor
	handler, checker, manager                    authz.Actor
}

func setup(t *testing.T) world {
	t.Helper()
	w := world{db: testdb.New(t, instant(today)), serial: new(atomic.Int64)}
	w = w.serve()
	require.NoError(t, w.db.InTx(t.Context(), func(tx postgres.Tx) (err error) {
		if err := policy.LoadReference(tx); err != nil {
			return err
		}
		for range 2 { // a second run changes nothing
			if err := fund.LoadReference(tx); err != nil {
				return err
			}
		}
		w.city, err = fund.ByCode(tx, fund.CityCode)
		return err
	}))
	w.bank = w.org(t, "bank", "邵阳资江银行")
	bureau, finance := w.org(t, "ip_bureau", "市场监管局"), w.org(t, "finance_bureau", "财政局")
	w.officer = actor(w.bank, authz.Bank, "李客户", authz.LoanOfficer)
	w.reviewer = actor(w.bank, authz.Bank, "王复核", authz.BankReviewer)
	w.treasurer = actor(finance, authz.FinanceBureau, "赵经办", authz.Treasurer)
	w.financeChecker = actor(finance, authz.FinanceBureau, "钱复核", authz.FinanceChecker)
	w.handler = actor(bureau, authz.IPBureau, "周经办", authz.BureauHandler)
	w.checker = actor(bureau, authz.IPBureau, "陈复核", authz.BureauChecker)
	w.manager = actor(w.org(t, "fund_manager", "基金管理人"), authz.FundManager, "孙管理", authz.FundHandler)
	return w
}

// serve wires the services over the world's database.
func (w world) serve() world {
	w.approvals = approval.NewService(w.db)
	w.funds = fund.NewService(w.db, w.approvals, document.NewService(w.db, nil, nil))
	w.approvals.Handle(w.funds.Kinds()...)
	return w
}

// on is the same world on another day.
func (w world) on(day string) world {
	w.db = w.db.WithClock(func() time.Time { return instant(day) })
	return w.serve()
}

func instant(day string) time.Time { return calendar.MustDate(day).StartOfDay().Add(10 * time.Hour) }

func actor(org uuid.UUID, kind authz.OrgKind, name string, roles ...authz.Role) authz.Actor {
	return authz.Actor{UserID: uuid.New(), OrgID: org, Name: name, OrgKind: kind, Roles: roles}
}

func (w world) exec(t *testing.T, sql string, args ...any) {
	t.Helper()
	_, err := w.db.SQL().ExecContext(t.Context(), sql, args...)
	require.NoError(t, err)
}

func (w world) org(t *testing.T, kind, name string) uuid.UUID {
	t.Helper()
	id := uuid.New()
	w.exec(t, `insert into organization (id, kind, number, name, area_code, established_on, scale, status, created_at)
		values ($1, $2, $3, $4, '430502', '2015-06-01', 'small', 'admitted', $5)`,
		id, kind, fmt.Sprintf("JG%d", w.serial.Add(1)), name, instant(today))
	return id
}

// loan is a sound disbursed loan; change alters its row afterwards.
func (w world) loan(t *testing.T, borrower uuid.UUID, amount string, change string) uuid.UUID {
	t.Helper()
	need, bid, loan, pledge, n := uuid.New(), uuid.New(), uuid.New(), uuid.New(), w.serial.Add(1)
	at := instant(today)
	w.exec(t, `insert into financing_need (id, number, org_id, title, amount, term_months, purpose, method, rate_ceiling, area_code, status, created_at)
		values ($1, $2, $3, '流动资金', $4, 12, '周转', 'bullet', 5, '430502', 'fulfilled', $5)`, need, fmt.Sprintf("RZ%d", n), borrower, amount, at)
	w.exec(t, `insert into bid (id, number, need_id, bank_id, amount, rate, term_months, method, ltv, valid_until, made_by, status, created_at)
		values ($1, $2, $3, $4, $5, 3.85, 12, 'bullet', 30, '2026-12-31', $3, 'expired', $6)`, bid, fmt.Sprintf("BJ%d", n), need, w.bank, amount, at)
	w.exec(t, `insert into pledge (id, number, need_id, bid_id, pledgor_id, pledgee_id, kind, contract_no, secured_amount, registered_amount,
		debt_due_on, registration_no, registered_on, status, created_at)
		values ($1, $2, $3, $4, $5, $6, 'specific', 'ZY', $7, $7, '2027-02-24', $2, '2026-02-20', 'registered', $8)`,
		pledge, fmt.Sprintf("ZY%d", n), need, bid, borrower, w.bank, amount, at)
	w.exec(t, `insert into loan (id, number, need_id, bid_id, pledge_id, borrower_id, bank_id, contract_no, credit_line, principal, annual_rate,
		method, term_months, borrower_signed_at, bank_signed_at, signed_on, disbursed_on, matures_on, original_matures_on, outstanding, disbursed_amount, status, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, 'HT', $8, $8, 3.85, 'bullet', 12, $9, $9, '2026-02-24', '2026-02-24', '2027-02-24', '2027-02-24', $8, $8, 'active', $9)`,
		loan, fmt.Sprintf("DK%d", n), need, bid, pledge, borrower, w.bank, amount, at)
	if change != "" {
		w.exec(t, "update loan set "+change+" where id = $1", loan)
	}
	return loan
}

// contribute puts money into the city's fund.
func (w world) contribute(t *testing.T, amount string) {
	t.Helper()
	m, err := w.funds.Move(t.Context(), w.treasurer, w.city.ID, fund.NewMovement{
		Kind: fund.Contribution, Payer: fund.Municipal, Amount: money.Must(amount), OnDate: calendar.DateOf(w.db.Now()), Voucher: "回单1",
	})
	require.NoError(t, err)
	require.NoError(t, w.sign(t, w.financeChecker, m.ID))
}

func (w world) sign(t testing.TB, by authz.Actor, subject uuid.UUID) error {
	t.Helper()
	pending := testdb.Texts(t, w.db, "select id from approval_proposal where subject_id = $1 and status = 'pending'", subject)
	require.Len(t, pending, 1)
	_, err := w.approvals.Sign(t.Context(), by, uuid.MustParse(pending[0]))
	return err
}

func (w world) filing() fund.Filing { return fund.Filing{FundID: w.city.ID, CleanCredit: true} }

// submitted files a loan up to the reviewer's signature.
func (w world) submitted(t *testing.T, loan uuid.UUID) fund.Enrolment {
	t.Helper()
	e, err := w.funds.Draft(t.Context(), w.officer, loan, w.filing())
	require.NoError(t, err)
	e, err = w.funds.Submit(t.Context(), w.officer, e.ID)
	require.NoError(t, err)
	return e
}

// enrolled files a loan and signs; the enrolment as it stands afterwards.
func (w world) enrolled(t *testing.T, loan uuid.UUID) fund.Enrolment {
	t.Helper()
	e := w.submitted(t, loan)
	require.NoError(t, w.sign(t, w.reviewer, e.ID))
	return w.get(t, e.ID)
}

func (w world) get(t testing.TB, id uuid.UUID) (e fund.Enrolment) {
	t.Helper()
	require.NoError(t, w.db.Read(t.Context(), func(tx postgres.Tx) (err error) {
		e, err = fund.FindEnrolment(tx, id)
		return err
	}))
	return e
}

func (w world) figures(t testing.TB) (f fund.Figures) {
	t.Helper()
	require.NoError(t, w.db.Read(t.Context(), func(tx postgres.Tx) error {
		p, _, err := policy.Default()
		if err != nil {
			return err
		}
		f, err = fund.FiguresOf(tx, w.city, p)
		return err
	}))
	return f
}

// exposure is what the ledger carries for a loan.
func (w world) exposure(t testing.TB, loan uuid.UUID) string {
	t.Helper()
	var balance money.Amount
	require.NoError(t, w.db.Read(t.Context(), func(tx postgres.Tx) error {
		all, err := ledger.Balances(tx, w.city.BookID, ledger.Exposure(w.bank, loan))
		balance = all[ledger.Exposure(w.bank, loan)]
		return err
	}))
	return balance.String()
}

func failures(e fund.Enrolment) (codes []string) {
	for _, c := range e.Checks {
		if !c.Passed {
			codes = append(codes, c.Code)
		}
	}
	return codes
}
