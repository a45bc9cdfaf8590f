// Package app builds every service and connects them. It is the only place that knows
// them all; read it to see how the house hangs together.
package app

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"

	"ippledge/frontend"
	"ippledge/internal/approval"
	"ippledge/internal/audit"
	"ippledge/internal/bid"
	"ippledge/internal/calculator"
	"ippledge/internal/claim"
	"ippledge/internal/config"
	"ippledge/internal/document"
	"ippledge/internal/event"
	"ippledge/internal/financing"
	"ippledge/internal/fund"
	"ippledge/internal/httpapi"
	"ippledge/internal/iam"
	"ippledge/internal/indicator"
	"ippledge/internal/ipasset"
	"ippledge/internal/ledger"
	"ippledge/internal/loan"
	"ippledge/internal/notify"
	"ippledge/internal/org"
	"ippledge/internal/platform/blob"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/pledge"
	"ippledge/internal/policy"
	"ippledge/internal/portal"
	"ippledge/internal/product"
	"ippledge/internal/simulator"
	"ippledge/internal/subsidy"
	"ippledge/internal/todo"
	"ippledge/internal/valuation"
)

// App is the whole program, wired.
type App struct {
	DB     *postgres.DB
	Config config.Config
	Bus    *event.Bus

	Approvals  *approval.Service
	Documents  *document.Service
	Orgs       *org.Service
	Users      *iam.Service
	Policies   *policy.Service
	Ledger     *ledger.Service
	Assets     *ipasset.Service
	Valuations *valuation.Service
	Needs      *financing.Service
	Products   *product.Service
	Bids       *bid.Service
	Pledges    *pledge.Service
	Loans      *loan.Service
	Funds      *fund.Service
	Claims     *claim.Service
	Subsidies  *subsidy.Service
	Notices    *notify.Service
	Indicators *indicator.Service
	Portal     *portal.Service

	routers []router
	sources []todo.Source
	auth    httpapi.Authenticator
}

// router is a package that has operations.
type router interface{ Routes(api *httpapi.API) }

// New wires the program over a database and a file store. With db nil only the API
// document can be had.
func New(db *postgres.DB, files blob.Store, c config.Config) *App {
	a := &App{DB: db, Config: c, Bus: event.NewBus(db)}
	a.Approvals = approval.NewService(db)
	a.Documents = document.NewService(db, files, nil)
	a.Orgs = org.NewService(db, a.Approvals, a.Documents)
	a.Users = iam.NewService(db, iam.Config{MFARequired: c.MFARequired(), Secure: c.Secure(), Demo: c.Demo, CheapHashes: c.Demo})
	a.Policies = policy.NewService(db, a.Approvals)
	// Services of the domains follow, in the order of imports_test.go.
	a.Ledger = ledger.NewService(db, a.Approvals)
	a.Assets = ipasset.NewService(db, a.Approvals, a.Documents)
	a.Valuations = valuation.NewService(db, a.Documents)
	a.Needs = financing.NewService(db, a.Approvals, a.Documents)
	a.Products = product.NewService(db, a.Approvals)
	a.Bids = bid.NewService(db, a.Approvals)
	a.Pledges = pledge.NewService(db, a.Approvals, a.Documents)
	a.Loans = loan.NewService(db, a.Approvals, a.Documents)
	a.Pledges.SettledBy(a.Loans)
	a.Funds = fund.NewService(db, a.Approvals, a.Documents)
	a.Loans.Tell(a.Funds)
	a.Claims = claim.NewService(db, a.Approvals, a.Documents, a.Loans)
	a.Ledger.Refer(fund.Entries{}, claim.Entries{})
	a.Subsidies = subsidy.NewService(db, a.Approvals, a.Documents)
	a.Ledger.Refer(subsidy.References{})
	a.Notices = notify.NewService(db, a.Approvals)
	a.Indicators = indicator.NewService(db)
	a.Portal = portal.NewService(db, a.Indicators)

	a.auth = a.Users
	a.serve(audit.NewService(db), a.Approvals, a.Documents, a.Orgs, a.Users, a.Policies, a.Ledger, a.Assets,
		a.Valuations, a.Needs, a.Products, a.Bids, a.Pledges, a.Loans, a.Funds, a.Claims, a.Subsidies, simulator.NewService(db), calculator.NewService(), a.Notices, a.Indicators, a.Portal)
	a.subscribe()
	return a
}

// serve registers services for what they offer: operations, kinds of approval, tasks.
func (a *App) serve(services ...any) {
	for _, service := range services {
		if r, ok := service.(router); ok {
			a.routers = append(a.routers, r)
		}
		if k, ok := service.(interface{ Kinds() []approval.Kind }); ok {
			a.Approvals.Handle(k.Kinds()...)
		}
		if t, ok := service.(todo.Source); ok {
			a.sources = append(a.sources, t)
		}
	}
}

// Close ends what the services keep running; nothing may be posted afterwards.
func (a *App) Close() { a.Ledger.Close() }

// Engine is the HTTP side: the API, its document, health, and the front end below.
func (a *App) Engine() (*gin.Engine, *httpapi.API) { return a.EngineFor(a.auth) }

// EngineFor is Engine with another way to sign in; the walk over every route uses it.
func (a *App) EngineFor(auth httpapi.Authenticator) (*gin.Engine, *httpapi.API) {
	engine := httpapi.Engine(auth, a.Config.BaseURL)
	api := httpapi.New(engine, a.DB)
	for _, r := range a.routers {
		r.Routes(api)
	}
	todo.NewService(a.DB, a.sources...).Routes(api)
	api.ServeDocument(engine)
	serveDocs(engine, api)
	engine.GET("/healthz", func(c *gin.Context) { c.String(http.StatusOK, "ok\n") })
	engine.GET("/readyz", a.ready)
	site := frontend.Handler()
	engine.NoRoute(func(c *gin.Context) {
		if isAPI(c.Request.URL.Path) {
			httpapi.NotFound(c)
			return
		}
		c.Status(http.StatusOK) // Gin presumes 404 here; the site says itself what it has not
		site.ServeHTTP(c.Writer, c.Request)
	})
	return engine, api
}

// ready answers whether the database can be reached.
func (a *App) ready(c *gin.Context) {
	ctx, cancel := context.WithTimeout(c.Request.Context(), readyTimeout)
	defer cancel()
	if err := a.DB.SQL().PingContext(ctx); err != nil {
		c.String(http.StatusServiceUnavailable, "database unreachable\n")
		return
	}
	c.String(http.StatusOK, "ready\n")
}
