package subsidy

import (
	"time"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/policy"
)

// CallView is a call as lists show it.
type CallView struct {
	ID           uuid.UUID     `json:"id"`
	Number       string        `json:"number"`
	Title        string        `json:"title"`
	Year         int           `json:"year"`
	Kinds        []Kind        `json:"kinds" nullable:"false"`
	KindsText    string        `json:"kinds_text"`
	Budget       money.Amount  `json:"budget"`
	Granted      money.Amount  `json:"granted" doc:"已核定"`
	Left         money.Amount  `json:"left" doc:"预算余额"`
	Paid         money.Amount  `json:"paid" doc:"已拨付"`
	Applications int           `json:"applications" doc:"已提交的申请数"`
	OpensOn      calendar.Date `json:"opens_on"`
	ClosesOn     calendar.Date `json:"closes_on"`
	Open         bool          `json:"open" doc:"当前受理申请"`
	Status       CallStatus    `json:"status" enum:"draft,published,closed,cancelled"`
	StatusReason string        `json:"status_reason"`
	CreatedAt    time.Time     `json:"created_at"`
	PublishedAt  *time.Time    `json:"published_at,omitempty"`
	Version      int64         `json:"version"`
	Actions      []CallAction  `json:"available_actions" nullable:"false"`
}

// Term is what the policy says about one kind of subsidy.
type Term struct {
	Kind   Kind         `json:"kind"`
	Text   string       `json:"text"`
	Share  money.Rate   `json:"share"`
	Cap    money.Amount `json:"cap"`
	Months int          `json:"months,omitempty"`
	Rule   string       `json:"rule" doc:"一句话说明"`
}

// CallDetail is a call with its rules and what happened to it.
type CallDetail struct {
	CallView
	Guide           string                `json:"guide"`
	PolicyID        *uuid.UUID            `json:"policy_id,omitempty"`
	PolicyNumber    string                `json:"policy_number"`
	Terms           []Term                `json:"terms" nullable:"false"`
	MakerName       string                `json:"maker_name"`
	CheckerName     string                `json:"checker_name"`
	PendingApproval *approval.PendingView `json:"pending_approval,omitempty"`
	Timeline        []audit.Line          `json:"timeline" nullable:"false"`
}

func (c Call) actionsFor(actor authz.Actor, pending bool) []CallAction {
	out := []CallAction{}
	if !actor.Can(authz.SubsidyCallDraft) {
		return out
	}
	for _, a := range CallTransitions.Actions(c.Status) {
		if a != callPublish && (a != CallSubmit || !pending) {
			out = append(out, a)
		}
	}
	return out
}

func (r listedCall) view(actor authz.Actor, pending bool, today calendar.Date) CallView {
	c := r.Call
	return CallView{
		ID: c.ID, Number: c.Number, Title: c.Title, Year: c.Year, Kinds: c.Kinds, KindsText: textsOf(c.Kinds), Budget: c.Budget, Granted: c.Granted,
		Left: c.left(), Paid: r.Paid, Applications: r.Applications, OpensOn: c.OpensOn, ClosesOn: c.ClosesOn, Open: c.open(today), Status: c.Status,
		StatusReason: c.StatusReason, CreatedAt: c.CreatedAt, PublishedAt: c.PublishedAt, Version: c.Version, Actions: c.actionsFor(actor, pending),
	}
}

func (s *Service) callDetail(tx postgres.Tx, actor authz.Actor, id uuid.UUID) (d CallDetail, err error) {
	if _, err := readableCall(tx, actor, id); err != nil {
		return d, err
	}
	r, err := findListedCall(tx, id)
	if err != nil {
		return d, err
	}
	pending, err := pendingOf(tx, callSubject, id)
	if err != nil {
		return d, err
	}
	d = CallDetail{
		CallView: r.view(actor, pending, calendar.DateOf(tx.Now())), Guide: r.Guide, PolicyID: r.PolicyID, Terms: []Term{},
		MakerName: r.MakerName, CheckerName: r.CheckerName, Timeline: []audit.Line{},
	}
	v, err := r.rules(tx)
	if err == nil {
		d.PolicyNumber, d.Terms = v.Number, termsOf(r.Kinds, v.Parameters)
	} else if !fault.Has(err, "policy_missing") {
		return d, err
	}
	if d.PendingApproval, err = s.approvals.PendingOn(tx, actor, callSubject, id); err != nil {
		return d, err
	}
	if office(actor) {
		d.Timeline, err = audit.Timeline(tx, callSubject, id)
	}
	return d, err
}

// rules is the policy a call was published under; before, the one in force.
func (c Call) rules(tx postgres.Tx) (policy.Version, error) {
	if c.PolicyID != nil {
		return policy.ByID(tx, *c.PolicyID)
	}
	return policy.InForce(tx, calendar.DateOf(tx.Now()))
}

// termsOf says each kind's rule in a sentence.
func termsOf(kinds []Kind, p policy.Parameters) []Term {
	out := []Term{}
	for _, k := range kinds {
		t := Term{Kind: k, Text: k.Text()}
		if k == Interest {
			t.Share, t.Cap, t.Months = p.SubsidyInterestShare, p.SubsidyInterestCap, p.SubsidyInterestMonths
			t.Rule = "按放款日适用的1年期LPR的 " + t.Share.String() + "% 贴息，只补按时支付的利息，不超过实际支付的利息；" + conventionText(p)
		} else {
			t.Share, t.Cap = facts{Kind: k, Policy: p}.terms()
			t.Rule = "按当年实际支付并有发票的费用补助 " + t.Share.String() + "%"
		}
		out = append(out, t)
	}
	return out
}

