// Package embeddedpg runs a private PostgreSQL server in a folder of its own, so that a
// fresh clone needs no database to be set up. Its one hard rule: it never loses data. A
// cluster found in the folder is used or refused, and is never replaced by an empty one
// unless the caller asked for that (Options.Discard, for tests).
//
// When DATABASE_URL is set nobody calls this package.
//
// Layout of the folder, for PostgreSQL 18:
//
//	pg18/        the cluster, mode 0700, owned by the identity the server runs under
//	pg18.log     what initdb and the server wrote, since the last start
//	pg.lock      held while a process starts or stops the server
//	pg.users     held (shared) by each process that uses the server
//
// The server outlives a process that is killed. The next Start finds it by postmaster.pid
// and uses it again; the last process to call Stop ends it.
package embeddedpg

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strconv"

	"github.com/jackc/pgx/v5"
)

// Options says where the cluster lives and how the server runs.
type Options struct {
	DataDir  string            // made, mode 0755, when missing
	Log      io.Writer         // one line for each thing the reader should know; nil for silence
	FsyncOff bool              // faster, and the cluster may not survive a crash of the machine: tests only
	Discard  bool              // start from an empty cluster unless the server of this folder is running: tests only
	Settings map[string]string // server settings such as max_connections; a server that already runs keeps its own
}

// Server is a running PostgreSQL of which app is the superuser.
type Server struct {
	cluster string // data directory of the server
	pid     int
	port    int
	started bool          // by this call of Start, so that we are its parent
	exited  chan struct{} // closed when a server we started ends; nil otherwise
	users   *lock
	dir     string
}

// Start returns the server of the folder, starting it (and making its cluster) when it
// doesn't run yet. Processes that call it at the same time get the same server. ctx bounds
// the start only.
func Start(ctx context.Context, o Options) (*Server, error) {
	dir, err := filepath.Abs(o.DataDir)
	if err != nil {
		return nil, err
	}
	if o.Log == nil {
		o.Log = io.Discard
	}
	if err := makeFolder(dir); err != nil {
		return nil, fmt.Errorf("无法创建数据目录 %s / cannot make the data folder: %w", dir, err)
	}
	if o.Discard && !ownFolder(dir) {
		return nil, fmt.Errorf("%s 属于其他用户，请删除或换一个目录 / belongs to somebody else", dir)
	}
	starting, err := lockFile(ctx, filepath.Join(dir, "pg.lock"))
	if err != nil {
		return nil, fmt.Errorf("等待数据目录 %s 的锁失败 / waiting for the folder's lock: %w", dir, err)
	}
	defer starting.unlock()

	l := launcher{options: o, dir: dir, whoMay: identities}
	s, err := l.start(ctx)
	if err != nil {
		return nil, err
	}
	s.dir = dir
	if s.users, err = shareFile(filepath.Join(dir, "pg.users")); err != nil {
		return nil, err
	}
	return s, nil
}

// URL is the address of one of the server's databases, for pgx and for psql.
func (s *Server) URL(database string) string {
	u := url.URL{
		Scheme:   "postgres",
		User:     url.User("app"),
		Host:     net.JoinHostPort("127.0.0.1", strconv.Itoa(s.port)),
		Path:     "/" + database,
		RawQuery: "sslmode=disable",
	}
	return u.String()
}

// PID is the process id of the server's postmaster.
func (s *Server) PID() int { return s.pid }

// Started tells whether this call of Start launched the server; false when it ran already.
func (s *Server) Started() bool { return s.started }

// EnsureDatabase makes the database unless it exists.
func (s *Server) EnsureDatabase(ctx context.Context, name string) error {
	conn, err := pgx.Connect(ctx, s.URL("postgres"))
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	var exists bool
	if err := conn.QueryRow(ctx, `select exists (select from pg_database where datname = $1)`, name).Scan(&exists); err != nil || exists {
		return err
	}
	_, err = conn.Exec(ctx, "create database "+pgx.Identifier{name}.Sanitize())
	return err
}

// Stop gives the server up and ends it when no other process uses it. When ctx ends first
// the server is told to abort at once, which loses nothing that was committed.
func (s *Server) Stop(ctx context.Context) error {
	if s.users == nil {
		return nil // stopped before
	}
	starting, err := lockFile(ctx, filepath.Join(s.dir, "pg.lock"))
	if err != nil {
		return err
	}
	defer starting.unlock()
	alone := s.users.upgrade()
	s.users.unlock()
	s.users = nil
	if !alone {
		return nil
	}
	// The server may have died and been started again by a process that left since.
	p, err := livePostmaster(s.cluster)
	if err != nil || p.pid == 0 {
		return err
	}
	if p.pid != s.pid {
		s.pid, s.exited = p.pid, nil
	}
	return s.end(ctx)
}

// makeFolder makes the folder passable for the server's own user, whatever the umask; the
// mode of a folder that exists is its owner's affair.
func makeFolder(dir string) error {
	if _, err := os.Stat(dir); err == nil {
		return nil
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	return os.Chmod(dir, 0o755)
}
