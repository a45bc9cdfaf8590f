package claim

import (
	"slices"
	"strings"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/document"
	"ippledge/internal/fault"
	"ippledge/internal/identifier"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/policy"
)

// CheckItem is one line of the documents checklist.
type CheckItem struct {
	Kind  string `json:"kind"`
	Text  string `json:"text"`
	Given bool   `json:"given"`
}

// Detail is a claim with everything that was said and done about it.
type Detail struct {
	View
	PolicyID        uuid.UUID             `json:"policy_id"`
	PolicyNumber    string                `json:"policy_number"`
	RecoveredBefore money.Amount          `json:"recovered_before"`
	LitigationKind  string                `json:"litigation_kind" enum:",litigation,arbitration,bankruptcy"`
	LitigationNo    string                `json:"litigation_no"`
	LitigationOn    *calendar.Date        `json:"litigation_on,omitempty"`
	Report          string                `json:"report"`
	RecoveryPlan    string                `json:"recovery_plan"`
	Computation     Computation           `json:"computation"`
	Checklist       []CheckItem           `json:"checklist" nullable:"false"`
	ExpertsWanted   int                   `json:"experts_wanted" doc:"须评审的专家人数，0 为不需要"`
	Experts         []ExpertView          `json:"experts" nullable:"false"`
	Reviews         []ReviewView          `json:"reviews" nullable:"false"`
	Publicities     []PublicityView       `json:"publicities" nullable:"false"`
	Objections      []ObjectionView       `json:"objections" nullable:"false"`
	Payouts         []PayoutView          `json:"payouts" nullable:"false"`
	PayRoom         *money.Amount         `json:"pay_room,omitempty" doc:"按托管余额与核准先后，本次最多可拨付"`
	PayBlocked      string                `json:"pay_blocked" doc:"暂不能拨付的原因"`
	PaymentFailures []PaymentFailure      `json:"payment_failures" nullable:"false" doc:"托管银行退回的付款"`
	ClawbackAmount  money.Amount          `json:"clawback_amount"`
	ClawedBack      money.Amount          `json:"clawed_back"`
	RecoveryID      *uuid.UUID            `json:"recovery_id,omitempty"`
	RecoveryNumber  string                `json:"recovery_number"`
	Documents       []document.View       `json:"documents" nullable:"false"`
	PendingApproval *approval.PendingView `json:"pending_approval,omitempty"`
	Timeline        []audit.Line          `json:"timeline" nullable:"false"`
}

func (s *Service) detail(tx postgres.Tx, actor authz.Actor, id uuid.UUID) (d Detail, err error) {
	r, err := findListed(tx, actor, id)
	if err != nil {
		return d, err
	}
	if r.owes() {
		p, err := purseOf(tx, r.Claim)
		if err != nil {
			return d, err
		}
		r.Situation.Purse = &p
	}
	pending, err := pendingAmong(tx, Subject, []uuid.UUID{id})
	if err != nil {
		return d, err
	}
	v, err := policy.ByID(tx, r.PolicyID)
	if err != nil {
		return d, err
	}
	d = Detail{
		View: r.view(actor, pending[id], today(tx)), PolicyID: r.PolicyID, PolicyNumber: v.Number, RecoveredBefore: r.RecoveredBefore,
		LitigationKind: r.LitigationKind, LitigationNo: r.LitigationNo, LitigationOn: r.LitigationOn, Report: r.Report, RecoveryPlan: r.RecoveryPlan,
		Computation: r.Computation, ExpertsWanted: r.ExpertsWanted, ClawbackAmount: r.ClawbackAmount, ClawedBack: r.Claim.ClawedBack,
	}
	for _, fill := range []func(postgres.Tx, authz.Actor, listed) error{d.addProof, d.addReviews, d.addPublic, d.addMoney} {
		if err := fill(tx, actor, r); err != nil {
			return d, err
		}
	}
	if d.PendingApproval, err = s.approvals.PendingOn(tx, actor, Subject, id); err != nil {
		return d, err
	}
	d.Timeline, err = timeline(tx, actor, id)
	return d, err
}

