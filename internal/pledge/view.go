package pledge

import (
	"time"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/document"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/valuation"
)

// View is a pledge as lists show it.
type View struct {
	ID                 uuid.UUID      `json:"id"`
	Number             string         `json:"number"`
	NeedID             uuid.UUID      `json:"need_id"`
	NeedNumber         string         `json:"need_number"`
	BidID              uuid.UUID      `json:"bid_id"`
	BidNumber          string         `json:"bid_number"`
	PledgorID          uuid.UUID      `json:"pledgor_id"`
	PledgorName        string         `json:"pledgor_name" doc:"出质人"`
	PledgeeID          uuid.UUID      `json:"pledgee_id"`
	PledgeeName        string         `json:"pledgee_name" doc:"质权人"`
	Kind               Kind           `json:"kind" enum:"specific,max_amount"`
	ContractNo         string         `json:"contract_no"`
	SecuredAmount      money.Amount   `json:"secured_amount" doc:"合同担保金额"`
	RegisteredAmount   *money.Amount  `json:"registered_amount,omitempty" doc:"登记簿上的担保金额"`
	AmountDiffers      bool           `json:"amount_differs" doc:"登记金额与合同金额不一致，以登记簿为准"`
	ClaimsFrom         *calendar.Date `json:"claims_from,omitempty"`
	ClaimsTo           *calendar.Date `json:"claims_to,omitempty"`
	DebtDueOn          calendar.Date  `json:"debt_due_on" doc:"主债权到期日"`
	AssetCount         int            `json:"asset_count"`
	ConsentedAt        *time.Time     `json:"consented_at,omitempty" doc:"出质人签署时间"`
	ConsentedByName    string         `json:"consented_by_name"`
	FiledOn            *calendar.Date `json:"filed_on,omitempty"`
	RegistrationNo     string         `json:"registration_no"`
	RegisteredOn       *calendar.Date `json:"registered_on,omitempty"`
	RegistrationEndsOn *calendar.Date `json:"registration_ends_on,omitempty"`
	DaysToEnd          *int           `json:"days_to_end,omitempty" doc:"距登记期限届满的日历天数"`
	RefusalGround      string         `json:"refusal_ground"`
	ReleaseReason      Reason         `json:"release_reason" enum:",debt_performed,pledge_realised,waived,contract_void,other"`
	CancelledOn        *calendar.Date `json:"cancelled_on,omitempty"`
	Status             Status         `json:"status"`
	StatusReason       string         `json:"status_reason"`
	CreatedAt          time.Time      `json:"created_at"`
	Version            int64          `json:"version"`
	Actions            []string       `json:"available_actions" nullable:"false"`
}

// AssetLine is one right under a pledge.
type AssetLine struct {
	AssetID         uuid.UUID     `json:"asset_id"`
	Number          string        `json:"number"`
	Kind            string        `json:"kind" enum:"invention_patent,utility_model,design_patent,trademark,gi_mark"`
	Title           string        `json:"title"`
	RightNo         string        `json:"right_no"`
	NiceClass       *int          `json:"nice_class,omitempty"`
	Status          string        `json:"status" doc:"知识产权状态"`
	ExpiresOn       calendar.Date `json:"expires_on"`
	AllocatedAmount money.Amount  `json:"allocated_amount" doc:"分担的担保金额"`
	Value           *money.Amount `json:"value,omitempty" doc:"有效评估值"`
	Live            bool          `json:"live" doc:"受本质押合同约束"`
}

// Detail is a pledge with what its page shows.
type Detail struct {
	View
	Assets     []AssetLine           `json:"assets" nullable:"false"`
	TotalValue *money.Amount         `json:"total_value,omitempty" doc:"组合评估值合计；有一项未评估则不给出"`
	LoanToVal  *money.Rate           `json:"secured_to_value,omitempty" doc:"担保金额占评估值的百分比"`
	Findings   []Finding             `json:"findings" nullable:"false" doc:"登记预检结果"`
	Timeline   []audit.Line          `json:"timeline" nullable:"false"`
	Pending    *approval.PendingView `json:"pending_approval,omitempty"`
	Documents  []document.View       `json:"documents" nullable:"false"`
}

func optional(d calendar.Date) *calendar.Date {
	if d.IsZero() {
		return nil
	}
	return &d
}

