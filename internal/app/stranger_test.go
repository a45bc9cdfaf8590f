package app_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/app"
	"ippledge/internal/authz"
	"ippledge/internal/config"
	"ippledge/internal/platform/blob"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/testdb"
)

// owned says, by the first word of a path, which rows belong to somebody, and which of
// them the named kinds of organisation may read although they are strangers.
var owned = map[string]struct {
	rows string // ids of rows that exist, one of each state
	open map[authz.OrgKind]string
}{
	"assets": {rows: `select distinct on (status) id from ip_asset`, open: map[authz.OrgKind]string{
		authz.Bank: `select na.asset_id from financing_need_asset na join financing_need n on n.id = na.need_id where n.status in ('open', 'evaluating')`,
	}},
	"valuations": {rows: `select distinct on (status) id from valuation_order`, open: map[authz.OrgKind]string{authz.Bank: offeredValuations}},
	"needs": {rows: `select distinct on (status) id from financing_need`, open: map[authz.OrgKind]string{
		authz.Bank: `select id from financing_need where status in ('open', 'evaluating', 'awarded', 'fulfilled', 'failed', 'cancelled')`,
	}},
	"bids":       {rows: `select distinct on (status) id from bid`},
	"pledges":    {rows: `select distinct on (status) id from pledge`},
	"loans":      {rows: `select distinct on (status) id from loan`},
	"enrolments": {rows: `select distinct on (status) id from enrolment`},
	"claims":     {rows: `select distinct on (status) id from claim`},
	"recoveries": {rows: `select distinct on (status) id from recovery`},
	"subsidies":  {rows: `select distinct on (status) id from subsidy_application`},
	"approvals":  {rows: `select distinct on (kind, status) id from approval_proposal`},
	"documents": {rows: `select id from document order by id limit 5`, open: map[authz.OrgKind]string{
		authz.Bank: `select document_id from document_link where subject_id in (` + offeredValuations + `)`,
	}},
	"users":    {rows: `select id from user_account order by id limit 5`},
	"api-keys": {rows: `select id from api_key order by id limit 5`},
}

// offeredValuations are those of rights that every bank may bid on now.
const offeredValuations = `select i.order_id from valuation_item i join financing_need_asset na on na.asset_id = i.asset_id
	join financing_need n on n.id = na.need_id where n.status in ('open', 'evaluating')`

// outsiders are the roles of organisations of which there are many; the bureaux, the
// fund's manager, the observers and the administrators are no strangers to any row.
func outsiders() (roles []authz.RoleInfo) {
	for _, info := range authz.Roles {
		if slices.ContainsFunc(info.Kinds, func(k authz.OrgKind) bool {
			return slices.Contains([]authz.OrgKind{authz.Enterprise, authz.Bank, authz.AppraisalFirm, authz.Guarantor, authz.Insurer}, k)
		}) {
			roles = append(roles, info)
		}
	}
	return roles
}

// everyRowAsAStranger comes to the rows of the demo story as everybody from a house that
// has no part in them: nothing is shown, and nothing changes.
func everyRowAsAStranger(t *testing.T, db *postgres.DB, files blob.Store, c config.Config) {
	people := impersonator{map[string]authz.Actor{}}
	for _, info := range outsiders() {
		people.actors[string(info.Role)] = authz.Actor{
			UserID: uuid.New(), OrgID: uuid.New(), Name: info.Text, OrgName: "陌生单位", OrgKind: info.Kinds[0], Roles: []authz.Role{info.Role},
		}
	}
	engine, api := app.New(db, files, c).EngineFor(people)
	before := fingerprint(t, db)

	calls := 0
	for _, r := range routes(t, api) {
		noun, _, _ := strings.Cut(strings.TrimPrefix(r.path, "/"), "/")
		rule, ok := owned[noun]
		if !ok || !strings.Contains(r.path, "/{") {
			continue
		}
		for _, id := range testdb.Texts(t, db, rule.rows) {
			for _, info := range outsiders() {
				calls++
				at := r
				at.path = strings.Replace(r.path, r.path[strings.Index(r.path, "{"):strings.Index(r.path, "}")+1], id, 1)
				w := call(engine, at, string(info.Role))
				if r.method == http.MethodGet && mayRead(t, db, rule.open[info.Kinds[0]], id) {
					continue
				}
				require.Contains(t, []int{403, 404, 409, 412, 415, 422, 400, 413}, w.Code,
					"%s %s as a strange %s: %d %.200s", r.method, at.path, info.Role, w.Code, w.Body)
				if r.method == http.MethodGet {
					require.Contains(t, []int{403, 404}, w.Code, "%s as a strange %s: %.200s", at.path, info.Role, w.Body)
				}
			}
		}
	}
	require.NotZero(t, calls)
	require.Equal(t, before, fingerprint(t, db), "strangers changed nothing")
	t.Logf("%d calls of strangers on rows of the story", calls)
}

func mayRead(t *testing.T, db *postgres.DB, query, id string) bool {
	t.Helper()
	return query != "" && slices.Contains(testdb.Texts(t, db, query), id)
}

// fingerprint is a digest of everything that a use case could have written.
func fingerprint(t *testing.T, db *postgres.DB) string {
	t.Helper()
	var parts []string
	for _, table := range testdb.Texts(t, db, `select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'
		and table_name not like 'river%' and table_name not in ('goose_db_version', 'idempotency_key', 'session') order by 1`) {
		sum := testdb.Texts(t, db, fmt.Sprintf(`select coalesce(md5(string_agg(md5(x::text), '' order by md5(x::text))), '') from %s x`, table))
		parts = append(parts, table+"="+sum[0])
	}
	return strings.Join(parts, " ")
}
