package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// findPgbench is the program of the newest PostgreSQL that is installed, or empty.
func findPgbench() string {
	if path, err := exec.LookPath("pgbench"); err == nil {
		return path
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/pgbench") // Debian keeps it off the path; the pattern is well formed
	newest, version := "", 0
	for _, path := range found {
		if v, err := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path)))); err == nil && v > version {
			newest, version = path, v
		}
	}
	return newest
}

func (w *world) comparison() string {
	if w.pgbench == "" {
		return "本机没有 pgbench，用自带的循环执行同样的语句"
	}
	return w.pgbench + " -M " + w.protocol
}

// overPgbench lets pgbench work for a little longer than the round and takes from its log
// what ended within the round, after the warm-up.
func (w *world) overPgbench(ctx context.Context, clients int, round time.Duration, s script) (r result, err error) {
	dir, err := os.MkdirTemp("", "pgbench-")
	if err != nil {
		return r, err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "script.sql")
	if err := os.WriteFile(file, []byte(s.variables+s.statements+"\n"), 0o600); err != nil {
		return r, err
	}
	seconds := int((round + round/8 + time.Second - 1) / time.Second)
	cmd := exec.CommandContext(ctx, w.pgbench, "--no-vacuum", "--log", "--log-prefix", filepath.Join(dir, "log"),
		"--protocol", w.protocol, "--client", strconv.Itoa(clients), "--jobs", strconv.Itoa(min(clients, runtime.NumCPU())),
		"--time", strconv.Itoa(seconds), "--file", file, w.url)
	if out, err := cmd.CombinedOutput(); err != nil {
		return r, fmt.Errorf("pgbench: %w\n%s", err, out)
	}
	took, calls, err := readLogs(filepath.Join(dir, "log.*"), round)
	if err != nil {
		return r, err
	}
	r, err = resultOf(took, calls, round)
	r.ours = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	return r, err
}

// done is a line of pgbench's log: client, number, microseconds, script, end in seconds and microseconds.
type done struct {
	took time.Duration
	end  int64 // microseconds
}

func readLogs(pattern string, round time.Duration) (took []time.Duration, calls int, err error) {
	files, err := filepath.Glob(pattern)
	if err != nil {
		return nil, 0, err
	}
	var all []done
	for _, path := range files {
		lines, err := readLog(path)
		if err != nil {
			return nil, 0, err
		}
		all = append(all, lines...)
	}
	if len(all) == 0 {
		return nil, 0, errors.New("pgbench: its log is empty")
	}
	first := all[0].end
	for _, d := range all {
		first = min(first, d.end)
	}
	begin := first + (round / 8).Microseconds()
	for _, d := range all {
		if d.end >= begin && d.end < begin+round.Microseconds() {
			took = append(took, d.took)
		}
	}
	return took, len(all), nil
}

func readLog(path string) (all []done, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		if len(fields) < 6 {
			return nil, fmt.Errorf("pgbench: a line of its log: %q", lines.Text())
		}
		took, err1 := strconv.ParseInt(fields[2], 10, 64)
		seconds, err2 := strconv.ParseInt(fields[4], 10, 64)
		micros, err3 := strconv.ParseInt(fields[5], 10, 64)
		if err := errors.Join(err1, err2, err3); err != nil {
			return nil, err
		}
		all = append(all, done{time.Duration(took) * time.Microsecond, seconds*1e6 + micros})
	}
	return all, lines.Err()
}
