package subsidy_test

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
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/policy"
	"ippledge/internal/subsidy"
	"ippledge/internal/testdb"
)

// today is a Monday after the loans' first year; publicity of five working days from here
// ends on 2026-03-16.
const today = "2026-03-09"

type world struct {
	db        *postgres.DB
	approvals *approval.Service
	subsidies *subsidy.Service
	bank, ent uuid.UUID
	serial    *atomic.Int64

	operator, signatory, handler, checker, treasurer, financeChecker authz.Actor
}

func setup(t *testing.T) world {
	t.Helper()
	w := world{db: testdb.New(t, instant(today)), serial: new(atomic.Int64)}
	w = w.serve()
	require.NoError(t, w.db.InTx(t.Context(), func(tx postgres.Tx) error {
		if err := policy.LoadReference(tx); err != nil {
			return err
		}
		for range 2 { // a second run changes nothing
			if err := subsidy.LoadReference(tx); err != nil {
				return err
			}
		}
		return nil
	}))
	bureau, finance := w.org(t, "ip_bureau", "市场监管局"), w.org(t, "finance_bureau", "财政局")
	w.bank, w.ent = w.org(t, "bank", "邵阳资江银行"), w.org(t, "enterprise", "邵阳星垣智能装备有限公司")
	w.operator = actor(w.ent, authz.Enterprise, "李经办", authz.EnterpriseOperator)
	w.signatory = actor(w.ent, authz.Enterprise, "王签署", authz.EnterpriseSignatory)
	w.handler = actor(bureau, authz.IPBureau, "周经办", authz.BureauHandler)
	w.checker = actor(bureau, authz.IPBureau, "陈复核", authz.BureauChecker)
	w.treasurer = actor(finance, authz.FinanceBureau, "赵经办", authz.Treasurer)
	w.financeChecker = actor(finance, authz.FinanceBureau, "钱复核", authz.FinanceChecker)
	return w
}

// serve wires the services over the world's database.
func (w world) serve() world {
	w.approvals = approval.NewService(w.db)
	w.subsidies = subsidy.NewService(w.db, w.approvals, document.NewService(w.db, nil, nil))
	w.approvals.Handle(w.subsidies.Kinds()...)
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
		id, kind, fmt.Sprintf("JG%d", w.serial.Add(1)), name, instant(today))
	return id
}

// loan is a loan drawn on 2025-01-01 for a year, interest paid by quarters and in time.
// LPR 1Y was 3.10 % on that day.
func (w world) loan(t testing.TB, borrower uuid.UUID, amount string) uuid.UUID {
	t.Helper()
	need, bid, loan, pledge, n := uuid.New(), uuid.New(), uuid.New(), uuid.New(), w.serial.Add(1)
	at := instant("2025-01-01")
	w.exec(t, `insert into financing_need (id, number, org_id, title, amount, term_months, purpose, method, rate_ceiling, area_code, status, created_at)
		values ($1, $2, $3, '流动资金', $4, 12, '周转', 'bullet', 5, '430502', 'fulfilled', $5)`, need, fmt.Sprintf("RZ%d", n), borrower, amount, at)
	w.exec(t, `insert into bid (id, number, need_id, bank_id, amount, rate, term_months, method, ltv, valid_until, made_by, status, created_at)
		values ($1, $2, $3, $4, $5, 3.85, 12, 'bullet', 30, '2026-12-31', $3, 'expired', $6)`, bid, fmt.Sprintf("BJ%d", n), need, w.bank, amount, at)
	w.exec(t, `insert into pledge (id, number, need_id, bid_id, pledgor_id, pledgee_id, kind, contract_no, secured_amount, registered_amount,
		debt_due_on, registration_no, registered_on, status, created_at)
		values ($1, $2, $3, $4, $5, $6, 'specific', 'ZY', $7, $7, '2026-01-01', $2, '2024-12-20', 'cancelled', $8)`,
		pledge, fmt.Sprintf("ZY%d", n), need, bid, borrower, w.bank, amount, at)
	w.exec(t, `insert into loan (id, number, need_id, bid_id, pledge_id, borrower_id, bank_id, contract_no, credit_line, principal, annual_rate,
		method, term_months, borrower_signed_at, bank_signed_at, signed_on, disbursed_on, matures_on, original_matures_on, outstanding, disbursed_amount, status, settled_on, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, 'HT', $8, $8, 3.85, 'interest_only_bullet', 12, $9, $9, '2025-01-01', '2025-01-01', '2026-01-01', '2026-01-01', 0, $8, 'settled', '2026-01-01', $9)`,
		loan, fmt.Sprintf("DK%d", n), need, bid, pledge, borrower, w.bank, amount, at)
	days := []string{"2025-01-01", "2025-04-01", "2025-07-01", "2025-10-01", "2026-01-01"}
	for i := range 4 {
		w.exec(t, `insert into loan_instalment (loan_id, number, from_on, to_on, due_on, principal, interest, principal_paid, interest_paid, settled_on)
			select $1, $2, $3::date, $4::date, $4::date, p, i, p, i, $4::date from (select case when $2 = 4 then $5::numeric else 0 end as p,
				round($5::numeric * 0.0385 * ($4::date - $3::date) / 360, 2) as i) x`, loan, i+1, days[i], days[i+1], amount)
	}
	return loan
}

