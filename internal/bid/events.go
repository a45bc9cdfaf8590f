package bid

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/financing"
	"ippledge/internal/platform/postgres"
)

type needEvent struct {
	NeedID uuid.UUID `json:"need_id"`
}

// OnNeedClosed ends the drafts that nobody signed in time.
func (s *Service) OnNeedClosed(tx postgres.Tx, payload json.RawMessage) error {
	return s.onNeed(tx, payload, func(n financing.Need) bool { return n.ClosedAt != nil }, Draft)
}

// OnNeedCancelled ends all bids on a need that the enterprise withdrew.
func (s *Service) OnNeedCancelled(tx postgres.Tx, payload json.RawMessage) error {
	cancelled := func(n financing.Need) bool { return n.Status == financing.Cancelled }
	return s.onNeed(tx, payload, cancelled, Draft, Submitted, Accepted, DueDiligence, CreditApproved)
}

// OnNeedFulfilled ends the bids that were still comparable when the money flowed.
func (s *Service) OnNeedFulfilled(tx postgres.Tx, payload json.RawMessage) error {
	return s.onNeed(tx, payload, func(n financing.Need) bool { return n.Status == financing.Fulfilled }, Submitted)
}

// onNeed ends the bids in the given states, if the need still is what the event said: it
// may have been opened again since.
func (s *Service) onNeed(tx postgres.Tx, payload json.RawMessage, still func(financing.Need) bool, statuses ...Status) error {
	var e needEvent
	if err := json.Unmarshal(payload, &e); err != nil {
		return err
	}
	n, err := financing.Lock(tx, e.NeedID)
	if err != nil || !still(n) {
		return err
	}
	list, err := lockOf(tx, n.ID, statuses...)
	if err != nil {
		return err
	}
	for i := range list {
		b, action := &list[i], Lose
		if b.Status == Draft {
			action = Expire
		}
		if err := s.end(tx, n, b, action); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) end(tx postgres.Tx, n financing.Need, b *Bid, action Action) error {
	if err := approval.Void(tx, Subject, b.ID); err != nil {
		return err
	}
	if err := b.Move(tx, action); err != nil {
		return err
	}
	if err := note(tx, authz.System, n, *b, "bid."+string(action), nil); err != nil {
		return err
	}
	// Of a need that was cancelled while open nothing is told, not even afterwards.
	if !n.BidsVisible(tx.Now()) || b.SubmittedAt == nil {
		return nil
	}
	return b.publish(tx, "bid."+string(b.Status))
}

// ExpireDue ends submitted bids whose validity has passed on needs in comparison, and
// fails needs that have no bid left. It tells how many bids it ended. Award refuses an
// expired bid whether or not this job has run.
func (s *Service) ExpireDue(ctx context.Context) (expired int, err error) {
	var needs []uuid.UUID
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		needs, err = stale(tx, calendar.DateOf(tx.Now()))
		return err
	})
	for _, id := range needs {
		if err != nil {
			return expired, err
		}
		ended := 0
		err = s.db.InTx(ctx, func(tx postgres.Tx) error {
			ended, err = s.expireOf(tx, id)
			return err
		})
		if err == nil {
			expired += ended
		}
	}
	return expired, err
}

func (s *Service) expireOf(tx postgres.Tx, needID uuid.UUID) (expired int, err error) {
	n, err := financing.Lock(tx, needID)
	if err != nil || n.Status != financing.Evaluating {
		return 0, err
	}
	list, err := lockOf(tx, n.ID, Submitted)
	if err != nil {
		return 0, err
	}
	today := calendar.DateOf(tx.Now())
	for i := range list {
		if list[i].ValidOn(today) {
			continue
		}
		if err := s.end(tx, n, &list[i], Expire); err != nil {
			return expired, err
		}
		expired++
	}
	if expired < len(list) || expired == 0 {
		return expired, nil
	}
	return expired, financing.GiveUp(tx, &n, "全部报价已过有效期")
}
