package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"ippledge/internal/app"
	"ippledge/internal/config"
	"ippledge/internal/platform/blob"
	"ippledge/internal/platform/embeddedpg"
	"ippledge/internal/platform/postgres"
	"ippledge/migrations"
)

// environment is what every command that needs the database stands on.
type environment struct {
	config config.Config
	db     *postgres.DB
	files  blob.Store
	url    string
	close  func()
}

// open reads the settings, starts the private database where none is named, connects and
// brings the schema up to date.
func open(ctx context.Context) (*environment, error) {
	c, err := config.Load()
	if err != nil {
		return nil, err
	}
	setLog(c.LogLevel)
	e := &environment{config: c, url: c.DatabaseURL, close: func() {}}
	direct := c.DirectURL
	if e.url == "" {
		server, err := embeddedpg.Start(ctx, embeddedpg.Options{DataDir: c.DataDir, Log: os.Stderr})
		if err != nil {
			return nil, err
		}
		e.close = func() { stopPrivate(server) }
		if err := server.EnsureDatabase(ctx, "ippledge"); err != nil {
			e.close()
			return nil, err
		}
		e.url = server.URL("ippledge")
		direct = e.url
	}
	if err := migrateUp(ctx, direct); err != nil {
		e.close()
		return nil, err
	}
	if err := e.connect(ctx); err != nil {
		e.close()
		return nil, err
	}
	return e, nil
}

func (e *environment) connect(ctx context.Context) (err error) {
	e.db, err = postgres.Open(ctx, e.url, postgres.Options{SimpleProtocol: e.config.Pooler, MaxConns: e.config.DatabaseConns})
	if err != nil {
		return err
	}
	stop := e.close
	e.close = func() {
		if err := e.db.Close(); err != nil {
			slog.Error("database not closed", "error", err)
		}
		stop()
	}
	e.files, err = blob.NewDir(filepath.Join(e.config.DataDir, "files"))
	return err
}

func (e *environment) app() *app.App { return app.New(e.db, e.files, e.config) }

func stopPrivate(server *embeddedpg.Server) {
	ctx, cancel := context.WithTimeout(context.Background(), 15*time.Second)
	defer cancel()
	if err := server.Stop(ctx); err != nil {
		slog.Error("private database not stopped", "error", err)
	}
}

func migrateUp(ctx context.Context, url string) error {
	db, err := postgres.Open(ctx, url, postgres.Options{MaxConns: 4})
	if err != nil {
		return err
	}
	err = migrations.Up(ctx, db.SQL())
	if closeErr := db.Close(); err == nil {
		err = closeErr
	}
	return err
}

// migrate brings the schema up to date, or (down) takes it away.
func migrate(ctx context.Context, args []string) int {
	e, err := open(ctx)
	if err != nil {
		return fail(err)
	}
	defer e.close()
	if len(args) > 0 && args[0] == "down" {
		if err := migrations.Down(ctx, e.db.SQL()); err != nil {
			return fail(err)
		}
		fmt.Println("数据库结构已撤除")
		return 0
	}
	fmt.Println("数据库结构已是最新")
	return 0
}

func setLog(level string) {
	var l slog.Level
	if err := l.UnmarshalText([]byte(level)); err != nil {
		l = slog.LevelInfo
	}
	slog.SetDefault(slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: l})))
}