func view(actor authz.Actor, on calendar.Date, l listed) View {
	p := l.Pledge
	v := View{
		ID: p.ID, Number: p.Number, NeedID: p.NeedID, NeedNumber: l.NeedNumber, BidID: p.BidID, BidNumber: l.BidNumber,
		PledgorID: p.PledgorID, PledgorName: l.PledgorName, PledgeeID: p.PledgeeID, PledgeeName: l.PledgeeName, Kind: p.Kind,
		ContractNo: p.ContractNo, SecuredAmount: p.SecuredAmount, RegisteredAmount: p.RegisteredAmount, AmountDiffers: p.Differs(),
		ClaimsFrom: optional(p.ClaimsFrom), ClaimsTo: optional(p.ClaimsTo), DebtDueOn: p.DebtDueOn, AssetCount: l.AssetCount,
		ConsentedAt: p.ConsentedAt, ConsentedByName: p.ConsentedByName, FiledOn: optional(p.FiledOn), RegistrationNo: p.RegistrationNo,
		RegisteredOn: optional(p.RegisteredOn), RegistrationEndsOn: optional(p.RegistrationEndsOn), RefusalGround: p.RefusalGround,
		ReleaseReason: p.ReleaseReason, CancelledOn: optional(p.CancelledOn), Status: p.Status, StatusReason: p.StatusReason,
		CreatedAt: p.CreatedAt, Version: p.Version, Actions: actions(actor, l),
	}
	if p.Status == Registered && !p.RegistrationEndsOn.IsZero() {
		left := calendar.Days(on, p.RegistrationEndsOn)
		v.DaysToEnd = &left
	}
	return v
}

// offered are the actions in the order of the screen, with who may take them.
var offered = []struct {
	action     Action
	permission authz.Permission
}{
	{Edit, authz.PledgeDraft}, {Abandon, authz.PledgeDraft}, {Consent, authz.PledgeSign}, {File, authz.PledgeDraft},
	{Correct, authz.PledgeDraft}, {Refile, authz.PledgeDraft}, {Refuse, authz.PledgeDraft}, {Register, authz.PledgeDraft},
	{Change, authz.PledgeDraft}, {Extend, authz.PledgeDraft}, {Cancel, authz.PledgeDraft}, {ConfirmCancel, authz.PledgeDraft}, {Revoke, authz.PledgeDraft},
}

// actions are exactly what this reader may do now: by the table, the role, the side, and
// what waits for a signature.
func actions(actor authz.Actor, l listed) []string {
	out := []string{}
	if l.Pending {
		return out
	}
	for _, o := range offered {
		side := l.PledgeeID
		if o.permission == authz.PledgeSign {
			side = l.PledgorID
		}
		switch {
		case !Transitions.Can(l.Status, o.action) || !actor.Can(o.permission) || !actor.ActsFor(side):
		case o.action == Consent && l.ConsentedAt != nil, o.action == File && l.ConsentedAt == nil:
		default:
			out = append(out, string(o.action))
		}
	}
	return out
}

// detail reads what the page of a pledge shows to this reader.
func (s *Service) detail(tx postgres.Tx, actor authz.Actor, id uuid.UUID) (d Detail, err error) {
	l, err := findListed(tx, actor, id)
	if err != nil {
		return d, err
	}
	d = Detail{View: view(actor, today(tx), l), Findings: []Finding{}, Timeline: []audit.Line{}}
	if d.Assets, d.TotalValue, err = valued(tx, id); err != nil {
		return d, err
	}
	if d.TotalValue != nil {
		if share, ok := money.RatioOf(l.Amount(), *d.TotalValue); ok {
			d.LoanToVal = &share
		}
	}
	if l.Status == Draft || l.Status.Live() {
		if d.Findings, err = precheck(tx, l.Pledge, today(tx), !l.FiledOn.IsZero()); err != nil {
			return d, err
		}
	}
	if d.Pending, err = s.approvals.PendingOn(tx, actor, Subject, id); err != nil {
		return d, err
	}
	if d.Documents, err = document.Of(tx, Subject, id); err != nil {
		return d, err
	}
	if actor.ActsFor(l.PledgorID, l.PledgeeID) || actor.OrgKind == authz.IPBureau {
		d.Timeline, err = audit.Timeline(tx, Subject, id)
	}
	return d, err
}

func valued(tx postgres.Tx, id uuid.UUID) ([]AssetLine, *money.Amount, error) {
	rows, err := assetLines(tx, id)
	if err != nil {
		return nil, nil, err
	}
	ids := make([]uuid.UUID, len(rows))
	for i, r := range rows {
		ids[i] = r.AssetID
	}
	values, err := valuation.Latest(tx, ids, today(tx))
	if err != nil {
		return nil, nil, err
	}
	lines, total := make([]AssetLine, len(rows)), money.Zero
	for i, r := range rows {
		lines[i] = AssetLine{r.AssetID, r.Number, r.Kind, r.Title, r.RightNo, r.NiceClass, r.Status, r.ExpiresOn, r.AllocatedAmount, nil, r.Live}
		if v, ok := values[r.AssetID]; ok {
			lines[i].Value = &v.Amount
			total = total.Add(v.Amount)
		}
	}
	if len(values) != len(rows) || len(rows) == 0 {
		return lines, nil, nil
	}
	return lines, &total, nil
}