func conventionText(p policy.Parameters) string {
	if p.SubsidyInterestConvention == ByDays {
		return "按实际天数÷360计算"
	}
	return "按年计算，满一年计一年"
}

// BatchView is a payout batch as clients see it.
type BatchView struct {
	ID           uuid.UUID    `json:"id"`
	Number       string       `json:"number"`
	CallID       uuid.UUID    `json:"call_id"`
	CallTitle    string       `json:"call_title"`
	Total        money.Amount `json:"total"`
	Items        int          `json:"items"`
	Note         string       `json:"note"`
	Status       BatchStatus  `json:"status" enum:"submitted,paid,returned"`
	StatusReason string       `json:"status_reason"`
	MakerName    string       `json:"maker_name"`
	CheckerName  string       `json:"checker_name"`
	CreatedAt    time.Time    `json:"created_at"`
	PaidAt       *time.Time   `json:"paid_at,omitempty"`
	Version      int64        `json:"version"`
	// Actions is empty: signing, returning and withdrawing go through the proposal.
	Actions []string `json:"available_actions" nullable:"false"`
}

// BatchDetail is a batch with its lines.
type BatchDetail struct {
	BatchView
	Lines           []View                `json:"lines" nullable:"false"`
	PendingApproval *approval.PendingView `json:"pending_approval,omitempty"`
	Timeline        []audit.Line          `json:"timeline" nullable:"false"`
}

func (r listedBatch) view() BatchView {
	b := r.Batch
	return BatchView{
		b.ID, b.Number, b.CallID, r.CallTitle, b.Total, b.Items, b.Note, b.Status, b.StatusReason, b.MakerName, b.CheckerName,
		b.CreatedAt, b.PaidAt, b.Version, []string{},
	}
}

func (s *Service) batchDetail(tx postgres.Tx, actor authz.Actor, id uuid.UUID) (d BatchDetail, err error) {
	r, err := findListedBatch(tx, id)
	if err != nil {
		return d, err
	}
	d.BatchView, d.Lines = r.view(), []View{}
	lines, err := linesOf(tx, id)
	if err != nil {
		return d, err
	}
	today := calendar.DateOf(tx.Now())
	for _, l := range lines {
		d.Lines = append(d.Lines, l.view(actor, false, today))
	}
	if d.PendingApproval, err = s.approvals.PendingOn(tx, actor, batchSubject, id); err != nil {
		return d, err
	}
	d.Timeline, err = audit.Timeline(tx, batchSubject, id)
	return d, err
}

// AppropriationView is money into the subsidy account as clients see it.
type AppropriationView struct {
	ID              uuid.UUID             `json:"id"`
	Number          string                `json:"number"`
	Amount          money.Amount          `json:"amount"`
	OnDate          calendar.Date         `json:"on_date"`
	Voucher         string                `json:"voucher"`
	Note            string                `json:"note"`
	Status          AppropriationStatus   `json:"status" enum:"submitted,posted,returned"`
	StatusReason    string                `json:"status_reason"`
	EntryID         *uuid.UUID            `json:"entry_id,omitempty"`
	EntrySeq        *int64                `json:"entry_seq,omitempty"`
	MakerName       string                `json:"maker_name"`
	CheckerName     string                `json:"checker_name"`
	CreatedAt       time.Time             `json:"created_at"`
	Version         int64                 `json:"version"`
	Actions         []string              `json:"available_actions" nullable:"false"`
	PendingApproval *approval.PendingView `json:"pending_approval,omitempty"`
}

func (a Appropriation) view() AppropriationView {
	return AppropriationView{
		a.ID, a.Number, a.Amount, a.OnDate, a.Voucher, a.Note, a.Status, a.StatusReason, a.EntryID, a.EntrySeq, a.MakerName, a.CheckerName,
		a.CreatedAt, a.Version, []string{}, nil,
	}
}

// Budget is where the subsidy money stands.
type Budget struct {
	BookID       *uuid.UUID   `json:"book_id,omitempty"`
	Balance      money.Amount `json:"balance" doc:"账户余额"`
	Waiting      money.Amount `json:"waiting" doc:"待复核批次"`
	Available    money.Amount `json:"available" doc:"可用：余额减待复核批次"`
	Granted      money.Amount `json:"granted" doc:"累计核定"`
	Paid         money.Amount `json:"paid" doc:"累计拨付"`
	Payable      money.Amount `json:"payable" doc:"公示期满待拨付"`
	PayableItems int          `json:"payable_items"`
}

func budget(tx postgres.Tx) (b Budget, err error) {
	book, err := Book(tx)
	switch {
	case err == nil:
		b.BookID = &book.ID
	case !fault.Has(err, "book_not_found"):
		return b, err
	}
	if b.Balance, b.Waiting, err = balance(tx); err != nil {
		return b, err
	}
	b.Available = b.Balance.Sub(b.Waiting)
	if b.Granted, b.Paid, err = granting(tx); err != nil {
		return b, err
	}
	b.Payable, b.PayableItems, err = payableTotal(tx)
	return b, err
}
