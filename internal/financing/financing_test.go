package financing_test

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/approval"
	"ippledge/internal/authz"
	"ippledge/internal/document"
	"ippledge/internal/etag"
	"ippledge/internal/fault"
	"ippledge/internal/financing"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/testdb"
)

// noon is a Monday in China.
var noon = time.Date(2026, 3, 2, 4, 0, 0, 0, time.UTC)

type desk struct {
	t                                     *testing.T
	db                                    *postgres.DB
	clock                                 *atomic.Int64
	approvals                             *approval.Service
	needs                                 *financing.Service
	operator, signatory, handler, checker authz.Actor
	asset                                 uuid.UUID
}

func setup(t *testing.T) *desk {
	t.Helper()
	d := &desk{t: t, clock: &atomic.Int64{}}
	d.at(noon)
	d.db = testdb.New(t, noon).WithClock(func() time.Time { return time.UnixMicro(d.clock.Load()) })
	d.approvals = approval.NewService(d.db)
	d.needs = financing.NewService(d.db, d.approvals, document.NewService(d.db, nil, nil))
	d.approvals.Handle(d.needs.Kinds()...)
	d.exec(`insert into area (code, name, kind, seq) values ('430511', '北塔区', 'county', 1)`)
	d.operator, d.signatory = d.pair(authz.Enterprise, authz.EnterpriseOperator, authz.EnterpriseSignatory)
	d.handler, d.checker = d.pair(authz.IPBureau, authz.BureauHandler, authz.BureauChecker)
	d.asset = d.right(d.operator.OrgID, "listed")
	return d
}

func (d *desk) at(now time.Time) { d.clock.Store(now.UnixMicro()) }

func (d *desk) exec(query string, args ...any) {
	d.t.Helper()
	_, err := d.db.SQL().Exec(query, args...)
	require.NoError(d.t, err)
}

func (d *desk) pair(kind authz.OrgKind, maker, checker authz.Role) (authz.Actor, authz.Actor) {
	id := uuid.New()
	d.exec(`insert into organization (id, kind, number, name, area_code, scale, status, consented_at, created_at) values ($1, $2, $3, '单位', '430511', 'small', 'admitted', $4, $4)`,
		id, kind, "JG"+id.String(), noon)
	one := func(role authz.Role) authz.Actor {
		return authz.Actor{UserID: uuid.New(), OrgID: id, Name: string(role), OrgName: "单位", OrgKind: kind, Roles: []authz.Role{role}}
	}
	return one(maker), one(checker)
}

func (d *desk) right(owner uuid.UUID, status string) uuid.UUID {
	id := uuid.New()
	d.exec(`insert into ip_asset (id, number, org_id, kind, title, right_no, filed_on, granted_on, expires_on, fee_paid_until, registered_owner, status, created_at)
		values ($1, $2, $3, 'invention_patent', '专利', $2, '2019-04-01', '2021-01-01', '2039-04-01', '2027-04-01', '单位', $4, $5)`, id, "ZC"+id.String(), owner, status, noon)
	return id
}

func (d *desk) content(assets ...uuid.UUID) financing.Content {
	if len(assets) == 0 {
		assets = []uuid.UUID{d.asset}
	}
	return financing.Content{
		Title: "流动资金", Amount: money.Must("3000000.00"), TermMonths: 12, Purpose: "采购原材料用于生产", PurposeKind: "working_capital",
		Method: "bullet", RateCeiling: money.MustRate("4.5"), BidDays: 5, AssetIDs: assets,
	}
}

func (d *desk) draft(assets ...uuid.UUID) financing.Need {
	d.t.Helper()
	n, err := d.needs.Create(d.t.Context(), d.operator, d.content(assets...))
	require.NoError(d.t, err)
	return n
}

func (d *desk) submitted() financing.Need {
	d.t.Helper()
	n := d.draft()
	_, err := d.needs.Submit(d.t.Context(), d.operator, n.ID)
	require.NoError(d.t, err)
	return d.find(n.ID)
}

func (d *desk) reviewed(decision financing.Action, reason string) financing.Need {
	d.t.Helper()
	n := d.submitted()
	d.sign(d.signatory, n.ID)
	_, err := d.needs.Review(d.t.Context(), d.handler, n.ID, decision, reason)
	require.NoError(d.t, err)
	d.sign(d.checker, n.ID)
	return d.find(n.ID)
}

