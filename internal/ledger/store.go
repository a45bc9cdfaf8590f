package ledger

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/platform/postgres"
)

// statement is SQL with its arguments, for either way of sending it: one after the other
// in somebody's transaction (Post), or all in one round trip (the gatherer).
type statement struct {
	sql  string
	args []any
}

// rows is what both drivers' results have in common.
type rows interface {
	Next() bool
	Scan(...any) error
	Err() error
}

const bookColumns = `id, code, name, kind, area_code, status, last_seq, last_hash, last_posted_at, closed_through, published_through, opened_at`

func scanBook(r rows) (b Book, found bool, err error) {
	if !r.Next() {
		return b, false, r.Err()
	}
	err = r.Scan(&b.ID, &b.Code, &b.Name, &b.Kind, &b.AreaCode, &b.Status, &b.LastSeq, &b.LastHash, &b.LastPostedAt,
		&b.ClosedThrough, &b.PublishedThrough, &b.OpenedAt)
	return b, err == nil, err
}

// headStatements lock the book and read what the entries need of it. Each statement sees
// what was committed before it began, so the accounts are those under the lock.
func headStatements(bookID uuid.UUID, records []record) [3]statement {
	var paths, keys []string
	for _, r := range records {
		keys = append(keys, r.IdempotencyKey)
		for _, p := range r.Postings {
			paths = append(paths, p.Source, p.Destination)
		}
	}
	slices.Sort(paths)
	return [3]statement{
		{`select ` + bookColumns + ` from ledger_book where id = $1 for update`, []any{bookID}},
		{accountsOf + ` and path = any($2::text[])`, []any{bookID, slices.Compact(paths)}},
		{keysOf + ` and idempotency_key = any($2::text[])`, []any{bookID, keys}},
	}
}

const (
	accountsOf = `select path, balance, may_go_negative from ledger_account where book_id = $1`
	keysOf     = `select idempotency_key, content_hash, id, seq, hash, posted_at from ledger_entry where book_id = $1`
)

// catchUp makes headStatements read, for a head that is remembered, what others did since
// it was left; and for one that is new to the gatherer the accounts, so that not each of
// them has to go the slow way once.
func catchUp(s [3]statement, before *head) [3]statement {
	if before == nil {
		s[1].sql += ` union all (` + accountsOf + ` limit $3)`
		s[1].args = append(s[1].args, accountsMax)
		return s
	}
	s[1].sql += ` union all ` + accountsOf + ` and path in (
  select source from ledger_posting where book_id = $1 and seq > $3 union select destination from ledger_posting where book_id = $1 and seq > $3)`
	s[2].sql += ` union all ` + keysOf + ` and seq > $3`
	s[1].args, s[2].args = append(s[1].args, before.book.LastSeq), append(s[2].args, before.book.LastSeq)
	return s
}

