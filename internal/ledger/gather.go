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
// transaction per entry would post as many entries a second as the disk turns. So callers
// apply their entries to the head of the book in memory, in order, while the last
// transaction is on its way; what they staged goes out together, in one statement with
// array parameters, and each caller is answered after the commit. The rules are those of
// Post: head.apply.
//
// The head is remembered between transactions. What was applied to it stands only if the
// database finds the head as expected (postRecords). Somebody else's entry in between, an
// account it hasn't seen or anything that goes wrong sends the units the slow way, which
// reads under the lock.

// Limits.
const (
	gatherMax   = 1000 // entries of one transaction
	waitMax     = 20000
	accountsMax = 50000 // remembered of one book, about
	keysMax     = 20000 // remembered of one book, twice
	triesMax    = 2     // on connections that break
	patience    = 15 * time.Second
)

// waiting is a unit of entries, all or none, and its caller.
type waiting struct {
	ctx    context.Context
	unit   []record
	posted []Posted
	err    error
	done   chan struct{}
	alone  bool // the database refused it together with others
	tries  int  // on connections that broke
}

func (w *waiting) answer(posted []Posted, err error) {
	w.posted, w.err = posted, err
	close(w.done)
}

// queue is what arrived for one book and is not yet on its way. A goroutine empties it and
// ends; the next arrival starts another, so idle books cost nothing but their head.
type queue struct {
	mu      sync.Mutex
	head    *head      // as it is when all that was sent and staged stands; nil when unknown
	waiting []*waiting // in the order of arrival
	staged  []*waiting // applied to the head
	slow    bool       // the slow way is next
	running bool
}

// arrive stages the unit, or lets it wait when others do, when it needs the slow way or
// when the next transaction is full. It tells whether somebody has to start the run.
func (q *queue) arrive(w *waiting, now time.Time) (start bool, err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.waiting)+len(q.staged) >= waitMax {
		return false, fault.New(fault.Unavailable, "ledger_busy", "入账请求过多，请稍后用同一幂等键重试")
	}
	if len(q.waiting) > 0 || !q.stage(w, now) {
		q.waiting = append(q.waiting, w)
	}
	start, q.running = !q.running, true
	return start, nil
}

// stage applies the unit to the head if that needs no slow way and the transaction has room.
func (q *queue) stage(w *waiting, now time.Time) bool {
	if q.slow || w.alone || !q.head.knows(w.unit) || (len(q.head.written) > 0 && len(q.head.written)+len(w.unit) > gatherMax) {
		return false
	}
	q.head.now = now
	w.posted, w.err = q.head.apply(w.unit)
	q.staged = append(q.staged, w)
	return true
}

// load hands out what is staged, and what it writes. A refusal or a replay counts only when
// the database confirms the head it rests on: where nothing is to be written, the slow way
// asks it.
func (q *queue) load(now time.Time) (units []*waiting, l load) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.waiting) > 0 && q.stage(q.waiting[0], now) {
		q.waiting = q.waiting[1:]
	}
	if len(q.staged) == 0 {
		return nil, load{}
	}
	units, q.staged = q.staged, nil
	if len(q.head.written) == 0 {
		q.waiting, q.slow = append(units, q.waiting...), true
		return nil, load{}
	}
	return units, q.head.unload()
}

// takeSlow hands out what the slow way posts in one transaction, unless something was
// staged meanwhile and goes first. Until resume the head is unknown, so that all who
// arrive wait.
func (q *queue) takeSlow() (units []*waiting, before *head) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.staged) > 0 {
		return nil, nil
	}
	entries := 0
	for len(q.waiting) > 0 {
		w := q.waiting[0]
		if entries > 0 && (w.alone || units[0].alone || entries+len(w.unit) > gatherMax) {
			break
		}
		entries += len(w.unit)
		units, q.waiting = append(units, w), q.waiting[1:]
	}
	if len(units) > 0 {
		before, q.head, q.slow = q.head, nil, false
	}
	return units, before
}

// resume goes on with a head after the slow way, and puts units back in front that are to
// go it again.
func (q *queue) resume(h *head, back []*waiting) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.head, q.slow = h, len(back) > 0
	q.waiting = append(back, q.waiting...)
}

// fail puts units that were sent and are not there in front, with all that rests on them.
// The head forgets what they did to it; since is the last entry before them.
func (q *queue) fail(units []*waiting, since int64) {
	q.mu.Lock()
	defer q.mu.Unlock()
	units = append(units, q.staged...)
	q.head.forget(units, since)
	q.waiting, q.staged, q.slow = append(units, q.waiting...), nil, true
}

// drop gives up everything that waits, for want of a connection.
func (q *queue) drop() (units []*waiting) {
	q.mu.Lock()
	defer q.mu.Unlock()
	units = append(q.staged, q.waiting...)
	q.head, q.waiting, q.staged = nil, nil, nil
	return units
}

// rest ends the run when nothing waits.
func (q *queue) rest() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.waiting)+len(q.staged) > 0 {
		return false
	}
	q.running, q.waiting = false, nil
	return true
}

type gatherer struct {
	db     *postgres.DB
	mu     sync.Mutex
	books  map[uuid.UUID]*queue
	closed bool
	posts  sync.WaitGroup // those that arrived and are not yet answered, or whose run goes on
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
	if err := g.hand(bookID, w); err != nil {
		return nil, err
	}
	select {
	case <-w.done:
		return w.posted, w.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (g *gatherer) hand(bookID uuid.UUID, w *waiting) error {
	q, err := g.queue(bookID)
	if err != nil {
		return err
	}
	defer g.posts.Done()
	start, err := q.arrive(w, g.db.Now())
	if start {
		g.posts.Add(1)
		go g.run(bookID, q)
	}
	return err
}

// queue is the book's; whoever gets it holds the gatherer open until posts.Done.
func (g *gatherer) queue(bookID uuid.UUID) (*queue, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return nil, errStopping
	}
	q, ok := g.books[bookID]
	if !ok {
		q = &queue{}
		g.books[bookID] = q
	}
	g.posts.Add(1)
	return q, nil
}

// run empties the queue.
func (g *gatherer) run(bookID uuid.UUID, q *queue) {
	defer g.posts.Done()
	c := &course{g: g, bookID: bookID, queue: q}
	c.run()
}

// close waits for what was accepted and refuses the rest.
func (g *gatherer) close() {
	g.mu.Lock()
	g.closed = true
	g.mu.Unlock()
	g.posts.Wait()
}
