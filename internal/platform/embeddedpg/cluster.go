package embeddedpg

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// initialise makes the cluster unless it exists. It is made beside its place and moved
// there when it is whole: an initdb that was killed half-way leaves nothing to trip over.
func (l *launcher) initialise(ctx context.Context) error {
	if _, err := os.Stat(filepath.Join(l.cluster(), "PG_VERSION")); err == nil {
		return nil
	}
	l.say("首次启动：正在用 PostgreSQL %d 建立数据库 %s", l.bin.major, l.cluster())
	draft := l.cluster() + ".new"
	if err := os.RemoveAll(draft); err != nil {
		return err
	}
	if err := os.Mkdir(draft, 0o700); err != nil {
		return err
	}
	if err := l.who.own(draft); err != nil {
		return err
	}
	args := []string{"-D", draft, "-U", "app", "-A", "trust", "-E", "UTF8", "--no-instructions", "--locale=C.UTF-8"}
	if l.bin.major >= 17 {
		// The sort order of PostgreSQL's own C.UTF-8 can't change with the system's libraries.
		args = append(args, "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
	}
	if l.options.FsyncOff {
		args = append(args, "--no-sync")
	}
	if out, err := l.command(ctx, "initdb", args...).CombinedOutput(); err != nil {
		return fmt.Errorf("建立数据库失败 / initdb failed: %w\n%s", err, bytes.TrimSpace(out))
	}
	return os.Rename(draft, l.cluster())
}

// arguments are the server's. They are given anew at each start instead of being written
// into the cluster, so that an old cluster gets new settings.
func (l *launcher) arguments(port int) []string {
	settings := map[string]string{
		"listen_addresses":        "127.0.0.1",
		"unix_socket_directories": "", // the built-in folder differs by maker and may not be writable
		"timezone":                "UTC",
		"log_timezone":            "UTC",
		"logging_collector":       "off",
	}
	if l.options.FsyncOff {
		settings["fsync"], settings["synchronous_commit"], settings["full_page_writes"] = "off", "off", "off"
	}
	maps.Copy(settings, l.options.Settings)
	settings["port"] = strconv.Itoa(port)

	args := []string{"-D", l.cluster()}
	for _, name := range slices.Sorted(maps.Keys(settings)) {
		args = append(args, "-c", name+"="+settings[name])
	}
	return args
}

// patience is how long a start is tried again while children of a killed server still hold
// its memory, or while others take the free ports we found.
const patience = 15 * time.Second

func (l *launcher) launch(ctx context.Context) (*Server, error) {
	for deadline := time.Now().Add(patience); ; {
		s, err := l.launchOnce(ctx)
		if err == nil {
			l.say("PostgreSQL %d 已启动：%s（%s），%s", l.bin.major, l.cluster(), l.who, s.URL("postgres"))
			return s, nil
		}
		var failed *startError
		if !errors.As(err, &failed) || !failed.passes() || time.Now().After(deadline) {
			return nil, err
		}
		if err := sleep(ctx, 200*time.Millisecond); err != nil {
			return nil, err
		}
	}
}

// startError is a server that ended before it was ready.
type startError struct{ log string }

func (e *startError) Error() string {
	return "PostgreSQL 启动失败 / did not start:\n" + e.log
}

// passes tells whether the reason goes away by itself.
func (e *startError) passes() bool {
	return strings.Contains(e.log, "shared memory block") || strings.Contains(e.log, "Address already in use")
}

func (l *launcher) launchOnce(ctx context.Context) (*Server, error) {
	if err := clearStale(l.cluster()); err != nil {
		return nil, err
	}
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	// A file and not a pipe: the server must be able to write after we are gone, and must
	// not hold the output of `go test` open.
	log, err := os.OpenFile(l.logFile(), os.O_CREATE|os.O_TRUNC|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	defer log.Close()

	cmd := l.command(context.WithoutCancel(ctx), "postgres", l.arguments(port)...)
	cmd.Stdout, cmd.Stderr = log, log
	ownSession(cmd)
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	s := &Server{cluster: l.cluster(), pid: cmd.Process.Pid, port: port, started: true, exited: make(chan struct{})}
	go func() {
		_ = cmd.Wait() // its reason is in the log
		close(s.exited)
	}()
	if err := s.awaitReady(ctx); err != nil {
		if ctx.Err() != nil {
			return nil, errors.Join(err, s.end(context.WithoutCancel(ctx)))
		}
		return nil, &startError{tail(l.logFile())}
	}
	return s, nil
}

// awaitReady returns when the server accepts connections, ended, or ctx ended.
func (s *Server) awaitReady(ctx context.Context) error {
	for {
		p, err := readPostmaster(s.cluster)
		if err == nil && p.pid == s.pid && p.status == "ready" {
			return nil
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		select {
		case <-s.exited:
			return errors.New("the server ended")
		case <-ctx.Done():
			return fmt.Errorf("PostgreSQL 未能在时限内启动 / not ready in time: %w", ctx.Err())
		case <-time.After(10 * time.Millisecond):
		}
	}
}

func freePort() (int, error) {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	port := l.Addr().(*net.TCPAddr).Port
	return port, l.Close()
}

// tail is the end of the server's log, for the message of a failed start.
func tail(path string) string {
	text, err := os.ReadFile(path)
	if err != nil {
		return err.Error()
	}
	const most = 2000
	if len(text) > most {
		text = text[len(text)-most:]
	}
	return strings.TrimSpace(string(text))
}

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}
