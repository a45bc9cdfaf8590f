package ipasset

import (
	"errors"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
)

// TableName is where alerts lie.
func (Alert) TableName() string { return "ip_alert" }

func openAlert(tx postgres.Tx, asset uuid.UUID, kind string) (a Alert, found bool, err error) {
	err = tx.Gorm().Where("asset_id = ? and kind = ? and closed_at is null", asset, kind).Take(&a).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return a, false, nil
	}
	return a, err == nil, err
}

func insertAlert(tx postgres.Tx, a Alert) error { return tx.Gorm().Create(&a).Error }

func updateAlert(tx postgres.Tx, a Alert) error {
	return tx.Gorm().Model(&Alert{}).Where("id = ?", a.ID).
		Updates(map[string]any{"severity": a.Severity, "step": a.Step, "message": a.Message, "due_on": a.DueOn}).Error
}

// closeAlerts closes the open alerts of the kinds, except those to keep.
func closeAlerts(tx postgres.Tx, asset uuid.UUID, kinds, keep []string) error {
	query := tx.Gorm().Model(&Alert{}).Where("asset_id = ? and kind in ? and closed_at is null", asset, kinds)
	if len(keep) > 0 {
		query = query.Where("kind not in ?", keep)
	}
	return query.Update("closed_at", tx.Now()).Error
}

// toWatch locks the next batch of rights that live or still have an alert open.
func toWatch(tx postgres.Tx, after uuid.UUID, limit int) (list []Asset, err error) {
	err = assets(tx).Clauses(forUpdate).Select(withOwner).
		Where("a.id > ?", after).
		Where(`a.status in ? or exists (select 1 from ip_alert l where l.asset_id = a.id and l.closed_at is null)`,
			[]Status{Verified, Listed, Reserved, Pledged, InDisposal, Frozen, Lapsed, Invalid}).
		Order("a.id").Limit(limit).Find(&list).Error
	return list, err
}

// maturitiesOf is the latest maturity of the loans that each right secures now.
func maturitiesOf(tx postgres.Tx, ids []uuid.UUID) (map[uuid.UUID]calendar.Date, error) {
	var rows []struct {
		AssetID uuid.UUID
		Matures calendar.Date
	}
	err := tx.Gorm().Table("pledge_asset pa").Joins("join loan l on l.pledge_id = pa.pledge_id").
		Where("pa.asset_id in ? and pa.live and l.status not in ('settled', 'written_off', 'cancelled')", ids).
		Select("pa.asset_id, max(l.matures_on) as matures").Group("pa.asset_id").Scan(&rows).Error
	out := map[uuid.UUID]calendar.Date{}
	for _, r := range rows {
		out[r.AssetID] = r.Matures
	}
	return out, err
}

func pledgeOnFile(tx postgres.Tx, asset uuid.UUID) (bool, error) {
	var n int64
	err := tx.Gorm().Table("pledge_asset").Where("asset_id = ? and live", asset).Count(&n).Error
	return n > 0, err
}

// alertRow is an alert with the right it is about.
type alertRow struct {
	Alert
	AssetNumber    string
	AssetTitle     string
	AssetStatus    Status
	EnterpriseName string
}

type alertFilter struct {
	AssetID  uuid.UUID
	Severity string
	Kind     string
	Closed   bool
}

var alertKeys = map[string]page.Key{
	"raised_at": {Column: "l.raised_at", Cast: "timestamptz"},
	"due_on":    {Column: "coalesce(l.due_on, 'infinity'::date)", Cast: "date"},
}

func listAlerts(tx postgres.Tx, actor authz.Actor, r page.Request, f alertFilter) (page.Rows[alertRow], error) {
	query := visible(tx.Gorm().Table("ip_alert l").Joins("join ip_asset a on a.id = l.asset_id").
		Joins("join organization o on o.id = a.org_id"), actor).
		Select("l.*, a.number as asset_number, a.title as asset_title, a.status as asset_status, o.name as enterprise_name")
	if f.AssetID != uuid.Nil {
		query = query.Where("l.asset_id = ?", f.AssetID)
	}
	if f.Severity != "" {
		query = query.Where("l.severity = ?", f.Severity)
	}
	if f.Kind != "" {
		query = query.Where("l.kind = ?", f.Kind)
	}
	if f.Closed {
		query = query.Where("l.closed_at is not null")
	} else {
		query = query.Where("l.closed_at is null")
	}
	return page.Load[alertRow](r.Match(query, "a.title", "a.number", "o.name", "l.message"), r, "l.id")
}

func alertsOn(tx postgres.Tx, asset uuid.UUID) (list []Alert, err error) {
	err = tx.Gorm().Where("asset_id = ?", asset).Order("closed_at desc nulls first, raised_at desc").Limit(50).Find(&list).Error
	return list, err
}

// openCounts counts the open alerts of each right, for lists.
func openCounts(tx postgres.Tx, ids []uuid.UUID) (map[uuid.UUID]int, error) {
	var rows []struct {
		AssetID uuid.UUID
		N       int
	}
	err := tx.Gorm().Model(&Alert{}).Where("asset_id in ? and closed_at is null", ids).
		Select("asset_id, count(*) as n").Group("asset_id").Scan(&rows).Error
	out := map[uuid.UUID]int{}
	for _, r := range rows {
		out[r.AssetID] = r.N
	}
	return out, err
}
