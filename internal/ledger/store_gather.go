package ledger

import (
	"context"
	"errors"
	"fmt"
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

// postGathered posts the units in one transaction of two round trips: begin, lock and
// read in the first; write and commit in the second. Units that break a rule are left out
// and told so; err means that nothing was written.
func postGathered(ctx context.Context, db *postgres.DB, bookID uuid.UUID, batch []*waiting) (outcomes []outcome, err error) {
	conn, err := db.SQL().Conn(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	err = conn.Raw(func(driver any) error {
		c, ok := driver.(*stdlib.Conn)
		if !ok {
			return fmt.Errorf("ledger: the driver's connection is a %T", driver)
		}
		outcomes, err = gatherOn(ctx, c.Conn(), db.Now(), bookID, batch)
		return err
	})
	return outcomes, err
}

func gatherOn(ctx context.Context, c *pgx.Conn, now time.Time, bookID uuid.UUID, batch []*waiting) ([]outcome, error) {
	var entries []Entry
	for _, w := range batch {
		entries = append(entries, w.unit...)
	}
	h, err := pipelineHead(ctx, c, now, bookID, entries)
	if err != nil {
		return nil, errors.Join(err, rollback(c))
	}
	outcomes := make([]outcome, len(batch))
	for i, w := range batch {
		outcomes[i].posted, outcomes[i].err = h.post(w.unit)
	}
	statements := h.writeStatements()
	if len(statements) == 0 {
		return outcomes, rollback(c)
	}
	if err := pipeline(ctx, c, append(statements, statement{sql: "commit"})); err != nil {
		return nil, errors.Join(err, rollback(c))
	}
	return outcomes, nil
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
func pipelineHead(ctx context.Context, c *pgx.Conn, now time.Time, bookID uuid.UUID, entries []Entry) (*head, error) {
	statements := headStatements(bookID, entries)
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

// pipeline sends the statements in one round trip and stops at the first that fails.
func pipeline(ctx context.Context, c *pgx.Conn, statements []statement) error {
	batch := &pgx.Batch{}
	for _, s := range statements {
		batch.Queue(s.sql, s.args...)
	}
	results := c.SendBatch(ctx, batch)
	for range statements {
		if _, err := results.Exec(); err != nil {
			return errors.Join(err, results.Close())
		}
	}
	return results.Close()
}
