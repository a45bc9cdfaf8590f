package ledger

import (
	"context"

	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/platform/postgres"
)

// PublishDay publishes the last hash of each day up to day on which a book posted and
// which wasn't published yet. The days are over, and from then on nothing can be posted
// into them, not even by a transaction that began in one. A second time changes nothing.
func (s *Service) PublishDay(ctx context.Context, day calendar.Date) error {
	return s.db.InTx(ctx, func(tx postgres.Tx) error {
		if !day.Before(calendar.DateOf(tx.Now())) {
			return fault.InField("day", "day_not_over", "%s 尚未结束，不能公布当日哈希", day)
		}
		books, err := allBooks(tx)
		if err != nil {
			return err
		}
		for _, b := range books {
			if err := publishThrough(tx, b, day); err != nil {
				return err
			}
		}
		return nil
	})
}

// PublishDue publishes up to yesterday; the daily job calls it, so that a day on which
// the server stood still is made up for.
func (s *Service) PublishDue(ctx context.Context) error {
	return s.PublishDay(ctx, calendar.DateOf(s.db.Now()).AddDays(-1))
}

func publishThrough(tx postgres.Tx, b Book, last calendar.Date) error {
	h, err := lockHead(tx, b.ID, nil)
	if err != nil || !h.book.PublishedThrough.Before(last) {
		return err
	}
	for {
		day, err := firstUnpublished(tx, b.ID)
		if err != nil {
			return err
		}
		if day.IsZero() || day.After(last) {
			return setPublishedThrough(tx, b.ID, last)
		}
		seq, hash, err := lastBefore(tx, b.ID, day.AddDays(1).StartOfDay())
		if err != nil {
			return err
		}
		if err := insertDayHash(tx, b.ID, day, seq, hash); err != nil {
			return err
		}
	}
}
