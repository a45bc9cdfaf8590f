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
// gatherer takes all that arrived while the last commit was on its way, applies it in
// memory in order, writes it with array parameters in one transaction, and answers each
// caller after the commit. The rules are those of Post: head.post.

// Limits of one gathered transaction.
const (
	gatherMax = 1000 // entries
	waitMax   = 20000
	patience  = 15 * time.Second

	lingerMax  = time.Millisecond
	lingerStep = 50 * time.Microsecond
)

// waiting is a unit of entries, all or none, and its caller.
type waiting struct {
	ctx    context.Context
	unit   []Entry
	posted []Posted
	err    error
	done   chan struct{}
}

func (w *waiting) answer(posted []Posted, err error) {
	w.posted, w.err = posted, err
	close(w.done)
}

// queue is what waits for one book. A goroutine empties it and ends; the next arrival
// starts another, so idle books cost nothing.
type queue struct {
	waiting []*waiting
	running bool
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

var errStopping = fault.New(fault.Unavailable, "ledger_stopping", "系统正在停止，请稍后用同一幂等键重试")

// post hands the unit over and waits for the commit. When the caller goes away first, the
// unit may stand all the same; the idempotency key tells.
func (g *gatherer) post(ctx context.Context, bookID uuid.UUID, unit []Entry) ([]Posted, error) {
	w := &waiting{ctx: ctx, unit: unit, done: make(chan struct{})}
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

// take removes the next units: as many as fit into one transaction, at least one.
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
	if n == 0 {
		q.running, q.waiting = false, nil
	}
	return batch
}

func (g *gatherer) run(bookID uuid.UUID, q *queue) {
	defer g.work.Done()
	for {
		batch := g.take(q)
		if len(batch) == 0 {
			return
		}
		start := time.Now()
		g.commit(bookID, batch)
		g.linger(q, len(batch), min(lingerMax, time.Since(start)/4))
	}
}

// linger gives the callers that were just answered a moment to come back. Without it they
// would fall into two groups that take turns, each paying for a commit of its own. It ends
// as soon as as many wait as were seen last time, so a single caller is never held up, and
// after a quarter of the last commit at the latest (by the wall clock: nothing is dated by it).
func (g *gatherer) linger(q *queue, answered int, most time.Duration) {
	expected := answered + g.length(q)
	for end := time.Now().Add(most); g.length(q) < expected && time.Now().Before(end); {
		time.Sleep(lingerStep)
	}
}

func (g *gatherer) length(q *queue) int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(q.waiting)
}

// commit posts a batch. When the transaction as a whole fails, each unit is tried again
// alone, so that one that the database refuses takes no other with it.
func (g *gatherer) commit(bookID uuid.UUID, batch []*waiting) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	live := batch[:0:0]
	for _, w := range batch {
		if w.ctx.Err() != nil {
			w.answer(nil, w.ctx.Err())
			continue
		}
		live = append(live, w)
	}
	outcomes, err := postGathered(ctx, g.db, bookID, live)
	if err == nil {
		for i, w := range live {
			w.answer(outcomes[i].posted, outcomes[i].err)
		}
		return
	}
	for _, w := range live {
		w.answer(g.alone(bookID, w))
	}
}

func (g *gatherer) alone(bookID uuid.UUID, w *waiting) (posted []Posted, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	err = g.db.InTx(ctx, func(tx postgres.Tx) error {
		posted, err = postAll(tx, bookID, w.unit)
		return err
	})
	return posted, err
}

// close waits for what was accepted and refuses the rest.
func (g *gatherer) close() {
	g.mu.Lock()
	g.closed = true
	g.mu.Unlock()
	g.work.Wait()
}
