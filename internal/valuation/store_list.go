package valuation

import (
	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/ipasset"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
)

// row is an order as lists show it.
type row struct {
	Order
	AssetCount  int
	AssetTitles string
}

type filter struct {
	Status  string
	FirmID  uuid.UUID
	AssetID uuid.UUID
}

var sortKeys = map[string]page.Key{
	"created_at":   {Column: "v.created_at", Cast: "timestamptz"},
	"number":       {Column: "v.number", Cast: "text"},
	"total":        {Column: "coalesce(v.total, 0)", Cast: "numeric"},
	"valuation_on": {Column: "coalesce(v.valuation_on, '-infinity'::date)", Cast: "date"},
}

const withAssets = withNames + `,
	(select count(*) from valuation_item i where i.order_id = v.id) as asset_count,
	(select string_agg(a.title, '、' order by a.number) from valuation_item i join ip_asset a on a.id = i.asset_id where i.order_id = v.id) as asset_titles`

func list(tx postgres.Tx, actor authz.Actor, r page.Request, f filter) (page.Rows[row], error) {
	query := visible(orders(tx), actor).Select(withAssets)
	if f.Status != "" {
		query = query.Where("v.status = ?", f.Status)
	}
	if f.FirmID != uuid.Nil {
		query = query.Where("v.firm_id = ?", f.FirmID)
	}
	if f.AssetID != uuid.Nil {
		query = query.Where("exists (select 1 from valuation_item i where i.order_id = v.id and i.asset_id = ?)", f.AssetID)
	}
	return page.Load[row](r.Match(query, "v.number", "c.name", "f.name", "v.purpose"), r, "v.id")
}

func findRow(tx postgres.Tx, actor authz.Actor, id uuid.UUID) (out row, err error) {
	var rows []row
	if err := visible(orders(tx), actor).Select(withAssets).Where("v.id = ?", id).Limit(1).Scan(&rows).Error; err != nil {
		return out, err
	}
	if len(rows) == 0 {
		return out, errNotFound
	}
	return rows[0], nil
}

// waiting reads a firm's orders in some states, the oldest first.
func waiting(tx postgres.Tx, firm uuid.UUID, statuses ...Status) (rows []row, err error) {
	err = orders(tx).Select(withAssets).Where("v.firm_id = ? and v.status in ?", firm, statuses).
		Order("v.created_at").Limit(100).Scan(&rows).Error
	return rows, err
}

// lent are the states of a right on which somebody lends or may lend.
var lent = []ipasset.Status{ipasset.Listed, ipasset.Reserved, ipasset.Pledged, ipasset.InDisposal}

const newest = `select distinct on (i.asset_id) i.asset_id, v.valuation_on as valued_on, v.valid_until
	from valuation_item i join valuation_order v on v.id = i.order_id join ip_asset a on a.id = i.asset_id
	where v.status = 'filed' and a.status in ?
	order by i.asset_id, v.valuation_on desc, v.filed_at desc`

// staleAssets are the rights whose newest filed report is out of date.
func staleAssets(tx postgres.Tx, on calendar.Date) (list []Value, err error) {
	err = tx.Gorm().Raw(`select * from (`+newest+`) n where n.valid_until < ? order by n.asset_id`, lent, on).Scan(&list).Error
	return list, err
}

// alertedButFresh are the rights with an open alert that no longer holds.
func alertedButFresh(tx postgres.Tx, on calendar.Date) (ids []uuid.UUID, err error) {
	err = tx.Gorm().Raw(`select l.asset_id from ip_alert l where l.kind = ? and l.closed_at is null
		and l.asset_id not in (select n.asset_id from (`+newest+`) n where n.valid_until < ?)`,
		ipasset.AlertValuation, lent, on).Scan(&ids).Error
	return ids, err
}

// itemRow is the value of a right together with what the right is.
type itemRow struct {
	Item
	Number  string
	Title   string
	Kind    ipasset.Kind
	RightNo string
	Granted calendar.Date
}

func itemRows(tx postgres.Tx, order uuid.UUID) (rows []itemRow, err error) {
	err = tx.Gorm().Table("valuation_item i").Joins("join ip_asset a on a.id = i.asset_id").Where("i.order_id = ?", order).
		Select("i.*, a.number, a.title, a.kind, a.right_no, a.granted_on as granted").Order("a.number").Scan(&rows).Error
	return rows, err
}
