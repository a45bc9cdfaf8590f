package bid_test

import (
	"context"
	"encoding/json"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/approval"
	"ippledge/internal/authz"
	"ippledge/internal/bid"
	"ippledge/internal/calendar"
	"ippledge/internal/document"
	"ippledge/internal/fault"
	"ippledge/internal/financing"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/policy"
	"ippledge/internal/product"
	"ippledge/internal/testdb"
)

// noon is a Monday; five working days later is Monday 9 March 2026.
var noon = time.Date(2026, 3, 2, 4, 0, 0, 0, time.UTC)

// world is a city with one enterprise, its rights, and banks that may bid.
type world struct {
	t         *testing.T
	db        *postgres.DB
	clock     *atomic.Int64
	approvals *approval.Service
	needs     *financing.Service
	products  *product.Service
	bids      *bid.Service

	operator, signatory, handler, checker authz.Actor
	assets                                []uuid.UUID
}

// house is a bank with its people.
type house struct{ officer, reviewer, approver authz.Actor }

func setup(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, clock: &atomic.Int64{}}
	w.at(noon)
	w.db = testdb.New(t, noon).WithClock(func() time.Time { return time.UnixMicro(w.clock.Load()) })
	w.approvals = approval.NewService(w.db)
	documents := document.NewService(w.db, nil, nil)
	w.needs = financing.NewService(w.db, w.approvals, documents)
	w.products = product.NewService(w.db, w.approvals)
	w.bids = bid.NewService(w.db, w.approvals)
	w.approvals.Handle(w.needs.Kinds()...)
	w.approvals.Handle(w.products.Kinds()...)
	w.approvals.Handle(w.bids.Kinds()...)

	w.exec(`insert into area (code, name, kind, seq) values ('430500', '邵阳市', 'city', 0), ('430511', '北塔区', 'county', 1)`)
	enterprise, bureau, firm := w.org(authz.Enterprise, "星垣智能"), w.org(authz.IPBureau, "知识产权局"), w.org(authz.AppraisalFirm, "正衡评估")
	w.operator = person(enterprise, authz.Enterprise, "陈建国", authz.EnterpriseOperator)
	w.signatory = person(enterprise, authz.Enterprise, "周雅", authz.EnterpriseSignatory)
	w.handler = person(bureau, authz.IPBureau, "黄蕾", authz.BureauHandler)
	w.checker = person(bureau, authz.IPBureau, "唐勇", authz.BureauChecker)

	parameters, _, err := policy.Default()
	require.NoError(t, err)
	text, err := json.Marshal(parameters)
	require.NoError(t, err)
	w.exec(`insert into policy_version (id, number, title, effective_from, parameters, status, created_at) values ($1, 'ZD1', '政策', '2025-01-01', $2, 'in_force', $3)`, uuid.New(), string(text), noon)
	w.exec(`insert into lpr_quote (id, published_on, one_year, five_year, source, status, recorded_at) values ($1, '2026-02-20', 3.0, 3.5, '测试', 'recorded', $2)`, uuid.New(), noon)
	for i := range 2 {
		w.assets = append(w.assets, w.asset(enterprise, firm, i))
	}
	return w
}

func (w *world) at(now time.Time) { w.clock.Store(now.UnixMicro()) }

func (w *world) exec(query string, args ...any) {
	w.t.Helper()
	_, err := w.db.SQL().Exec(query, args...)
	require.NoError(w.t, err)
}

func (w *world) org(kind authz.OrgKind, name string) uuid.UUID {
	id := uuid.New()
	w.exec(`insert into organization (id, kind, number, name, area_code, scale, established_on, status, consented_at, created_at)
		values ($1, $2, $3, $4, '430511', 'small', '2018-05-01', 'admitted', $5, $5)`, id, kind, "JG"+id.String(), name, noon)
	return id
}

func (w *world) asset(owner, firm uuid.UUID, i int) uuid.UUID {
	id, order := uuid.New(), uuid.New()
	w.exec(`insert into ip_asset (id, number, org_id, kind, title, right_no, filed_on, granted_on, expires_on, fee_paid_until, registered_owner, status, created_at)
		values ($1, $2, $3, 'invention_patent', '一种磨床补偿装置', $2, '2019-04-01', '2021-01-01', '2039-04-01', '2027-04-01', '星垣智能', 'listed', $4)`,
		id, fmt.Sprintf("ZC%d", i), owner, noon)
	w.exec(`insert into valuation_order (id, number, client_id, firm_id, purpose, status, valuation_on, valid_until, total, first_signer_id, second_signer_id, reviewer_id, report_sha256, filed_at, created_at)
		values ($1, $2, $3, $4, '质押', 'filed', '2026-01-15', '2027-01-14', 5000000, $5, $6, $7, 'x', $8, $8)`,
		order, fmt.Sprintf("PG%d", i), owner, firm, uuid.New(), uuid.New(), uuid.New(), noon)
	w.exec(`insert into valuation_item (order_id, asset_id, value) values ($1, $2, 5000000)`, order, id)
	return id
}

