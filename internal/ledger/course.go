package ledger

import (
	"context"
	"errors"
	"log/slog"
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
	ended  bool
}

func (c *course) run() {
	for !c.ended {
		connected := false
		err := onConn(context.Background(), c.g.db, func(conn *pgx.Conn) error {
			connected = true
			return c.travel(conn)
		})
		switch {
		case !connected: // whoever waits has to ask again; a connection that broke is only replaced
			for _, w := range c.queue.drop() {
				w.answer(nil, errUnknown.Because(err))
			}
			c.ended = c.queue.rest()
		case err != nil:
			slog.Warn("ledger: a connection was not given back", "error", err)
		}
	}
}

// travel posts over one connection until nothing waits or it breaks. What is staged goes
// out before the callers of the transaction before are answered, so that the database
// doesn't wait for them.
func (c *course) travel(conn *pgx.Conn) error {
	var landed []*waiting
	for {
		var out *flight
		if !conn.IsClosed() {
			out = c.depart(conn)
		}
		for _, w := range landed {
			close(w.done)
		}
		landed = nil
		switch {
		case out != nil:
			if err := out.land(); err != nil {
				c.failed(out, err)
				continue
			}
			landed = out.units
		case conn.IsClosed():
			return nil
		case c.slow(conn):
		case c.queue.rest():
			c.ended = true
			return nil
		}
	}
}

// depart sends what is staged, and answers nil when nothing is.
func (c *course) depart(conn *pgx.Conn) *flight {
	units, l := c.queue.load(c.g.db.Now())
	if len(units) == 0 {
		return nil
	}
	f := send(conn, l, c.g.db.Prepares())
	f.units = units
	return f
}

// failed sends the units of a transaction that is not there the slow way. After a broken
// connection it may be there; the slow way finds the keys.
func (c *course) failed(f *flight, err error) {
	if broken(err) {
		for _, w := range f.units {
			w.tries++
		}
	}
	c.queue.fail(f.units, f.since)
}

// slow posts what waits under the lock. It answers false when nothing does, or not yet.
func (c *course) slow(conn *pgx.Conn) bool {
	taken, before := c.queue.takeSlow()
	if len(taken) == 0 {
		return false
	}
	units := taken[:0:0]
	for _, w := range taken {
		if err := w.ctx.Err(); err != nil {
			w.answer(nil, err)
			continue
		}
		units = append(units, w)
	}
	if len(units) == 0 {
		c.queue.resume(before, nil)
		return true
	}
	var since int64
	if before != nil {
		since = before.book.LastSeq
	}
	outcomes, after, err := c.locked(conn, units, before)
	if err != nil {
		before.forget(units, since)
		c.queue.resume(before, again(units, err))
		return true
	}
	c.queue.resume(after, nil)
	for i, w := range units {
		w.answer(outcomes[i].posted, outcomes[i].err)
	}
	return true
}

func (c *course) locked(conn *pgx.Conn, units []*waiting, before *head) ([]outcome, *head, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	return gatherOn(ctx, conn, c.g.db.Now(), c.bookID, units, before)
}

// again picks, of units whose transaction failed as a whole, those that are tried once
// more: each alone, so that one that the database refuses takes no other with it, or all on
// another connection. Those that had their tries are answered.
func again(units []*waiting, err error) (back []*waiting) {
	gone := broken(err)
	for _, w := range units {
		if gone {
			w.tries++
		}
		switch {
		case gone && w.tries >= triesMax:
			w.answer(nil, errUnknown.Because(err))
		case !gone && len(units) == 1:
			w.answer(nil, err)
		default:
			w.alone = w.alone || !gone
			back = append(back, w)
		}
	}
	return back
}

// broken tells a connection that failed from a database that refused.
func broken(err error) bool {
	var refused *pgconn.PgError
	if errors.As(err, &refused) {
		return strings.HasPrefix(refused.Code, "57P") || strings.HasPrefix(refused.Code, "08") // it is being stopped
	}
	return err != nil && !errors.Is(err, errBookNotFound) && !errors.Is(err, errHeadMoved)
}
