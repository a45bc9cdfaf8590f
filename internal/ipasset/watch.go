package ipasset

import (
	"context"

	"github.com/google/uuid"

	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/platform/postgres"
)

// watchBatch is how many rights are looked at in one transaction.
const watchBatch = 100

// Watch is the daily look at every living right: it raises and closes alerts (domain
// §2.3) and lets go of reservations whose time is over. It tells how many alerts people
// were told about. Running it again on the same day changes nothing.
func (s *Service) Watch(ctx context.Context) (told int, err error) {
	var after uuid.UUID
	for {
		var batch []Asset
		inBatch := 0
		err = s.db.InTx(ctx, func(tx postgres.Tx) error {
			inBatch = 0
			if batch, err = toWatch(tx, after, watchBatch); err != nil {
				return err
			}
			inBatch, err = watch(tx, batch)
			return err
		})
		told += inBatch
		if err != nil || len(batch) < watchBatch {
			return told, err
		}
		after = batch[len(batch)-1].ID
	}
}

func watch(tx postgres.Tx, batch []Asset) (told int, err error) {
	today := calendar.DateOf(tx.Now())
	ids := make([]uuid.UUID, len(batch))
	for i, a := range batch {
		ids[i] = a.ID
	}
	maturities, err := maturitiesOf(tx, ids)
	if err != nil {
		return 0, err
	}
	for i := range batch {
		a := &batch[i]
		if err := releaseExpired(tx, a); err != nil {
			return told, err
		}
		var open []string
		for _, alert := range alertsOf(*a, maturities[a.ID], today) {
			alert.AssetID = a.ID
			raised, err := Raise(tx, alert)
			if err != nil {
				return told, err
			}
			if raised {
				told++
			}
			open = append(open, alert.Kind)
		}
		if err := closeAlerts(tx, a.ID, watched, open); err != nil {
			return told, err
		}
	}
	return told, nil
}

// releaseExpired lets a right go whose bid did not lead to a pledge in time. A right
// whose pledge is on file waits for the register's answer.
func releaseExpired(tx postgres.Tx, a *Asset) error {
	if a.Status != Reserved || a.ReservedUntil == nil || tx.Now().Before(*a.ReservedUntil) {
		return nil
	}
	filed, err := pledgeOnFile(tx, a.ID)
	if err != nil || filed {
		return err
	}
	if err := a.move(release); err != nil {
		return err
	}
	a.ReservedUntil = nil
	if err := save(tx, a); err != nil {
		return err
	}
	if err := audit.Record(tx, authz.System, "asset.release", Subject, a.ID, nil); err != nil {
		return err
	}
	return publishMove(tx, *a, Reserved)
}
