package main

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"

	"github.com/google/uuid"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"

	"ippledge/internal/approval"
	"ippledge/internal/authz"
	"ippledge/internal/httpapi"
	"ippledge/internal/ledger"
	"ippledge/internal/platform/postgres"
	"ippledge/migrations"
)

var machine = authz.Actor{
	UserID: uuid.MustParse("00000000-0000-7000-8000-0000000000aa"), OrgID: uuid.MustParse("00000000-0000-7000-8000-0000000000ab"),
	Name: "接口", Roles: []authz.Role{authz.Treasurer}, Scopes: []authz.Permission{authz.LedgerPost},
}

type known struct{}

func (known) Authenticate(*http.Request) (authz.Actor, error, error) { return machine, nil, nil }

// serve is the process that gets killed: the ledger's API over the database.
func serve(url string) error {
	slog.SetDefault(slog.New(slog.DiscardHandler)) // that its database died is what we came for
	db, err := postgres.Open(context.Background(), url, postgres.Options{})
	if err != nil {
		return err
	}
	engine := httpapi.Engine(known{})
	ledger.NewService(db, approval.NewService(db)).Routes(httpapi.New(engine, db))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println(listener.Addr())
	return http.Serve(listener, engine)
}

type process struct {
	command *exec.Cmd
	address string
}

func startServer(url string) (*process, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	p := &process{command: exec.Command(self, "-serve", url)}
	p.command.Stderr = os.Stderr
	out, err := p.command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := p.command.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	p.address = strings.TrimSpace(line)
	return p, err
}

// kill is SIGKILL: nothing is flushed, nobody is told.
func (p *process) kill() error {
	if err := p.command.Process.Kill(); err != nil {
		return err
	}
	var ended *exec.ExitError
	if err := p.command.Wait(); err != nil && !errors.As(err, &ended) {
		return err
	}
	return nil
}

// furnish migrates the database and opens a book with accounts that may not fall below
// zero, so that the floors are at work too.
func furnish(ctx context.Context, url string) (book ledger.Book, err error) {
	pool, err := sql.Open("pgx", url)
	if err != nil {
		return book, err
	}
	if err := errors.Join(migrations.Up(ctx, pool), pool.Close()); err != nil {
		return book, err
	}
	db, err := postgres.Open(ctx, url, postgres.Options{})
	if err != nil {
		return book, err
	}
	err = db.InTx(ctx, func(tx postgres.Tx) error {
		if book, err = ledger.OpenBook(tx, "crash", "断电演练", ledger.FundBook, ""); err != nil {
			return err
		}
		if err := ledger.Ensure(tx, book.ID, "memo:source", "来源", true); err != nil {
			return err
		}
		for i := range accounts {
			if err := ledger.Ensure(tx, book.ID, account(i), "户", false); err != nil {
				return err
			}
		}
		return nil
	})
	return book, errors.Join(err, db.Close())
}
