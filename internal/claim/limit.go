package claim

import (
	"sync"
	"time"

	"golang.org/x/time/rate"

	"ippledge/internal/fault"
)

// limiter bounds the objections from one address: five at once, then one a minute. It
// lives in memory; a second server doubles the bound.
type limiter struct {
	mu        sync.Mutex
	addresses map[string]*rate.Limiter
}

const (
	objectionsAtOnce = 5
	addressesMax     = 10000
)

func newLimiter() *limiter { return &limiter{addresses: map[string]*rate.Limiter{}} }

func (l *limiter) allow(address string, now time.Time) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.addresses) >= addressesMax {
		clear(l.addresses)
	}
	bound, ok := l.addresses[address]
	if !ok {
		bound = rate.NewLimiter(rate.Every(time.Minute), objectionsAtOnce)
		l.addresses[address] = bound
	}
	if !bound.AllowN(now, 1) {
		return fault.New(fault.TooMany, "objections_too_often", "提交过于频繁，请稍后再试")
	}
	return nil
}
