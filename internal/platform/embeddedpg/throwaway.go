package embeddedpg

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"
)

// ThrowAway are the options of a cluster for tests: empty at the start, fast, and not worth
// keeping. Without autovacuum nothing touches a template database while it is copied.
func ThrowAway(dir string) Options {
	return Options{
		DataDir:  dir,
		FsyncOff: true,
		Discard:  true,
		Settings: map[string]string{
			"max_connections":      "300",
			"shared_buffers":       "64MB", // each clone begins with a checkpoint, which walks through them
			"autovacuum":           "off",
			"jit":                  "off",
			"wal_level":            "minimal",
			"max_wal_senders":      "0",
			"max_wal_size":         "256MB",
			"checkpoint_timeout":   "1h",
			"max_parallel_workers": "0",
		},
	}
}

// ThrowAwayFolder is the folder in which folders of throw-away clusters belong: one in
// memory where there is room, which makes cloning ten times faster, else the one for
// temporary files.
func ThrowAwayFolder() string {
	if hasMemoryFolder() {
		return memoryFolder
	}
	return os.TempDir()
}

// watch stops the server $2 of the cluster $1 when the file $3 wasn't touched for $4 minutes.
const watch = `while sleep 60; do
	[ "$(head -n 1 "$1/postmaster.pid" 2>/dev/null)" = "$2" ] || exit 0
	[ -n "$(find "$3" -mmin "-$4" 2>/dev/null)" ] || { kill -INT "$2"; exit 0; }
done`

// StopWhenIdle leaves the server to a watchdog, a shell that outlives us and stops it when
// nobody touched the file for that long. It is for servers that many short processes share
// and none owns.
func (s *Server) StopWhenIdle(touched string, after time.Duration) error {
	touched, err := filepath.Abs(touched)
	if err != nil {
		return err
	}
	minutes := strconv.Itoa(max(1, int(after.Minutes())))
	cmd := exec.Command("sh", "-c", watch, "watchdog", s.cluster, strconv.Itoa(s.pid), touched, minutes)
	cmd.Dir = "/"
	ownSession(cmd)
	if err := cmd.Start(); err != nil {
		return err
	}
	return cmd.Process.Release()
}
