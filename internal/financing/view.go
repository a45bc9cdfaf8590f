package financing

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/document"
	"ippledge/internal/ipasset"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/repayment"
	"ippledge/internal/valuation"
)

// View is a need as lists show it.
type View struct {
	ID             uuid.UUID        `json:"id"`
	Number         string           `json:"number"`
	OrgID          uuid.UUID        `json:"enterprise_id"`
	EnterpriseName string           `json:"enterprise_name"`
	Title          string           `json:"title"`
	Amount         money.Amount     `json:"amount"`
	TermMonths     int              `json:"term_months"`
	Purpose        string           `json:"purpose"`
	PurposeKind    string           `json:"purpose_kind" enum:"working_capital,equipment,research,expansion,refinancing"`
	Method         repayment.Method `json:"method" enum:"equal_instalment,equal_principal,interest_only_bullet,bullet"`
	RateCeiling    money.Rate       `json:"rate_ceiling"`
	AreaCode       string           `json:"area_code"`
	AreaName       string           `json:"area_name"`
	AssetCount     int              `json:"asset_count"`
	BidDays        int              `json:"bid_days_wd"`
	SubmittedAt    *time.Time       `json:"submitted_at,omitempty"`
	OpenedAt       *time.Time       `json:"opened_at,omitempty"`
	ClosesAt       *time.Time       `json:"closes_at,omitempty" doc:"报价截止时刻"`
	WorkingDays    *int             `json:"working_days_left,omitempty" doc:"距截止的工作日数，仅招标中给出"`
	Provisional    bool             `json:"provisional" doc:"截止日越出已公布的放假安排，暂定"`
	Sealed         bool             `json:"bids_sealed" doc:"报价尚未揭晓：除报价银行外任何人不可见"`
	BidCount       *int             `json:"bid_count,omitempty" doc:"有效报价数，截止前一律不给出"`
	AwardedAmount  *money.Amount    `json:"awarded_amount,omitempty" doc:"已选定金额，仅企业与监管可见"`
	OwnBidID       *uuid.UUID       `json:"own_bid_id,omitempty" doc:"本行的有效报价"`
	Status         Status           `json:"status"`
	StatusReason   string           `json:"status_reason"`
	CreatedAt      time.Time        `json:"created_at"`
	Version        int64            `json:"version"`
	Actions        []string         `json:"available_actions" nullable:"false"`
}

// AssetLine is one right of the portfolio, with its value when a report is in force.
type AssetLine struct {
	ID         uuid.UUID      `json:"id"`
	Number     string         `json:"number"`
	Kind       ipasset.Kind   `json:"kind" enum:"invention_patent,utility_model,design_patent,trademark,gi_mark"`
	Title      string         `json:"title"`
	RightNo    string         `json:"right_no"`
	Status     ipasset.Status `json:"status"`
	ExpiresOn  calendar.Date  `json:"expires_on"`
	Value      *money.Amount  `json:"value,omitempty" doc:"在有效期内的评估值"`
	ValuedOn   *calendar.Date `json:"valued_on,omitempty"`
	ValidUntil *calendar.Date `json:"valid_until,omitempty"`
	// Findings are what the register would object to, as of today.
	Findings []ipasset.Finding `json:"findings" nullable:"false"`
}

// Detail is a need with what its page shows.
type Detail struct {
	View
	Assets     []AssetLine           `json:"assets" nullable:"false"`
	TotalValue *money.Amount         `json:"total_value,omitempty" doc:"组合评估值合计；有一项未评估则不给出"`
	Timeline   []audit.Line          `json:"timeline" nullable:"false"`
	Pending    *approval.PendingView `json:"pending_approval,omitempty"`
	Documents  []document.View       `json:"documents" nullable:"false"`
}