func (d *Detail) addProof(tx postgres.Tx, _ authz.Actor, r listed) (err error) {
	if d.Documents, err = document.Of(tx, Subject, r.ID); err != nil {
		return err
	}
	for _, kind := range DocumentKinds {
		given := slices.ContainsFunc(d.Documents, func(v document.View) bool { return v.Purpose == kind.Value })
		d.Checklist = append(d.Checklist, CheckItem{kind.Value, kind.Text, given})
	}
	for i := range d.Documents {
		if text := wordOf(DocumentKinds, d.Documents[i].Purpose); text != "" {
			d.Documents[i].Purpose = text
		} else {
			d.Documents[i].Purpose = wordOf(otherPurposes, d.Documents[i].Purpose)
		}
	}
	return nil
}

var otherPurposes = []Choice{
	{"first_review", "初审材料"}, {"bureau_review", "复核材料"}, {"publicity", "公示文件"}, {"order_clawback", "退回认定材料"},
	{"receive", "回款凭证"}, {"exhaust", "终结裁定"},
}

// knowsPanel tells who may know the experts: the bank and other parties may not, so that
// nobody can reach an expert before the verdict.
func knowsPanel(actor authz.Actor) bool {
	switch actor.OrgKind {
	case authz.IPBureau, authz.FinanceBureau, authz.FundManager, authz.ExpertPool:
		return true
	}
	return false
}

func (d *Detail) addReviews(tx postgres.Tx, actor authz.Actor, r listed) error {
	reviews, err := reviewsOf(tx, r.ID)
	if err != nil {
		return err
	}
	d.Reviews, d.Experts = views(reviews, review.view), []ExpertView{}
	if !knowsPanel(actor) {
		return nil
	}
	seats, err := panelOf(tx, r.ID)
	for _, seat := range seats {
		if actor.OrgKind == authz.ExpertPool && r.Status == FirstReviewed && seat.UserID != actor.UserID {
			continue
		}
		d.Experts = append(d.Experts, seat.view(r.Status != FirstReviewed || seat.UserID == actor.UserID))
	}
	return err
}

func (d *Detail) addPublic(tx postgres.Tx, actor authz.Actor, r listed) error {
	rounds, err := publicitiesOf(tx, r.ID)
	if err != nil {
		return err
	}
	d.Publicities, d.Objections = views(rounds, Publicity.view), []ObjectionView{}
	if actor.OrgKind == authz.ExpertPool {
		return nil
	}
	objections, err := objectionsOf(tx, r.ID)
	d.Objections = views(objections, Objection.view)
	return err
}

func (d *Detail) addMoney(tx postgres.Tx, actor authz.Actor, r listed) error {
	payouts, err := payoutsOf(tx, r.ID)
	if err != nil {
		return err
	}
	d.Payouts = views(payouts, payout.view)
	if d.PaymentFailures, err = failuresOf(tx, r.ID); err != nil {
		return err
	}
	if p := r.Situation.Purse; p != nil && actor.OrgKind != authz.ExpertPool {
		room := money.Min(p.room(), r.unpaid())
		d.PayRoom = &room
		if blocked, ok := fault.From(p.blocked()); ok {
			d.PayBlocked = blocked.Message
		}
	}
	if len(payouts) == 0 || actor.OrgKind == authz.ExpertPool {
		return nil
	}
	recovery, err := recoveryOf(tx, r.ID)
	d.RecoveryID, d.RecoveryNumber = &recovery.ID, recovery.Number
	return err
}

// timeline leaves out what would name the experts to those who may not know them, and to
// the experts what the others did.
func timeline(tx postgres.Tx, actor authz.Actor, id uuid.UUID) ([]audit.Line, error) {
	lines, err := audit.Timeline(tx, Subject, id)
	if err != nil {
		return nil, err
	}
	ofPanel := []string{"claim.draw", "claim.recuse", "claim.score"}
	return slices.DeleteFunc(lines, func(l audit.Line) bool {
		if !slices.Contains(ofPanel, l.Action) {
			return false
		}
		return !knowsPanel(actor) || actor.OrgKind == authz.ExpertPool && l.UserName != actor.Name
	}), nil
}

func maskName(name string) string { return identifier.MaskName(name) }

// maskContact masks a mobile number or an address of mail, whichever it is.
func maskContact(contact string) string {
	if strings.Contains(contact, "@") {
		return identifier.MaskEmail(contact)
	}
	return identifier.MaskMobile(contact)
}
