package financing

import (
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/repayment"
)

// row is the financing_need table.
type row struct {
	ID            uuid.UUID
	Number        string
	OrgID         uuid.UUID
	Title         string
	Amount        money.Amount
	TermMonths    int
	Purpose       string
	PurposeKind   string
	Method        repayment.Method
	RateCeiling   money.Rate
	AreaCode      string
	BidDaysWD     int `gorm:"column:bid_days_wd"`
	SubmittedAt   *time.Time
	OpenedAt      *time.Time
	ClosesAt      *time.Time
	ClosedAt      *time.Time
	AwardedAmount money.Amount
	Status        Status
	StatusReason  string
	CreatedAt     time.Time
	Version       int64
}

func (row) TableName() string { return "financing_need" }

func rowOf(n Need) row {
	return row{
		n.ID, n.Number, n.OrgID, n.Title, n.Amount, n.TermMonths, n.Purpose, n.PurposeKind, n.Method, n.RateCeiling, n.AreaCode,
		n.BidDays, n.SubmittedAt, n.OpenedAt, n.ClosesAt, n.ClosedAt, n.AwardedAmount, n.Status, n.StatusReason, n.CreatedAt, n.Version,
	}
}

func (r row) need() Need {
	return Need{
		ID: r.ID, OrgID: r.OrgID, Number: r.Number, Title: r.Title, Amount: r.Amount, TermMonths: r.TermMonths, Purpose: r.Purpose,
		PurposeKind: r.PurposeKind, Method: r.Method, RateCeiling: r.RateCeiling, AreaCode: r.AreaCode, BidDays: r.BidDaysWD,
		SubmittedAt: r.SubmittedAt, OpenedAt: r.OpenedAt, ClosesAt: r.ClosesAt, ClosedAt: r.ClosedAt, AwardedAmount: r.AwardedAmount,
		Status: r.Status, StatusReason: r.StatusReason, CreatedAt: r.CreatedAt, Version: r.Version, seen: r.Version,
	}
}

func insert(tx postgres.Tx, n Need) error {
	r := rowOf(n)
	return tx.Gorm().Create(&r).Error
}

// save writes every changeable column and counts the version up.
func save(tx postgres.Tx, n *Need) error {
	n.Version++
	r := rowOf(*n)
	return tx.Gorm().Model(&row{}).Where("id = ?", n.ID).Select("*").Omit("id", "number", "org_id", "created_at").Updates(&r).Error
}

func find(tx postgres.Tx, id uuid.UUID) (Need, error) { return take(tx.Gorm(), id) }

func lockRow(tx postgres.Tx, id uuid.UUID) (Need, error) {
	return take(tx.Gorm().Clauses(clause.Locking{Strength: "UPDATE"}), id)
}

func take(query *gorm.DB, id uuid.UUID) (Need, error) {
	var r row
	err := query.Where("id = ?", id).Take(&r).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Need{}, errNotFound
	}
	return r.need(), err
}

type assetRow struct{ NeedID, AssetID uuid.UUID }

func (assetRow) TableName() string { return "financing_need_asset" }

func assetsOf(tx postgres.Tx, needID uuid.UUID) (ids []uuid.UUID, err error) {
	err = tx.Gorm().Model(&assetRow{}).Where("need_id = ?", needID).Order("asset_id").Pluck("asset_id", &ids).Error
	return ids, err
}

func putAssets(tx postgres.Tx, needID uuid.UUID, ids []uuid.UUID) error {
	if err := tx.Gorm().Where("need_id = ?", needID).Delete(&assetRow{}).Error; err != nil {
		return err
	}
	rows := make([]assetRow, len(ids))
	for i, id := range ids {
		rows[i] = assetRow{needID, id}
	}
	return tx.Gorm().Create(&rows).Error
}

// liveStatuses are those in which a need lays claim to its portfolio.
var liveStatuses = []Status{Submitted, PendingReview, Open, Evaluating, Awarded}

// elsewhere finds the number of another live need that offers one of the rights.
func elsewhere(tx postgres.Tx, needID uuid.UUID, ids []uuid.UUID) (number string, err error) {
	err = tx.Gorm().Table("financing_need n").Joins("join financing_need_asset a on a.need_id = n.id").
		Where("a.asset_id in ? and n.id <> ? and n.status in ?", ids, needID, liveStatuses).
		Order("n.number").Limit(1).Pluck("n.number", &number).Error
	return number, err
}

// hasBid tells whether the need has a bid that counts. Only what happens at or after the
// close of the window may ask.
func hasBid(tx postgres.Tx, needID uuid.UUID) (found bool, err error) {
	err = tx.Gorm().Raw("select exists (select 1 from bid where need_id = ? and status = 'submitted')", needID).Scan(&found).Error
	return found, err
}

// contracted tells whether a bank has signed, or has gone to the register with a pledge.
func contracted(tx postgres.Tx, needID uuid.UUID) (found bool, err error) {
	err = tx.Gorm().Raw("select "+contractedSQL+" from financing_need n where n.id = ?", needID).Scan(&found).Error
	return found, err
}

const contractedSQL = `(exists (select 1 from bid s where s.need_id = n.id and s.status = 'contracted')
	or exists (select 1 from pledge g where g.need_id = n.id and g.status in ('filed', 'correction', 'registered', 'cancel_filed')))`

// due lists open needs whose window has ended.
func due(tx postgres.Tx) (ids []uuid.UUID, err error) {
	err = tx.Gorm().Model(&row{}).Where("status = ? and closes_at <= ?", Open, tx.Now()).Order("closes_at, id").Limit(500).Pluck("id", &ids).Error
	return ids, err
}

func sorted(ids []uuid.UUID) []uuid.UUID {
	out := slices.Clone(ids)
	slices.SortFunc(out, func(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) })
	return slices.Compact(out)
}