func (d *desk) pending(id uuid.UUID) uuid.UUID {
	d.t.Helper()
	rows := testdb.Texts(d.t, d.db, "select id from approval_proposal where subject_id = $1 and status = 'pending'", id)
	require.Len(d.t, rows, 1)
	return uuid.MustParse(rows[0])
}

func (d *desk) sign(who authz.Actor, id uuid.UUID) {
	d.t.Helper()
	_, err := d.approvals.Sign(d.t.Context(), who, d.pending(id))
	require.NoError(d.t, err)
}

func (d *desk) find(id uuid.UUID) (n financing.Need) {
	d.t.Helper()
	require.NoError(d.t, d.db.Read(d.t.Context(), func(tx postgres.Tx) (err error) {
		n, err = financing.Find(tx, id)
		return err
	}))
	return n
}

func requireFault(t *testing.T, err error, code string) {
	t.Helper()
	f, ok := fault.From(err)
	require.True(t, ok, "want %s, got %v", code, err)
	codes := []string{f.Code}
	for _, field := range f.Fields {
		codes = append(codes, field.Code)
	}
	require.Contains(t, codes, code)
}

// TestTransitions looks at every pair of state and action: what isn't listed is refused.
func TestTransitions(t *testing.T) {
	t.Parallel()
	allowed := map[financing.Status]map[financing.Action]financing.Status{
		"draft":          {"edit": "draft", "submit": "submitted", "cancel": "cancelled"},
		"submitted":      {"sign": "pending_review", "refuse": "returned", "withdraw": "draft", "cancel": "cancelled"},
		"pending_review": {"approve": "open", "return": "returned", "cancel": "cancelled"},
		"returned":       {"edit": "draft", "submit": "submitted", "cancel": "cancelled"},
		"open":           {"close": "evaluating", "fail": "failed", "cancel": "cancelled"},
		"evaluating":     {"award": "awarded", "fail": "failed", "fulfil": "fulfilled", "cancel": "cancelled"},
		"awarded":        {"reconsult": "evaluating", "fail": "failed", "fulfil": "fulfilled", "cancel": "cancelled"},
		"failed":         {"reopen": "open", "revise": "draft", "cancel": "cancelled"},
	}
	states := []financing.Status{"draft", "submitted", "pending_review", "returned", "open", "evaluating", "awarded", "fulfilled", "failed", "cancelled"}
	actions := []financing.Action{"edit", "submit", "sign", "refuse", "withdraw", "approve", "return", "close", "fail", "award", "reconsult", "fulfil", "reopen", "revise", "cancel"}
	require.ElementsMatch(t, states, financing.Transitions.States())
	for _, from := range states {
		for _, action := range actions {
			to, err := financing.Transitions.Next(from, action)
			want, ok := allowed[from][action]
			if !ok {
				require.True(t, fault.Has(err, "transition_not_allowed"), "%s %s", from, action)
				continue
			}
			require.NoError(t, err)
			require.Equal(t, want, to)
			require.NotEmpty(t, from.Text())
		}
	}
}

func TestContentIsChecked(t *testing.T) {
	t.Parallel()
	d := setup(t)
	for code, change := range map[string]func(*financing.Content){
		"amount_not_positive": func(c *financing.Content) { c.Amount = money.Zero }, "term_out_of_range": func(c *financing.Content) { c.TermMonths = 0 },
		"rate_out_of_range": func(c *financing.Content) { c.RateCeiling = money.MustRate("0") }, "bid_days_out_of_range": func(c *financing.Content) { c.BidDays = 4 },
		"asset_required": func(c *financing.Content) { c.AssetIDs = nil }, "asset_not_found": func(c *financing.Content) { c.AssetIDs = []uuid.UUID{uuid.New()} },
		"asset_not_available": func(c *financing.Content) { c.AssetIDs = []uuid.UUID{d.right(d.operator.OrgID, "submitted")} },
		"method_unknown":      func(c *financing.Content) { c.Method = "free" },
	} {
		c := d.content()
		change(&c)
		_, err := d.needs.Create(t.Context(), d.operator, c)
		requireFault(t, err, code)
	}
	other, _ := d.pair(authz.Enterprise, authz.EnterpriseOperator, authz.EnterpriseSignatory)
	_, err := d.needs.Create(t.Context(), other, d.content())
	requireFault(t, err, "asset_not_found")
	_, err = d.needs.Create(t.Context(), d.signatory, d.content())
	requireFault(t, err, "permission_denied")
}

