package fund

import (
	"time"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/policy"
)

// FundView is a fund with its figures.
type FundView struct {
	ID            uuid.UUID     `json:"id"`
	Code          string        `json:"code"`
	Name          string        `json:"name"`
	City          bool          `json:"city" doc:"市级基金；否则为子基金"`
	BookID        uuid.UUID     `json:"book_id"`
	AreaCode      string        `json:"area_code"`
	AreaName      string        `json:"area_name"`
	CustodyBank   string        `json:"custody_bank"`
	Status        FundStatus    `json:"status" enum:"proposed,active,closed"`
	StatusReason  string        `json:"status_reason"`
	Breaker       Breaker       `json:"breaker" enum:"normal,warned,suspended"`
	BreakerReason string        `json:"breaker_reason"`
	BreakerAt     *time.Time    `json:"breaker_at,omitempty"`
	OwnShares     bool          `json:"own_shares" doc:"自定分担比例"`
	Shares        policy.Shares `json:"shares" doc:"现行分担比例"`
	Figures       Figures       `json:"figures"`
	CreatedAt     time.Time     `json:"created_at"`
	Version       int64         `json:"version"`
	Actions       []string      `json:"available_actions" nullable:"false"`
}

// BankLine is one bank at a fund: its book, what it was paid, its breaker.
type BankLine struct {
	BankID     uuid.UUID       `json:"bank_id"`
	BankName   string          `json:"bank_name"`
	Count      int             `json:"count"`
	Enrolled   money.Amount    `json:"enrolled"`
	NPL        money.Amount    `json:"npl"`
	NPLRatio   *money.Rate     `json:"npl_ratio,omitempty"`
	Exposure   money.Amount    `json:"exposure"`
	Paid       money.Amount    `json:"paid" doc:"本年已拨补偿"`
	YearCap    money.Amount    `json:"year_cap" doc:"本年补偿上限"`
	PaidRatio  *money.Rate     `json:"paid_ratio,omitempty"`
	Breaker    Breaker         `json:"breaker" enum:"normal,warned,suspended"`
	Reason     string          `json:"reason"`
	Resumption *ResumptionView `json:"resumption,omitempty"`
	Actions    []string        `json:"available_actions" nullable:"false"`
}

// ResumptionView is a joint decision that waits for its second signature.
type ResumptionView struct {
	Reason      string `json:"reason"`
	BureauName  string `json:"bureau_name" doc:"知识产权局已同意的复核人"`
	FinanceName string `json:"finance_name" doc:"财政局已同意的复核人"`
}

// DecisionView is one change of a breaker.
type DecisionView struct {
	ID        uuid.UUID `json:"id"`
	BankName  string    `json:"bank_name" doc:"空表示基金整体"`
	FromState Breaker   `json:"from" enum:"normal,warned,suspended"`
	ToState   Breaker   `json:"to" enum:"normal,warned,suspended"`
	Reason    string    `json:"reason"`
	DecidedBy string    `json:"decided_by"`
	DecidedAt time.Time `json:"decided_at"`
}

// Limits are the thresholds in force, for the cockpit to draw.
type Limits struct {
	BankWarn    money.Rate `json:"bank_warn"`
	BankSuspend money.Rate `json:"bank_suspend"`
	BankPaid    money.Rate `json:"bank_paid"`
	FundSuspend money.Rate `json:"fund_suspend"`
	MinBalance  money.Rate `json:"min_balance"`
	MonthEnds   int        `json:"month_ends"`
}

// FundDetail is the cockpit of a fund.
type FundDetail struct {
	FundView
	PolicyID        uuid.UUID             `json:"policy_id"`
	PolicyNumber    string                `json:"policy_number"`
	Limits          Limits                `json:"limits"`
	Banks           []BankLine            `json:"banks" nullable:"false"`
	Decisions       []DecisionView        `json:"decisions" nullable:"false"`
	Resumption      *ResumptionView       `json:"resumption,omitempty"`
	PendingApproval *approval.PendingView `json:"pending_approval,omitempty"`
	Timeline        []audit.Line          `json:"timeline" nullable:"false"`
}

func resumptionView(r *Resumption) *ResumptionView {
	if r == nil {
		return nil
	}
	return &ResumptionView{r.Reason, r.BureauName, r.FinanceName}
}

// viewOf reads a fund's figures under the policy in force.
func (s *Service) viewOf(tx postgres.Tx, actor authz.Actor, f Fund, areaName string, pending bool, v policy.Version) (FundView, error) {
	out := FundView{
		ID: f.ID, Code: f.Code, Name: f.Name, City: f.Code == CityCode, BookID: f.BookID, AreaName: areaName, CustodyBank: f.CustodyBank,
		Status: f.Status, StatusReason: f.StatusReason, Breaker: f.Breaker, BreakerReason: f.BreakerReason, BreakerAt: f.BreakerAt,
		OwnShares: f.Shares != nil, Shares: f.SharesUnder(v.Parameters), CreatedAt: f.CreatedAt, Version: f.Version, Actions: []string{},
	}
	if f.AreaCode != nil {
		out.AreaCode = *f.AreaCode
	}
	if f.Status == Active {
		if actor.Can(authz.FundMove) {
			out.Actions = append(out.Actions, "move")
		}
		if actor.Can(authz.FundOpen) && !pending {
			out.Actions = append(out.Actions, "change_custody")
			if !out.City {
				out.Actions = append(out.Actions, "change_rules")
			}
		}
		if actor.Can(authz.FundEvaluate) {
			out.Actions = append(out.Actions, "evaluate")
		}
	}
	var err error
	out.Figures, err = FiguresOf(tx, f, v.Parameters)
	return out, err
}

