// Package state turns a table of allowed moves into a state machine. What isn't in the
// table can't happen; the same table is drawn in the docs and answers available_actions.
package state

import (
	"fmt"
	"slices"
	"strings"

	"ippledge/internal/fault"
)

// Table says which action leads from which state to which.
type Table[S, A ~string] map[S]map[A]S

// Next returns the state that action leads to, or a conflict naming both.
func (t Table[S, A]) Next(from S, action A) (S, error) {
	to, ok := t[from][action]
	if !ok {
		return from, fault.New(fault.Conflict, "transition_not_allowed", "当前状态（%s）下不能执行该操作（%s），请刷新后查看最新状态", Label(string(from)), Label(string(action)))
	}
	return to, nil
}

// Can tells whether action is possible from here.
func (t Table[S, A]) Can(from S, action A) bool { _, ok := t[from][action]; return ok }

// Actions lists what can be done from here, sorted.
func (t Table[S, A]) Actions(from S) []A {
	var as []A
	for a := range t[from] {
		as = append(as, a)
	}
	slices.Sort(as)
	return as
}

// States lists every state of the table, as source or target, sorted.
func (t Table[S, A]) States() []S {
	seen := map[S]bool{}
	for from, moves := range t {
		seen[from] = true
		for _, to := range moves {
			seen[to] = true
		}
	}
	var ss []S
	for s := range seen {
		ss = append(ss, s)
	}
	slices.Sort(ss)
	return ss
}

// Mermaid draws the table as a state diagram.
func (t Table[S, A]) Mermaid() string {
	var lines []string
	for from, moves := range t {
		for action, to := range moves {
			lines = append(lines, fmt.Sprintf("  %s --> %s : %s", from, to, action))
		}
	}
	slices.Sort(lines)
	return "stateDiagram-v2\n" + strings.Join(lines, "\n") + "\n"
}
