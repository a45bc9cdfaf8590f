package ledger

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"ippledge/internal/platform/postgres"
)

// outcome is what became of one unit of a gathered transaction.
type outcome struct {
	posted []Posted
	err    error
}

// onConn runs f on a connection of the pool's own driver.
func onConn(ctx context.Context, db *postgres.DB, f func(*pgx.Conn) error) (err error) {
	conn, err := db.SQL().Conn(ctx)
	if err != nil {
		return err
	}
	defer func() {
		closing := conn.Close() // the pool throws a broken connection away and says so
		if err == nil && !errors.Is(closing, driver.ErrBadConn) && !errors.Is(closing, sql.ErrConnDone) {
			err = closing
		}
	}()
	return conn.Raw(func(raw any) error {
		c, ok := raw.(*stdlib.Conn)
		if !ok {
			return fmt.Errorf("ledger: the driver's connection is a %T", raw)
		}
		return f(c.Conn())
	})
}

// gatherOn posts the units in one transaction of two round trips: begin, lock and read in
// the first; write and commit in the second. Units that break a rule are left out and told
// so; err means that nothing was written. before is the head as it was known; it returns
// that head, or another, as it now is.
func gatherOn(ctx context.Context, c *pgx.Conn, now time.Time, bookID uuid.UUID, batch []*waiting, before *head) ([]outcome, *head, error) {
	var records []record
	for _, w := range batch {
		records = append(records, w.unit...)
	}
	read, err := pipelineHead(ctx, c, now, bookID, records)
	if err != nil {
		return nil, nil, errors.Join(err, rollback(c))
	}
	h := before.refreshed(read)
	outcomes := make([]outcome, len(batch))
	for i, w := range batch {
		outcomes[i].posted, outcomes[i].err = h.apply(w.unit)
	}
	if len(h.written) == 0 {
		return outcomes, h, rollback(c)
	}
	s, postings := h.write()
	if err := written(ctx, c, s, postings, true); err != nil {
		return nil, nil, errors.Join(err, rollback(c))
	}
	h.settled()
	return outcomes, h, nil
}

// lane is a connection that carries one transaction after the other. It is taken from the
// pool with the first, and another is taken when it broke.
type lane struct {
	jobs   chan func(context.Context, *pgx.Conn) error
	landed chan error // one for each job
}

func newLane(db *postgres.DB) *lane {
	l := &lane{jobs: make(chan func(context.Context, *pgx.Conn) error, 1), landed: make(chan error, 1)}
	go l.serve(db)
	return l
}

func (l *lane) serve(db *postgres.DB) {
	for job := range l.jobs {
		started := false
		err := onConn(context.Background(), db, func(c *pgx.Conn) error {
			started = true
			l.landed <- timed(c, job)
			for !c.IsClosed() {
				next, ok := <-l.jobs
				if !ok {
					break
				}
				l.landed <- timed(c, next)
			}
			return nil
		})
		if !started {
			l.landed <- err
		} else if err != nil {
			slog.Warn("ledger: a connection was not given back", "error", err)
		}
	}
}

func timed(c *pgx.Conn, job func(context.Context, *pgx.Conn) error) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	return job(ctx, c)
}

// rollback ends the transaction whatever became of the context.
func rollback(c *pgx.Conn) error {
	if c.IsClosed() {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	_, err := c.Exec(ctx, "rollback")
	return err
}

// pipelineHead is lockHead in one round trip, with the begin.
func pipelineHead(ctx context.Context, c *pgx.Conn, now time.Time, bookID uuid.UUID, records []record) (*head, error) {
	statements := headStatements(bookID, records)
	batch := &pgx.Batch{}
	batch.Queue("begin")
	for _, s := range statements {
		batch.Queue(s.sql, s.args...)
	}
	results := c.SendBatch(ctx, batch)
	if _, err := results.Exec(); err != nil {
		return nil, errors.Join(err, results.Close())
	}
	h, err := readHead(now, func(_ int, scan func(rows) error) error {
		found, err := results.Query()
		if err != nil {
			return err
		}
		defer found.Close()
		return scan(found)
	})
	return h, errors.Join(err, results.Close())
}

// written sends the statement, with the commit of an open transaction in the same round
// trip or as a transaction of its own.
func written(ctx context.Context, c *pgx.Conn, s statement, postings int64, open bool) error {
	if !open {
		done, err := c.Exec(ctx, s.sql, s.args...)
		if err == nil && done.RowsAffected() != postings {
			err = errHeadMoved
		}
		return err
	}
	batch := &pgx.Batch{}
	batch.Queue(s.sql, s.args...)
	batch.Queue("commit")
	results := c.SendBatch(ctx, batch)
	for range 2 {
		if _, err := results.Exec(); err != nil {
			return errors.Join(err, results.Close())
		}
	}
	return results.Close()
}
