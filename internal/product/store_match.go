package product

import (
	"errors"
	"math/bits"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/money"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/repayment"
)

// factsSQL gathers the facts of needs on a day, one row a need; the same rows serve Match
// and maskSQL. A right that has ended already counts as expiring today.
const factsSQL = `
select n.id as need_id, cast(@on as date) as on_date, n.amount, n.term_months, n.rate_ceiling, n.method, n.area_code,
  o.industry, o.established_on, o.scale, coalesce(a.kinds, '{}') as kinds, coalesce(a.value, 0) as value, coalesce(a.valued, false) as valued,
  coalesce(a.expires_on, cast(@on as date)) as expires_on, coalesce(a.pledged, false) as pledged,
  (o.consented_at is not null and coalesce(a.consented, false)) as consented
from financing_need n join organization o on o.id = n.org_id
left join lateral (
  select array_agg(distinct x.kind order by x.kind) as kinds, sum(v.value) as value, bool_and(v.value is not null) as valued,
    least(min(x.expires_on), case when bool_or(x.status not in ('verified', 'listed', 'reserved', 'pledged', 'in_disposal')) then cast(@on as date) end) as expires_on,
    bool_or(x.status in ('reserved', 'pledged', 'in_disposal')) as pledged, bool_and(not x.co_owned or x.co_owners_consent) as consented
  from financing_need_asset na join ip_asset x on x.id = na.asset_id
  left join lateral (
    select i.value from valuation_item i join valuation_order w on w.id = i.order_id
    where i.asset_id = x.id and i.value is not null and w.status = 'filed' and w.valuation_on <= cast(@on as date) and w.valid_until >= cast(@on as date)
    order by w.valuation_on desc, w.filed_at desc limit 1
  ) v on true
  where na.need_id = n.id
) a on true`

// maskSQL is Match as an expression over a product p and facts f. It adds powers of two:
// PostgreSQL gives | and << one precedence, which once made a mask look empty.
const maskSQL = `(
  case when f.amount < p.amount_min then 1 else 0 end
  + case when f.amount > p.amount_max then 2 else 0 end
  + case when f.term_months < p.term_min_months then 4 else 0 end
  + case when f.term_months > p.term_max_months then 8 else 0 end
  + case when p.rate_min > f.rate_ceiling then 16 else 0 end
  + case when cardinality(p.area_codes) > 0 and not f.area_code = any(p.area_codes) then 32 else 0 end
  + case when cardinality(p.industries) > 0 and not f.industry = any(p.industries) then 64 else 0 end
  + case when exists (select 1 from unnest(f.kinds) k where not k = any(p.collateral_kinds)) then 128 else 0 end
  + case when f.valued and f.amount * 100 > f.value * p.ltv_max then 256 else 0 end
  + case when cast(f.on_date + make_interval(months => f.term_months + p.min_life_months) as date) > f.expires_on then 512 else 0 end
  + case when p.min_age_months > 0 and (f.established_on is null
      or cast(f.established_on + make_interval(months => p.min_age_months) as date) > f.on_date) then 1024 else 0 end
  + case when p.sme_only and f.scale not in ('micro', 'small', 'medium') then 2048 else 0 end
  + case when p.status <> 'published' then 4096 else 0 end
  + case when f.pledged then 8192 else 0 end
  + case when not f.valued then 16384 else 0 end
  + case when not f.consented then 32768 else 0 end)`

type factRow struct {
	NeedID        uuid.UUID
	OnDate        calendar.Date
	Amount        money.Amount
	TermMonths    int
	RateCeiling   money.Rate
	Method        repayment.Method
	AreaCode      string
	Industry      string
	EstablishedOn calendar.Date
	Scale         string
	Kinds         texts
	Value         money.Amount
	Valued        bool
	ExpiresOn     calendar.Date
	Pledged       bool
	Consented     bool
}

func (r factRow) facts(areaNames map[string]string) Facts {
	f := Facts{
		NeedID: r.NeedID, On: r.OnDate, Amount: r.Amount, TermMonths: r.TermMonths, RateCeiling: r.RateCeiling, Method: r.Method,
		AreaCode: r.AreaCode, Industry: r.Industry, Value: r.Value, Valued: r.Valued, ExpiresOn: r.ExpiresOn,
		EstablishedOn: r.EstablishedOn, Scale: r.Scale, Pledged: r.Pledged, Consented: r.Consented, AreaNames: areaNames,
	}
	fill(&f.Kinds, r.Kinds)
	return f
}

