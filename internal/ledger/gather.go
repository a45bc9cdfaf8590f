package ledger

import (
	"context"
	"sync"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/fault"
	"ippledge/internal/platform/postgres"
)

// A chain serialises the entries of a book, and a commit has to reach the disk: one
// transaction per entry would post as many entries a second as the disk turns. The
// gatherer applies what has arrived to the head of the book in memory, in order, writes it
// with array parameters in one statement, and answers each caller after the commit. The
// rules are those of Post: head.apply.
//
// It remembers the head between transactions. What it applied stands only if the database
// finds the head as expected (postRecords). Somebody else's entry in between, an account it hasn't seen or anything
// that goes wrong sends the units the slow way, which reads under the lock.

// Limits.
const (
	gatherMax   = 1000 // entries of one transaction
	waitMax     = 20000
	accountsMax = 100000 // remembered of one book
	keysMax     = 20000  // remembered of one book, twice
	patience    = 15 * time.Second
)

// waiting is a unit of entries, all or none, and its caller.
type waiting struct {
	ctx    context.Context
	unit   []record
	posted []Posted
	err    error
	done   chan struct{}
}

func (w *waiting) answer(posted []Posted, err error) {
	w.posted, w.err = posted, err
	close(w.done)
}

// queue is what waits for one book. A goroutine empties it and ends; the next arrival
// starts another, so idle books cost nothing but their head.
type queue struct {
	waiting []*waiting
	running bool
	head    *head // as it was left, nil when unknown; the running goroutine's
}

type gatherer struct {
	db     *postgres.DB
	mu     sync.Mutex
	books  map[uuid.UUID]*queue
	closed bool
	work   sync.WaitGroup
}

func newGatherer(db *postgres.DB) *gatherer {
	return &gatherer{db: db, books: map[uuid.UUID]*queue{}}
}

var errUnknown = fault.New(fault.Unavailable, "ledger_interrupted", "与数据库的连接中断，不能确定是否已入账，请用同一幂等键重试查证")

var errStopping = fault.New(fault.Unavailable, "ledger_stopping", "系统正在停止，请稍后用同一幂等键重试")

// post hands the unit over and waits for the commit. When the caller goes away first, the
// unit may stand all the same; the idempotency key tells.
func (g *gatherer) post(ctx context.Context, bookID uuid.UUID, unit []Entry) ([]Posted, error) {
	records, err := prepare(g.db.Now(), unit)
	if err != nil {
		return nil, err
	}
	w := &waiting{ctx: ctx, unit: records, done: make(chan struct{})}
	if err := g.enqueue(bookID, w); err != nil {
		return nil, err
	}
	select {
	case <-w.done:
		return w.posted, w.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (g *gatherer) enqueue(bookID uuid.UUID, w *waiting) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return errStopping
	}
	q, ok := g.books[bookID]
	if !ok {
		q = &queue{}
		g.books[bookID] = q
	}
	if len(q.waiting) >= waitMax {
		return fault.New(fault.Unavailable, "ledger_busy", "入账请求过多，请稍后用同一幂等键重试")
	}
	q.waiting = append(q.waiting, w)
	if !q.running {
		q.running = true
		g.work.Add(1)
		go g.run(bookID, q)
	}
	return nil
}

// take removes the next units, as many as fit into one transaction.
func (g *gatherer) take(q *queue) []*waiting {
	g.mu.Lock()
	defer g.mu.Unlock()
	n, entries := 0, 0
	for n < len(q.waiting) && (n == 0 || entries+len(q.waiting[n].unit) <= gatherMax) {
		entries += len(q.waiting[n].unit)
		n++
	}
	batch := q.waiting[:n:n]
	q.waiting = q.waiting[n:]
	return batch
}

// rest ends the run when nothing waits.
func (g *gatherer) rest(q *queue) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(q.waiting) > 0 {
		return false
	}
	q.running, q.waiting = false, nil
	return true
}

// run empties the queue.
func (g *gatherer) run(bookID uuid.UUID, q *queue) {
	defer g.work.Done()
	c := &course{g: g, bookID: bookID, queue: q, lane: newLane(g.db)}
	defer close(c.lane.jobs)
	c.run()
}

// close waits for what was accepted and refuses the rest.
func (g *gatherer) close() {
	g.mu.Lock()
	g.closed = true
	g.mu.Unlock()
	g.work.Wait()
}
