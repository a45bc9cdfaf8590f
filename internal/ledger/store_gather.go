package ledger

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
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
	read, err := pipelineHead(ctx, c, now, catchUp(headStatements(bookID, records), before))
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
	if err := written(ctx, c, h.unload()); err != nil {
		return nil, nil, errors.Join(err, rollback(c))
	}
	return outcomes, h, nil
}

// flight is a transaction that is on its way, with those who wait for it.
type flight struct {
	units []*waiting
	since int64 // the last entry before it
	land  func() error
}

// send writes the load to the connection and doesn't wait for what becomes of it. The
// flight's land waits for the commit; it fails with errHeadMoved when nothing was written.
func send(c *pgx.Conn, l load, prepared bool) *flight {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	arrive := sendPlain
	if prepared {
		arrive = sendPrepared
	}
	outcome := arrive(ctx, c, l)
	return &flight{since: l.records[0].Seq - 1, land: func() error {
		defer cancel()
		return outcome()
	}}
}

// sendPlain is for connections that keep no prepared statements.
func sendPlain(ctx context.Context, c *pgx.Conn, l load) func() error {
	s, postings := l.statement()
	batch := &pgx.Batch{}
	batch.Queue(s.sql, s.args...)
	results := c.SendBatch(ctx, batch)
	return func() error {
		done, err := results.Exec()
		return settled(done, postings, err, results.Close())
	}
}

// sendPrepared prepares the statement once on each connection.
func sendPrepared(ctx context.Context, c *pgx.Conn, l load) func() error {
	prepared, err := c.Prepare(ctx, "ledger_post", postRecords)
	if err != nil {
		return func() error { return err }
	}
	args, postings := l.binary()
	pipeline := c.PgConn().StartPipeline(ctx)
	pipeline.SendQueryStatement(prepared, args, []int16{pgx.BinaryFormatCode}, nil)
	sent := pipeline.Sync()
	return func() error {
		if sent != nil {
			return errors.Join(sent, pipeline.Close())
		}
		var done pgconn.CommandTag
		results, err := pipeline.GetResults()
		if reader, ok := results.(*pgconn.ResultReader); ok && err == nil {
			done, err = reader.Close()
		}
		return settled(done, postings, err, pipeline.Close())
	}
}

func settled(done pgconn.CommandTag, postings int64, errs ...error) error {
	if err := errors.Join(errs...); err != nil {
		return err
	}
	if done.RowsAffected() != postings {
		return errHeadMoved
	}
	return nil
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
func pipelineHead(ctx context.Context, c *pgx.Conn, now time.Time, statements [3]statement) (*head, error) {
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

// written sends the statement with the commit of the open transaction, in one round trip.
func written(ctx context.Context, c *pgx.Conn, l load) error {
	s, postings := l.statement()
	batch := &pgx.Batch{}
	batch.Queue(s.sql, s.args...)
	batch.Queue("commit")
	results := c.SendBatch(ctx, batch)
	done, err := results.Exec()
	return settled(done, postings, err, results.Close())
}
