package valuation

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/document"
	"ippledge/internal/ipasset"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
)

// View is an order as clients see it. What the report says is left out until it is
// filed, except for the firm.
type View struct {
	ID           uuid.UUID      `json:"id"`
	Number       string         `json:"number"`
	ClientID     uuid.UUID      `json:"client_id"`
	ClientName   string         `json:"client_name"`
	FirmID       uuid.UUID      `json:"firm_id"`
	FirmName     string         `json:"firm_name"`
	Purpose      string         `json:"purpose"`
	Fee          *money.Amount  `json:"fee,omitempty" doc:"评估费，元"`
	AssetCount   int            `json:"asset_count"`
	AssetTitles  string         `json:"asset_titles"`
	Method       Method         `json:"method" enum:",income,market,cost"`
	SecondMethod Method         `json:"second_method" enum:",income,market,cost"`
	ValueType    string         `json:"value_type" enum:",market,liquidation"`
	ValuationOn  *calendar.Date `json:"valuation_on,omitempty" doc:"评估基准日"`
	ValidUntil   *calendar.Date `json:"valid_until,omitempty"`
	Stale        bool           `json:"stale" doc:"已出具但超过有效期"`
	Total        *money.Amount  `json:"total,omitempty"`
	Status       Status         `json:"status"`
	StatusReason string         `json:"status_reason"`
	FiledAt      *time.Time     `json:"filed_at,omitempty"`
	CreatedAt    time.Time      `json:"created_at"`
	Version      int64          `json:"version"`
	Actions      []string       `json:"available_actions" nullable:"false"`
}

// ItemView is the conclusion on one right.
type ItemView struct {
	AssetID   uuid.UUID     `json:"asset_id"`
	Number    string        `json:"number"`
	Title     string        `json:"title"`
	Kind      ipasset.Kind  `json:"kind"`
	KindText  string        `json:"kind_text"`
	RightNo   string        `json:"right_no"`
	Value     *money.Amount `json:"value,omitempty"`
	Score     *money.Rate   `json:"score,omitempty" doc:"价值度，分；不换算为金额"`
	Grade     string        `json:"grade" enum:",A,B,C,D"`
	LTVCap    money.Rate    `json:"ltv_cap" doc:"默认质押率上限，%"`
	LTVFactor money.Rate    `json:"ltv_factor" doc:"等级系数，%"`
}

// Detail is the page of an order.
type Detail struct {
	View
	Note               string          `json:"note"`
	SingleMethodReason string          `json:"single_method_reason"`
	Assumptions        string          `json:"assumptions"`
	Restrictions       string          `json:"restrictions"`
	Items              []ItemView      `json:"items" nullable:"false"`
	Workings           *Workings       `json:"workings,omitempty"`
	Results            *Results        `json:"results,omitempty" doc:"各方法的测算结果，并列供比较"`
	MaxLoan            *money.Amount   `json:"max_loan,omitempty" doc:"按默认质押率上限与等级系数测算的最高贷款额，供参考"`
	ScoreNotice        string          `json:"score_notice"`
	ReportDocumentID   *uuid.UUID      `json:"report_document_id,omitempty"`
	ReportSHA256       string          `json:"report_sha256"`
	FirstSignerName    string          `json:"first_signer_name"`
	FirstSignedAt      *time.Time      `json:"first_signed_at,omitempty"`
	SecondSignerName   string          `json:"second_signer_name"`
	SecondSignedAt     *time.Time      `json:"second_signed_at,omitempty"`
	ReviewerName       string          `json:"reviewer_name"`
	Documents          []document.View `json:"documents" nullable:"false"`
	Timeline           []audit.Line    `json:"timeline" nullable:"false"`
}

func optional(d calendar.Date) *calendar.Date {
	if d.IsZero() {
		return nil
	}
	return &d
}

func (r row) view(actor authz.Actor, today calendar.Date) View {
	o := r.Order
	v := View{
		ID: o.ID, Number: o.Number, ClientID: o.ClientID, ClientName: o.ClientName, FirmID: o.FirmID, FirmName: o.FirmName,
		Purpose: o.Purpose, Fee: o.Fee, AssetCount: r.AssetCount, AssetTitles: r.AssetTitles, Status: o.Status, StatusReason: o.StatusReason,
		FiledAt: o.FiledAt, CreatedAt: o.CreatedAt, Version: o.Version, Actions: o.actionsFor(actor),
		Stale: o.Status == Filed && IsStale(o.ValuationOn, today),
	}
	if o.opensTo(actor) {
		v.Method, v.SecondMethod, v.ValueType, v.Total = o.Method, o.SecondMethod, o.ValueType, o.Total
		v.ValuationOn, v.ValidUntil = optional(o.ValuationOn), optional(o.ValidUntil)
	}
	if !actor.ActsFor(o.ClientID, o.FirmID) {
		v.Fee = nil // what the firm charges is between the two
	}
	return v
}

