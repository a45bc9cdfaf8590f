// Package event tells the rest of the program what happened. An event is a River job
// inserted in the transaction of the change: it is delivered if and only if the change
// committed, at least once, so those who listen must tolerate a repeat.
package event

import (
	"context"
	"encoding/json"
	"time"

	"github.com/riverqueue/river"

	"ippledge/internal/platform/postgres"
)

// Delivery is one event on its way. At is when it happened by the clock of the change.
type Delivery struct {
	Name    string          `json:"name"`
	At      time.Time       `json:"at"`
	Payload json.RawMessage `json:"payload"`
}

// Kind names the job.
func (Delivery) Kind() string { return "event" }

// Publish sends an event with the caller's transaction. name is "noun.participle".
func Publish(tx postgres.Tx, name string, payload any) error {
	content, err := json.Marshal(payload)
	if err != nil {
		return err
	}
	return enqueue(tx, Delivery{Name: name, At: tx.Now(), Payload: content})
}

// Enqueue inserts any other background job with the caller's transaction.
func Enqueue(tx postgres.Tx, args river.JobArgs) error { return enqueue(tx, args) }

// Listener reacts to one event in a transaction of its own.
type Listener func(tx postgres.Tx, payload json.RawMessage) error

// Bus hands deliveries to their listeners.
type Bus struct {
	river.WorkerDefaults[Delivery]
	db        *postgres.DB
	listeners map[string][]Listener
}

// NewBus makes a bus without listeners.
func NewBus(db *postgres.DB) *Bus { return &Bus{db: db, listeners: map[string][]Listener{}} }

// On adds a listener. app/subscriptions.go calls it, nobody else.
func (b *Bus) On(name string, l Listener) { b.listeners[name] = append(b.listeners[name], l) }

// Work delivers one event to all who listen, in one transaction at the event's own time.
func (b *Bus) Work(ctx context.Context, job *river.Job[Delivery]) error {
	return b.Deliver(ctx, job.Args)
}

// Deliver is Work without the queue, for tests and the demo story.
func (b *Bus) Deliver(ctx context.Context, d Delivery) error {
	listeners := b.listeners[d.Name]
	if len(listeners) == 0 {
		return nil
	}
	return b.db.WithClock(func() time.Time { return d.At }).InTx(ctx, func(tx postgres.Tx) error {
		for _, l := range listeners {
			if err := l(tx, d.Payload); err != nil {
				return err
			}
		}
		return nil
	})
}
