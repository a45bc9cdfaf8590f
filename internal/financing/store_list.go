package financing

import (
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"ippledge/internal/authz"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
)

// listed is a need with what a list shows beside it, as one reader may see it.
type listed struct {
	Row row `gorm:"embedded"`
	// NowStatus is the status at this moment: an ended window counts as closed although no
	// job wrote it down.
	NowStatus      Status
	EnterpriseName string
	AreaName       string
	AssetCount     int
	// Visible tells whether bids may be seen; BidCount, of the last round, is null as long
	// as they may not.
	Visible  bool
	BidCount *int
	Pending  bool // a step of the reader's own organisation waits for a signature
	// Contracted: a bank signed or filed a pledge, so the need can't be cancelled.
	Contracted bool
	OwnBidID   *uuid.UUID
}

func (l listed) need() Need {
	n := l.Row.need()
	if n.Status != l.NowStatus {
		n.ClosedAt = n.ClosesAt
		n.Status = l.NowStatus
	}
	return n
}

// nowStatus is the status by the clock. The bids are only looked at once the window has
// ended.
const nowStatus = `(case when n.status = 'open' and n.closes_at <= @now then
	case when exists (select 1 from bid w where w.need_id = n.id and w.status = 'submitted') then 'evaluating' else 'failed' end
	else n.status end)`

const bidsVisible = `(n.closed_at is not null or (n.status = 'open' and n.closes_at <= @now))`

const liveBid = `status not in ('withdrawn', 'expired', 'lost', 'declined')`

// selected is the list's select for one reader. What a bank's own bid adds is its own.
func selected(tx postgres.Tx, actor authz.Actor) *gorm.DB {
	bank := uuid.Nil
	if actor.OrgKind == authz.Bank {
		bank = actor.OrgID
	}
	inner := tx.Gorm().Raw(`select n.*, `+nowStatus+` as now_status, o.name as enterprise_name, r.name as area_name,
			(select count(*) from financing_need_asset c where c.need_id = n.id) as asset_count, `+bidsVisible+` as visible,
			case when `+bidsVisible+` then (select count(*) from bid b where b.need_id = n.id and b.submitted_at >= n.opened_at and b.status not in ('draft', 'withdrawn')) end as bid_count,
			exists (select 1 from approval_proposal p where p.subject_kind = 'need' and p.subject_id = n.id and p.org_id = @org and p.status = 'pending') as pending,
			`+contractedSQL+` as contracted,
			(select b.id from bid b where b.need_id = n.id and b.bank_id = @bank and b.`+liveBid+` limit 1) as own_bid_id,
			exists (select 1 from bid b where b.need_id = n.id and b.bank_id = @bank and b.submitted_at is not null) as took_part
		from financing_need n join organization o on o.id = n.org_id join area r on r.code = n.area_code`,
		map[string]any{"now": tx.Now(), "org": actor.OrgID, "bank": bank})
	return scoped(tx.Gorm().Table("(?) as n", inner).Select("n.*"), actor)
}

// scoped narrows to the rows that concern the reader's organisation. Banks see what is
// open now, and what they bid on; the bureau what was submitted to it; those who watch
// the programme what was ever published.
func scoped(query *gorm.DB, actor authz.Actor) *gorm.DB {
	switch actor.OrgKind {
	case authz.Enterprise, authz.GIRegistrant:
		return query.Where("n.org_id = ?", actor.OrgID)
	case authz.Bank:
		return query.Where("(n.now_status = 'open' or n.own_bid_id is not null or n.took_part)")
	case authz.IPBureau:
		return query.Where("n.submitted_at is not null")
	case authz.FinanceBureau, authz.FundManager, authz.Observer:
		return query.Where("n.opened_at is not null")
	default:
		return query.Where("false")
	}
}

func findListed(tx postgres.Tx, actor authz.Actor, id uuid.UUID) (listed, error) {
	var out []listed
	err := selected(tx, actor).Where("n.id = ?", id).Limit(1).Scan(&out).Error
	if err == nil && len(out) == 0 {
		err = errNotFound
	}
	if err != nil {
		return listed{}, err
	}
	return out[0], nil
}

var sortable = map[string]page.Key{
	"created_at":   {Column: "n.created_at", Cast: "timestamptz"},
	"amount":       {Column: "n.amount", Cast: "numeric"},
	"rate_ceiling": {Column: "n.rate_ceiling", Cast: "numeric"},
	"closes_at":    {Column: "coalesce(n.closes_at, 'infinity')", Cast: "timestamptz"},
	"number":       {Column: "n.number", Cast: "text"},
}

// filter is what a list of needs may be narrowed by.
type filter struct {
	Status, AreaCode, PurposeKind string
	CreatedFrom, CreatedTo        *time.Time
}

func list(tx postgres.Tx, actor authz.Actor, r page.Request, f filter) (page.Rows[listed], error) {
	query := selected(tx, actor)
	if f.Status != "" {
		query = query.Where("n.now_status = ?", f.Status)
	}
	if f.AreaCode != "" {
		query = query.Where("n.area_code = ?", f.AreaCode)
	}
	if f.PurposeKind != "" {
		query = query.Where("n.purpose_kind = ?", f.PurposeKind)
	}
	if f.CreatedFrom != nil {
		query = query.Where("n.created_at >= ?", *f.CreatedFrom)
	}
	if f.CreatedTo != nil {
		query = query.Where("n.created_at < ?", *f.CreatedTo)
	}
	return page.Load[listed](r.Match(query, "n.number", "n.title", "n.enterprise_name", "n.purpose"), r, "n.id")
}

// waiting lists the needs that may wait for somebody of the reader's organisation.
func waiting(tx postgres.Tx, actor authz.Actor, statuses ...Status) (out []listed, err error) {
	err = selected(tx, actor).Where("n.now_status in ? and not n.pending", statuses).Order("n.created_at, n.id").Limit(200).Scan(&out).Error
	return out, err
}
