package casework

import (
	"github.com/google/uuid"

	"ippledge/internal/platform/postgres"
)

func side(tx postgres.Tx, caseID, user, org uuid.UUID) (first uuid.UUID, err error) {
	g := tx.Gorm()
	err = g.Exec(`insert into case_side (case_id, user_id, org_id, since) values (?, ?, ?, ?)
		on conflict (case_id, user_id) do nothing`, caseID, user, org, tx.Now()).Error
	if err != nil {
		return first, err
	}
	err = g.Raw(`select org_id from case_side where case_id = ? and user_id = ?`, caseID, user).Row().Scan(&first)
	return first, err
}