func view(actor authz.Actor, now time.Time, l listed) View {
	n := l.need()
	v := View{
		ID: n.ID, Number: n.Number, OrgID: n.OrgID, EnterpriseName: l.EnterpriseName, Title: n.Title, Amount: n.Amount, TermMonths: n.TermMonths,
		Purpose: n.Purpose, PurposeKind: n.PurposeKind, Method: n.Method, RateCeiling: n.RateCeiling, AreaCode: n.AreaCode, AreaName: l.AreaName,
		AssetCount: l.AssetCount, BidDays: n.BidDays, SubmittedAt: n.SubmittedAt, OpenedAt: n.OpenedAt, ClosesAt: n.ClosesAt,
		Sealed: n.OpenedAt != nil && !n.BidsVisible(now), OwnBidID: l.OwnBidID, Status: n.Status, StatusReason: n.StatusReason,
		CreatedAt: n.CreatedAt, Version: n.Version, Actions: actions(actor, now, l),
	}
	if n.WindowOpen(now) {
		closes := calendar.DateOf(*n.ClosesAt)
		left := calendar.WorkingDaysBetween(calendar.DateOf(now), closes)
		v.WorkingDays = &left
		_, v.Provisional = calendar.NextWorkingDay(closes)
	}
	if actor.ActsFor(n.OrgID) || actor.OrgKind == authz.IPBureau {
		v.BidCount = l.BidCount
		if n.BidsVisible(now) {
			v.AwardedAmount = &n.AwardedAmount
		}
	}
	return v
}

// actions are exactly what this reader may do now: by the table, the role, the row's
// owner, and what waits for a signature.
func actions(actor authz.Actor, now time.Time, l listed) []string {
	n, out := l.need(), []string{}
	owner, bureau := actor.ActsFor(n.OrgID), actor.OrgKind == authz.IPBureau
	for _, m := range mayAct {
		if !Transitions.Can(n.Status, m.action) || !actor.Can(m.permission) {
			continue
		}
		switch m.action {
		case Approve, Return:
			if bureau && !l.Pending {
				out = append(out, string(m.action))
			}
		case Cancel:
			if owner && !l.Contracted {
				out = append(out, string(m.action))
			}
		case Award:
			if owner {
				out = append(out, string(m.action), "reject_bids")
			}
		default:
			if owner && !l.Pending {
				out = append(out, string(m.action))
			}
		}
	}
	if actor.OrgKind == authz.Bank && actor.Can(authz.BidDraft) && n.WindowOpen(now) && l.OwnBidID == nil {
		out = append(out, "bid")
	}
	slices.Sort(out)
	return out
}

// detail reads what the page of a need shows to this reader.
func (s *Service) detail(tx postgres.Tx, actor authz.Actor, id uuid.UUID) (d Detail, err error) {
	l, err := findListed(tx, actor, id)
	if err != nil {
		return d, err
	}
	d = Detail{View: view(actor, tx.Now(), l), Timeline: []audit.Line{}}
	if d.Assets, d.TotalValue, err = assetLines(tx, l.need()); err != nil {
		return d, err
	}
	if d.Pending, err = s.approvals.PendingOn(tx, actor, Subject, id); err != nil {
		return d, err
	}
	if d.Documents, err = document.Of(tx, Subject, id); err != nil {
		return d, err
	}
	// Who did what inside the enterprise and the bureau is not for the banks.
	if actor.ActsFor(d.OrgID) || actor.OrgKind == authz.IPBureau {
		if d.Timeline, err = audit.Timeline(tx, Subject, id); err != nil {
			return d, err
		}
	}
	return d, nil
}

func assetLines(tx postgres.Tx, n Need) ([]AssetLine, *money.Amount, error) {
	ids, err := assetsOf(tx, n.ID)
	if err != nil {
		return nil, nil, err
	}
	assets, err := ipasset.FindMany(tx, ids)
	if err != nil {
		return nil, nil, err
	}
	today := calendar.DateOf(tx.Now())
	values, err := valuation.Latest(tx, ids, today)
	if err != nil {
		return nil, nil, err
	}
	lines, total := make([]AssetLine, len(assets)), money.Zero
	for i, a := range assets {
		lines[i] = AssetLine{ID: a.ID, Number: a.Number, Kind: a.Kind, Title: a.Title, RightNo: a.RightNo, Status: a.Status, ExpiresOn: a.ExpiresOn, Findings: []ipasset.Finding{}}
		if found := ipasset.Precheck(a, today.AddMonths(n.TermMonths), today); found != nil {
			lines[i].Findings = found
		}
		if v, ok := values[a.ID]; ok {
			lines[i].Value, lines[i].ValuedOn, lines[i].ValidUntil = &v.Amount, &v.ValuedOn, &v.ValidUntil
			total = total.Add(v.Amount)
		}
	}
	if len(values) != len(assets) || len(assets) == 0 {
		return lines, nil, nil
	}
	return lines, &total, nil
}