func TestFromDraftToOpen(t *testing.T) {
	t.Parallel()
	d := setup(t)
	n := d.submitted()
	require.Equal(t, financing.Submitted, n.Status)
	_, err := d.needs.Edit(t.Context(), d.operator, n.ID, d.content())
	requireFault(t, err, "need_not_editable")
	_, err = d.needs.Review(t.Context(), d.handler, n.ID, financing.Approve, "")
	requireFault(t, err, "need_not_found")
	d.sign(d.signatory, n.ID)
	require.Equal(t, financing.PendingReview, d.find(n.ID).Status)

	_, err = d.needs.Review(t.Context(), d.handler, n.ID, financing.Approve, "")
	require.NoError(t, err)
	_, err = d.needs.Review(t.Context(), d.handler, n.ID, financing.Return, "材料不全")
	requireFault(t, err, "approval_already_pending")
	both := d.handler
	both.Roles = append(both.Roles, d.checker.Roles...)
	_, err = d.approvals.Sign(t.Context(), both, d.pending(n.ID))
	requireFault(t, err, "maker_is_checker")
	d.sign(d.checker, n.ID)
	n = d.find(n.ID)
	require.Equal(t, financing.Open, n.Status)
	require.Equal(t, "2026-03-09T09:30:00Z", n.ClosesAt.UTC().Format(time.RFC3339), "17:30 in China on the fifth working day")
	require.Equal(t, []string{"1"}, testdb.Texts(t, d.db, `select count(*) from river_job where args->>'name' = 'need.opened'`))
}

func TestReturnedWithAReason(t *testing.T) {
	t.Parallel()
	d := setup(t)
	n := d.reviewed(financing.Return, "请补充用途证明")
	require.Equal(t, financing.Returned, n.Status)
	require.Equal(t, "请补充用途证明", n.StatusReason)
	_, err := d.needs.Edit(t.Context(), d.operator, n.ID, d.content())
	require.NoError(t, err)
	require.Equal(t, financing.Draft, d.find(n.ID).Status)
}

func TestTheSignatorySendsBackOrTheMakerTakesBack(t *testing.T) {
	t.Parallel()
	d := setup(t)
	n := d.submitted()
	_, err := d.approvals.Reject(t.Context(), d.signatory, d.pending(n.ID), "金额有误")
	require.NoError(t, err)
	require.Equal(t, financing.Returned, d.find(n.ID).Status)
	_, err = d.needs.Submit(t.Context(), d.operator, n.ID)
	require.NoError(t, err)
	_, err = d.approvals.Withdraw(t.Context(), d.operator, d.pending(n.ID))
	require.NoError(t, err)
	require.Equal(t, financing.Draft, d.find(n.ID).Status)
}

func TestPortfolioMustBeFreeWhenOffered(t *testing.T) {
	t.Parallel()
	d := setup(t)
	t.Run("AVerifiedRightMustBeListedFirst", func(t *testing.T) {
		n := d.draft(d.right(d.operator.OrgID, "verified"))
		_, err := d.needs.Submit(t.Context(), d.operator, n.ID)
		requireFault(t, err, "asset_not_listed")
	})
	t.Run("TheDebtMustEndBeforeThePatent", func(t *testing.T) {
		short := d.right(d.operator.OrgID, "listed")
		d.exec("update ip_asset set expires_on = '2027-03-01', fee_paid_until = '2027-03-01' where id = $1", short)
		n := d.draft(short)
		_, err := d.needs.Submit(t.Context(), d.operator, n.ID)
		requireFault(t, err, "asset_precheck_failed")
	})
	t.Run("ARightServesOneNeedAtATime", func(t *testing.T) {
		first, second := d.submitted(), d.draft()
		_, err := d.needs.Submit(t.Context(), d.operator, second.ID)
		requireFault(t, err, "asset_in_other_need")
		_, err = d.needs.Cancel(t.Context(), d.signatory, first.ID, "改变计划")
		require.NoError(t, err)
		_, err = d.needs.Submit(t.Context(), d.operator, second.ID)
		require.NoError(t, err)
	})
}

