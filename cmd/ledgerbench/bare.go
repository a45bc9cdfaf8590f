package main

import (
	"context"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// What the API is measured against: the same rows in tables with the same columns and
// indexes, written statement by statement without any check, chain or key that means
// something; and one row a commit, which shows how fast the machine commits at all.
// pgbench runs the scripts where PostgreSQL's tools are installed, else our own loop does.

const bareTables = `
create table bare_account (like ledger_account including defaults including indexes including storage);
create table bare_entry (like ledger_entry including defaults including indexes);
create table bare_posting (like ledger_posting including defaults including indexes);
create sequence bare_seq;
create table bare_row (id bigint generated always as identity primary key, at timestamptz not null);
alter table bare_account set (fillfactor = 50);
insert into bare_account select * from ledger_account;
`

// script is a transaction for pgbench, with its variables in front.
type script struct{ variables, statements string }

const floorScript = `insert into bare_row (at) values (now());`

// Accounts are updated in their order, or the clients would lock each other up.
const bareScript = `begin;
insert into bare_entry (book_id, seq, id, kind, reference, effective_on, narrative, maker_id, maker_name, idempotency_key, content_hash, posted_at, prev_hash, hash) values (':book', nextval('bare_seq'), gen_random_uuid(), 'memo', 'B' || currval('bare_seq'), current_date, '', ':book', '接口', 'api' || chr(58) || '00000000-0000-7000-8000-000000000001' || chr(58) || currval('bare_seq'), repeat('a', 64), now(), repeat('b', 64), repeat('c', 64));
insert into bare_posting (book_id, seq, line, source, destination, amount) values (':book', currval('bare_seq'), 1, memo || (:from)::text, memo || (:to)::text, 0.01);
update bare_account set balance = balance + (:one)::numeric where book_id = ':book' and path = memo || (:first)::text;
update bare_account set balance = balance + (:other)::numeric where book_id = ':book' and path = memo || (:second)::text;
commit;`

const bareVariables = `\set to 10000 + (:from - 10000 + random(1, 9999)) % 10000
\set first least(:from, :to)
\set second greatest(:from, :to)
\set one case when :from < :to then -0.01 else 0.01 end
\set other 0 - :one
`

func (w *world) floor(ctx context.Context, clients int, round time.Duration) (result, error) {
	return w.overSQL(ctx, clients, round, script{"", floorScript}, func() map[string]string { return nil })
}

func (w *world) bareSpread(ctx context.Context, clients int, round time.Duration) (result, error) {
	from := func() int { return accounts + rand.IntN(accounts) }
	return w.bare(ctx, clients, round, `\set from random(10000, 19999)`, from)
}

func (w *world) bareHot(ctx context.Context, clients int, round time.Duration) (result, error) {
	return w.bare(ctx, clients, round, `\set from 10000`, func() int { return accounts })
}

func (w *world) bare(ctx context.Context, clients int, round time.Duration, from string, pick func() int) (result, error) {
	// pgbench would take what follows a colon for a variable, even within quotes.
	fill := strings.NewReplacer(":book", w.book.ID.String(), "memo ||", "'memo' || chr(58) || 'bench' || chr(58) ||")
	s := script{from + "\n" + bareVariables, fill.Replace(bareScript)}
	return w.overSQL(ctx, clients, round, s, func() map[string]string {
		from := pick()
		to := accounts + (from+rand.IntN(accounts-1)+1)%accounts
		v := map[string]string{"from": strconv.Itoa(from), "to": strconv.Itoa(to), "one": "0.01", "other": "-0.01"}
		v["first"], v["second"] = strconv.Itoa(min(from, to)), strconv.Itoa(max(from, to))
		if from < to {
			v["one"], v["other"] = v["other"], v["one"]
		}
		return v
	})
}

func (w *world) overSQL(ctx context.Context, clients int, round time.Duration, s script, pick func() map[string]string) (result, error) {
	if w.pgbench != "" {
		return w.overPgbench(ctx, clients, round, s)
	}
	return w.overLoop(ctx, clients, round, s, pick)
}

// overLoop does as pgbench does in the simple protocol: variables are put into the text.
func (w *world) overLoop(ctx context.Context, clients int, round time.Duration, s script, pick func() map[string]string) (result, error) {
	statements := strings.Split(strings.TrimSpace(s.statements), "\n")
	var calls []call
	for range clients {
		c, err := pgx.Connect(ctx, w.url)
		if err != nil {
			return result{}, err
		}
		defer c.Close(context.WithoutCancel(ctx))
		calls = append(calls, func(ctx context.Context) error {
			var pairs []string
			for name, value := range pick() {
				pairs = append(pairs, ":"+name, value)
			}
			fill := strings.NewReplacer(pairs...)
			for _, statement := range statements {
				if _, err := c.PgConn().Exec(ctx, fill.Replace(statement)).ReadAll(); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return runRound(ctx, calls, round)
}
