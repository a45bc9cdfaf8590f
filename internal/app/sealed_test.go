package app_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/app"
	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/bid"
	"ippledge/internal/calendar"
	"ippledge/internal/config"
	"ippledge/internal/event"
	"ippledge/internal/httpapi"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/policy"
	"ippledge/internal/testdb"
)

// auction is an open need with one bank's bid on it already, and a rival that bids later.
type auction struct {
	t      *testing.T
	db     *postgres.DB
	app    *app.App
	people impersonator
	need   uuid.UUID
	rival  map[authz.Role]authz.Actor
}

func newAuction(t *testing.T, db *postgres.DB) *auction {
	a := &auction{t: t, db: db, people: impersonator{map[string]authz.Actor{}}, rival: map[authz.Role]authz.Actor{}}
	a.app = app.New(db, nil, config.Config{BaseURL: "http://shaoyang.example", DataDir: t.TempDir()})
	a.exec(`insert into area (code, name, kind, seq) values ('430500', '邵阳市', 'city', 0), ('430511', '北塔区', 'county', 1)`)
	orgs := map[authz.OrgKind]uuid.UUID{}
	for _, info := range authz.Roles {
		kind := info.Kinds[0]
		if _, known := orgs[kind]; !known {
			orgs[kind] = a.org(kind)
		}
		a.people.actors[string(info.Role)] = authz.Actor{UserID: uuid.New(), OrgID: orgs[kind], Name: info.Text, OrgName: "单位", OrgKind: kind, Roles: []authz.Role{info.Role}}
	}
	rival := a.org(authz.Bank)
	for _, role := range []authz.Role{authz.LoanOfficer, authz.BankReviewer} {
		a.rival[role] = authz.Actor{UserID: uuid.New(), OrgID: rival, Name: "对手", OrgName: "对手银行", OrgKind: authz.Bank, Roles: []authz.Role{role}}
	}
	parameters, _, err := policy.Default()
	require.NoError(t, err)
	text, err := json.Marshal(parameters)
	require.NoError(t, err)
	a.exec(`insert into policy_version (id, number, title, effective_from, parameters, status, created_at) values ($1, 'ZD1', '政策', '2025-01-01', $2, 'in_force', $3)`, uuid.New(), string(text), noon)
	a.exec(`insert into lpr_quote (id, published_on, one_year, five_year, source, status, recorded_at) values ($1, '2026-02-20', 3.0, 3.5, '测试', 'recorded', $2)`, uuid.New(), noon)
	a.need = uuid.New()
	asset := uuid.New()
	a.exec(`insert into ip_asset (id, number, org_id, kind, title, right_no, filed_on, granted_on, expires_on, fee_paid_until, registered_owner, status, created_at)
		values ($1, 'ZC1', $2, 'invention_patent', '专利', 'ZC1', '2019-04-01', '2021-01-01', '2039-04-01', '2027-04-01', '企业', 'listed', $3)`, asset, orgs[authz.Enterprise], noon)
	a.exec(`insert into financing_need (id, number, org_id, title, amount, term_months, purpose, method, rate_ceiling, area_code, submitted_at, opened_at, closes_at, status, created_at)
		values ($1, 'RZ2026000001', $2, '流动资金', 3000000, 12, '采购原材料', 'interest_only_bullet', 4.5, '430511', $3, $3, $4, 'open', $3)`,
		a.need, orgs[authz.Enterprise], noon, noon.Add(7*24*time.Hour))
	a.exec(`insert into financing_need_asset (need_id, asset_id) values ($1, $2)`, a.need, asset)
	return a
}

func (a *auction) exec(query string, args ...any) {
	a.t.Helper()
	_, err := a.db.SQL().Exec(query, args...)
	require.NoError(a.t, err)
}

func (a *auction) org(kind authz.OrgKind) uuid.UUID {
	id := uuid.New()
	a.exec(`insert into organization (id, kind, number, name, area_code, scale, status, consented_at, created_at) values ($1, $2, $3, $3, '430511', 'small', 'admitted', $4, $4)`,
		id, kind, "JG"+id.String(), noon)
	return id
}

