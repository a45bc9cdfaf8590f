// Package postgres opens the database and runs units of work. Its hard rule: whoever is
// handed a Tx joins somebody else's unit of work and never commits.
package postgres

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"
)

const attemptsMax = 5

// DB is the database and the clock by which its units of work run.
type DB struct {
	gorm     *gorm.DB
	sql      *sql.DB
	now      func() time.Time
	prepares bool
}

// Tx is one transaction with one notion of now.
type Tx struct {
	gorm *gorm.DB
	now  time.Time
	ctx  context.Context
}

// Now is the time of the unit of work, in UTC to the microsecond, the same for all it writes.
func (tx Tx) Now() time.Time { return tx.now }

// Gorm is for store.go files only; see imports_test.go.
func (tx Tx) Gorm() *gorm.DB { return tx.gorm }

// Context carries the transaction: an InTx below it joins instead of opening a second one.
func (tx Tx) Context() context.Context { return tx.ctx }

type txKey struct{}

// join is the transaction that ctx carries, seen through ctx itself, which may say more
// than the one it was opened with.
func join(ctx context.Context) (Tx, bool) {
	outer, ok := ctx.Value(txKey{}).(Tx)
	outer.ctx = ctx
	return outer, ok
}

// InTx runs work in a transaction, again after a deadlock or a serialization failure, so
// work must not touch anything outside tx that a second run would repeat. When ctx
// already carries a transaction of this database, work joins it.
func (db *DB) InTx(ctx context.Context, work func(Tx) error) (err error) {
	if outer, ok := join(ctx); ok {
		return work(outer)
	}
	for attempt := range attemptsMax {
		if attempt > 0 {
			if err := sleep(ctx, time.Duration(attempt*attempt)*10*time.Millisecond); err != nil {
				return err
			}
		}
		err = db.gorm.WithContext(ctx).Transaction(func(g *gorm.DB) error {
			tx := Tx{gorm: g, now: db.now().UTC().Truncate(time.Microsecond)}
			tx.ctx = context.WithValue(ctx, txKey{}, tx)
			return work(tx)
		})
		if err = translate(err); !retryable(err) {
			return err
		}
	}
	return err
}

// Read runs work in a read-only transaction that sees one moment of the database.
func (db *DB) Read(ctx context.Context, work func(Tx) error) error {
	if outer, ok := join(ctx); ok {
		return work(outer)
	}
	return translate(db.gorm.WithContext(ctx).Transaction(func(g *gorm.DB) error {
		tx := Tx{gorm: g, now: db.now().UTC().Truncate(time.Microsecond)}
		tx.ctx = context.WithValue(ctx, txKey{}, tx)
		return work(tx)
	}, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}))
}

func retryable(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "40P01" || pg.Code == "40001")
}

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}
