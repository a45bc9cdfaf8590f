package claim

import (
	"context"

	"ippledge/internal/calendar"
	"ippledge/internal/platform/postgres"
)

// remindBefore is how many working days ahead a bank is reminded to hand over the fund's
// part of what it recovered.
const remindBefore = 2

// RemindTransfers tells, once a day, of every receipt whose fund's part is due soon or
// late; whoever listens tells a person once of each receipt.
func (s *Service) RemindTransfers(ctx context.Context) error {
	return s.db.InTx(ctx, func(tx postgres.Tx) error {
		soon, _ := calendar.AddWorkingDays(today(tx), remindBefore)
		rows, err := owed(tx, soon)
		if err != nil {
			return err
		}
		for _, row := range rows {
			r, err := findRecovery(tx, row.RecoveryID, false)
			if err != nil {
				return err
			}
			name := "recovery.transfer_due"
			if row.TransferDueOn.Before(today(tx)) {
				name = "recovery.transfer_late"
			}
			told := map[string]any{"receipt_id": row.ID, "receipt": row.Number, "amount": row.FundPart, "due_on": row.TransferDueOn}
			if err := r.publish(tx, name, told); err != nil {
				return err
			}
		}
		return nil
	})
}
