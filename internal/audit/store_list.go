package audit

import (
	"encoding/json"

	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
)

var sortable = map[string]page.Key{"at": {Column: "e.at", Cast: "timestamptz"}}

type listRow struct {
	Entry entryRow `gorm:"embedded"` // named: GORM passes over embedded types that are not exported
	Seq   int64
	Hash  string
}

func (r listRow) view() View {
	e := r.Entry
	return View{e.ID, r.Seq, e.At, e.UserName, e.OrgName, e.Action, Text(e.Action), e.ObjectKind, e.ObjectID,
		json.RawMessage(e.Detail), e.Address, e.RequestID, e.Result, r.Hash}
}

func list(tx postgres.Tx, r page.Request, f filter) (page.Rows[listRow], error) {
	query := tx.Gorm().Table("audit_entry e").Joins("left join audit_seal s on s.entry_id = e.id").
		Select("e.*, coalesce(s.seq, 0) as seq, coalesce(s.hash, '') as hash").
		Where("(e.sealed_until is null or e.sealed_until <= ?)", tx.Now())
	for column, value := range map[string]string{"e.action": f.Action, "e.object_kind": f.ObjectKind, "e.object_id": f.ObjectID, "e.result": f.Result} {
		if value != "" {
			query = query.Where(column+" = ?", value)
		}
	}
	if !f.From.IsZero() {
		query = query.Where("e.at >= ?", f.From.StartOfDay())
	}
	if !f.To.IsZero() {
		query = query.Where("e.at < ?", f.To.AddDays(1).StartOfDay())
	}
	return page.Load[listRow](r.Match(query, "e.user_name", "e.org_name", "e.action", "e.object_id", "e.address"), r, "e.id")
}
