package testdb

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"ippledge/migrations"
)

const (
	templateLock = 7_120_001 // advisory locks of the database postgres
	dropLock     = 7_120_002
)

// templateName follows from the migrations, so that a changed file gives a new template.
func templateName() (string, error) {
	sum := sha256.New()
	err := fs.WalkDir(migrations.FS, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(migrations.FS, path)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(sum, "%s %d\n%s", path, len(text), text)
		return err
	})
	return fmt.Sprintf("tpl_%.8x", sum.Sum(nil)), err
}

// prepareTemplate makes the template unless another process did. The mark datistemplate is
// set last: a template without it was left half-made and is made again.
func (s *server) prepareTemplate(ctx context.Context) error {
	var err error
	if s.template, err = templateName(); err != nil {
		return err
	}
	conn, err := s.admin.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, `select pg_advisory_lock($1)`, templateLock); err != nil {
		return err
	}
	defer conn.ExecContext(context.WithoutCancel(ctx), `select pg_advisory_unlock($1)`, templateLock)

	var made bool
	err = conn.QueryRowContext(ctx, `select exists (select from pg_database where datname = $1 and datistemplate)`, s.template).Scan(&made)
	if err != nil || made {
		return err
	}
	name := quote(s.template)
	for _, statement := range []string{"drop database if exists " + name + " with (force)", "create database " + name} {
		if _, err := conn.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	if err := s.migrate(ctx); err != nil {
		return err
	}
	_, err = conn.ExecContext(ctx, "alter database "+name+" with is_template true allow_connections false")
	return err
}

func (s *server) migrate(ctx context.Context) error {
	db, err := sql.Open("pgx", s.url(s.template))
	if err != nil {
		return err
	}
	return errors.Join(migrations.Up(ctx, db), db.Close())
}

// clone makes a database of the template. Copying files is faster than the default, which
// writes each page to the log, as long as nothing is forced to the disk: 10 ms against 40 in
// memory, 140 against 180 on a disk. Its name tells the test's, for whoever looks into
// it after a failure.
func (s *server) clone(ctx context.Context, test string) (string, error) {
	if s.touch != "" {
		now := time.Now()
		if err := os.Chtimes(s.touch, now, now); err != nil {
			return "", err
		}
	}
	name := "t_" + plain(test) + "_" + strings.ToLower(rand.Text()[:12])
	statement := "create database " + quote(name) + " template " + quote(s.template) + " strategy file_copy"
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		_, err := s.admin.ExecContext(ctx, statement)
		if !isCode(err, "55006") || time.Now().After(deadline) { // somebody is connected to the template
			return name, err
		}
	}
}

// drop removes the database of a test that passed, so that a run of all tests needs room
// for those under way only.
func (s *server) drop(ctx context.Context, name string) error {
	_, err := s.admin.ExecContext(ctx, "drop database "+quote(name)+" with (force)")
	return err
}

// plain keeps the letters and digits of a test's name, at most 40, from its end.
func plain(test string) string {
	kept := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '_':
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		case r == '/':
			return '_'
		default:
			return -1
		}
	}, test)
	return kept[max(0, len(kept)-40):]
}

// forgotten finds databases of tests that ended over an hour ago, and templates of older
// migrations. PostgreSQL keeps no date of creation; a file that is never written again does.
const forgotten = `
	select datname, datistemplate from pg_database
	where (datname like 't\_%' and made(oid) < now() - interval '1 hour')
	   or (datname like 'tpl\_%' and datname <> $1 and made(oid) < now() - interval '1 day')`

var forgottenQuery = strings.ReplaceAll(forgotten, "made(oid)",
	`(pg_stat_file('base/' || oid || '/PG_VERSION', true)).modification`)

// dropForgotten removes what failed tests and killed runs left on a server that lives on. It
// gives up after a second and leaves the rest to the next run.
func (s *server) dropForgotten(ctx context.Context) error {
	conn, err := s.admin.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	var mine bool
	if err := conn.QueryRowContext(ctx, `select pg_try_advisory_lock($1)`, dropLock).Scan(&mine); err != nil || !mine {
		return err
	}
	defer conn.ExecContext(context.WithoutCancel(ctx), `select pg_advisory_unlock($1)`, dropLock)

	list, err := s.listForgotten(ctx, conn)
	if err != nil {
		return err
	}
	deadline := time.Now().Add(time.Second)
	for name, isTemplate := range list {
		if time.Now().After(deadline) {
			return nil
		}
		if isTemplate {
			if _, err := conn.ExecContext(ctx, "alter database "+quote(name)+" is_template false"); err != nil {
				return err
			}
		}
		_, err := conn.ExecContext(ctx, "drop database if exists "+quote(name))
		if err != nil && !isCode(err, "55006") { // a test that runs for over an hour keeps its own
			return err
		}
	}
	return nil
}

func (s *server) listForgotten(ctx context.Context, conn *sql.Conn) (map[string]bool, error) {
	rows, err := conn.QueryContext(ctx, forgottenQuery, s.template)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	list := map[string]bool{}
	for rows.Next() {
		var name string
		var isTemplate bool
		if err := rows.Scan(&name, &isTemplate); err != nil {
			return nil, err
		}
		list[name] = isTemplate
	}
	return list, rows.Err()
}

func quote(name string) string { return pgx.Identifier{name}.Sanitize() }

func isCode(err error, code string) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && e.Code == code
}
