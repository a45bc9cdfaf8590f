package product

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/repayment"
)

// View is a product as lists show it.
type View struct {
	ID       uuid.UUID `json:"id"`
	Number   string    `json:"number"`
	BankID   uuid.UUID `json:"bank_id"`
	BankName string    `json:"bank_name"`
	Terms
	AreaNames   []string   `json:"area_names" nullable:"false"`
	Status      Status     `json:"status"`
	CreatedAt   time.Time  `json:"created_at"`
	PublishedAt *time.Time `json:"published_at,omitempty"`
	Version     int64      `json:"version"`
	Actions     []string   `json:"available_actions" nullable:"false"`
}

// Detail is a product with what its page shows.
type Detail struct {
	View
	Timeline []audit.Line          `json:"timeline" nullable:"false"`
	Pending  *approval.PendingView `json:"pending_approval,omitempty"`
}

func view(actor authz.Actor, names map[string]string, l listed) View {
	p := l.Row.product()
	v := View{
		ID: p.ID, Number: p.Number, BankID: p.BankID, BankName: l.BankName, Terms: p.Terms, AreaNames: []string{}, Status: p.Status,
		CreatedAt: p.CreatedAt, PublishedAt: p.PublishedAt, Version: p.Version, Actions: actions(actor, p, l.Pending),
	}
	for _, code := range p.AreaCodes {
		v.AreaNames = append(v.AreaNames, names[code])
	}
	return v
}

// actions are exactly what this reader may do now.
func actions(actor authz.Actor, p Product, pending bool) []string {
	out := []string{}
	if !actor.ActsFor(p.BankID) || !actor.Can(authz.ProductDraft) {
		return out
	}
	for _, a := range Transitions.Actions(p.Status) {
		if a == Edit || !pending {
			out = append(out, string(a))
		}
	}
	slices.Sort(out)
	return out
}

func (s *Service) detail(tx postgres.Tx, actor authz.Actor, id uuid.UUID) (d Detail, err error) {
	l, err := findListed(tx, actor, id)
	if err != nil {
		return d, err
	}
	names, err := areaNames(tx)
	if err != nil {
		return d, err
	}
	d = Detail{View: view(actor, names, l), Timeline: []audit.Line{}}
	if !actor.ActsFor(d.BankID) {
		return d, nil
	}
	if d.Timeline, err = audit.Timeline(tx, Subject, id); err != nil {
		return d, err
	}
	d.Pending, err = s.approvals.PendingOn(tx, actor, Subject, id)
	return d, err
}

// MatchView is one product's verdict on a need.
type MatchView struct {
	ProductID     uuid.UUID  `json:"product_id"`
	ProductNumber string     `json:"product_number"`
	ProductName   string     `json:"product_name"`
	BankID        uuid.UUID  `json:"bank_id"`
	BankName      string     `json:"bank_name"`
	RateMin       money.Rate `json:"rate_min"`
	RateMax       money.Rate `json:"rate_max"`
	LTVMax        money.Rate `json:"ltv_max"`
	VerdictView
}

// VerdictView says whether and why.
type VerdictView struct {
	Fits    bool     `json:"fits"`
	Near    bool     `json:"near_miss" doc:"仅差一个条件"`
	Score   int      `json:"score" doc:"满分 100；不符合的为 0"`
	Parts   Score    `json:"score_parts"`
	Reasons []Reason `json:"reasons" nullable:"false" doc:"不符合的条件，逐条列出要求与实际"`
}

func verdictView(v Verdict) VerdictView {
	return VerdictView{v.Fits(), v.NearMiss(), v.Score.Total(), v.Score, v.Reasons}
}

// MatchList is the verdicts on one need.
type MatchList struct {
	NeedID       uuid.UUID   `json:"need_id"`
	RulesVersion int         `json:"rules_version"`
	Fits         int         `json:"fits"`
	Near         int         `json:"near_misses"`
	Items        []MatchView `json:"items" nullable:"false"`
}

// HallView is an open need in a bank's hall, with the bank's best product.
type HallView struct {
	NeedID         uuid.UUID        `json:"need_id"`
	Number         string           `json:"number"`
	Title          string           `json:"title"`
	EnterpriseName string           `json:"enterprise_name"`
	AreaName       string           `json:"area_name"`
	Purpose        string           `json:"purpose"`
	Amount         money.Amount     `json:"amount"`
	TermMonths     int              `json:"term_months"`
	Method         repayment.Method `json:"method" enum:"equal_instalment,equal_principal,interest_only_bullet,bullet"`
	RateCeiling    money.Rate       `json:"rate_ceiling"`
	AssetCount     int              `json:"asset_count"`
	Value          *money.Amount    `json:"value,omitempty" doc:"组合评估值合计；有一项未评估则不给出"`
	OpenedAt       time.Time        `json:"opened_at"`
	ClosesAt       time.Time        `json:"closes_at"`
	WorkingDays    int              `json:"working_days_left"`
	ProductID      *uuid.UUID       `json:"product_id,omitempty" doc:"本行最接近的产品"`
	ProductName    string           `json:"product_name"`
	Verdict        *VerdictView     `json:"verdict,omitempty" doc:"本行没有在架产品时不给出"`
	OwnBidID       *uuid.UUID       `json:"own_bid_id,omitempty"`
	OwnBidStatus   string           `json:"own_bid_status"`
}
