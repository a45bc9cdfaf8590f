package audit

import (
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/platform/postgres"
)

type entryRow struct {
	ID          uuid.UUID
	At          time.Time
	UserID      *uuid.UUID
	UserName    string
	OrgID       *uuid.UUID
	OrgName     string
	Action      string
	ObjectKind  string
	ObjectID    string
	Detail      string
	Address     string
	RequestID   string
	SealedUntil *time.Time
	Result      string
}

func (entryRow) TableName() string { return "audit_entry" }

func insert(tx postgres.Tx, row entryRow) error { return tx.Gorm().Create(&row).Error }

func timeline(tx postgres.Tx, kind string, id uuid.UUID) ([]Line, error) {
	var rows []entryRow
	err := tx.Gorm().Where("object_kind = ? and object_id = ? and result = 'ok'", kind, id.String()).
		Where("sealed_until is null or sealed_until <= ?", tx.Now()).
		Order("at, id").Limit(500).Find(&rows).Error
	lines := make([]Line, len(rows))
	for i, r := range rows {
		lines[i] = Line{ID: r.ID, At: r.At, UserName: r.UserName, OrgName: r.OrgName, Action: r.Action, Text: Text(r.Action), Detail: json.RawMessage(r.Detail)}
	}
	return lines, err
}