func TestWindowEndsByTheClock(t *testing.T) {
	t.Parallel()
	d := setup(t)
	n := d.reviewed(financing.Approve, "")
	d.at(n.ClosesAt.Add(-time.Microsecond))
	require.True(t, d.find(n.ID).WindowOpen(d.db.Now()))
	closed, err := d.needs.CloseDue(t.Context())
	require.NoError(t, err)
	require.Zero(t, closed)

	d.at(*n.ClosesAt)
	late := d.find(n.ID)
	require.Equal(t, financing.Failed, late.Status, "read as closed before any job")
	require.Equal(t, []string{"open"}, testdb.Texts(t, d.db, "select status from financing_need"))
	require.True(t, late.BidsVisible(d.db.Now()))
	// A reader's version is not made stale by the late close.
	reopened, err := d.needs.Reopen(etag.With(t.Context(), late.Version), d.signatory, n.ID)
	require.NoError(t, err)
	require.Equal(t, financing.Open, reopened.Status)
	require.Equal(t, "2026-03-16T09:30:00Z", reopened.ClosesAt.UTC().Format(time.RFC3339))

	d.at(*reopened.ClosesAt)
	for want := range 2 {
		closed, err = d.needs.CloseDue(t.Context())
		require.NoError(t, err)
		require.Equal(t, 1-want, closed, "the job does it once")
	}
	require.Equal(t, []string{"failed"}, testdb.Texts(t, d.db, "select status from financing_need"))
	_, err = d.needs.Revise(t.Context(), d.signatory, n.ID)
	require.NoError(t, err)
	require.Equal(t, financing.Draft, d.find(n.ID).Status)
}

func TestStrangersAndStaleVersions(t *testing.T) {
	t.Parallel()
	d := setup(t)
	n := d.draft()
	_, stranger := d.pair(authz.Enterprise, authz.EnterpriseOperator, authz.EnterpriseSignatory)
	_, err := d.needs.Cancel(t.Context(), stranger, n.ID, "无关")
	requireFault(t, err, "need_not_found")
	_, err = d.needs.Cancel(etag.With(t.Context(), 7), d.signatory, n.ID, "无关")
	requireFault(t, err, "stale_version")
	_, err = d.needs.Cancel(t.Context(), d.signatory, n.ID, "")
	requireFault(t, err, "reason_required")
	_, err = d.needs.CloseEarly(t.Context(), d.signatory, n.ID)
	requireFault(t, err, "bid_window_closed")
	d.exec("update organization set status = 'suspended' where id = $1", d.operator.OrgID)
	_, err = d.needs.Edit(t.Context(), d.operator, n.ID, d.content())
	requireFault(t, err, "organisation_not_admitted")
}

func TestTodo(t *testing.T) {
	t.Parallel()
	d := setup(t)
	todo := func(who authz.Actor) (out []string) {
		require.NoError(t, d.db.Read(t.Context(), func(tx postgres.Tx) error {
			items, err := d.needs.Todo(tx, who)
			for _, i := range items {
				out = append(out, fmt.Sprint(i.Kind, " ", i.DueOn))
			}
			return err
		}))
		return out
	}
	n := d.submitted()
	require.Empty(t, todo(d.operator), "it waits for the signature")
	require.Empty(t, todo(d.handler))
	d.sign(d.signatory, n.ID)
	require.Equal(t, []string{"need.review 2026-03-05"}, todo(d.handler))
	require.Empty(t, todo(d.checker))
	_, err := d.needs.Review(t.Context(), d.handler, n.ID, financing.Approve, "")
	require.NoError(t, err)
	require.Empty(t, todo(d.handler), "now the checker's")
	d.sign(d.checker, n.ID)
	d.at(*d.find(n.ID).ClosesAt)
	require.Equal(t, []string{"need.failed <nil>"}, todo(d.signatory))
}
