package postgres

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	pg "gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// Options of Open.
type Options struct {
	// SimpleProtocol sends no prepared statements, as PgBouncer's transaction mode needs.
	SimpleProtocol bool
	MaxConns       int
	// AsyncCommit doesn't wait for the disk at each commit: a crash may lose the last
	// moments. Only for what can be done again from the beginning, as the demo story.
	AsyncCommit bool
	// Now is the clock; time.Now when nil.
	Now func() time.Time
}

// Open connects and checks that the server answers.
func Open(ctx context.Context, url string, o Options) (*DB, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("postgres: DATABASE_URL: %w", err)
	}
	if o.SimpleProtocol {
		config.DefaultQueryExecMode = pgx.QueryExecModeSimpleProtocol
	}
	config.RuntimeParams["timezone"] = "UTC"
	if o.AsyncCommit {
		config.RuntimeParams["synchronous_commit"] = "off"
	}
	pool := stdlib.OpenDB(*config)
	if o.MaxConns == 0 {
		o.MaxConns = 40
	}
	pool.SetMaxOpenConns(o.MaxConns)
	pool.SetMaxIdleConns(min(o.MaxConns, 16))
	pool.SetConnMaxIdleTime(5 * time.Minute)
	if err := pool.PingContext(ctx); err != nil {
		return nil, fmt.Errorf("postgres: %w", err)
	}
	return Wrap(pool, o)
}

// Wrap makes a DB of an open pool.
func Wrap(pool *sql.DB, o Options) (*DB, error) {
	g, err := gorm.Open(pg.New(pg.Config{Conn: pool, PreferSimpleProtocol: o.SimpleProtocol}), &gorm.Config{
		SkipDefaultTransaction: true, // InTx is the only opener of transactions
		Logger:                 logger.Discard,
		// Rows are stamped from Tx.Now. A row that forgot gets the year 1, which shows.
		NowFunc: func() time.Time { return time.Time{} },
	})
	if err != nil {
		return nil, fmt.Errorf("postgres: %w", err)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return &DB{gorm: g, sql: pool, now: o.Now, prepares: !o.SimpleProtocol}, nil
}

// WithClock is the same database under another clock; the demo story is told with one
// that walks through the past.
func (db *DB) WithClock(now func() time.Time) *DB {
	return &DB{gorm: db.gorm, sql: db.sql, now: now, prepares: db.prepares}
}

// Prepares tells whether connections keep prepared statements.
func (db *DB) Prepares() bool { return db.prepares }

// Now is what the clock says.
func (db *DB) Now() time.Time { return db.now().UTC() }

// SQL is the pool, for migrations, sessions and the job queue.
func (db *DB) SQL() *sql.DB { return db.sql }

// Close ends all connections.
func (db *DB) Close() error { return db.sql.Close() }
