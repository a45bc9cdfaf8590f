package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// used is the processor time that this process and PostgreSQL have used so far. On a
// machine that others use too it is steadier than the clock. Zero where there is no /proc.
func used(postmaster int) (ours, theirs time.Duration) {
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		return 0, 0
	}
	for _, path := range stats {
		text, err := os.ReadFile(path)
		if err != nil {
			continue // it ended
		}
		// The name stands in parentheses and may hold anything; the fields follow it.
		at := strings.LastIndexByte(string(text), ')')
		fields := strings.Fields(string(text[at+1:]))
		if at < 0 || len(fields) < 15 {
			continue
		}
		pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(path)))
		parent, _ := strconv.Atoi(fields[1])
		switch {
		case pid == os.Getpid():
			ours += ticks(fields[11], fields[12])
		case pid == postmaster || parent == postmaster:
			theirs += ticks(fields[11], fields[12])
		}
		if pid == postmaster {
			theirs += ticks(fields[13], fields[14]) // of sessions that ended
		}
	}
	return ours, theirs
}

func ticks(user, system string) time.Duration {
	u, _ := strconv.ParseInt(user, 10, 64)
	s, _ := strconv.ParseInt(system, 10, 64)
	return time.Duration(u+s) * 10 * time.Millisecond // USER_HZ is 100 on Linux
}
