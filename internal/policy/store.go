package policy

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"ippledge/internal/calendar"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
)

type row struct {
	ID            uuid.UUID
	Number        string
	Title         string
	EffectiveFrom calendar.Date
	Parameters    string
	Basis         string
	Status        Status
	StatusReason  string
	CreatedBy     *uuid.UUID
	MakerName     string
	CheckerName   string
	CreatedAt     time.Time
	ApprovedAt    *time.Time
	Version       int64
}

func (row) TableName() string { return "policy_version" }

func (r row) version() (Version, error) {
	v := Version{
		r.ID, r.Number, r.Title, r.EffectiveFrom, Parameters{}, r.Basis, r.Status, r.StatusReason,
		r.CreatedBy, r.MakerName, r.CheckerName, r.CreatedAt, r.ApprovedAt, r.Version,
	}
	if err := json.Unmarshal([]byte(r.Parameters), &v.Parameters); err != nil {
		return v, fmt.Errorf("policy: parameters of %s: %w", r.Number, err)
	}
	return v, nil
}

func insert(tx postgres.Tx, v Version) error {
	text, err := json.Marshal(v.Parameters)
	if err != nil {
		return err
	}
	r := row{
		v.ID, v.Number, v.Title, v.EffectiveFrom, string(text), v.Basis, v.Status, v.StatusReason,
		v.CreatedBy, v.MakerName, v.CheckerName, v.CreatedAt, v.ApprovedAt, v.Version,
	}
	return tx.Gorm().Create(&r).Error
}

func find(tx postgres.Tx, id uuid.UUID) (Version, error) {
	return take(tx.Gorm().Where("id = ?", id), errNotFound)
}

func lock(tx postgres.Tx, id uuid.UUID) (Version, error) {
	return take(tx.Gorm().Clauses(clause.Locking{Strength: "UPDATE"}).Where("id = ?", id), errNotFound)
}

func inForce(tx postgres.Tx, on calendar.Date) (Version, error) {
	return take(tx.Gorm().Where("status = ? and effective_from <= ?", InEffect, on).Order("effective_from desc"), errMissing)
}

func take(query *gorm.DB, missing error) (Version, error) {
	var r row
	err := query.Take(&r).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Version{}, missing
	}
	if err != nil {
		return Version{}, err
	}
	return r.version()
}

// save writes what may change of a version and bumps its row version.
func save(tx postgres.Tx, v *Version) error {
	text, err := json.Marshal(v.Parameters)
	if err != nil {
		return err
	}
	v.Version++
	return tx.Gorm().Model(&row{}).Where("id = ?", v.ID).Updates(map[string]any{
		"title": v.Title, "effective_from": v.EffectiveFrom, "parameters": string(text), "basis": v.Basis,
		"status": v.Status, "status_reason": v.StatusReason, "maker_name": v.MakerName, "checker_name": v.CheckerName,
		"approved_at": v.ApprovedAt, "version": v.Version,
	}).Error
}

var sortable = map[string]page.Key{
	"effective_from": {Column: "effective_from", Cast: "date"},
	"created_at":     {Column: "created_at", Cast: "timestamptz"},
	"number":         {Column: "number", Cast: "text"},
}

// list reads versions; whoever may not draft sees only what was approved.
func list(tx postgres.Tx, r page.Request, status Status, all bool) (page.Rows[row], error) {
	query := tx.Gorm().Table("policy_version")
	if !all {
		query = query.Where("status = ?", InEffect)
	}
	if status != "" {
		query = query.Where("status = ?", status)
	}
	return page.Load[row](r.Match(query, "number", "title", "basis"), r, "id")
}

// waiting reads what a handler has to take up again.
func waiting(tx postgres.Tx, maker uuid.UUID) (out []Version, err error) {
	var rows []row
	err = tx.Gorm().Where("created_by = ? and status in ?", maker, []Status{Draft, Returned}).Order("created_at").Find(&rows).Error
	for _, r := range rows {
		v, err := r.version()
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, err
}
