package pledge

import (
	"errors"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"ippledge/internal/calendar"
	"ippledge/internal/platform/postgres"
)

// TableName is the table of pledges; the columns are the fields.
func (Pledge) TableName() string { return "pledge" }

// TableName is the table of the rights under pledges.
func (Line) TableName() string { return "pledge_asset" }

func find(tx postgres.Tx, id uuid.UUID) (Pledge, error) { return take(tx.Gorm(), id) }

func lock(tx postgres.Tx, id uuid.UUID) (Pledge, error) {
	return take(tx.Gorm().Clauses(clause.Locking{Strength: "UPDATE"}), id)
}

func take(query *gorm.DB, id uuid.UUID) (p Pledge, err error) {
	err = query.Where("id = ?", id).Take(&p).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		err = errNotFound
	}
	return p, err
}

func insert(tx postgres.Tx, p *Pledge) error { return tx.Gorm().Create(p).Error }

// save writes every changeable column and counts the version up.
func save(tx postgres.Tx, p *Pledge) error {
	p.Version++
	return tx.Gorm().Model(p).Where("id = ?", p.ID).Select("*").
		Omit("id", "number", "need_id", "bid_id", "pledgor_id", "pledgee_id", "created_at").Updates(p).Error
}

// saveNotice notes a reminder. It is nobody's edit, so the version stays: a step that
// waits for its checker must not be void because of it.
func saveNotice(tx postgres.Tx, p Pledge) error {
	return tx.Gorm().Model(&Pledge{}).Where("id = ?", p.ID).Update("expiry_notice", p.ExpiryNotice).Error
}

func putLines(tx postgres.Tx, id uuid.UUID, lines []Line) error {
	if err := tx.Gorm().Where("pledge_id = ?", id).Delete(&Line{}).Error; err != nil {
		return err
	}
	return tx.Gorm().Create(&lines).Error
}

func linesOf(tx postgres.Tx, id uuid.UUID) (lines []Line, err error) {
	err = tx.Gorm().Where("pledge_id = ?", id).Order("asset_id").Find(&lines).Error
	return lines, err
}

func assetIDs(tx postgres.Tx, id uuid.UUID) (ids []uuid.UUID, err error) {
	err = tx.Gorm().Model(&Line{}).Where("pledge_id = ?", id).Order("asset_id").Pluck("asset_id", &ids).Error
	return ids, err
}

func setLive(tx postgres.Tx, id uuid.UUID, live bool) error {
	return tx.Gorm().Model(&Line{}).Where("pledge_id = ?", id).Update("live", live).Error
}

// heldElsewhere says under which other live pledge each right is, by number.
func heldElsewhere(tx postgres.Tx, id uuid.UUID, assets []uuid.UUID) (map[uuid.UUID]string, error) {
	var rows []struct {
		AssetID uuid.UUID
		Number  string
	}
	err := tx.Gorm().Raw(`select l.asset_id, p.number from pledge_asset l join pledge p on p.id = l.pledge_id
		where l.live and l.asset_id in ? and l.pledge_id <> ?`, assets, id).Scan(&rows).Error
	held := map[uuid.UUID]string{}
	for _, r := range rows {
		held[r.AssetID] = r.Number
	}
	return held, err
}

func forBid(tx postgres.Tx, bidID uuid.UUID) (all []Pledge, err error) {
	err = tx.Gorm().Where("bid_id = ?", bidID).Order("created_at, id").Find(&all).Error
	return all, err
}

func endingBy(tx postgres.Tx, on calendar.Date) (ids []uuid.UUID, err error) {
	err = tx.Gorm().Model(&Pledge{}).Where("status = ? and registration_ends_on <= ?", Registered, on).Order("id").Pluck("id", &ids).Error
	return ids, err
}
