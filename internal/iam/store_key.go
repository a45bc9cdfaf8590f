package iam

import (
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/platform/postgres"
)

type keyRow struct {
	ID, UserID, OrgID                uuid.UUID
	Name, Prefix, Hash               string
	Scopes                           string // the array as JSON text, which every driver mode reads alike
	ExpiresAt, RevokedAt, LastUsedAt *time.Time
	CreatedAt                        time.Time
}

const keyColumns = `id, user_id, org_id, name, prefix, hash, to_json(scopes)::text as scopes, expires_at, revoked_at, created_at, last_used_at`

func (r keyRow) key() (apiKey, error) {
	k := apiKey{r.ID, r.UserID, r.OrgID, r.Name, r.Prefix, r.Hash, nil, r.ExpiresAt, r.RevokedAt, r.CreatedAt, r.LastUsedAt}
	err := json.Unmarshal([]byte(r.Scopes), &k.Scopes)
	return k, err
}

func insertKey(tx postgres.Tx, k apiKey) error {
	scopes, err := json.Marshal(k.Scopes)
	if err != nil {
		return err
	}
	return tx.Gorm().Exec(`insert into api_key (id, user_id, org_id, name, prefix, hash, scopes, expires_at, created_at)
		values (?, ?, ?, ?, ?, ?, array(select json_array_elements_text(cast(? as json))), ?, ?)`,
		k.ID, k.UserID, k.OrgID, k.Name, k.Prefix, k.Hash, string(scopes), k.ExpiresAt, k.CreatedAt).Error
}

func findKey(tx postgres.Tx, prefix string) (k apiKey, found bool, err error) {
	var rows []keyRow
	err = tx.Gorm().Raw("select "+keyColumns+" from api_key where prefix = ?", prefix).Scan(&rows).Error
	if err != nil || len(rows) == 0 {
		return k, false, err
	}
	k, err = rows[0].key()
	return k, true, err
}

func keysOf(tx postgres.Tx, user uuid.UUID) ([]apiKey, error) {
	var rows []keyRow
	err := tx.Gorm().Raw("select "+keyColumns+" from api_key where user_id = ? order by created_at desc, id", user).Scan(&rows).Error
	if err != nil {
		return nil, err
	}
	keys := make([]apiKey, len(rows))
	for i, r := range rows {
		if keys[i], err = r.key(); err != nil {
			return nil, err
		}
	}
	return keys, nil
}

func revokeKey(tx postgres.Tx, id, user uuid.UUID) (bool, error) {
	result := tx.Gorm().Exec("update api_key set revoked_at = ? where id = ? and user_id = ? and revoked_at is null", tx.Now(), id, user)
	return result.RowsAffected == 1, result.Error
}

func touchKey(tx postgres.Tx, id uuid.UUID) error {
	return tx.Gorm().Exec("update api_key set last_used_at = ? where id = ?", tx.Now(), id).Error
}
