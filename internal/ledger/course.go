package ledger

import (
	"context"
	"errors"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// course is the run of one book's gatherer, until nothing waits.
type course struct {
	g      *gatherer
	bookID uuid.UUID
	queue  *queue
	lane   *lane
	sent   []*waiting // in the transaction that is on its way
	held   []*waiting // for the slow way, when nothing is on its way
}

func (c *course) run() {
	for {
		switch {
		case len(c.sent) > 0:
			c.land(<-c.lane.landed)
		case len(c.held) > 0:
			c.slow()
		case !c.depart() && len(c.held) == 0 && c.g.rest(c.queue):
			return
		}
	}
}

// depart sends what waits, if that needs no slow way.
func (c *course) depart() bool {
	if len(c.held) > 0 {
		return false
	}
	units := c.stage(c.g.take(c.queue))
	if len(units) == 0 {
		return false
	}
	h := c.queue.head
	s, postings := h.write()
	h.settled()
	c.sent = units
	c.lane.jobs <- func(ctx context.Context, conn *pgx.Conn) error { return written(ctx, conn, s, postings, false) }
	return true
}

// stage applies units to the head, and holds those that need the slow way: a refusal counts
// only when the database confirms the head it rests on, so a batch with nothing to write is
// asked about under the lock.
func (c *course) stage(batch []*waiting) []*waiting {
	staged := batch[:0:0]
	for i, w := range batch {
		if w.ctx.Err() != nil {
			w.answer(nil, w.ctx.Err())
			continue
		}
		if !c.queue.head.knows(w.unit) {
			c.held = batch[i:]
			break
		}
		c.queue.head.now = c.g.db.Now()
		w.posted, w.err = c.queue.head.apply(w.unit)
		staged = append(staged, w)
	}
	if len(staged) > 0 && len(c.queue.head.written) == 0 {
		c.held = append(staged, c.held...)
		return nil
	}
	return staged
}

// land ends the transaction that was on its way. The next goes first, so that the database
// doesn't wait for the answers. What failed goes the slow way.
func (c *course) land(err error) {
	units := c.sent
	c.sent = nil
	if err != nil {
		c.queue.head = nil
		c.held = append(units, c.held...)
		return
	}
	c.depart()
	for _, w := range units {
		close(w.done)
	}
}

// slow posts what was held under the lock. When the transaction as a whole fails, each
// unit is tried again alone, so that one that the database refuses takes no other with it.
func (c *course) slow() {
	var units []*waiting
	for _, w := range c.held {
		if w.ctx.Err() != nil {
			w.answer(nil, w.ctx.Err())
			continue
		}
		units = append(units, w)
	}
	c.held = nil
	if len(units) == 0 || c.locked(units) == nil {
		return
	}
	for i, w := range units {
		err := c.locked(units[i : i+1])
		if broken(err) { // on another connection; the key tells whether it stands already
			err = c.locked(units[i : i+1])
		}
		if broken(err) {
			err = errUnknown.Because(err)
		}
		if err != nil {
			w.answer(nil, err)
		}
	}
}

// locked posts units in one transaction and answers them, or fails and answers none.
func (c *course) locked(units []*waiting) error {
	before := c.queue.head
	c.queue.head = nil
	var outcomes []outcome
	var after *head
	c.lane.jobs <- func(ctx context.Context, conn *pgx.Conn) (err error) {
		outcomes, after, err = gatherOn(ctx, conn, c.g.db.Now(), c.bookID, units, before)
		return err
	}
	if err := <-c.lane.landed; err != nil {
		return err
	}
	c.queue.head = after
	for i, w := range units {
		w.answer(outcomes[i].posted, outcomes[i].err)
	}
	return nil
}

// broken tells a connection that failed from a database that refused.
func broken(err error) bool {
	var refused *pgconn.PgError
	if errors.As(err, &refused) {
		return strings.HasPrefix(refused.Code, "57P") || strings.HasPrefix(refused.Code, "08") // it is being stopped
	}
	return err != nil && !errors.Is(err, errBookNotFound)
}
