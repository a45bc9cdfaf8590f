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

var sortableWriteoffs = map[string]page.Key{
	"written_off_on": {Column: "r.written_off_on", Cast: "date"},
	"written_off":    {Column: "r.written_off", Cast: "numeric"},
}

func listWriteoffs(tx postgres.Tx, r page.Request) (page.Rows[writeoffRow], error) {
	query := tx.Gorm().Table("recovery r").Joins("join claim c on c.id = r.claim_id").Joins("join fund f on f.id = r.fund_id").
		Joins("join organization b on b.id = r.bank_id").Joins("join organization o on o.id = r.borrower_id").
		Where("r.written_off_on is not null").
		Select("r.id, r.number as recovery_number, c.number as claim_number, o.name as borrower_name, b.name as bank_name, f.name as fund_name, r.compensated_on, c.paid, r.written_off, r.written_off_on, r.status, r.ruling_kind, r.ruling_no, r.bearers")
	return page.Load[writeoffRow](r.Match(query, "r.number", "c.number", "o.name", "b.name"), r, "r.id")
}
