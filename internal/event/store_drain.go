package event

import (
	"context"
	"encoding/json"

	"ippledge/internal/platform/postgres"
)

// Drain delivers what waits in the queue here and now, and takes it off the queue. The
// demo story uses it: its events happen at the story's time, in order, and must be over
// before the story goes on. A serving process never calls it; River works its queue.
func (b *Bus) Drain(ctx context.Context) error {
	for {
		var jobs []struct {
			ID   int64
			Args string
		}
		err := b.db.InTx(ctx, func(tx postgres.Tx) error {
			return tx.Gorm().Raw(`select id, args from river_job where kind = ? and state = 'available' order by id limit 100`, Delivery{}.Kind()).Scan(&jobs).Error
		})
		if err != nil || len(jobs) == 0 {
			return err
		}
		for _, j := range jobs {
			var d Delivery
			if err := json.Unmarshal([]byte(j.Args), &d); err != nil {
				return err
			}
			if err := b.Deliver(ctx, d); err != nil {
				return err
			}
			err := b.db.InTx(ctx, func(tx postgres.Tx) error {
				return tx.Gorm().Exec(`delete from river_job where id = ?`, j.ID).Error
			})
			if err != nil {
				return err
			}
		}
	}
}
