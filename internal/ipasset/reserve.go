package ipasset

import (
	"time"

	"github.com/google/uuid"

	"ippledge/internal/event"
	"ippledge/internal/fault"
	"ippledge/internal/platform/postgres"
)

// ReservationDays is how long an accepted bid holds a right without a registered pledge
// (domain §2.4, [REC]).
const ReservationDays = 60

// Reserve holds rights for an accepted bid until a moment. It fails with
// asset_not_available when one of them is not listed: somebody else was first, or the
// register froze it. All are held, or none.
func Reserve(tx postgres.Tx, ids []uuid.UUID, until time.Time) error {
	return moveMany(tx, ids, func(a *Asset) error {
		if !Transitions.Can(a.Status, reserve) {
			return notAvailable(*a)
		}
		a.ReservedUntil = &until
		return a.move(reserve)
	})
}

// Unreserve lets rights go whose bid came to nothing. A right that was let go before
// stays as it is; one that is pledged is refused.
func Unreserve(tx postgres.Tx, ids []uuid.UUID) error {
	return moveMany(tx, ids, func(a *Asset) error {
		switch {
		case a.HeldBefore == Reserved:
			a.HeldBefore, a.ReservedUntil = Verified, nil
			return nil
		case a.Status != Reserved && a.Status != Pledged && a.Status != InDisposal:
			return nil
		}
		a.ReservedUntil = nil
		return a.move(release)
	})
}

// MarkPledged notes that the register entered the pledge. It fails with
// asset_not_available when a right is neither reserved nor listed.
func MarkPledged(tx postgres.Tx, ids []uuid.UUID) error {
	return moveMany(tx, ids, func(a *Asset) error {
		if !Transitions.Can(a.Status, pledge) {
			return notAvailable(*a)
		}
		a.ReservedUntil = nil
		return a.move(pledge)
	})
}

// EndPledge notes that the pledge is gone: cancelled, lapsed or revoked. A right that the
// register froze stays frozen but is no longer held by the pledge; a dead one stays dead.
func EndPledge(tx postgres.Tx, ids []uuid.UUID) error {
	return moveMany(tx, ids, func(a *Asset) error {
		switch {
		case a.HeldBefore == Pledged || a.HeldBefore == InDisposal:
			a.HeldBefore = Verified
			return nil
		case a.Status == Invalid || a.Status == Disposed:
			return nil
		}
		return a.move(endPledge)
	})
}

// OpenDisposal notes that the pledgee has begun to enforce.
func OpenDisposal(tx postgres.Tx, ids []uuid.UUID) error {
	return moveMany(tx, ids, func(a *Asset) error {
		if a.HeldBefore == Pledged {
			a.HeldBefore = InDisposal
			return nil
		}
		return a.move(openDisposal)
	})
}

// MarkDisposed notes that the right went to somebody else.
func MarkDisposed(tx postgres.Tx, ids []uuid.UUID) error {
	return moveMany(tx, ids, func(a *Asset) error { return a.move(dispose) })
}

func notAvailable(a Asset) error {
	return fault.New(fault.Conflict, "asset_not_available", "%s当前不可用（%s），可能已被其他融资锁定或登记状态有变，请刷新后重试",
		a.Label(), statusText(a.Status))
}

// moveMany locks the rights in order, moves each, saves it and tells the rest of the program.
func moveMany(tx postgres.Tx, ids []uuid.UUID, move func(*Asset) error) error {
	list, err := LockMany(tx, ids)
	if err != nil {
		return err
	}
	for i := range list {
		a := &list[i]
		before, held := a.Status, a.HeldBefore
		if err := move(a); err != nil {
			return err
		}
		if a.Status == before && a.HeldBefore == held {
			continue
		}
		if err := save(tx, a); err != nil {
			return err
		}
		if err := publishMove(tx, *a, before); err != nil {
			return err
		}
	}
	return nil
}

func publishMove(tx postgres.Tx, a Asset, before Status) error {
	return event.Publish(tx, "asset.moved", map[string]any{
		"asset_id": a.ID, "org_id": a.OrgID, "from": before, "to": a.Status,
	})
}
