package embeddedpg

import (
	"bufio"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// memoryFolder is Linux's file system in memory.
const memoryFolder = "/dev/shm"

// enoughShared and enoughMemory are what a run of all tests needs with a wide margin: it
// keeps some dozens of databases of 8 MB and up to 256 MB of log at a time.
const (
	enoughShared = 2 << 30
	enoughMemory = 4 << 30
)

// hasMemoryFolder tells whether there is room in memory for a throw-away cluster. Docker
// gives containers 64 MB of it unless told otherwise.
func hasMemoryFolder() bool {
	const tmpfs = 0x01021994
	var at syscall.Statfs_t
	if err := syscall.Statfs(memoryFolder, &at); err != nil || at.Type != tmpfs {
		return false
	}
	return at.Bavail*uint64(at.Bsize) >= enoughShared && memoryAvailable() >= enoughMemory
}

// memoryAvailable answers bytes, and zero when the system doesn't say.
func memoryAvailable() uint64 {
	file, err := os.Open("/proc/meminfo")
	if err != nil {
		return 0
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if rest, ok := strings.CutPrefix(lines.Text(), "MemAvailable:"); ok {
			kB, err := strconv.ParseUint(strings.TrimSpace(strings.TrimSuffix(rest, "kB")), 10, 64)
			if err != nil {
				return 0
			}
			return kB << 10
		}
	}
	return 0
}
