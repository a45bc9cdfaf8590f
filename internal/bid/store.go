package bid

import (
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"ippledge/internal/calendar"
	"ippledge/internal/money"
	"ippledge/internal/number"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/repayment"
)

// row is the bid table.
type row struct {
	ID            uuid.UUID
	Number        string
	NeedID        uuid.UUID
	BankID        uuid.UUID
	ProductID     *uuid.UUID
	Amount        money.Amount
	Rate          money.Rate
	SpreadBP      int         `gorm:"column:spread_bp"`
	LPR           *money.Rate `gorm:"column:lpr"`
	TermMonths    int
	Method        repayment.Method
	Fees          money.Amount
	LTV           money.Rate `gorm:"column:ltv"`
	Conditions    string
	ValidUntil    calendar.Date
	CostFrom      calendar.Date
	InterestTotal *money.Amount
	EffectiveCost *money.Rate
	Status        Status
	StatusReason  string
	MadeBy        uuid.UUID
	MadeByName    string
	CheckedBy     *uuid.UUID
	CheckedByName string
	SurveyedBy    *uuid.UUID
	AwardedAmount *money.Amount
	SubmittedAt   *time.Time
	DecidedAt     *time.Time
	CreatedAt     time.Time
	Version       int64
}

func (row) TableName() string { return "bid" }

var (
	_ = postgres.Rule("bid_one_live_per_bank", errLiveBid)
	_ = postgres.Rule("bid_maker_is_not_checker", errSame)
)

func rowOf(b Bid) row {
	r := row{
		ID: b.ID, Number: b.Number, NeedID: b.NeedID, BankID: b.BankID, ProductID: b.ProductID, Amount: b.Amount, Rate: b.Rate,
		SpreadBP: b.SpreadBP, LPR: b.LPR, TermMonths: b.TermMonths, Method: b.Method, Fees: b.Fees, LTV: b.LTV, Conditions: b.Conditions,
		ValidUntil: b.ValidUntil, Status: b.Status, StatusReason: b.StatusReason, MadeBy: b.MadeBy, MadeByName: b.MadeByName,
		CheckedBy: b.CheckedBy, CheckedByName: b.CheckedByName, SurveyedBy: b.SurveyedBy, AwardedAmount: b.AwardedAmount,
		SubmittedAt: b.SubmittedAt, DecidedAt: b.DecidedAt, CreatedAt: b.CreatedAt, Version: b.Version,
	}
	if b.Cost != nil {
		r.CostFrom, r.InterestTotal, r.EffectiveCost = b.Cost.From, &b.Cost.Interest, &b.Cost.Effective
	}
	return r
}

func (r row) bid() Bid {
	b := Bid{
		ID: r.ID, Number: r.Number, NeedID: r.NeedID, BankID: r.BankID, ProductID: r.ProductID, Amount: r.Amount, Rate: r.Rate,
		SpreadBP: r.SpreadBP, LPR: r.LPR, TermMonths: r.TermMonths, Method: r.Method, Fees: r.Fees, LTV: r.LTV, Conditions: r.Conditions,
		ValidUntil: r.ValidUntil, Status: r.Status, StatusReason: r.StatusReason, MadeBy: r.MadeBy, MadeByName: r.MadeByName,
		CheckedBy: r.CheckedBy, CheckedByName: r.CheckedByName, SurveyedBy: r.SurveyedBy, AwardedAmount: r.AwardedAmount,
		SubmittedAt: r.SubmittedAt, DecidedAt: r.DecidedAt, CreatedAt: r.CreatedAt, Version: r.Version,
	}
	if r.InterestTotal != nil && r.EffectiveCost != nil {
		b.Cost = &Cost{From: r.CostFrom, Interest: *r.InterestTotal, Fees: r.Fees, Total: r.InterestTotal.Add(r.Fees), Effective: *r.EffectiveCost}
	}
	return b
}

func insert(tx postgres.Tx, b Bid) error {
	r := rowOf(b)
	return tx.Gorm().Create(&r).Error
}

// save writes every changeable column and counts the version up.
func save(tx postgres.Tx, b *Bid) error {
	b.Version++
	r := rowOf(*b)
	return tx.Gorm().Model(&row{}).Where("id = ?", b.ID).Select("*").Omit("id", "number", "need_id", "bank_id", "created_at").Updates(&r).Error
}

func find(tx postgres.Tx, id uuid.UUID) (Bid, error) { return take(tx.Gorm(), id) }

func lockRow(tx postgres.Tx, id uuid.UUID) (Bid, error) { return take(forUpdate(tx), id) }

func forUpdate(tx postgres.Tx) *gorm.DB {
	return tx.Gorm().Clauses(clause.Locking{Strength: "UPDATE"})
}

func take(query *gorm.DB, id uuid.UUID) (Bid, error) {
	var r row
	err := query.Where("id = ?", id).Take(&r).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Bid{}, errNotFound
	}
	return r.bid(), err
}

// lockOf locks the bids of a need in the given states, sorted by id. The caller holds the
// need's lock.
func lockOf(tx postgres.Tx, needID uuid.UUID, statuses ...Status) ([]Bid, error) {
	return bids(forUpdate(tx).Where("need_id = ? and status in ?", needID, statuses))
}

func ofNeed(tx postgres.Tx, needID uuid.UUID) ([]Bid, error) {
	return bids(tx.Gorm().Where("need_id = ?", needID))
}

func bids(query *gorm.DB) ([]Bid, error) {
	var rows []row
	err := query.Order("id").Find(&rows).Error
	out := make([]Bid, len(rows))
	for i, r := range rows {
		out[i] = r.bid()
	}
	return out, err
}

// stale lists the needs with submitted bids whose validity has passed.
func stale(tx postgres.Tx, today calendar.Date) (needs []uuid.UUID, err error) {
	err = tx.Gorm().Table("bid b").Joins("join financing_need n on n.id = b.need_id").
		Where("b.status = ? and b.valid_until < ? and n.status = 'evaluating'", Submitted, today).
		Distinct().Order("b.need_id").Limit(500).Pluck("b.need_id", &needs).Error
	return needs, err
}

// drawNumber draws a bid's business number at random within the year.
func drawNumber(tx postgres.Tx) (string, error) {
	year := calendar.DateOf(tx.Now()).Year()
	for {
		var b [8]byte
		if _, err := rand.Read(b[:]); err != nil {
			return "", err
		}
		drawn := fmt.Sprintf("%s%04d%08d", number.Bid, year, binary.BigEndian.Uint64(b[:])%100_000_000)
		var taken bool
		if err := tx.Gorm().Raw("select exists (select 1 from bid where number = ?)", drawn).Scan(&taken).Error; err != nil || !taken {
			return drawn, err
		}
	}
}