// factsOf reads the facts of one need as of the transaction's day.
func factsOf(tx postgres.Tx, needID uuid.UUID) (Facts, error) {
	names, err := areaNames(tx)
	if err != nil {
		return Facts{}, err
	}
	var r factRow
	err = tx.Gorm().Raw(factsSQL+" where n.id = @need", map[string]any{"on": calendar.DateOf(tx.Now()), "need": needID}).Take(&r).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Facts{}, fault.New(fault.NotFound, "need_not_found", "没有这个融资需求，或您无权查看")
	}
	return r.facts(names), err
}

// hallRow is an open need as a bank's hall lists it, with the bank's product that fails
// the fewest conditions.
type hallRow struct {
	Facts          factRow `gorm:"embedded"`
	Number         string
	Title          string
	EnterpriseName string
	Purpose        string
	OpenedAt       time.Time
	ClosesAt       time.Time
	AssetCount     int
	ProductID      *uuid.UUID
	Mask           *int64
	OwnBidID       *uuid.UUID
	OwnBidStatus   *string
}

var hallSortable = map[string]page.Key{
	"closes_at": {Column: "h.closes_at", Cast: "timestamptz"},
	"opened_at": {Column: "h.opened_at", Cast: "timestamptz"},
	"amount":    {Column: "h.amount", Cast: "numeric"},
}

// Fit is how a list of open needs is narrowed by verdict.
type Fit string

// The narrowings of the hall.
const (
	FitAll  Fit = "all"
	FitYes  Fit = "fits"
	FitNear Fit = "near"
)

// hall lists needs whose window is open now, each with the best of the bank's published
// products, or with the one product asked for in whatever state.
func hall(tx postgres.Tx, r page.Request, bankID uuid.UUID, only *uuid.UUID, fit Fit, areaCode string) (page.Rows[hallRow], error) {
	shelf := "p.bank_id = @bank and p.status = 'published'"
	if only != nil {
		shelf = "p.id = @product and p.bank_id = @bank"
	}
	inner := tx.Gorm().Raw(`select f.*, n.number, n.title, n.purpose, n.opened_at, n.closes_at, e.name as enterprise_name,
			(select count(*) from financing_need_asset c where c.need_id = n.id) as asset_count,
			best.product_id, best.mask, b.id as own_bid_id, b.status as own_bid_status
		from financing_need n join organization e on e.id = n.org_id join (`+factsSQL+`
			where n.status = 'open' and n.closes_at > @now) f on f.need_id = n.id
		left join lateral (select p.id as product_id, `+maskSQL+` as mask from loan_product p where `+shelf+`
			order by bit_count(cast(`+maskSQL+` as bit(32))), p.id limit 1) best on true
		left join bid b on b.need_id = n.id and b.bank_id = @bank and b.status not in ('withdrawn', 'expired', 'lost', 'declined')`,
		map[string]any{"on": calendar.DateOf(tx.Now()), "now": tx.Now(), "bank": bankID, "product": only})
	query := tx.Gorm().Table("(?) as h", inner).Select("h.*")
	switch fit {
	case FitYes:
		query = query.Where("h.mask = 0")
	case FitNear:
		query = query.Where("bit_count(cast(h.mask as bit(32))) = 1")
	}
	if areaCode != "" {
		query = query.Where("h.area_code = ?", areaCode)
	}
	return page.Load[hallRow](r.Match(query, "h.number", "h.title", "h.enterprise_name", "h.purpose"), r, "h.need_id")
}

// match_verdict keeps what was told to the banks when a need opened.
type verdictRow struct {
	NeedID       uuid.UUID
	ProductID    uuid.UUID
	RulesVersion int
	Mask         int64
	Score        int
	ScoreRate    int
	ScoreAmount  int
	ScoreLTV     int `gorm:"column:score_ltv"`
	ScoreRegion  int
	ScoreMethod  int
	JudgedAt     time.Time
}

func (verdictRow) TableName() string { return "match_verdict" }

// keep stores a verdict; judging the need again overwrites it, so a repeat is harmless.
func keep(tx postgres.Tx, needID, productID uuid.UUID, v Verdict) error {
	r := verdictRow{
		needID, productID, RulesVersion, int64(v.Mask), v.Score.Total(), v.Score.Rate, v.Score.Amount, v.Score.LTV,
		v.Score.Region, v.Score.Method, tx.Now(),
	}
	return tx.Gorm().Clauses(clause.OnConflict{
		Columns: []clause.Column{{Name: "need_id"}, {Name: "product_id"}}, UpdateAll: true,
	}).Create(&r).Error
}

// failures counts the conditions that fail.
func (v Verdict) failures() int { return bits.OnesCount32(v.Mask) }
