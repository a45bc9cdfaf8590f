// Package app builds every service and connects them. It is the only place that knows
// them all; read it to see how the house hangs together.
package app

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"

	"ippledge/frontend"
	"ippledge/internal/approval"
	"ippledge/internal/config"
	"ippledge/internal/event"
	"ippledge/internal/httpapi"
	"ippledge/internal/platform/blob"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/todo"
)

// App is the whole program, wired.
type App struct {
	DB     *postgres.DB
	Config config.Config
	Bus    *event.Bus

	Approvals *approval.Service

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
	a.serve(a.Approvals)

	a.subscribe()
	return a
}

// serve registers a service for what it offers: operations, kinds of approval, tasks.
func (a *App) serve(service any) {
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
