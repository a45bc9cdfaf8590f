package iam_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/approval"
	"ippledge/internal/authz"
	"ippledge/internal/document"
	"ippledge/internal/httpapi"
	"ippledge/internal/iam"
	"ippledge/internal/identifier"
	"ippledge/internal/org"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/testdb"
)

const password = "Shaoyang@2026"

// noon is near the present, because scs itself dates sessions by the wall clock.
var noon = time.Now().UTC().Truncate(time.Second)

type fixture struct {
	*iam.Service
	db       *postgres.DB
	orgs     *org.Service
	engine   *gin.Engine
	moved    *atomic.Int64
	platform org.Organization
	firm     org.Organization
	bank     org.Organization
}

func setup(t *testing.T, config iam.Config) fixture {
	t.Helper()
	f := fixture{moved: new(atomic.Int64)}
	f.db = testdb.New(t, noon).WithClock(func() time.Time { return noon.Add(time.Duration(f.moved.Load())) })
	f.orgs = org.NewService(f.db, approval.NewService(f.db), document.NewService(f.db, nil, nil))
	config.CheapHashes = true
	f.Service = iam.NewService(f.db, config)
	f.engine = httpapi.Engine(f.Service)
	api := httpapi.New(f.engine, f.db)
	f.Routes(api)
	f.orgs.Routes(api)
	require.NoError(t, f.db.InTx(t.Context(), func(tx postgres.Tx) error {
		return org.PutAreas(tx, []org.Region{{Code: "430500", Name: "邵阳市", Kind: org.City}})
	}))
	install := func(kind authz.OrgKind, name, org8 string) org.Organization {
		o, err := f.orgs.Install(t.Context(), kind, org.Profile{Name: name, USCC: identifier.CompleteUSCC("91430500", org8), AreaCode: "430500", Scale: org.Small})
		require.NoError(t, err)
		return o
	}
	f.platform = install(authz.Platform, "邵知融平台", "MA4L0001")
	f.firm = install(authz.Enterprise, "邵阳市星垣智能装备有限公司", "MA4L0002")
	f.bank = install(authz.Bank, "邵阳资江银行", "MA4L0003")
	return f
}

func (f fixture) move(d time.Duration) { f.moved.Add(int64(d)) }

func (f fixture) user(t *testing.T, username string, o org.Organization, roles ...authz.Role) iam.User {
	t.Helper()
	u, err := f.Create(t.Context(), authz.System, iam.NewUser{Username: username, Name: "测试员", Password: password, OrgID: o.ID,
		Memberships: []iam.Membership{{OrgID: o.ID, Roles: roles}}})
	require.NoError(t, err)
	return u
}

func (f fixture) actor(t *testing.T, u iam.User, o org.Organization) (a authz.Actor) {
	t.Helper()
	require.NoError(t, f.db.Read(t.Context(), func(tx postgres.Tx) (err error) {
		a, err = iam.ActorOf(tx, u.ID, o.ID)
		return err
	}))
	return a
}

// browser keeps its cookie from answer to answer.
type browser struct {
	f          fixture
	cookie     string
	background bool // what the page asks by itself
}

type answer struct {
	Status int                       `json:"-"`
	Code   string                    `json:"code"`
	User   struct{ Username string } `json:"user"`
	Org    struct {
		ID   uuid.UUID `json:"id"`
		Name string    `json:"name"`
	} `json:"organization"`
	Permissions []string `json:"permissions"`
	body        string
}

func (b *browser) do(t *testing.T, method, path string, body any) answer {
	t.Helper()
	text := ""
	if body != nil {
		raw, err := json.Marshal(body)
		require.NoError(t, err)
		text = string(raw)
	}
	request := httptest.NewRequestWithContext(t.Context(), method, "/api/v1"+path, strings.NewReader(text))
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	if b.cookie != "" {
		request.AddCookie(&http.Cookie{Name: iam.CookieName, Value: b.cookie})
	}
	if b.background {
		request.Header.Set(iam.BackgroundHeader, "1")
	}
	w := httptest.NewRecorder()
	b.f.engine.ServeHTTP(w, request)
	for _, c := range w.Result().Cookies() {
		b.cookie = c.Value
	}
	a := answer{Status: w.Code, body: w.Body.String()}
	if w.Body.Len() > 0 {
		require.NoError(t, json.Unmarshal(w.Body.Bytes(), &a), w.Body.String())
		a.Status = w.Code
	}
	return a
}

func (b *browser) signIn(t *testing.T, username, pw, code string) answer {
	t.Helper()
	return b.do(t, http.MethodPost, "/session", map[string]string{"username": username, "password": pw, "totp_code": code})
}
