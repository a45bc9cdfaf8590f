package notify

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/authz"
	"ippledge/internal/event"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/testdb"
)

var noon = time.Date(2026, 9, 1, 4, 0, 0, 0, time.UTC)

// town has one organisation of each kind that waits for something, with one person who
// may do everything there is to do in it, and a second bank.
type town struct {
	db   *postgres.DB
	bus  *event.Bus
	orgs map[string]uuid.UUID
}

func newTown(t *testing.T) town {
	t.Helper()
	w := town{db: testdb.New(t, noon), orgs: map[string]uuid.UUID{}}
	w.bus = event.NewBus(w.db)
	NewService(w.db, nil).Listen(w.bus)
	w.exec(t, `insert into area (code, name, kind, seq) values ('430502', '双清区', 'county', 1)`)
	for i, o := range []struct {
		name string
		kind authz.OrgKind
		role authz.Role
	}{
		{"bank", authz.Bank, authz.LoanOfficer}, {"rival", authz.Bank, authz.LoanOfficer}, {"firm", authz.Enterprise, authz.EnterpriseOperator},
		{"neighbour", authz.Enterprise, authz.EnterpriseOperator}, {"bureau", authz.IPBureau, authz.BureauHandler},
		{"finance", authz.FinanceBureau, authz.Treasurer}, {"manager", authz.FundManager, authz.FundHandler},
	} {
		id, user := uuid.New(), uuid.New()
		w.orgs[o.name] = id
		w.exec(t, `insert into organization (id, kind, number, name, area_code, established_on, scale, status, created_at)
			values ($1, $2, $3, $4, '430502', '2015-06-01', 'small', 'admitted', $5)`, id, o.kind, fmt.Sprintf("JG%d", i), o.name, noon)
		w.exec(t, `insert into user_account (id, username, name, org_id, password_hash, password_changed_at, status, created_at)
			values ($1, $2, $2, $3, 'x', $4, 'active', $4)`, user, o.name, id, noon)
		w.exec(t, `insert into user_role (user_id, org_id, role, granted_at) values ($1, $2, $3, $4)`, user, id, o.role, noon)
	}
	return w
}

func (w town) exec(t *testing.T, sql string, args ...any) {
	t.Helper()
	_, err := w.db.SQL().ExecContext(t.Context(), sql, args...)
	require.NoError(t, err)
}

func (w town) deliver(t *testing.T, name string, at time.Time, members map[string]any) {
	t.Helper()
	payload, err := json.Marshal(members)
	require.NoError(t, err)
	require.NoError(t, w.bus.Deliver(t.Context(), event.Delivery{Name: name, At: at, Payload: payload}))
}

// subjects are the members that an event may name something by.
var subjects = []string{"claim_id", "recovery_id", "receipt_id", "subsidy_id", "call_id", "batch_id", "fund_id", "loan_id", "need_id", "bid_id", "enrolment_id"}

