// Package migrations embeds the schema; goose applies it in order. Migrations talk to
// the server directly, never through a pooler.
package migrations

import (
	"context"
	"database/sql"
	"embed"
	"fmt"

	"github.com/pressly/goose/v3"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/rivermigrate"
)

// FS holds the files.
//
//go:embed *.sql
var FS embed.FS

// Up brings the schema, the job queue's tables included, to the newest version.
func Up(ctx context.Context, db *sql.DB) error {
	queue, err := rivermigrate.New(riverdatabasesql.New(db), nil)
	if err != nil {
		return fmt.Errorf("migrations: job queue: %w", err)
	}
	if _, err := queue.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return fmt.Errorf("migrations: job queue: %w", err)
	}
	provider, err := goose.NewProvider(goose.DialectPostgres, db, FS)
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	applied, err := provider.Up(ctx)
	if err != nil || len(applied) == 0 {
		return wrap(err)
	}
	// The program's own role may change what is no history, in the new tables too.
	_, err = db.ExecContext(ctx, `select grant_app_role()`)
	return wrap(err)
}

func wrap(err error) error {
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	return nil
}

// Down takes every file back; for the developer and for the test of the down parts.
func Down(ctx context.Context, db *sql.DB) error {
	provider, err := goose.NewProvider(goose.DialectPostgres, db, FS)
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	_, err = provider.DownTo(ctx, 0)
	return err
}
