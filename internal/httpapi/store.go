package httpapi

import (
	"github.com/google/uuid"

	"ippledge/internal/platform/postgres"
)

// claimKey inserts the key, or waits for the transaction that holds it and reads the
// answer kept with it.
func claimKey(tx postgres.Tx, org uuid.UUID, key, operation, digest string) (kept []byte, err error) {
	insert := tx.Gorm().Exec(`insert into idempotency_key (org_id, key, operation, digest, created_at)
		values (?, ?, ?, ?, ?) on conflict (org_id, key) do nothing`, org, key, operation, digest, tx.Now())
	if insert.Error != nil || insert.RowsAffected == 1 {
		return nil, insert.Error
	}
	var row struct {
		Digest string
		Answer []byte
	}
	err = tx.Gorm().Raw(`select digest, answer from idempotency_key where org_id = ? and key = ? for update`, org, key).Scan(&row).Error
	if err == nil && row.Digest != digest {
		err = errKeyReused
	}
	return row.Answer, err
}

func keepAnswer(tx postgres.Tx, org uuid.UUID, key string, answer []byte) error {
	return tx.Gorm().Exec(`update idempotency_key set answer = ? where org_id = ? and key = ?`, string(answer), org, key).Error
}