func TestWhoIsToldOfWhat(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	for name, c := range map[string]struct {
		more map[string]any
		want []string // who, and what they read
	}{
		"claim.correction": {map[string]any{"amount": "120000.00", "due_on": "2026-09-10", "message": "缺少判决书"},
			[]string{"bank | 补偿申请需要补正材料 | 金额 120,000.00 元，期限 2026-09-10，缺少判决书。请补正后重新提交。 | /console/claims/"}},
		"claim.objected":         {nil, []string{"bank | 补偿公示收到异议", "bureau | 补偿公示收到异议 | 请核实并答复。"}},
		"claim.approved":         {nil, []string{"bank | 补偿申请已核准", "finance | 补偿已核准，待拨付 | 请办理拨付。"}},
		"claim.partly_paid":      {nil, []string{"bank | 补偿款已部分拨付"}},
		"claim.clawback_ordered": {nil, []string{"bank | 补偿款须退回", "finance | 有补偿款待银行退回"}},
		"recovery.received":      {map[string]any{"amount": "21000.00", "due_on": "2026-09-08"}, []string{"bank | 回款已登记 | 金额 21,000.00 元，期限 2026-09-08", "finance | 有追偿款待银行划转"}},
		"recovery.transfer_late": {nil, []string{"bank | 追偿款逾期未划转", "finance | 有银行逾期未划转追偿款"}},
		"recovery.reopened":      {nil, []string{"manager | 重新打开"}},
		"recovery.written_off":   {nil, []string{"bank | 损失已核销", "manager | 核销已同意"}},
		"subsidy_call.published": {map[string]any{"message": "2026 年度补助"}, []string{"firm | 补助征集已发布 | 2026 年度补助", "neighbour | 补助征集已发布"}},
		"subsidy.submitted":      {nil, []string{"bureau | 收到新的补助申请"}},
		"subsidy.approved":       {map[string]any{"amount": "40000.00"}, []string{"firm | 补助已核定 | 40,000.00"}},
		"subsidy.paid":           {nil, []string{"firm | 补助已拨付"}},
		"subsidy_batch.paid":     {nil, []string{"bureau | 补助批次已拨付"}},
		"bid.accepted":           {nil, []string{"bank | 本行报价已被选定"}},
		"bid.submitted":          {nil, nil},
		"loan.overdue":           {nil, []string{"bank | 贷款发生逾期", "firm | 贷款已逾期"}},
		"enrolment.late_allowed": {nil, []string{"bank | 逾期备案已获准许"}},
		"fund.breaker_changed":   {nil, []string{"bank | 本行的熔断状态变更", "manager | 熔断状态变更"}},
	} {
		t.Run(name, func(t *testing.T) {
			members := map[string]any{"bank_id": w.orgs["bank"], "org_id": w.orgs["firm"], "borrower_id": w.orgs["firm"], "amount": "1.00"}
			for _, s := range subjects {
				members[s] = uuid.New()
			}
			for k, v := range c.more {
				members[k] = v
			}
			w.deliver(t, name, noon, members)
			w.deliver(t, name, noon, members) // at least once
			got := testdb.Texts(t, w.db, `select u.username, m.title, m.body, m.link from message m join user_account u on u.id = m.user_id
				where m.event = $1 order by u.username, m.title`, name)
			require.Len(t, got, len(c.want), "got %v", got)
			for i, want := range c.want {
				for _, part := range strings.Split(want, " | ") {
					require.Contains(t, got[i], part)
				}
			}
		})
	}
}

func TestTheSameThingHappeningAgainIsToldAgain(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	count := func() string { return testdb.Texts(t, w.db, `select count(*) from message`)[0] }
	claim := map[string]any{"claim_id": uuid.New(), "bank_id": w.orgs["bank"]}
	w.deliver(t, "claim.correction", noon, claim)
	w.deliver(t, "claim.correction", noon.Add(48*time.Hour), claim)
	require.Equal(t, "2", count(), "a second request for papers is news")

	late := map[string]any{"recovery_id": uuid.New(), "receipt_id": uuid.New(), "bank_id": w.orgs["bank"]}
	for day := range 3 {
		w.deliver(t, "recovery.transfer_due", noon.Add(time.Duration(day)*24*time.Hour), late)
	}
	require.Equal(t, "3", count(), "a reminder of one receipt comes once, however often the day's work runs")
}

func TestWholeFundsBreakerConcernsEveryBank(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	w.deliver(t, "fund.breaker_changed", noon, map[string]any{"fund_id": uuid.New(), "bank_id": nil, "message": "暂停入库，代偿率超过警戒线"})
	require.Equal(t, []string{"bank", "manager", "rival"},
		testdb.Texts(t, w.db, `select u.username from message m join user_account u on u.id = m.user_id where m.body like '%暂停入库%' order by 1`))
}

func TestAReceiptWithoutTheFundsPartOwesNothing(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	w.deliver(t, "recovery.received", noon, map[string]any{"recovery_id": uuid.New(), "bank_id": w.orgs["bank"], "amount": "0.00"})
	require.Empty(t, testdb.Texts(t, w.db, `select id from message`))
}
