package main

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"

	"ippledge/internal/approval"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/httpapi"
	"ippledge/internal/ledger"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/migrations"
)

const accounts = 10000

// machine is the caller: a treasurer's key with the scope ledger:post. Finding out who
// calls is not what is measured, so it costs nothing here.
var machine = authz.Actor{UserID: uuid.New(), OrgID: uuid.New(), Name: "接口", Roles: []authz.Role{authz.Treasurer}, Scopes: []authz.Permission{authz.LedgerPost}}

type known struct{}

func (known) Authenticate(*http.Request) (authz.Actor, error, error) { return machine, nil, nil }

// world is a migrated database with a book, ten thousand accounts with money on them, the
// same as plain tables, and the API over it.
type world struct {
	url        string
	address    string
	book       ledger.Book
	db         *postgres.DB
	service    *ledger.Service
	http       *http.Server
	keys       atomic.Int64
	postmaster int
	pgbench    string // the program, empty where there is none
	protocol   string // in which it speaks
}

func (w *world) build(ctx context.Context) error {
	pool, err := sql.Open("pgx", w.url)
	if err != nil {
		return err
	}
	if err := errors.Join(migrations.Up(ctx, pool), pool.Close()); err != nil {
		return err
	}
	if w.db, err = postgres.Open(ctx, w.url, postgres.Options{}); err != nil {
		return err
	}
	if err := w.db.InTx(ctx, w.furnish); err != nil {
		return err
	}
	for _, statement := range []string{bareTables, `vacuum analyze`} {
		if _, err := w.db.SQL().ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	w.service = ledger.NewService(w.db, approval.NewService(w.db))
	engine := httpapi.Engine(known{})
	w.service.Routes(httpapi.New(engine, w.db))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	w.address, w.http = listener.Addr().String(), &http.Server{Handler: engine}
	go func() { _ = w.http.Serve(listener) }()
	return w.age(ctx)
}

// age gives all tables some rows and the planner its statistics, as they have after a
// first day: plans made for empty tables read them from end to end.
func (w *world) age(ctx context.Context) error {
	for _, k := range []kind{{run: w.spread}, {run: w.bareSpread}, {run: w.floor}} {
		if _, err := k.run(ctx, 64, 2*time.Second); err != nil {
			return err
		}
		if _, err := w.db.SQL().ExecContext(ctx, `vacuum analyze`); err != nil {
			return err
		}
	}
	return nil
}

func (w *world) close() {
	_ = w.http.Close()
	w.service.Close()
	_ = w.db.Close()
}

// name is the account's, from 10000 to 19999.
func name(i int) string { return "memo:bench:" + strconv.Itoa(accounts+i) }

// furnish opens the accounts, none of which may fall below zero, and puts money on them.
func (w *world) furnish(tx postgres.Tx) (err error) {
	if w.book, err = ledger.OpenBook(tx, "bench", "测速账簿", ledger.FundBook, ""); err != nil {
		return err
	}
	if err := ledger.Ensure(tx, w.book.ID, "memo:source", "来源", true); err != nil {
		return err
	}
	if err := ledger.Ensure(tx, w.book.ID, "memo:hot", "热点", false); err != nil {
		return err
	}
	e := ledger.Entry{BookID: w.book.ID, Kind: "memo", Reference: "start", Maker: machine}
	e.Postings = append(e.Postings, ledger.Posting{Source: "memo:source", Destination: "memo:hot", Amount: money.Must("1000000000000.00")})
	for i := range accounts {
		if err := ledger.Ensure(tx, w.book.ID, name(i), "户", false); err != nil {
			return err
		}
		e.Postings = append(e.Postings, ledger.Posting{Source: "memo:source", Destination: name(i), Amount: money.Must("1000000.00")})
		if len(e.Postings) == 100 || i == accounts-1 {
			if _, err := ledger.Post(tx, e); err != nil {
				return err
			}
			e.Postings = nil
		}
	}
	return nil
}

func (w *world) verify(ctx context.Context) error {
	report, err := w.service.Verify(ctx)
	if err == nil && !report.OK {
		err = errors.New(report.String())
	}
	fmt.Printf("校验：%s", report)
	return err
}

func (w *world) hot(ctx context.Context, clients int, round time.Duration) (result, error) {
	return w.overHTTP(ctx, clients, round, func() (string, string) { return "memo:hot", name(rand.IntN(accounts)) })
}

func (w *world) spread(ctx context.Context, clients int, round time.Duration) (result, error) {
	return w.overHTTP(ctx, clients, round, func() (string, string) {
		from := rand.IntN(accounts)
		return name(from), name((from + 1 + rand.IntN(accounts-1)) % accounts)
	})
}

// overHTTP makes clients that speak HTTP/1.1 over a kept connection in the plainest way:
// the load shares the processors with what is measured.
func (w *world) overHTTP(ctx context.Context, clients int, round time.Duration, pick func() (string, string)) (result, error) {
	var calls []call
	today := calendar.DateOf(time.Now()).String()
	path := httpapi.Prefix + "/ledger/books/" + w.book.ID.String() + "/entries"
	for range clients {
		conn, err := net.Dial("tcp", w.address)
		if err != nil {
			return result{}, err
		}
		defer conn.Close()
		in := bufio.NewReader(conn)
		calls = append(calls, func(context.Context) error {
			from, to := pick()
			n := strconv.FormatInt(w.keys.Add(1), 10)
			body := `{"kind":"memo","reference":"B` + n + `","effective_on":"` + today + `","postings":[{"source":"` + from + `","destination":"` + to + `","amount":"0.01"}]}`
			request := "POST " + path + " HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nIdempotency-Key: " + n +
				"\r\nContent-Length: " + strconv.Itoa(len(body)) + "\r\n\r\n" + body
			if _, err := io.WriteString(conn, request); err != nil {
				return err
			}
			return expectCreated(in)
		})
	}
	return runRound(ctx, calls, round)
}

func expectCreated(in *bufio.Reader) error {
	status, err := in.ReadString('\n')
	if err != nil {
		return err
	}
	length := 0
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return err
		}
		if line == "\r\n" {
			break
		}
		if value, ok := strings.CutPrefix(line, "Content-Length: "); ok {
			if length, err = strconv.Atoi(strings.TrimSpace(value)); err != nil {
				return err
			}
		}
	}
	body := make([]byte, length)
	if _, err := io.ReadFull(in, body); err != nil {
		return err
	}
	if !strings.HasPrefix(status, "HTTP/1.1 201") {
		return fmt.Errorf("%s%s", status, body)
	}
	return nil
}
