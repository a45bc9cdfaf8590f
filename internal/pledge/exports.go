package pledge

import (
	"slices"

	"github.com/google/uuid"

	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/ipasset"
	"ippledge/internal/platform/postgres"
)

// Find reads a pledge; pledge_not_found when there is none.
func Find(tx postgres.Tx, id uuid.UUID) (Pledge, error) { return find(tx, id) }

// Lock is Find with the row locked for the rest of the transaction.
func Lock(tx postgres.Tx, id uuid.UUID) (Pledge, error) { return lock(tx, id) }

// ForBid lists the pledges drafted for a bid, the oldest first. A mixed portfolio has
// several: patents and marks are registered apart.
func ForBid(tx postgres.Tx, bidID uuid.UUID) ([]Pledge, error) { return forBid(tx, bidID) }

// RegisteredFor is the pledge in force that secures what a bid led to; the oldest where
// there are several.
func RegisteredFor(tx postgres.Tx, bidID uuid.UUID) (Pledge, bool, error) {
	all, err := forBid(tx, bidID)
	if err != nil {
		return Pledge{}, false, err
	}
	at := slices.IndexFunc(all, func(p Pledge) bool { return p.Status == Registered })
	if at < 0 {
		return Pledge{}, false, nil
	}
	return all[at], true, nil
}

// LinesOf lists the rights under a pledge with their parts of the sum.
func LinesOf(tx postgres.Tx, id uuid.UUID) ([]Line, error) { return linesOf(tx, id) }

// OpenDisposal notes that the bank has begun to enforce the pledges behind a bid: their
// rights are in disposal from now on. The caller has the second signature and holds the
// need's lock.
func OpenDisposal(tx postgres.Tx, actor authz.Actor, bidID uuid.UUID) error {
	all, err := forBid(tx, bidID)
	if err != nil {
		return err
	}
	for _, p := range all {
		if p.Status != Registered {
			continue
		}
		ids, err := assetIDs(tx, p.ID)
		if err != nil {
			return err
		}
		if err := ipasset.OpenDisposal(tx, ids); err != nil {
			return err
		}
		if err := audit.Record(tx, actor, "pledge.dispose", Subject, p.ID, nil); err != nil {
			return err
		}
	}
	return nil
}
