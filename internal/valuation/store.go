package valuation

import (
	"errors"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"ippledge/internal/calendar"
	"ippledge/internal/platform/postgres"
)

// TableName is where orders lie.
func (Order) TableName() string { return "valuation_order" }

// TableName is where the values of a report lie.
func (Item) TableName() string { return "valuation_item" }

// Latest is what each right is worth by the newest filed report that is valid on the day.
// Rights without one are missing from the map: an unknown value is not zero.
func Latest(tx postgres.Tx, assetIDs []uuid.UUID, on calendar.Date) (map[uuid.UUID]Value, error) {
	out := map[uuid.UUID]Value{}
	if len(assetIDs) == 0 {
		return out, nil
	}
	var rows []Value
	err := tx.Gorm().Table("valuation_item i").
		Joins("join valuation_order v on v.id = i.order_id").Joins("join organization f on f.id = v.firm_id").
		Where("i.asset_id in ? and v.status = ? and v.valuation_on <= ? and v.valid_until >= ?", assetIDs, Filed, on, on).
		Select("distinct on (i.asset_id) i.asset_id, i.value as amount, v.valuation_on as valued_on, v.valid_until, v.id as order_id, v.number, f.name as firm_name, i.grade").
		Order("i.asset_id, v.valuation_on desc, v.filed_at desc").Scan(&rows).Error
	for _, r := range rows {
		out[r.AssetID] = r
	}
	return out, err
}

const withNames = "v.*, c.name as client_name, f.name as firm_name"

func orders(tx postgres.Tx) *gorm.DB {
	return tx.Gorm().Table("valuation_order v").
		Joins("join organization c on c.id = v.client_id").Joins("join organization f on f.id = v.firm_id")
}

func find(tx postgres.Tx, id uuid.UUID) (Order, error) { return take(orders(tx), id) }

func lock(tx postgres.Tx, id uuid.UUID) (Order, error) {
	return take(orders(tx).Clauses(clause.Locking{Strength: "UPDATE", Table: clause.Table{Name: "v"}}), id)
}

func take(query *gorm.DB, id uuid.UUID) (o Order, err error) {
	err = query.Select(withNames).Where("v.id = ?", id).Take(&o).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		err = errNotFound
	}
	return o, err
}
