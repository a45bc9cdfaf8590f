package embeddedpg

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// postmaster is what postmaster.pid of a cluster says.
type postmaster struct {
	pid    int
	port   int
	status string // starting, stopping, ready, standby; empty in the first moments
}

// readPostmaster answers fs.ErrNotExist when there is no file. A file that is being
// written gives what it has so far.
func readPostmaster(cluster string) (postmaster, error) {
	text, err := os.ReadFile(filepath.Join(cluster, "postmaster.pid"))
	if err != nil {
		return postmaster{}, err
	}
	lines := strings.Split(string(text), "\n")
	line := func(n int) string {
		if n > len(lines) {
			return ""
		}
		return strings.TrimSpace(lines[n-1])
	}
	var p postmaster
	if p.pid, err = strconv.Atoi(line(1)); err != nil || p.pid <= 0 {
		return postmaster{}, nil // half written, or nobody's: counts as no process
	}
	if v := line(4); v != "" {
		if p.port, err = strconv.Atoi(v); err != nil {
			return postmaster{}, fmt.Errorf("postmaster.pid: port %q", v)
		}
	}
	p.status = line(8)
	return p, nil
}

// livePostmaster is the running server of the cluster, or a zero postmaster. The process
// id alone proves nothing: after a crash it may belong to any other program.
func livePostmaster(cluster string) (postmaster, error) {
	p, err := readPostmaster(cluster)
	if errors.Is(err, fs.ErrNotExist) {
		return postmaster{}, nil
	}
	if errors.Is(err, fs.ErrPermission) {
		return postmaster{}, fmt.Errorf("%s 属于其他用户，请用该用户启动，或换一个数据目录 / belongs to somebody else: %w", cluster, err)
	}
	if err != nil || p.pid == 0 || !servesCluster(p.pid, cluster) {
		return postmaster{}, err
	}
	return p, nil
}

// awaitSettled waits while the server starts or stops. It returns a zero postmaster when
// no server runs.
func awaitSettled(ctx context.Context, cluster string) (postmaster, error) {
	for {
		p, err := livePostmaster(cluster)
		if err != nil || p.pid == 0 || p.status == "ready" {
			return p, err
		}
		if err := sleep(ctx, 20*time.Millisecond); err != nil {
			return postmaster{}, fmt.Errorf("PostgreSQL（进程 %d）一直处于 %q 状态 / does not settle: %w", p.pid, p.status, err)
		}
	}
}

// clearStale removes a postmaster.pid that no server of this cluster holds. PostgreSQL does
// so itself except when the id now belongs to another program of the same user.
func clearStale(cluster string) error {
	p, err := livePostmaster(cluster)
	if err != nil {
		return err
	}
	if p.pid != 0 {
		return fmt.Errorf("PostgreSQL（进程 %d）已在使用 %s / already running", p.pid, cluster)
	}
	if err := os.Remove(filepath.Join(cluster, "postmaster.pid")); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// end stops the server: open transactions are rolled back, everything committed is kept.
func (s *Server) end(ctx context.Context) error {
	if !s.alive() {
		return nil
	}
	process, err := os.FindProcess(s.pid)
	if err != nil {
		return err
	}
	if err := process.Signal(os.Interrupt); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	if err := s.awaitEnd(ctx); err == nil {
		return nil
	}
	// SIGQUIT ends the server without a checkpoint; the next start replays its log.
	if err := process.Signal(syscall.SIGQUIT); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err := s.awaitEnd(last); err != nil {
		return fmt.Errorf("PostgreSQL（进程 %d）没有停下来 / does not stop: %w", s.pid, err)
	}
	return nil
}

func (s *Server) awaitEnd(ctx context.Context) error {
	for s.alive() {
		if err := sleep(ctx, 10*time.Millisecond); err != nil {
			return err
		}
	}
	return nil
}

func (s *Server) alive() bool {
	if s.exited == nil {
		return servesCluster(s.pid, s.cluster)
	}
	select {
	case <-s.exited:
		return false
	default:
		return true
	}
}