func person(org uuid.UUID, kind authz.OrgKind, name string, roles ...authz.Role) authz.Actor {
	return authz.Actor{UserID: uuid.New(), OrgID: org, Name: name, OrgName: name + "的单位", OrgKind: kind, Roles: roles}
}

func (w *world) bank(name string) house {
	id := w.org(authz.Bank, name)
	return house{
		person(id, authz.Bank, name+"经理", authz.LoanOfficer), person(id, authz.Bank, name+"复核", authz.BankReviewer),
		person(id, authz.Bank, name+"审批", authz.BankApprover),
	}
}

// openNeed brings a need for 3,000,000.00 at most 4.5 % through both signatures.
func (w *world) openNeed() financing.Need {
	w.t.Helper()
	ctx := w.t.Context()
	n, err := w.needs.Create(ctx, w.operator, financing.Content{
		Title: "流动资金", Amount: money.Must("3000000.00"), TermMonths: 12, Purpose: "采购原材料用于生产", PurposeKind: "working_capital",
		Method: "interest_only_bullet", RateCeiling: money.MustRate("4.5"), BidDays: 5, AssetIDs: w.assets,
	})
	require.NoError(w.t, err)
	_, err = w.needs.Submit(ctx, w.operator, n.ID)
	require.NoError(w.t, err)
	w.sign(w.signatory, "need", n.ID)
	_, err = w.needs.Review(ctx, w.handler, n.ID, financing.Approve, "")
	require.NoError(w.t, err)
	w.sign(w.checker, "need", n.ID)
	n = w.need(n.ID)
	require.Equal(w.t, financing.Open, n.Status)
	require.Equal(w.t, "2026-03-09T09:30:00Z", n.ClosesAt.UTC().Format(time.RFC3339), "17:30 in China, five working days on")
	return n
}

func (w *world) pending(kind string, id uuid.UUID) uuid.UUID {
	w.t.Helper()
	rows := testdb.Texts(w.t, w.db, "select id from approval_proposal where subject_kind = $1 and subject_id = $2 and status = 'pending'", kind, id)
	require.Len(w.t, rows, 1, "one step waits")
	return uuid.MustParse(rows[0])
}

func (w *world) sign(who authz.Actor, kind string, id uuid.UUID) {
	w.t.Helper()
	_, err := w.approvals.Sign(w.t.Context(), who, w.pending(kind, id))
	require.NoError(w.t, err)
}

func (w *world) need(id uuid.UUID) (n financing.Need) {
	w.t.Helper()
	require.NoError(w.t, w.db.Read(w.t.Context(), func(tx postgres.Tx) (err error) {
		n, err = financing.Find(tx, id)
		return err
	}))
	return n
}

func (w *world) bid(id uuid.UUID) (b bid.Bid) {
	w.t.Helper()
	require.NoError(w.t, w.db.Read(w.t.Context(), func(tx postgres.Tx) (err error) {
		b, err = bid.Find(tx, id)
		return err
	}))
	return b
}

func offer(amount, rate string) bid.Offer {
	return bid.Offer{
		Amount: money.Must(amount), Rate: money.MustRate(rate), TermMonths: 12, Method: "interest_only_bullet",
		LTV: money.MustRate("40"), ValidUntil: calendar.MustDate("2026-04-10"),
	}
}

// submitted is a bid that the bank's reviewer has signed.
func (w *world) submitted(n financing.Need, b house, amount, rate string) bid.Bid {
	w.t.Helper()
	made := w.proposed(n, b, amount, rate)
	w.sign(b.reviewer, "bid", made.ID)
	return w.bid(made.ID)
}

func (w *world) proposed(n financing.Need, b house, amount, rate string) bid.Bid {
	w.t.Helper()
	made, err := w.bids.Create(w.t.Context(), b.officer, n.ID, offer(amount, rate))
	require.NoError(w.t, err)
	_, err = w.bids.Submit(w.t.Context(), b.officer, made.ID)
	require.NoError(w.t, err)
	return made
}

// closed moves the clock to the end of the window.
func (w *world) closed(n financing.Need) { w.at(*n.ClosesAt) }

func (w *world) award(n financing.Need, lines ...bid.AwardLine) error {
	return w.bids.Award(context.WithoutCancel(w.t.Context()), w.signatory, n.ID, lines)
}

func line(b bid.Bid, amount string) bid.AwardLine {
	return bid.AwardLine{BidID: b.ID, Amount: money.Must(amount)}
}

func requireFault(t *testing.T, err error, code string) {
	t.Helper()
	require.Error(t, err)
	require.True(t, hasCode(err, code), "want %s, got %v", code, err)
}

// hasCode finds a failure by its code, also among the fields of a gathered one.
func hasCode(err error, code string) bool {
	f, ok := fault.From(err)
	if !ok {
		return false
	}
	for _, field := range f.Fields {
		if field.Code == code {
			return true
		}
	}
	return f.Code == code
}
