package audit

import "sync"

var (
	wordsMu sync.RWMutex
	words   = map[string]string{}
)

// Name gives actions their Chinese words; each domain names its own in a package-level var.
func Name(actions map[string]string) struct{} {
	wordsMu.Lock()
	defer wordsMu.Unlock()
	for action, text := range actions {
		words[action] = text
	}
	return struct{}{}
}

// Text is the Chinese word of an action.
func Text(action string) string {
	wordsMu.RLock()
	defer wordsMu.RUnlock()
	if text, ok := words[action]; ok {
		return text
	}
	return action
}
