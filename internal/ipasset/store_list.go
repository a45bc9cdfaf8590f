package ipasset

import (
	"github.com/google/uuid"
	"gorm.io/gorm"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/money"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
)

// row is a right as lists show it, with what other packages know of it.
type row struct {
	Asset
	Pending     bool // a step of the actor's own organisation waits for a signature
	ValueAmount *money.Amount
	ValueUntil  calendar.Date
}

type filter struct {
	Kind, Status, AreaCode string
	OrgID                  uuid.UUID
	Alerted                bool
}

var sortKeys = map[string]page.Key{
	"created_at": {Column: "a.created_at", Cast: "timestamptz"},
	"number":     {Column: "a.number", Cast: "text"},
	"title":      {Column: "a.title", Cast: "text"},
	"expires_on": {Column: "a.expires_on", Cast: "date"},
}

// withFacts adds the newest valid value and whether a proposal waits.
func withFacts(query *gorm.DB, actor authz.Actor, today calendar.Date) *gorm.DB {
	return query.Joins(`left join lateral (
			select i.value as value_amount, v.valid_until as value_until
			from valuation_item i join valuation_order v on v.id = i.order_id
			where i.asset_id = a.id and v.status = 'filed' and v.valuation_on <= ? and v.valid_until >= ?
			order by v.valuation_on desc, v.filed_at desc limit 1) val on true`, today, today).
		Select(withOwner+`, val.value_amount, val.value_until, exists (
			select 1 from approval_proposal p where p.subject_kind = 'asset' and p.subject_id = a.id
			and p.status = 'pending' and p.org_id = ?) as pending`, actor.OrgID)
}

func list(tx postgres.Tx, actor authz.Actor, r page.Request, f filter) (page.Rows[row], error) {
	query := withFacts(visible(assets(tx), actor), actor, calendar.DateOf(tx.Now()))
	if f.Kind != "" {
		query = query.Where("a.kind = ?", f.Kind)
	}
	if f.Status != "" {
		query = query.Where("a.status = ?", f.Status)
	}
	if f.AreaCode != "" {
		query = query.Where("(o.area_code = ? or o.park_code = ?)", f.AreaCode, f.AreaCode)
	}
	if f.OrgID != uuid.Nil {
		query = query.Where("a.org_id = ?", f.OrgID)
	}
	if f.Alerted {
		query = query.Where("exists (select 1 from ip_alert l where l.asset_id = a.id and l.closed_at is null)")
	}
	return page.Load[row](r.Match(query, "a.title", "a.number", "a.right_no", "o.name"), r, "a.id")
}

func findRow(tx postgres.Tx, actor authz.Actor, id uuid.UUID) (out row, err error) {
	var rows []row
	query := withFacts(visible(assets(tx), actor), actor, calendar.DateOf(tx.Now()))
	if err := query.Where("a.id = ?", id).Limit(1).Scan(&rows).Error; err != nil {
		return out, err
	}
	if len(rows) == 0 {
		return out, errNotFound
	}
	return rows[0], nil
}

// Valuation is a filed report's word on a right, newest first on its page.
type Valuation struct {
	OrderID    uuid.UUID     `json:"order_id"`
	Number     string        `json:"number"`
	FirmName   string        `json:"firm_name"`
	Value      money.Amount  `json:"value"`
	Grade      string        `json:"grade"`
	ValuedOn   calendar.Date `json:"valued_on"`
	ValidUntil calendar.Date `json:"valid_until"`
}

func valuationsOf(tx postgres.Tx, asset uuid.UUID) (list []Valuation, err error) {
	err = tx.Gorm().Table("valuation_item i").Joins("join valuation_order v on v.id = i.order_id").
		Joins("join organization f on f.id = v.firm_id").Where("i.asset_id = ? and v.status = 'filed'", asset).
		Select("v.id as order_id, v.number, f.name as firm_name, i.value, i.grade, v.valuation_on as valued_on, v.valid_until").
		Order("v.valuation_on desc, v.filed_at desc").Limit(50).Scan(&list).Error
	return list, err
}

// waiting reads rights in a state for the lists of tasks, the oldest first.
func waiting(tx postgres.Tx, orgID uuid.UUID, statuses ...Status) (list []row, err error) {
	query := assets(tx).Select(withOwner+`, exists (select 1 from approval_proposal p where p.subject_kind = 'asset'
		and p.subject_id = a.id and p.status = 'pending') as pending`).Where("a.status in ?", statuses)
	if orgID != uuid.Nil {
		query = query.Where("a.org_id = ?", orgID)
	}
	err = query.Order("a.created_at").Limit(100).Scan(&list).Error
	return list, err
}

// noOrg asks waiting for the rights of everybody.
var noOrg = uuid.Nil
