package ledger

import (
	"context"
	"database/sql"
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
func headStatements(bookID uuid.UUID, entries []Entry) [3]statement {
	var paths, keys []string
	for _, e := range entries {
		if e.IdempotencyKey != "" {
			keys = append(keys, e.IdempotencyKey)
		}
		for _, p := range e.Postings {
			paths = append(paths, p.Source, p.Destination)
		}
	}
	slices.Sort(paths)
	return [3]statement{
		{`select ` + bookColumns + ` from ledger_book where id = $1 for update`, []any{bookID}},
		{`select path, balance, may_go_negative from ledger_account where book_id = $1 and path = any($2::text[])`, []any{bookID, slices.Compact(paths)}},
		{`select idempotency_key, content_hash, id, seq, hash, posted_at from ledger_entry where book_id = $1 and idempotency_key = any($2::text[])`, []any{bookID, keys}},
	}
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

const (
	insertEntries = `insert into ledger_entry (book_id, seq, id, kind, reference, effective_on, narrative, maker_id, maker_name,
  checker_id, checker_name, idempotency_key, content_hash, reverses, posted_at, prev_hash, hash)
select $1, e.seq, e.id, e.kind, e.reference, e.effective_on, e.narrative, e.maker_id, e.maker_name,
  e.checker_id, e.checker_name, e.idempotency_key, e.content_hash, e.reverses, e.posted_at, e.prev_hash, e.hash
from unnest($2::bigint[], $3::uuid[], $4::text[], $5::text[], $6::date[], $7::text[], $8::uuid[], $9::text[], $10::uuid[],
  $11::text[], $12::text[], $13::text[], $14::uuid[], $15::timestamptz[], $16::text[], $17::text[])
as e(seq, id, kind, reference, effective_on, narrative, maker_id, maker_name, checker_id, checker_name, idempotency_key,
  content_hash, reverses, posted_at, prev_hash, hash)`

	insertPostings = `insert into ledger_posting (book_id, seq, line, source, destination, amount)
select $1, p.seq, p.line, p.source, p.destination, p.amount::numeric
from unnest($2::bigint[], $3::int[], $4::text[], $5::text[], $6::text[]) as p(seq, line, source, destination, amount)`

	updateAccounts = `update ledger_account a set balance = n.balance::numeric
from unnest($2::text[], $3::text[]) as n(path, balance) where a.book_id = $1 and a.path = n.path`

	updateBook = `update ledger_book set last_seq = $2, last_hash = $3, last_posted_at = $4 where id = $1`
)

// writeStatements store what was applied. None when nothing was (all were replays).
func (h *head) writeStatements() []statement {
	if len(h.written) == 0 {
		return nil
	}
	var e entryColumns
	var p postingColumns
	for _, r := range h.written {
		e.add(r)
		for i, posting := range r.Postings {
			p.add(r.Seq, i+1, posting)
		}
	}
	var paths, balances []string
	for path, a := range h.accounts {
		if a.touched {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	for _, path := range paths {
		balances = append(balances, h.accounts[path].Balance.String())
	}
	b := h.book
	return []statement{
		{insertEntries, e.args(b.ID)},
		{insertPostings, []any{b.ID, p.seq, p.line, p.source, p.destination, p.amount}},
		{updateAccounts, []any{b.ID, paths, balances}},
		{updateBook, []any{b.ID, b.LastSeq, b.LastHash, *b.LastPostedAt}},
	}
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

func (c *entryColumns) args(bookID uuid.UUID) []any {
	return []any{
		bookID, c.seq, texts(c.id), c.kind, c.reference, c.effective, c.narrative, c.makerID, c.makerName, c.checkerID,
		c.checkerName, c.key, c.contentHash, c.reverses, c.postedAt, c.prevHash, c.hashText,
	}
}

func texts(ids []uuid.UUID) []string {
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

func exec(ctx context.Context, pool *sql.Tx, statements ...statement) error {
	for _, s := range statements {
		if _, err := pool.ExecContext(ctx, s.sql, s.args...); err != nil {
			return err
		}
	}
	return nil
}

// lockHead locks the book and reads what the entries need.
func lockHead(tx postgres.Tx, bookID uuid.UUID, entries []Entry) (*head, error) {
	statements := headStatements(bookID, entries)
	return readHead(tx.Now(), func(i int, scan func(rows) error) error { return query(tx, statements[i], scan) })
}

func writeHead(tx postgres.Tx, h *head) error {
	pool, err := plain(tx)
	if err != nil {
		return err
	}
	return exec(tx.Context(), pool, h.writeStatements()...)
}
