// Package audit keeps the append-only record of who did what. Its hard rule: the record
// is written in the transaction of the change, so there is no change without its entry
// and no entry without its change.
//
// Entries are chained by hash (audit_seal) a moment after they commit, in one order for
// the whole platform. Chaining inside the business transaction would make every write
// wait for one row.
package audit

import (
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/httpmeta"
	"ippledge/internal/platform/postgres"
)

// Entry is what Record keeps besides the actor and the time.
type Entry struct {
	Action     string // "noun.verb"
	ObjectKind string // the noun
	ObjectID   string
	Detail     any
	// SealedUntil hides the entry from everybody until then: what is said of a bid must
	// not show before its window closes.
	SealedUntil *time.Time
	// Refused marks an attempt that was turned down (a wrong password).
	Refused bool
}

// Line is one entry as a timeline shows it.
type Line struct {
	ID       uuid.UUID       `json:"id"`
	At       time.Time       `json:"at"`
	UserName string          `json:"user_name"`
	OrgName  string          `json:"org_name"`
	Action   string          `json:"action"`
	Text     string          `json:"text" doc:"动作的中文名称"`
	Detail   json.RawMessage `json:"detail"`
}

// Record writes one audit entry in the caller's transaction.
func Record(tx postgres.Tx, actor authz.Actor, action, objectKind string, objectID uuid.UUID, detail any) error {
	return Write(tx, actor, Entry{Action: action, ObjectKind: objectKind, ObjectID: objectID.String(), Detail: detail})
}

// Write is Record for the rarer entries: sealed ones, refused ones, objects without a uuid.
func Write(tx postgres.Tx, actor authz.Actor, e Entry) error {
	if e.Detail == nil {
		e.Detail = map[string]any{}
	}
	detail, err := json.Marshal(e.Detail)
	if err != nil {
		return err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	row := entryRow{
		ID: id, At: tx.Now(), UserName: actor.Name, OrgName: actor.OrgName,
		Action: e.Action, ObjectKind: e.ObjectKind, ObjectID: e.ObjectID, Detail: string(detail),
		Address: httpmeta.Address(tx.Context()), RequestID: httpmeta.RequestID(tx.Context()),
		SealedUntil: e.SealedUntil, Result: "ok",
	}
	if e.Refused {
		row.Result = "refused"
	}
	if !actor.IsSystem() {
		row.UserID, row.OrgID = &actor.UserID, &actor.OrgID
	}
	return insert(tx, row)
}

// Timeline lists what happened to an object, oldest first, without what is still sealed.
func Timeline(tx postgres.Tx, objectKind string, objectID uuid.UUID) ([]Line, error) {
	return timeline(tx, objectKind, objectID)
}
