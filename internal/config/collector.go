package config

import (
	"os"
	"runtime/debug"
)

// SpareTheCollector lets the heap grow to four times what lives before it is collected.
// A server's live heap is some tens of megabytes, so a tenth of its processor time buys
// more than the memory. GOGC and GOMEMLIMIT in the environment have the last word.
func SpareTheCollector() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(300)
	}
}
