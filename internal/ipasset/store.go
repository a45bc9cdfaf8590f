package ipasset

import (
	"errors"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"ippledge/internal/platform/postgres"
)

// TableName is where assets lie.
func (Asset) TableName() string { return "ip_asset" }

// withOwner reads a right together with the name and the area of its owner.
const withOwner = "a.*, o.name as owner_name, o.area_code, r.name as area_name"

func assets(tx postgres.Tx) *gorm.DB {
	return tx.Gorm().Table("ip_asset a").
		Joins("join organization o on o.id = a.org_id").Joins("join area r on r.code = o.area_code")
}

// Find reads a right. It fails with asset_not_found.
func Find(tx postgres.Tx, id uuid.UUID) (Asset, error) { return take(assets(tx), id) }

func lock(tx postgres.Tx, id uuid.UUID) (Asset, error) {
	return take(assets(tx).Clauses(forUpdate), id)
}

// forUpdate locks the right only, not its owner's row.
var forUpdate = clause.Locking{Strength: "UPDATE", Table: clause.Table{Name: "a"}}

func take(query *gorm.DB, id uuid.UUID) (a Asset, err error) {
	err = query.Select(withOwner).Where("a.id = ?", id).Take(&a).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		err = errNotFound
	}
	return a, err
}

// FindMany reads rights by id, in the order of their numbers. It fails with
// asset_not_found when one is missing.
func FindMany(tx postgres.Tx, ids []uuid.UUID) ([]Asset, error) {
	return takeMany(assets(tx).Order("a.number"), ids)
}

// LockMany locks rights for the rest of the transaction, in the order of their ids, so
// that two who want the same rights queue up instead of deadlocking. It fails with
// asset_not_found when one is missing.
func LockMany(tx postgres.Tx, ids []uuid.UUID) ([]Asset, error) {
	return takeMany(assets(tx).Clauses(forUpdate).Order("a.id"), ids)
}

func takeMany(query *gorm.DB, ids []uuid.UUID) (list []Asset, err error) {
	if len(ids) == 0 {
		return []Asset{}, nil
	}
	if err := query.Select(withOwner).Where("a.id in ?", ids).Find(&list).Error; err != nil {
		return nil, err
	}
	found := map[uuid.UUID]bool{}
	for _, a := range list {
		found[a.ID] = true
	}
	for _, id := range ids {
		if !found[id] {
			return nil, errNotFound
		}
	}
	return list, nil
}

func marksOfClass(tx postgres.Tx, a Asset) (list []Asset, err error) {
	dead := []Status{Rejected, Withdrawn, Disposed, Invalid, Lapsed}
	err = assets(tx).Select(withOwner).
		Where("a.org_id = ? and a.nice_class = ? and a.id <> ? and a.status not in ?", a.OrgID, a.NiceClass, a.ID, dead).
		Order("a.number").Limit(200).Find(&list).Error
	return list, err
}

func insert(tx postgres.Tx, a *Asset) error { return tx.Gorm().Create(a).Error }

// save writes the whole row and moves its version on. The caller holds the lock.
func save(tx postgres.Tx, a *Asset) error {
	a.Version++
	return tx.Gorm().Model(a).Where("id = ?", a.ID).Select("*").Omit("id", "created_at").Updates(a).Error
}