func (w world) content() subsidy.CallContent {
	return subsidy.CallContent{
		Title: "2025 年度质押融资补助", Year: 2025, Kinds: subsidy.Kinds, Budget: money.Must("300000"),
		OpensOn: calendar.MustDate("2026-03-01"), ClosesOn: calendar.MustDate("2026-04-30"), Guide: "请上传付息凭证。",
	}
}

// call is a published call.
func (w world) call(t testing.TB, change func(*subsidy.CallContent)) subsidy.Call {
	t.Helper()
	content := w.content()
	if change != nil {
		change(&content)
	}
	c, err := w.subsidies.CreateCall(t.Context(), w.handler, content)
	require.NoError(t, err)
	c, err = w.subsidies.SubmitCall(t.Context(), w.handler, c.ID)
	require.NoError(t, err)
	require.NoError(t, w.sign(t, w.checker, c.ID))
	return c
}

func (w world) sign(t testing.TB, by authz.Actor, subject uuid.UUID) error {
	t.Helper()
	pending := testdb.Texts(t, w.db, "select id from approval_proposal where subject_id = $1 and status = 'pending'", subject)
	require.Len(t, pending, 1)
	_, err := w.approvals.Sign(t.Context(), by, uuid.MustParse(pending[0]))
	return err
}

// paper is a document of the actor's.
func (w world) paper(t testing.TB, by authz.Actor) uuid.UUID {
	t.Helper()
	id := uuid.New()
	w.exec(t, `insert into document (id, name, media_type, size, sha256, blob_key, uploaded_by, uploader_name, org_id, uploaded_at)
		values ($1, '付息凭证.pdf', 'application/pdf', 10, $2, $2, $3, $4, $5, $6)`, id, fmt.Sprintf("%064d", w.serial.Add(1)), by.UserID, by.Name, by.OrgID, instant(today))
	return id
}

func (w world) request(t testing.TB, call, loan uuid.UUID) subsidy.Request {
	t.Helper()
	return subsidy.Request{
		CallID: call, LoanID: loan, Kind: subsidy.Interest, PayeeBank: "邵阳资江银行", PayeeAccount: "6222 0000 1111 2222", Documents: []uuid.UUID{w.paper(t, w.operator)},
	}
}

func (w world) fee(t testing.TB, call, loan uuid.UUID, kind subsidy.Kind, amount string) subsidy.Request {
	t.Helper()
	r := w.request(t, call, loan)
	paid, on := money.Must(amount), calendar.MustDate("2025-05-20")
	r.Kind, r.FeePaid, r.FeePaidOn, r.InvoiceNo = kind, &paid, &on, "24322000000001"
	return r
}

// submitted hands an application in, both of the enterprise having signed.
func (w world) submitted(t testing.TB, r subsidy.Request) subsidy.Application {
	t.Helper()
	a, err := w.subsidies.Create(t.Context(), w.operator, r)
	require.NoError(t, err)
	_, err = w.subsidies.Submit(t.Context(), w.operator, a.ID)
	require.NoError(t, err)
	require.NoError(t, w.sign(t, w.signatory, a.ID))
	return a
}

// approved is a grant in its days of publicity.
func (w world) approved(t testing.TB, r subsidy.Request) subsidy.Application {
	t.Helper()
	a := w.submitted(t, r)
	_, err := w.subsidies.Review(t.Context(), w.handler, a.ID, subsidy.Opinion{Grant: true})
	require.NoError(t, err)
	require.NoError(t, w.sign(t, w.checker, a.ID))
	return a
}

// fund puts money into the subsidy account.
func (w world) fund(t testing.TB, amount string) {
	t.Helper()
	a, err := w.subsidies.Appropriate(t.Context(), w.treasurer, subsidy.NewAppropriation{
		Amount: money.Must(amount), OnDate: calendar.MustDate("2026-03-02"), Voucher: "回单1",
	})
	require.NoError(t, err)
	require.NoError(t, w.sign(t, w.financeChecker, a.ID))
}

func (w world) text(t testing.TB, query string, args ...any) string {
	t.Helper()
	rows := testdb.Texts(t, w.db, query, args...)
	require.Len(t, rows, 1)
	return rows[0]
}
