package valuation

import (
	"context"
	"fmt"

	"ippledge/internal/calendar"
	"ippledge/internal/ipasset"
	"ippledge/internal/platform/postgres"
)

// IsStale tells whether a value is too old to lend on: more than twelve months since its
// valuation date (domain §2.3).
func IsStale(valuedOn, on calendar.Date) bool { return on.After(ValidUntil(valuedOn)) }

// Watch is the daily look at the values of rights that are listed, reserved or pledged:
// it raises an alert where the last report is out of date and closes it where a newer one
// stands. It tells how many people were told about; the same day again changes nothing.
func (s *Service) Watch(ctx context.Context) (told int, err error) {
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		told = 0
		today := calendar.DateOf(tx.Now())
		stale, err := staleAssets(tx, today)
		if err != nil {
			return err
		}
		for _, v := range stale {
			raised, err := ipasset.Raise(tx, ipasset.Alert{
				AssetID: v.AssetID, Kind: ipasset.AlertValuation, Severity: ipasset.Amber, DueOn: v.ValidUntil,
				Message: fmt.Sprintf("最近一次评估（基准日 %s）已于 %s 过有效期，请重新评估", v.ValuedOn, v.ValidUntil),
			})
			if err != nil {
				return err
			}
			if raised {
				told++
			}
		}
		return closeFresh(tx, today)
	})
	return told, err
}

func closeFresh(tx postgres.Tx, today calendar.Date) error {
	fresh, err := alertedButFresh(tx, today)
	if err != nil {
		return err
	}
	for _, id := range fresh {
		if err := ipasset.CloseAlert(tx, id, ipasset.AlertValuation); err != nil {
			return err
		}
	}
	return nil
}
