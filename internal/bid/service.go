package bid

import (
	"context"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/casework"
	"ippledge/internal/etag"
	"ippledge/internal/event"
	"ippledge/internal/financing"
	"ippledge/internal/platform/postgres"
)

// Subject is the word for a bid in proposals and the audit trail.
const Subject = "bid"

// Service keeps bids and carries out the enterprise's choice.
type Service struct {
	db        *postgres.DB
	approvals *approval.Service
}

// NewService makes the service.
func NewService(db *postgres.DB, approvals *approval.Service) *Service {
	return &Service{db, approvals}
}

// Find returns a bid; bid_not_found when there is none. The caller answers for who may
// see it.
func Find(tx postgres.Tx, id uuid.UUID) (Bid, error) { return find(tx, id) }

// Lock locks the bid's need and then the bid, in this order.
func Lock(tx postgres.Tx, id uuid.UUID) (Bid, error) {
	_, b, err := lockBoth(tx, id)
	return b, err
}

func lockBoth(tx postgres.Tx, id uuid.UUID) (n financing.Need, b Bid, err error) {
	if b, err = find(tx, id); err != nil {
		return n, b, err
	}
	if n, err = financing.Lock(tx, b.NeedID); err != nil {
		return n, b, err
	}
	b, err = lockRow(tx, id)
	return n, b, err
}

// ForNeed lists all bids on a need, drafts too, by id. It is for use cases after the
// award; the caller answers for who may see them.
func ForNeed(tx postgres.Tx, needID uuid.UUID) ([]Bid, error) { return ofNeed(tx, needID) }

// Move takes the bid through one transition and saves it. The caller holds the lock and
// records why.
func (b *Bid) Move(tx postgres.Tx, a Action) (err error) {
	if b.Status, err = Transitions.Next(b.Status, a); err != nil {
		return err
	}
	switch a {
	case Accept, Lose, Decline, Expire, ApproveCredit, Contract:
		now := tx.Now()
		b.DecidedAt = &now
	}
	return save(tx, b)
}

// change is the frame of the bank's use cases: need and bid locked, the bank's own, the
// version seen, and nobody who acts for the other side of the case.
func (s *Service) change(ctx context.Context, actor authz.Actor, p authz.Permission, id uuid.UUID, work func(postgres.Tx, *financing.Need, *Bid) error) (b Bid, err error) {
	if err := actor.Allowed(p); err != nil {
		return b, err
	}
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		var n financing.Need
		if n, b, err = lockBoth(tx, id); err != nil {
			return err
		}
		if !actor.ActsFor(b.BankID) {
			return errNotFound
		}
		if err := etag.Check(tx.Context(), b.Version); err != nil {
			return err
		}
		if err := casework.Act(tx, actor, b.NeedID); err != nil {
			return err
		}
		return work(tx, &n, &b)
	})
	return b, err
}

// note writes an audit entry about a bid, sealed as long as the need's window is open.
func note(tx postgres.Tx, actor authz.Actor, n financing.Need, b Bid, action string, detail any) error {
	e := audit.Entry{Action: action, ObjectKind: Subject, ObjectID: b.ID.String(), Detail: detail}
	if !n.BidsVisible(tx.Now()) {
		e.SealedUntil = n.ClosesAt
	}
	return audit.Write(tx, actor, e)
}

// publish tells of a bid after its window closed; before, nothing is told.
func (b Bid) publish(tx postgres.Tx, name string) error {
	return event.Publish(tx, name, map[string]any{"bid_id": b.ID, "need_id": b.NeedID, "bank_id": b.BankID})
}
