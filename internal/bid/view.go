package bid

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/financing"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
)

// View is a bid as its reader may see it.
type View struct {
	ID             uuid.UUID `json:"id"`
	Number         string    `json:"number"`
	NeedID         uuid.UUID `json:"need_id"`
	NeedNumber     string    `json:"need_number"`
	NeedTitle      string    `json:"need_title"`
	EnterpriseName string    `json:"enterprise_name"`
	BankID         uuid.UUID `json:"bank_id"`
	BankName       string    `json:"bank_name"`
	ProductName    string    `json:"product_name"`
	Offer
	SpreadBP      int           `json:"spread_bp" doc:"高于 1 年期 LPR 的基点数"`
	LPR           *money.Rate   `json:"lpr,omitempty" doc:"报价时的 1 年期 LPR，%"`
	Cost          *CostView     `json:"cost,omitempty" doc:"提交签署后给出"`
	Rank          *int          `json:"rank,omitempty" doc:"按综合年化成本的名次，截止前不给出"`
	AwardedAmount *money.Amount `json:"awarded_amount,omitempty"`
	ClosesAt      *time.Time    `json:"closes_at,omitempty"`
	Sealed        bool          `json:"sealed" doc:"尚未揭晓"`
	SubmittedAt   *time.Time    `json:"submitted_at,omitempty"`
	DecidedAt     *time.Time    `json:"decided_at,omitempty"`
	MadeByName    string        `json:"made_by_name" doc:"经办人，仅本行可见"`
	CheckedByName string        `json:"checked_by_name" doc:"签署人，仅本行可见"`
	Status        Status        `json:"status"`
	StatusReason  string        `json:"status_reason"`
	CreatedAt     time.Time     `json:"created_at"`
	Version       int64         `json:"version"`
	Actions       []string      `json:"available_actions" nullable:"false"`
}

// CostView is what an offer costs over its whole term.
type CostView struct {
	From      calendar.Date `json:"from" doc:"统一假定的放款日，即报价截止日"`
	Interest  money.Amount  `json:"interest_total" doc:"全期利息"`
	Fees      money.Amount  `json:"fees"`
	Total     money.Amount  `json:"total_cost" doc:"利息与费用合计"`
	Effective money.Rate    `json:"effective_annual_cost" doc:"综合年化成本（按实际天数/365 折算），%"`
}

func costView(c *Cost) *CostView {
	if c == nil {
		return nil
	}
	return &CostView{c.From, c.Interest, c.Fees, c.Total, c.Effective}
}

// Detail is a bid with what its page shows.
type Detail struct {
	View
	Timeline []audit.Line          `json:"timeline" nullable:"false"`
	Pending  *approval.PendingView `json:"pending_approval,omitempty"`
}

func view(actor authz.Actor, now time.Time, l listed) View {
	b := l.Row.bid()
	v := View{
		ID: b.ID, Number: b.Number, NeedID: b.NeedID, NeedNumber: l.NeedNumber, NeedTitle: l.NeedTitle, EnterpriseName: l.EnterpriseName,
		BankID: b.BankID, BankName: l.BankName, ProductName: l.ProductName, Offer: b.offer(), SpreadBP: b.SpreadBP, LPR: b.LPR,
		Cost: costView(b.Cost), Rank: l.Rank, AwardedAmount: b.AwardedAmount, ClosesAt: l.ClosesAt, Sealed: !l.Visible,
		SubmittedAt: b.SubmittedAt, DecidedAt: b.DecidedAt, Status: b.Status, StatusReason: b.StatusReason, CreatedAt: b.CreatedAt,
		Version: b.Version, Actions: actions(actor, now, l),
	}
	if actor.ActsFor(b.BankID) {
		v.MadeByName, v.CheckedByName = b.MadeByName, b.CheckedByName
	}
	return v
}

// actions are exactly what this reader may do with the bid now. Signing and sending back
// are in the pending approval.
func actions(actor authz.Actor, now time.Time, l listed) []string {
	b, out := l.Row.bid(), []string{}
	if !actor.ActsFor(b.BankID) {
		if l.NeedStatus == string(financing.Evaluating) || l.NeedStatus == string(financing.Open) {
			if actor.Can(authz.BidAward) && b.Status == Submitted && b.ValidOn(calendar.DateOf(now)) {
				out = append(out, "award")
			}
		}
		return out
	}
	add := func(a Action, allowed bool) {
		if allowed && Transitions.Can(b.Status, a) {
			out = append(out, string(a))
		}
	}
	live := l.NeedStatus != string(financing.Cancelled)
	add(Edit, l.WindowOpen && actor.Can(authz.BidDraft))
	add(Submit, l.WindowOpen && actor.Can(authz.BidDraft) && !l.Pending)
	add(Withdraw, l.WindowOpen && actor.Can(withdrawer(b.Status)))
	add(StartDueDiligence, live && actor.Can(authz.BidDraft) && !l.Pending)
	add(ApproveCredit, live && actor.Can(authz.BidApprove) && !l.Pending && b.mayApprove(actor))
	add(Decline, live && actor.Can(authz.BidDraft) && !l.Pending)
	slices.Sort(out)
	return out
}

func (s *Service) detail(tx postgres.Tx, actor authz.Actor, id uuid.UUID) (d Detail, err error) {
	l, err := findListed(tx, actor, id)
	if err != nil {
		return d, err
	}
	d = Detail{View: view(actor, tx.Now(), l), Timeline: []audit.Line{}}
	// Who did what inside the bank concerns nobody else.
	if !actor.ActsFor(d.BankID) {
		return d, nil
	}
	if d.Timeline, err = audit.Timeline(tx, Subject, id); err != nil {
		return d, err
	}
	d.Pending, err = s.approvals.PendingOn(tx, actor, Subject, id)
	return d, err
}

// Comparison is the bids on a need side by side, for its enterprise and the bureau; a
// bank finds its own in it, with its rank.
type Comparison struct {
	NeedID   uuid.UUID     `json:"need_id"`
	Sealed   bool          `json:"sealed" doc:"尚未截止，一律不给出报价"`
	ClosesAt *time.Time    `json:"closes_at,omitempty"`
	Amount   money.Amount  `json:"amount" doc:"需求金额"`
	Left     *money.Amount `json:"left,omitempty" doc:"尚可选定的金额，仅企业与监管可见"`
	Items    []View        `json:"items" nullable:"false"`
}
