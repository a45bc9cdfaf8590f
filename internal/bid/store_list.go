package bid

import (
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"ippledge/internal/authz"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
)

// listed is a bid with what a list shows beside it.
type listed struct {
	Row            row `gorm:"embedded"`
	NeedNumber     string
	NeedTitle      string
	NeedStatus     string
	EnterpriseName string
	BankName       string
	ProductName    string
	ClosesAt       *time.Time
	WindowOpen     bool
	Visible        bool
	Pending        bool
	// Rank is the bid's place among those of its round, null while the window is open.
	Rank *int
}

// visible tells whether the need's window has closed: see financing.Need.BidsVisible.
const visible = `(n.closed_at is not null or (n.status = 'open' and n.closes_at <= @now))`

// selected is the list's select for one reader. The scope is the seal: a bank reads its
// own bids, everybody else only what counted, after the close. The rank looks at rivals'
// bids, and so stays null until then.
func selected(tx postgres.Tx, actor authz.Actor) *gorm.DB {
	inner := tx.Gorm().Raw(`select b.*, n.number as need_number, n.title as need_title, n.status as need_status, n.org_id as need_org_id, n.closes_at,
			(n.status = 'open' and n.closes_at > @now) as window_open, `+visible+` as visible,
			e.name as enterprise_name, k.name as bank_name, coalesce(p.name, '') as product_name,
			exists (select 1 from approval_proposal a where a.subject_kind = 'bid' and a.subject_id = b.id and a.org_id = @org and a.status = 'pending') as pending,
			case when `+visible+` and b.submitted_at >= n.opened_at and b.status not in ('draft', 'withdrawn') then (
				select count(*) + 1 from bid c where c.need_id = b.need_id and c.submitted_at >= n.opened_at and c.status not in ('draft', 'withdrawn')
				and (c.effective_cost, c.interest_total + c.fees, c.submitted_at, c.id) < (b.effective_cost, b.interest_total + b.fees, b.submitted_at, b.id)) end as rank
		from bid b join financing_need n on n.id = b.need_id join organization e on e.id = n.org_id
		join organization k on k.id = b.bank_id left join loan_product p on p.id = b.product_id`,
		map[string]any{"now": tx.Now(), "org": actor.OrgID})
	query := tx.Gorm().Table("(?) as b", inner).Select("b.*")
	const readable = "b.visible and b.submitted_at is not null and b.status not in ('draft', 'withdrawn')"
	switch actor.OrgKind {
	case authz.Bank:
		return query.Where("b.bank_id = ?", actor.OrgID)
	case authz.Enterprise, authz.GIRegistrant:
		return query.Where("b.need_org_id = ? and "+readable, actor.OrgID)
	case authz.IPBureau:
		return query.Where(readable)
	default:
		return query.Where("false")
	}
}

func findListed(tx postgres.Tx, actor authz.Actor, id uuid.UUID) (listed, error) {
	var out []listed
	err := selected(tx, actor).Where("b.id = ?", id).Limit(1).Scan(&out).Error
	if err == nil && len(out) == 0 {
		err = errNotFound
	}
	if err != nil {
		return listed{}, err
	}
	return out[0], nil
}

var sortable = map[string]page.Key{
	"created_at":     {Column: "b.created_at", Cast: "timestamptz"},
	"amount":         {Column: "b.amount", Cast: "numeric"},
	"rate":           {Column: "b.rate", Cast: "numeric"},
	"effective_cost": {Column: "coalesce(b.effective_cost, 999)", Cast: "numeric"},
	"closes_at":      {Column: "coalesce(b.closes_at, 'infinity')", Cast: "timestamptz"},
}

// filter is what a list of bids may be narrowed by.
type filter struct {
	Status string
	NeedID uuid.UUID
}

func list(tx postgres.Tx, actor authz.Actor, r page.Request, f filter) (page.Rows[listed], error) {
	query := selected(tx, actor)
	if f.Status != "" {
		query = query.Where("b.status = ?", f.Status)
	}
	if f.NeedID != uuid.Nil {
		query = query.Where("b.need_id = ?", f.NeedID)
	}
	return page.Load[listed](r.Match(query, "b.number", "b.need_number", "b.need_title", "b.enterprise_name", "b.bank_name"), r, "b.id")
}

// compared lists the bids of a need's last round that the reader may see, the cheapest first.
func compared(tx postgres.Tx, actor authz.Actor, needID uuid.UUID) (out []listed, err error) {
	err = selected(tx, actor).Where("b.need_id = ? and b.rank is not null", needID).Order("b.rank, b.id").Limit(200).Scan(&out).Error
	return out, err
}

// waiting lists the bank's bids in states that ask something of somebody.
func waiting(tx postgres.Tx, actor authz.Actor) (out []listed, err error) {
	err = selected(tx, actor).
		Where("not b.pending and ((b.status = 'draft' and b.window_open) or b.status in ('accepted', 'due_diligence', 'credit_approved'))").
		Order("b.created_at, b.id").Limit(200).Scan(&out).Error
	return out, err
}