func (a *auction) bid(officer, reviewer authz.Actor, rate string) bid.Bid {
	a.t.Helper()
	ctx := a.t.Context()
	b, err := a.app.Bids.Create(ctx, officer, a.need, bid.Offer{
		Amount: money.Must("1000000.00"), Rate: money.MustRate(rate), TermMonths: 12, Method: "bullet", LTV: money.MustRate("40"), ValidUntil: calendar.MustDate("2026-04-30"),
	})
	require.NoError(a.t, err)
	_, err = a.app.Bids.Submit(ctx, officer, b.ID)
	require.NoError(a.t, err)
	rows := testdb.Texts(a.t, a.db, "select id from approval_proposal where subject_id = $1 and status = 'pending'", b.ID)
	require.Len(a.t, rows, 1)
	_, err = a.app.Approvals.Sign(ctx, reviewer, uuid.MustParse(rows[0]))
	require.NoError(a.t, err)
	return b
}

// deliver hands the events that wait to whoever listens, as the queue does.
func (a *auction) deliver() {
	a.t.Helper()
	for _, text := range testdb.Texts(a.t, a.db, "delete from river_job where kind = 'event' returning args") {
		var d event.Delivery
		require.NoError(a.t, json.Unmarshal([]byte(text), &d))
		require.NoError(a.t, a.app.Bus.Deliver(a.t.Context(), d), d.Name)
	}
}

var requestID = regexp.MustCompile(`"request_id":"[^"]*"`)

// look reads every GET route as every role, with the given ids in the paths' places.
func (a *auction) look(ids ...uuid.UUID) map[string]string {
	engine, api := a.app.EngineFor(a.people)
	seen := map[string]string{}
	for _, r := range routes(a.t, api) {
		if r.method != http.MethodGet {
			continue
		}
		for _, info := range authz.Roles {
			for i, id := range ids {
				path := regexp.MustCompile(`\{[^}]*\}`).ReplaceAllString(r.path, id.String())
				if strings.HasSuffix(r.id, "-audit") {
					path += "?object_kind=bid" // an export leaves an entry of its own in the trail
				}
				request := httptest.NewRequest(http.MethodGet, "http://shaoyang.example"+httpapi.Prefix+path, nil)
				request.Header.Set("X-Role", string(info.Role))
				w := httptest.NewRecorder()
				engine.ServeHTTP(w, request)
				seen[strings.Join([]string{r.id, string(info.Role), string(rune('0' + i))}, " ")] = requestID.ReplaceAllString(w.Body.String(), "")
			}
		}
	}
	return seen
}

// TestNobodyNoticesARivalsBid reads whatever there is to read, as everybody but the rival,
// before and after the rival bids on an open need: not a byte may differ. The program's
// hardest promise is kept here, so every new GET route is under it without being named.
func TestNobodyNoticesARivalsBid(t *testing.T) {
	t.Parallel()
	a := newAuction(t, testdb.New(t, noon))
	first := a.people.actors
	a.bid(first[string(authz.LoanOfficer)], first[string(authz.BankReviewer)], "4.2")
	a.deliver()
	_, err := audit.Seal(t.Context(), a.db)
	require.NoError(t, err)

	before := a.look(a.need, uuid.New())
	rival := a.bid(a.rival[authz.LoanOfficer], a.rival[authz.BankReviewer], "4.0")
	a.deliver()
	_, err = audit.Seal(t.Context(), a.db)
	require.NoError(t, err)
	after := a.look(a.need, rival.ID)

	require.Len(t, after, len(before))
	for what, body := range before {
		require.Equal(t, body, after[what], what)
	}
	for what, body := range after {
		require.NotContains(t, body, rival.ID.String(), what)
		require.NotContains(t, body, rival.Number, what)
	}

	t.Run("AfterTheCloseItIsSeen", func(t *testing.T) {
		late := a.db.WithClock(func() time.Time { return noon.Add(7 * 24 * time.Hour) })
		open := &auction{t: t, db: late, people: a.people, app: app.New(late, nil, config.Config{BaseURL: "http://shaoyang.example", DataDir: t.TempDir()}), need: a.need}
		seen := open.look(a.need, rival.ID)
		for _, what := range []string{"get-bid enterprise_signatory 1", "compare-bids enterprise_signatory 0", "list-bids bureau_handler 0", "list-audit audit_admin 0"} {
			require.Contains(t, seen[what], rival.ID.String(), what)
		}
		for _, what := range []string{"get-bid loan_officer 1", "compare-bids loan_officer 0", "list-bids bank_reviewer 0", "list-bids auditor 0"} {
			require.NotContains(t, seen[what], rival.ID.String(), what)
		}
		require.Contains(t, seen["compare-bids loan_officer 0"], `"rank":2`, "its own place is all a bank learns")
	})
}