// readHead makes a head of the three results, in the order of headStatements.
func readHead(now time.Time, result func(i int, scan func(rows) error) error) (*head, error) {
	h := &head{now: now, accounts: map[string]*account{}, kept: map[string]kept{}}
	err := result(0, func(r rows) (err error) {
		var found bool
		if h.book, found, err = scanBook(r); err == nil && !found {
			err = errBookNotFound
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	err = result(1, func(r rows) error {
		for r.Next() {
			var path string
			a := new(account)
			if err := r.Scan(&path, &a.Balance, &a.MayGoNegative); err != nil {
				return err
			}
			h.accounts[path] = a
		}
		return r.Err()
	})
	if err != nil {
		return nil, err
	}
	return h, result(2, func(r rows) error {
		for r.Next() {
			var key string
			var k kept
			if err := r.Scan(&key, &k.contentHash, &k.posted.ID, &k.posted.Seq, &k.posted.Hash, &k.posted.PostedAt); err != nil {
				return err
			}
			h.kept[key] = k
		}
		return r.Err()
	})
}

// postRecords writes what was applied to a head, if the head still is what it was read as:
// it waits for whoever holds the book, and writes nothing at all when the book has moved.
// One statement, so that the database sees entries, postings and balances together when it
// checks that none stands without the others. It counts the postings.
const postRecords = `with head as (update ledger_book set last_seq = $2, last_hash = $3, last_posted_at = $4
where id = $1 and last_seq = $5 and status = 'open' and closed_through is not distinct from $6::date and published_through is not distinct from $7::date
returning id),
entries as (insert into ledger_entry (book_id, seq, id, kind, reference, effective_on, narrative, maker_id,
  maker_name, checker_id, checker_name, idempotency_key, content_hash, reverses, posted_at, prev_hash, hash)
select head.id, e.seq, e.id, e.kind, e.reference, e.effective_on, e.narrative, e.maker_id,
  e.maker_name, e.checker_id, e.checker_name, e.idempotency_key, e.content_hash, e.reverses, e.posted_at, e.prev_hash, e.hash
from head, unnest($8::bigint[], $9::uuid[], $10::text[], $11::text[], $12::date[], $13::text[], $14::uuid[], $15::text[], $16::uuid[],
  $17::text[], $18::text[], $19::text[], $20::uuid[], $21::timestamptz[], $22::text[], $23::text[])
as e(seq, id, kind, reference, effective_on, narrative, maker_id, maker_name, checker_id, checker_name, idempotency_key,
  content_hash, reverses, posted_at, prev_hash, hash)),
moved as (update ledger_account a set balance = n.balance::numeric
from head, unnest($24::text[], $25::text[]) as n(path, balance) where a.book_id = head.id and a.path = n.path)
insert into ledger_posting (book_id, seq, line, source, destination, amount)
select head.id, p.seq, p.line, p.source, p.destination, p.amount::numeric
from head, unnest($26::bigint[], $27::int[], $28::text[], $29::text[], $30::text[]) as p(seq, line, source, destination, amount)`

// errHeadMoved is what becomes of entries that rest on a head that is no longer there.
var errHeadMoved = errors.New("ledger: the head of the book has moved")

// statement is what stores the load, and how many postings it writes.
func (l load) statement() (statement, int64) {
	var e entryColumns
	var p postingColumns
	for _, r := range l.records {
		e.add(r)
		for i, posting := range r.Postings {
			p.add(r.Seq, i+1, posting)
		}
	}
	b, from := l.book, l.records[0].Seq-1
	args := []any{b.ID, b.LastSeq, b.LastHash, *b.LastPostedAt, from, b.ClosedThrough, b.PublishedThrough}
	args = append(append(args, e.args()...), l.touched, l.balances, p.seq, p.line, p.source, p.destination, p.amount)
	return statement{postRecords, args}, int64(len(p.seq))
}

type entryColumns struct {
	seq                                  []int64
	id                                   []uuid.UUID
	makerID, checkerID, reverses         []*string
	kind, reference, effective           []string
	narrative, makerName, checkerName    []string
	key, contentHash, prevHash, hashText []string
	postedAt                             []time.Time
}

func (c *entryColumns) add(r record) {
	c.seq, c.id = append(c.seq, r.Seq), append(c.id, r.ID)
	c.makerID, c.checkerID, c.reverses = append(c.makerID, nullable(r.MakerID)), append(c.checkerID, nullable(r.CheckerID)), append(c.reverses, nullable(r.Reverses))
	c.kind, c.reference, c.effective = append(c.kind, r.Kind), append(c.reference, r.Reference), append(c.effective, r.EffectiveOn.String())
	c.narrative, c.makerName, c.checkerName = append(c.narrative, r.Narrative), append(c.makerName, r.MakerName), append(c.checkerName, r.CheckerName)
	c.key, c.contentHash = append(c.key, r.IdempotencyKey), append(c.contentHash, r.ContentHash)
	c.prevHash, c.hashText = append(c.prevHash, r.PrevHash), append(c.hashText, r.Hash)
	c.postedAt = append(c.postedAt, r.PostedAt)
}

func (c *entryColumns) args() []any {
	return []any{
		c.seq, idTexts(c.id), c.kind, c.reference, c.effective, c.narrative, c.makerID, c.makerName, c.checkerID,
		c.checkerName, c.key, c.contentHash, c.reverses, c.postedAt, c.prevHash, c.hashText,
	}
}

func idTexts(ids []uuid.UUID) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = id.String()
	}
	return out
}

func nullable(id *uuid.UUID) *string {
	if id == nil {
		return nil
	}
	s := id.String()
	return &s
}

type postingColumns struct {
	seq                         []int64
	line                        []int32
	source, destination, amount []string
}

func (c *postingColumns) add(seq int64, line int, p Posting) {
	c.seq, c.line = append(c.seq, seq), append(c.line, int32(line))
	c.source, c.destination, c.amount = append(c.source, p.Source), append(c.destination, p.Destination), append(c.amount, p.Amount.String())
}

// plain is the transaction's own connection: arrays pass through it, which GORM would
// spell out as lists.
func plain(tx postgres.Tx) (*sql.Tx, error) {
	pool, ok := tx.Gorm().Statement.ConnPool.(*sql.Tx)
	if !ok {
		return nil, fmt.Errorf("ledger: the transaction is a %T, not a *sql.Tx", tx.Gorm().Statement.ConnPool)
	}
	return pool, nil
}

// query runs one statement in the transaction and hands its rows to scan.
func query(tx postgres.Tx, s statement, scan func(rows) error) error {
	pool, err := plain(tx)
	if err != nil {
		return err
	}
	found, err := pool.QueryContext(tx.Context(), s.sql, s.args...)
	if err != nil {
		return err
	}
	defer found.Close()
	return scan(found)
}

// lockHead locks the book and reads what the entries need.
func lockHead(tx postgres.Tx, bookID uuid.UUID, records []record) (*head, error) {
	statements := headStatements(bookID, records)
	return readHead(tx.Now(), func(i int, scan func(rows) error) error { return query(tx, statements[i], scan) })
}

func writeHead(tx postgres.Tx, h *head) error {
	if len(h.written) == 0 {
		return nil // all were replays
	}
	pool, err := plain(tx)
	if err != nil {
		return err
	}
	s, postings := h.unload().statement()
	done, err := pool.ExecContext(tx.Context(), s.sql, s.args...)
	if err != nil {
		return err
	}
	n, err := done.RowsAffected()
	if err == nil && n != postings {
		err = errHeadMoved
	}
	return err
}
