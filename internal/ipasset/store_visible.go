package ipasset

import (
	"errors"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"ippledge/internal/authz"
	"ippledge/internal/platform/postgres"
)

// visible narrows a query to the rights that concern the actor: its own; for those who
// watch over the programme, all that were handed in; for a bank, what is offered now,
// what it bid on, and what is pledged to it; for an appraisal firm, what it was asked to value.
func visible(query *gorm.DB, actor authz.Actor) *gorm.DB {
	switch actor.OrgKind {
	case authz.IPBureau, authz.FundManager, authz.FinanceBureau, authz.Observer:
		return query.Where("a.status <> ?", Draft)
	case authz.Bank:
		return query.Where(`a.status <> 'draft' and (exists (
			select 1 from financing_need_asset na join financing_need n on n.id = na.need_id
			where na.asset_id = a.id and (n.status in ('open', 'evaluating')
				or exists (select 1 from bid b where b.need_id = n.id and b.bank_id = ?)))
			or exists (select 1 from pledge_asset pa join pledge p on p.id = pa.pledge_id
			where pa.asset_id = a.id and p.pledgee_id = ?))`, actor.OrgID, actor.OrgID)
	case authz.AppraisalFirm:
		return query.Where(`exists (select 1 from valuation_item i join valuation_order v on v.id = i.order_id
			where i.asset_id = a.id and v.firm_id = ? and v.status not in ('declined', 'cancelled'))`, actor.OrgID)
	default:
		return query.Where("a.org_id = ?", actor.OrgID)
	}
}

// findVisible reads a right for the actor; one that doesn't concern it doesn't exist.
func findVisible(tx postgres.Tx, actor authz.Actor, id uuid.UUID) (a Asset, err error) {
	err = visible(assets(tx), actor).Select(withOwner).Where("a.id = ?", id).Take(&a).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		err = errNotFound
	}
	return a, err
}

// rightTaken tells whether another living row holds the same right.
func rightTaken(tx postgres.Tx, a Asset) (bool, error) {
	var n int64
	class := 0
	if a.NiceClass != nil {
		class = *a.NiceClass
	}
	err := tx.Gorm().Table("ip_asset").Where("right_no = ? and coalesce(nice_class, 0) = ? and id <> ? and status not in ?",
		a.RightNo, class, a.ID, []Status{Rejected, Withdrawn, Disposed}).Count(&n).Error
	return n > 0, err
}

// offeredNow tells whether a request for credit that isn't settled stands on the right.
func offeredNow(tx postgres.Tx, id uuid.UUID) (bool, error) {
	var n int64
	err := tx.Gorm().Table("financing_need_asset na").Joins("join financing_need n on n.id = na.need_id").
		Where("na.asset_id = ? and n.status in ('submitted', 'pending_review', 'open', 'evaluating', 'awarded')", id).Count(&n).Error
	return n > 0, err
}

// rightsTaken is which of the numbers are held by living rows, as keys of Asset.key.
func rightsTaken(tx postgres.Tx, numbers []string) (keys []string, err error) {
	if len(numbers) == 0 {
		return nil, nil
	}
	var list []Asset
	err = tx.Gorm().Where("right_no in ? and status not in ?", numbers, []Status{Rejected, Withdrawn, Disposed}).
		Select("right_no", "nice_class").Find(&list).Error
	for _, a := range list {
		keys = append(keys, a.key())
	}
	return keys, err
}
