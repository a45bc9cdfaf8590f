package postgres

import (
	"errors"
	"sync"

	"github.com/jackc/pgx/v5/pgconn"

	"ippledge/internal/fault"
)

var (
	rulesMu sync.RWMutex
	rules   = map[string]*fault.Error{}
)

// Rule says which failure the user is told when the named constraint refuses a row. The
// domain that owns the table names it, in a package-level var beside its store.
func Rule(constraint string, f *fault.Error) struct{} {
	rulesMu.Lock()
	defer rulesMu.Unlock()
	rules[constraint] = f
	return struct{}{}
}

// translate turns a refusal by a named constraint into the failure registered for it.
// Append-only and maker≠checker triggers raise their own names as the constraint.
func translate(err error) error {
	var pg *pgconn.PgError
	if !errors.As(err, &pg) || pg.ConstraintName == "" {
		return err
	}
	if _, already := fault.From(err); already {
		return err
	}
	rulesMu.RLock()
	defer rulesMu.RUnlock()
	if f, ok := rules[pg.ConstraintName]; ok {
		return f.Because(err)
	}
	return err
}
