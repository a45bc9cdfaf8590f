package claim

import (
	"errors"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
)

var sortablePublic = map[string]page.Key{
	"from_on":  {Column: "p.from_on", Cast: "date"},
	"until_on": {Column: "p.until_on", Cast: "date"},
}

func public(tx postgres.Tx) *gorm.DB {
	return tx.Gorm().Table("claim_publicity p").Joins("join claim c on c.id = p.claim_id").Joins("join organization o on o.id = p.org_id").
		Select("p.*, c.number as claim_number, o.name as issuer_name, c.status as claim_status, c.publicity_round as claim_round, c.publicity_until as claim_until")
}

func listPublic(tx postgres.Tx, r page.Request, openOnly bool) (page.Rows[publicRow], error) {
	query := public(tx)
	if openOnly {
		query = query.Where("p.until_on >= ? and c.publicity_until is not null and c.publicity_round = p.round and c.status in ('publicised', 'objected', 'bureau_reviewed')", today(tx))
	}
	return page.Load[publicRow](r.Match(query, "p.title", "p.content", "c.number"), r, "p.id")
}

func findPublic(tx postgres.Tx, id uuid.UUID) (r publicRow, err error) {
	err = public(tx).Where("p.id = ?", id).Take(&r).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		err = errNoPublicity
	}
	return r, err
}

func objectionByReceipt(tx postgres.Tx, receiptNo string) (Objection, error) {
	return take[Objection](tx.Gorm().Where("receipt_no = ?", receiptNo), errNoReceipt)
}
