package org

import (
	"errors"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"ippledge/internal/authz"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
)

// row is the organization table; the fields are the columns.
type row Organization

func (row) TableName() string { return "organization" }

type areaRow Region

func (areaRow) TableName() string { return "area" }

var _ = postgres.Rule("organization_uscc_uq", errUSCCTaken)
var _ = postgres.Rule("organization_area_code_fkey", errAreaUnknown)

func find(tx postgres.Tx, id uuid.UUID) (Organization, error) { return take(tx.Gorm(), id) }

func lock(tx postgres.Tx, id uuid.UUID) (Organization, error) {
	return take(tx.Gorm().Clauses(clause.Locking{Strength: "UPDATE"}), id)
}

func take(query *gorm.DB, id uuid.UUID) (Organization, error) {
	var r row
	err := query.Take(&r, "id = ?", id).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Organization{}, errNotFound
	}
	return Organization(r), err
}

func findMany(tx postgres.Tx, ids []uuid.UUID) (map[uuid.UUID]Organization, error) {
	out := make(map[uuid.UUID]Organization, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	var rows []row
	err := tx.Gorm().Where("id in ?", ids).Find(&rows).Error
	for _, r := range rows {
		out[r.ID] = Organization(r)
	}
	return out, err
}

func ofKind(tx postgres.Tx, kind authz.OrgKind, status Status) ([]Organization, error) {
	var rows []row
	query := tx.Gorm().Where("kind = ?", kind)
	if status != "" {
		query = query.Where("status = ?", status)
	}
	err := query.Order("created_at, id").Find(&rows).Error
	out := make([]Organization, len(rows))
	for i, r := range rows {
		out[i] = Organization(r)
	}
	return out, err
}

func insert(tx postgres.Tx, o Organization) error {
	r := row(o)
	return tx.Gorm().Create(&r).Error
}

// save writes every column but those that never change, and raises the version.
func save(tx postgres.Tx, o *Organization) error {
	o.Version++
	r := row(*o)
	return tx.Gorm().Model(&row{}).Where("id = ?", o.ID).Select("*").
		Omit("id", "kind", "number", "created_at").Updates(&r).Error
}

func areasByCode(tx postgres.Tx, code string) ([]Region, error) {
	query := tx.Gorm().Order("seq, code")
	if code != "" {
		query = query.Where("code = ?", code)
	}
	var rows []areaRow
	err := query.Find(&rows).Error
	out := make([]Region, len(rows))
	for i, r := range rows {
		out[i] = Region(r)
	}
	return out, err
}

func putAreas(tx postgres.Tx, areas []Region) error {
	for _, a := range areas {
		r := areaRow(a)
		err := tx.Gorm().Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "code"}}, UpdateAll: true}).Create(&r).Error
		if err != nil {
			return err
		}
	}
	return nil
}

var sortable = map[string]page.Key{
	"created_at": {Column: "o.created_at", Cast: "timestamptz"},
	"name":       {Column: "o.name", Cast: "text"},
	"number":     {Column: "o.number", Cast: "text"},
	"status":     {Column: "o.status", Cast: "text"},
}

// filter narrows the list.
type filter struct {
	Kind, Status, AreaCode, Scale string
	HighTech, Specialised         bool
}

func list(tx postgres.Tx, actor authz.Actor, r page.Request, f filter) (page.Rows[row], error) {
	query := tx.Gorm().Table("organization o").Select("o.*")
	switch {
	case actor.Can(authz.OrgHandle), actor.Can(authz.OrgCheck), actor.Has(authz.SystemAdmin), actor.Has(authz.SecurityAdmin), actor.Has(authz.AuditAdmin):
	case seesEnterprises(actor):
		query = query.Where("(o.status in ? or o.id = ?)", visibleStatuses, actor.OrgID)
	default:
		query = query.Where("(o.id = ? or (o.status = ? and o.kind not in ?))", actor.OrgID, Admitted, owners)
	}
	for column, value := range map[string]string{"o.kind": f.Kind, "o.status": f.Status, "o.area_code": f.AreaCode, "o.scale": f.Scale} {
		if value != "" {
			query = query.Where(column+" = ?", value)
		}
	}
	if f.HighTech {
		query = query.Where("o.high_tech")
	}
	if f.Specialised {
		query = query.Where("o.specialised")
	}
	return page.Load[row](r.Match(query, "o.name", "o.number", "coalesce(o.uscc, '')"), r, "o.id")
}

// waiting lists submitted organisations on which no proposal waits.
func waiting(tx postgres.Tx) ([]Organization, error) {
	var rows []row
	err := tx.Gorm().Where("status = ?", Submitted).
		Where("not exists (select 1 from approval_proposal p where p.subject_id = organization.id and p.status = 'pending')").
		Order("created_at, id").Limit(200).Find(&rows).Error
	out := make([]Organization, len(rows))
	for i, r := range rows {
		out[i] = Organization(r)
	}
	return out, err
}

// pendingAmong tells on which organisations a proposal waits.
func pendingAmong(tx postgres.Tx, ids []uuid.UUID) (map[uuid.UUID]bool, error) {
	out := map[uuid.UUID]bool{}
	if len(ids) == 0 {
		return out, nil
	}
	var found []uuid.UUID
	err := tx.Gorm().Raw("select subject_id from approval_proposal where status = 'pending' and subject_kind = ? and subject_id in ?", Subject, ids).
		Scan(&found).Error
	for _, id := range found {
		out[id] = true
	}
	return out, err
}
