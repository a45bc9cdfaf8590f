package pledge

import (
	"github.com/google/uuid"
	"gorm.io/gorm"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/money"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
)

// listed is a pledge with what a list shows beside it, as one reader may see it.
type listed struct {
	Pledge      `gorm:"embedded"`
	PledgorName string
	PledgeeName string
	NeedNumber  string
	BidNumber   string
	AssetCount  int
	Pending     bool // a step of the reader's own organisation waits for a signature
	Settled     bool // the loan it secures is paid
}

// selected is the list's select for one reader. Loans are read only to remind of releases.
func selected(tx postgres.Tx, actor authz.Actor) *gorm.DB {
	inner := tx.Gorm().Raw(`select p.*, o.name as pledgor_name, k.name as pledgee_name, n.number as need_number, b.number as bid_number,
			(select count(*) from pledge_asset l where l.pledge_id = p.id) as asset_count,
			exists (select 1 from approval_proposal a where a.subject_kind = 'pledge' and a.subject_id = p.id and a.org_id = ? and a.status = 'pending') as pending,
			exists (select 1 from loan d where d.bid_id = p.bid_id and d.status = 'settled') as settled
		from pledge p join organization o on o.id = p.pledgor_id join organization k on k.id = p.pledgee_id
		join financing_need n on n.id = p.need_id join bid b on b.id = p.bid_id`, actor.OrgID)
	return scoped(tx.Gorm().Table("(?) as p", inner).Select("p.*"), actor)
}

// scoped narrows to the rows that concern the reader's organisation: the two parties
// their own; those who watch over the programme all that were filed; a guarantor or an insurer
// what secures the losses it shares.
func scoped(query *gorm.DB, actor authz.Actor) *gorm.DB {
	switch actor.OrgKind {
	case authz.Enterprise, authz.GIRegistrant:
		return query.Where("p.pledgor_id = ?", actor.OrgID)
	case authz.Bank:
		return query.Where("p.pledgee_id = ?", actor.OrgID)
	case authz.IPBureau, authz.FinanceBureau, authz.FundManager, authz.Observer:
		return query.Where("p.filed_on is not null")
	case authz.Guarantor, authz.Insurer:
		// Only what secures the loans whose loss they share.
		return query.Where(`exists (select 1 from loan l join enrolment e on e.loan_id = l.id
			where l.bid_id = p.bid_id and (e.guarantor_id = ? or e.insurer_id = ?))`, actor.OrgID, actor.OrgID)
	default:
		return query.Where("false")
	}
}

func findListed(tx postgres.Tx, actor authz.Actor, id uuid.UUID) (listed, error) {
	var out []listed
	err := selected(tx, actor).Where("p.id = ?", id).Limit(1).Scan(&out).Error
	if err == nil && len(out) == 0 {
		err = errNotFound
	}
	if err != nil {
		return listed{}, err
	}
	return out[0], nil
}

var sortable = map[string]page.Key{
	"created_at":           {Column: "p.created_at", Cast: "timestamptz"},
	"number":               {Column: "p.number", Cast: "text"},
	"secured_amount":       {Column: "p.secured_amount", Cast: "numeric"},
	"registered_on":        {Column: "coalesce(p.registered_on, 'infinity')", Cast: "date"},
	"registration_ends_on": {Column: "coalesce(p.registration_ends_on, 'infinity')", Cast: "date"},
}

// filter is what a list of pledges may be narrowed by.
type filter struct {
	Status, Kind       string
	NeedID, BidID      uuid.UUID
	AssetID            uuid.UUID
	RegisteredFrom     calendar.Date
	RegisteredTo       calendar.Date
	RegistrationEndsBy calendar.Date
}

func list(tx postgres.Tx, actor authz.Actor, r page.Request, f filter) (page.Rows[listed], error) {
	query := selected(tx, actor)
	where := func(present bool, condition string, value any) {
		if present {
			query = query.Where(condition, value)
		}
	}
	where(f.Status != "", "p.status = ?", f.Status)
	where(f.Kind != "", "p.kind = ?", f.Kind)
	where(f.NeedID != uuid.Nil, "p.need_id = ?", f.NeedID)
	where(f.BidID != uuid.Nil, "p.bid_id = ?", f.BidID)
	where(f.AssetID != uuid.Nil, "exists (select 1 from pledge_asset l where l.pledge_id = p.id and l.asset_id = ?)", f.AssetID)
	where(!f.RegisteredFrom.IsZero(), "p.registered_on >= ?", f.RegisteredFrom)
	where(!f.RegisteredTo.IsZero(), "p.registered_on <= ?", f.RegisteredTo)
	where(!f.RegistrationEndsBy.IsZero(), "p.registration_ends_on <= ?", f.RegistrationEndsBy)
	return page.Load[listed](r.Match(query, "p.number", "p.contract_no", "p.registration_no", "p.pledgor_name", "p.pledgee_name"), r, "p.id")
}

// waiting lists the pledges that may wait for somebody of the reader's organisation.
func waiting(tx postgres.Tx, actor authz.Actor, endsBy calendar.Date) (out []listed, err error) {
	err = selected(tx, actor).
		Where("not p.pending and (p.status in ? or (p.status = ? and (p.settled or p.registration_ends_on <= ?)))",
			[]Status{Draft, Filed, Correction, CancelFiled}, Registered, endsBy).
		Order("p.created_at, p.id").Limit(200).Scan(&out).Error
	return out, err
}

// assetLine is one right under a pledge as a page shows it.
type assetLine struct {
	AssetID         uuid.UUID
	Number          string
	Kind            string
	Title           string
	RightNo         string
	NiceClass       *int
	Status          string
	ExpiresOn       calendar.Date
	AllocatedAmount money.Amount
	Live            bool
}

func assetLines(tx postgres.Tx, id uuid.UUID) (lines []assetLine, err error) {
	err = tx.Gorm().Raw(`select l.asset_id, a.number, a.kind, a.title, a.right_no, a.nice_class, a.status, a.expires_on, l.allocated_amount, l.live
		from pledge_asset l join ip_asset a on a.id = l.asset_id where l.pledge_id = ? order by a.number`, id).Scan(&lines).Error
	return lines, err
}
