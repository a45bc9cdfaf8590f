package valuation

import (
	"errors"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"ippledge/internal/authz"
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

// findVisible reads an order for the actor; one that doesn't concern it doesn't exist.
func findVisible(tx postgres.Tx, actor authz.Actor, id uuid.UUID) (Order, error) {
	return take(visible(orders(tx), actor), id)
}

// visible narrows a query to the orders that concern the actor: its own on either side;
// filed ones for those who watch over the programme; for a bank, filed ones on rights
// that are offered in a published request or pledged to it.
func visible(query *gorm.DB, actor authz.Actor) *gorm.DB {
	switch actor.OrgKind {
	case authz.IPBureau, authz.FundManager:
		return query.Where("v.status = ?", Filed)
	case authz.Bank:
		return query.Where(`v.status = ? and exists (select 1 from valuation_item i where i.order_id = v.id and (
			exists (select 1 from financing_need_asset na join financing_need n on n.id = na.need_id
				where na.asset_id = i.asset_id and (n.status in ('open', 'evaluating')
					or exists (select 1 from bid b where b.need_id = n.id and b.bank_id = ?)))
			or exists (select 1 from pledge_asset pa join pledge p on p.id = pa.pledge_id
				where pa.asset_id = i.asset_id and p.pledgee_id = ?)))`, Filed, actor.OrgID, actor.OrgID)
	default:
		return query.Where("(v.client_id = ? or v.firm_id = ?)", actor.OrgID, actor.OrgID)
	}
}

func insert(tx postgres.Tx, o Order, assets []uuid.UUID) error {
	if err := tx.Gorm().Create(&o).Error; err != nil {
		return err
	}
	items := make([]Item, len(assets))
	for i, id := range assets {
		items[i] = Item{OrderID: o.ID, AssetID: id}
	}
	return tx.Gorm().Create(&items).Error
}

// save writes the whole row and moves its version on. The caller holds the lock.
func save(tx postgres.Tx, o *Order) error {
	o.Version++
	return tx.Gorm().Model(o).Where("id = ?", o.ID).Select("*").Omit("id", "created_at").Updates(o).Error
}

func saveItems(tx postgres.Tx, order uuid.UUID, items []ReportItem, scores map[uuid.UUID]Score) error {
	for _, item := range items {
		change := map[string]any{"value": item.Value, "score": nil, "grade": ""}
		if score, scored := scores[item.AssetID]; scored {
			change["score"], change["grade"] = score.Total, score.Grade
		}
		if err := tx.Gorm().Model(&Item{}).Where("order_id = ? and asset_id = ?", order, item.AssetID).Updates(change).Error; err != nil {
			return err
		}
	}
	return nil
}

func itemsOf(tx postgres.Tx, order uuid.UUID) (items []Item, err error) {
	err = tx.Gorm().Table("valuation_item i").Joins("join ip_asset a on a.id = i.asset_id").
		Where("i.order_id = ?", order).Select("i.*").Order("a.number").Scan(&items).Error
	return items, err
}

func assetsOf(tx postgres.Tx, order uuid.UUID) (ids []uuid.UUID, err error) {
	err = tx.Gorm().Model(&Item{}).Where("order_id = ?", order).Order("asset_id").Pluck("asset_id", &ids).Error
	return ids, err
}
