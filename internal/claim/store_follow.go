package claim

import (
	"github.com/google/uuid"

	"ippledge/internal/platform/postgres"
)

// followed reads the claims handed in on a borrower's loans, the newest first.
func followed(tx postgres.Tx, borrowerID uuid.UUID) (out []Followed, err error) {
	var rows []struct {
		ID       uuid.UUID
		Followed Followed `gorm:"embedded"`
	}
	err = tx.Gorm().Raw(`select c.id, c.number as claim_number, c.loan_id, l.number as loan_number, b.name as bank_name, c.status, c.submitted_at, c.eligible_loss,
			c.approved, c.approved_on, c.paid, l.outstanding, p.id as publicity_id, coalesce(r.number, '') as recovery_number, r.status as recovery_status,
			coalesce(r.recovered, 0) as recovered, coalesce(r.surplus, 0) as surplus, r.written_off_on
		from claim c join loan l on l.id = c.loan_id join organization b on b.id = c.bank_id left join recovery r on r.claim_id = c.id
		left join lateral (select id from claim_publicity x where x.claim_id = c.id order by round desc limit 1) p on true
		where c.borrower_id = ? and c.submitted_at is not null order by c.submitted_at desc limit 200`, borrowerID).Scan(&rows).Error
	out = make([]Followed, len(rows))
	for i, r := range rows {
		out[i] = r.Followed
		out[i].StatusText = r.Followed.Status.Text()
		out[i].Receipts = []FollowedReceipt{}
		if err == nil {
			err = tx.Gorm().Raw(`select x.number, x.received_on, x.source, x.gross, x.costs, x.net from recovery_receipt x join recovery r on r.id = x.recovery_id
				where r.claim_id = ? order by x.received_on, x.created_at`, r.ID).Scan(&out[i].Receipts).Error
		}
	}
	return out, err
}