func (s *Service) fundDetail(tx postgres.Tx, actor authz.Actor, id uuid.UUID) (d FundDetail, err error) {
	f, err := Find(tx, id)
	if err != nil {
		return d, err
	}
	if f.Status != Active && !actor.Can(authz.FundMovementRead) {
		return d, errNoFund
	}
	v, err := policy.InForce(tx, calendar.DateOf(tx.Now()))
	if err != nil {
		return d, err
	}
	pending, err := pendingAmong(tx, fundSubject, []uuid.UUID{id})
	if err != nil {
		return d, err
	}
	area, err := areaNameOf(tx, f.AreaCode)
	if err != nil {
		return d, err
	}
	if d.FundView, err = s.viewOf(tx, actor, f, area, pending[id], v); err != nil {
		return d, err
	}
	p := v.Parameters
	d.PolicyID, d.PolicyNumber = v.ID, v.Number
	d.Limits = Limits{p.BreakerBankWarn, p.BreakerBankSuspend, p.BreakerBankPaid, p.BreakerFundSuspend, p.BreakerFundMinBalance, p.BreakerResumeMonths}
	if err := s.breakers(tx, actor, f, p, &d); err != nil {
		return d, err
	}
	if d.PendingApproval, err = s.approvals.PendingOn(tx, actor, fundSubject, id); err != nil {
		return d, err
	}
	d.Timeline = []audit.Line{}
	if actor.Can(authz.FundMovementRead) {
		d.Timeline, err = audit.Timeline(tx, fundSubject, id)
	}
	return d, err
}

// breakers fills in the banks' lines and the decisions; a bank sees its own only.
func (s *Service) breakers(tx postgres.Tx, actor authz.Actor, f Fund, p policy.Parameters, d *FundDetail) error {
	waiting, err := openResumptions(tx)
	if err != nil {
		return err
	}
	open := func(bankID *uuid.UUID) *Resumption {
		for _, r := range waiting {
			if r.FundID == f.ID && (bankID == nil) == (r.BankID == nil) && (bankID == nil || *bankID == *r.BankID) {
				return &r
			}
		}
		return nil
	}
	mayLift := func(b Breaker, r *Resumption) bool {
		return b == Suspended && f.Status == Active && actor.Can(authz.FundResume) && (r == nil || !r.signedBy(actor.OrgKind))
	}
	whole := open(nil)
	d.Resumption = resumptionView(whole)
	if mayLift(f.Breaker, whole) {
		d.Actions = append(d.Actions, "resume")
	}
	lines, err := bankLines(tx, f, p, calendar.DateOf(tx.Now()).Year())
	if err != nil {
		return err
	}
	d.Banks, d.Decisions = []BankLine{}, []DecisionView{}
	names := map[uuid.UUID]string{}
	for _, line := range lines {
		names[line.BankID] = line.BankName
		if actor.OrgKind == authz.Bank && !actor.ActsFor(line.BankID) {
			continue
		}
		r := open(&line.BankID)
		line.Resumption = resumptionView(r)
		if mayLift(line.Breaker, r) {
			line.Actions = append(line.Actions, "resume")
		}
		d.Banks = append(d.Banks, line)
	}
	decisions, err := decisionsOf(tx, f.ID)
	if err != nil {
		return err
	}
	for _, x := range decisions {
		if x.BankID != nil && actor.OrgKind == authz.Bank && !actor.ActsFor(*x.BankID) {
			continue
		}
		view := DecisionView{ID: x.ID, FromState: x.FromState, ToState: x.ToState, Reason: x.Reason, DecidedBy: x.DecidedBy, DecidedAt: x.DecidedAt}
		if x.BankID != nil {
			view.BankName = names[*x.BankID]
		}
		d.Decisions = append(d.Decisions, view)
	}
	return nil
}

// bankLines are all banks with a book or a state at the fund.
func bankLines(tx postgres.Tx, f Fund, p policy.Parameters, year int) ([]BankLine, error) {
	books, err := booksByBank(tx, f.ID)
	if err != nil {
		return nil, err
	}
	states, err := bankStates(tx, f.ID)
	if err != nil {
		return nil, err
	}
	limit, err := BankYearCap(tx, f, p, year)
	if err != nil {
		return nil, err
	}
	out := []BankLine{}
	for _, id := range banksOf(books, states) {
		line := BankLine{BankID: id, YearCap: limit, Breaker: Normal, Actions: []string{}}
		for _, b := range books {
			if b.BankID == id {
				line.Count, line.Enrolled, line.NPL, line.Exposure = b.Count, b.Enrolled, b.NPL, b.Exposure
			}
		}
		if s, ok := states[id]; ok {
			line.Breaker, line.Reason = s.Breaker, s.Reason
		}
		if ratio, ok := money.RatioOf(line.NPL, line.Enrolled); ok {
			line.NPLRatio = &ratio
		}
		if line.Paid, err = PaidToBank(tx, f, id, year); err != nil {
			return nil, err
		}
		if ratio, ok := money.RatioOf(line.Paid, limit); ok {
			line.PaidRatio = &ratio
		}
		names, err := namesOf(tx, &id)
		if err != nil {
			return nil, err
		}
		line.BankName = names[id]
		out = append(out, line)
	}
	return out, nil
}