type doable struct {
	permission authz.Permission
	side       func(Order) uuid.UUID
}

var doables = map[Action]doable{
	Accept: {authz.ValuationAnswer, firm}, Decline: {authz.ValuationAnswer, firm}, Cancel: {authz.ValuationOrder, client},
	Write: {authz.ValuationWrite, firm}, Sign: {authz.ValuationSign, firm}, Countersign: {authz.ValuationSign, firm},
	Return: {authz.ValuationFile, firm}, File: {authz.ValuationFile, firm},
}

// actionsFor is exactly what the actor may do with the order now.
func (o Order) actionsFor(actor authz.Actor) []string {
	out := []string{}
	for action, d := range doables {
		if !Transitions.Can(o.Status, action) || !actor.Can(d.permission) || !actor.ActsFor(d.side(o)) {
			continue
		}
		switch action {
		case Sign:
			if o.FirstSignerID != nil {
				continue
			}
		case Countersign:
			if o.FirstSignerID == nil || *o.FirstSignerID == actor.UserID {
				continue
			}
		case File, Return:
			if o.mayReview(actor) != nil {
				continue
			}
		}
		out = append(out, string(action))
	}
	slices.Sort(out)
	return out
}

func (s *Service) detail(tx postgres.Tx, actor authz.Actor, r row) (d Detail, err error) {
	o, open := r.Order, r.opensTo(actor)
	d = Detail{
		View: r.view(actor, calendar.DateOf(tx.Now())), Note: o.Note, ScoreNotice: ScoreNotice, Items: []ItemView{},
		FirstSignerName: o.FirstSignerName, FirstSignedAt: o.FirstSignedAt, SecondSignerName: o.SecondSignerName, SecondSignedAt: o.SecondSignedAt,
		ReviewerName: o.ReviewerName, Documents: []document.View{}, Timeline: []audit.Line{},
	}
	rows, err := itemRows(tx, o.ID)
	if err != nil {
		return d, err
	}
	var collateral []Collateral
	for _, i := range rows {
		v := i.view(open)
		if v.Value != nil {
			collateral = append(collateral, Collateral{v.Kind, *v.Value, v.Grade})
		}
		d.Items = append(d.Items, v)
	}
	if actor.ActsFor(o.ClientID, o.FirmID) || actor.OrgKind == authz.IPBureau {
		lines, err := audit.Timeline(tx, Subject, o.ID)
		if err != nil {
			return d, err
		}
		d.Timeline = append(d.Timeline, lines...)
	}
	if !open {
		return d, nil
	}
	documents, err := document.Of(tx, Subject, o.ID)
	if err != nil {
		return d, err
	}
	d.Documents = append(d.Documents, documents...)
	d.SingleMethodReason, d.Assumptions, d.Restrictions = o.SingleMethodReason, o.Assumptions, o.Restrictions
	d.ReportDocumentID, d.ReportSHA256 = o.ReportDocumentID, o.ReportSHA256
	if len(collateral) > 0 {
		most := MaxLoan(collateral)
		d.MaxLoan = &most
	}
	return d, d.workings(o)
}

func (d *Detail) workings(o Order) error {
	if o.Method == "" {
		return nil
	}
	var w Workings
	if err := json.Unmarshal([]byte(o.Inputs), &w); err != nil {
		return err
	}
	results, err := w.Calculate()
	d.Workings, d.Results = &w, &results
	return err
}

func (r itemRow) view(open bool) ItemView {
	a := ipasset.Asset{Kind: r.Kind, RightNo: r.RightNo, GrantedOn: r.Granted}
	v := ItemView{AssetID: r.AssetID, Number: r.Number, Title: r.Title, Kind: r.Kind, KindText: r.Kind.Text(), RightNo: a.No(),
		LTVCap: Cap(r.Kind), LTVFactor: GradeFactor("")}
	if open {
		v.Value, v.Score, v.Grade, v.LTVFactor = r.Value, r.Score, r.Grade, GradeFactor(r.Grade)
	}
	return v
}
