package iam

import (
	"sync"
	"time"

	"golang.org/x/time/rate"

	"ippledge/internal/fault"
)

// limiter bounds sign-ins and registrations from one address. It lives in memory: a
// second server doubles the bound, and the lock of the account still holds.
type limiter struct {
	mu        sync.Mutex
	perMinute int
	addresses map[string]*visitor
}

type visitor struct {
	limit *rate.Limiter
	seen  time.Time
}

const addressesMax = 10000

func newLimiter(perMinute int) *limiter {
	if perMinute == 0 {
		perMinute = 30
	}
	return &limiter{perMinute: perMinute, addresses: map[string]*visitor{}}
}

func (l *limiter) allow(address string, now time.Time) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	v, ok := l.addresses[address]
	if !ok {
		l.forget(now)
		v = &visitor{limit: rate.NewLimiter(rate.Every(time.Minute/time.Duration(l.perMinute)), l.perMinute)}
		l.addresses[address] = v
	}
	v.seen = now
	if !v.limit.AllowN(now, 1) {
		return fault.New(fault.TooMany, "sign_in_too_often", "操作过于频繁，请一分钟后再试")
	}
	return nil
}

// forget drops addresses that have their full allowance again, so that the map stays small.
func (l *limiter) forget(now time.Time) {
	if len(l.addresses) < addressesMax {
		return
	}
	for address, v := range l.addresses {
		if now.Sub(v.seen) > 2*time.Minute {
			delete(l.addresses, address)
		}
	}
}
