package state

import "sync"

var (
	labelsMu sync.RWMutex
	labels   = map[string]string{}
)

// Name gives states and actions their Chinese words for sentences; each domain names
// its own in a package-level var. A word without a name shows as it is.
func Name(words map[string]string) struct{} {
	labelsMu.Lock()
	defer labelsMu.Unlock()
	for code, text := range words {
		labels[code] = text
	}
	return struct{}{}
}

// Label is the Chinese word of a state or action.
func Label(code string) string {
	labelsMu.RLock()
	defer labelsMu.RUnlock()
	if text, ok := labels[code]; ok {
		return text
	}
	return code
}
