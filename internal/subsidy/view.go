package subsidy

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/document"
	"ippledge/internal/identifier"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
)

// View is an application as lists show it.
type View struct {
	ID             uuid.UUID      `json:"id"`
	Number         string         `json:"number"`
	CallID         uuid.UUID      `json:"call_id"`
	CallTitle      string         `json:"call_title"`
	OrgID          uuid.UUID      `json:"org_id"`
	EnterpriseName string         `json:"enterprise_name"`
	AreaName       string         `json:"area_name"`
	LoanID         uuid.UUID      `json:"loan_id"`
	LoanNumber     string         `json:"loan_number"`
	LoanPrincipal  money.Amount   `json:"loan_principal" doc:"放款金额"`
	BankName       string         `json:"bank_name"`
	Kind           Kind           `json:"kind"`
	KindText       string         `json:"kind_text"`
	Year           int            `json:"year"`
	Proposed       *money.Amount  `json:"proposed,omitempty" doc:"测算金额"`
	Approved       *money.Amount  `json:"approved,omitempty" doc:"核定金额"`
	PublicityFrom  *calendar.Date `json:"publicity_from,omitempty"`
	PublicityUntil *calendar.Date `json:"publicity_until,omitempty"`
	PublicityOver  bool           `json:"publicity_over" doc:"公示期满、没有异议，可以拨付"`
	BatchID        *uuid.UUID     `json:"batch_id,omitempty"`
	BatchNumber    string         `json:"batch_number"`
	PaidAt         *time.Time     `json:"paid_at,omitempty"`
	Status         Status         `json:"status"`
	StatusReason   string         `json:"status_reason"`
	CreatedAt      time.Time      `json:"created_at"`
	SubmittedAt    *time.Time     `json:"submitted_at,omitempty"`
	Version        int64          `json:"version"`
	Actions        []Action       `json:"available_actions" nullable:"false"`
}

// Detail is an application with its computation and what happened to it.
type Detail struct {
	View
	FeePaid         *money.Amount         `json:"fee_paid,omitempty"`
	FeePaidOn       *calendar.Date        `json:"fee_paid_on,omitempty"`
	InvoiceNo       string                `json:"invoice_no"`
	OtherSubsidy    money.Amount          `json:"other_subsidy"`
	PayeeBank       string                `json:"payee_bank"`
	PayeeAccount    string                `json:"payee_account" doc:"对企业本单位、财政局和知识产权局完整显示，对其他单位只显示末四位"`
	Note            string                `json:"note"`
	Computation     *Computation          `json:"computation,omitempty"`
	ReviewReason    string                `json:"review_reason"`
	Objector        string                `json:"objector"`
	Objection       string                `json:"objection"`
	ObjectedOn      *calendar.Date        `json:"objected_on,omitempty"`
	ObjectionAnswer string                `json:"objection_answer"`
	EntryID         *uuid.UUID            `json:"entry_id,omitempty"`
	EntrySeq        *int64                `json:"entry_seq,omitempty" doc:"补助账簿内的分录序号"`
	Documents       []document.View       `json:"documents" nullable:"false"`
	PendingApproval *approval.PendingView `json:"pending_approval,omitempty"`
	Timeline        []audit.Line          `json:"timeline" nullable:"false"`
}

// needs says who may take an action that people take.
var needs = map[Action]authz.Permission{
	Edit: authz.SubsidyApply, Submit: authz.SubsidyApply, Withdraw: authz.SubsidyApply,
	Return: authz.SubsidyReview, Review: authz.SubsidyReview, Object: authz.SubsidyReview, Answer: authz.SubsidyReview,
}

// actionsFor are the actions the caller may take now. While a step waits for a signature,
// another proposal cannot be made; mending and giving up stay possible and void it.
func (a Application) actionsFor(actor authz.Actor, pending bool, today calendar.Date) []Action {
	out := []Action{}
	if !mayRead(actor, a) {
		return out
	}
	for _, action := range Transitions.Actions(a.Status) {
		p, known := needs[action]
		switch {
		case !known || !actor.Can(p):
		case pending && slices.Contains([]Action{Submit, Review, Answer}, action):
		case action == Object && a.publicityOver(today):
		default:
			out = append(out, action)
		}
	}
	return out
}

func (r listed) view(actor authz.Actor, pending bool, today calendar.Date) View {
	a := r.Application
	return View{
		ID: a.ID, Number: a.Number, CallID: a.CallID, CallTitle: r.CallTitle, OrgID: a.OrgID, EnterpriseName: r.OrgName, AreaName: r.AreaName,
		LoanID: a.LoanID, LoanNumber: r.LoanNumber, LoanPrincipal: r.LoanPrincipal, BankName: r.BankName, Kind: a.Kind, KindText: a.Kind.Text(),
		Year: a.Year, Proposed: a.Proposed, Approved: a.Approved, PublicityFrom: a.PublicityFrom, PublicityUntil: a.PublicityUntil,
		PublicityOver: a.publicityOver(today), BatchID: a.BatchID, BatchNumber: r.BatchNumber, PaidAt: a.PaidAt, Status: a.Status,
		StatusReason: a.StatusReason, CreatedAt: a.CreatedAt, SubmittedAt: a.SubmittedAt, Version: a.Version,
		Actions: a.actionsFor(actor, pending, today),
	}
}

func (s *Service) detail(tx postgres.Tx, actor authz.Actor, id uuid.UUID) (d Detail, err error) {
	r, err := findListed(tx, id)
	if err == nil && !mayRead(actor, r.Application) {
		err = errNotFound
	}
	if err != nil {
		return d, err
	}
	pending, err := pendingOf(tx, subject, id)
	if err != nil {
		return d, err
	}
	a := r.Application
	d = Detail{
		View: r.view(actor, pending, calendar.DateOf(tx.Now())), FeePaid: a.FeePaid, FeePaidOn: a.FeePaidOn, InvoiceNo: a.InvoiceNo,
		OtherSubsidy: a.OtherSubsidy, PayeeBank: a.PayeeBank, PayeeAccount: accountFor(actor, a), Note: a.Note, Computation: a.Computation,
		ReviewReason: a.ReviewReason, Objector: a.Objector, Objection: a.Objection, ObjectedOn: a.ObjectedOn,
		ObjectionAnswer: a.ObjectionAnswer, EntryID: a.EntryID, EntrySeq: a.EntrySeq,
	}
	if d.Documents, err = document.Of(tx, subject, id); err != nil {
		return d, err
	}
	if d.PendingApproval, err = s.approvals.PendingOn(tx, actor, subject, id); err != nil {
		return d, err
	}
	if d.Timeline, err = audit.Timeline(tx, subject, id); err != nil {
		return d, err
	}
	if !office(actor) {
		// Who objected, and opinions that nobody has signed yet, stay in the offices.
		d.Objector = identifier.MaskName(d.Objector)
		d.Timeline = slices.DeleteFunc(d.Timeline, func(l audit.Line) bool {
			return l.Action == "subsidy.review" || l.Action == "subsidy.answer"
		})
	}
	return d, nil
}

func office(actor authz.Actor) bool {
	return actor.OrgKind == authz.IPBureau || actor.OrgKind == authz.FinanceBureau
}

// accountFor shows the whole account only to those who pay and those who are paid.
func accountFor(actor authz.Actor, a Application) string {
	if actor.ActsFor(a.OrgID) || office(actor) {
		return a.PayeeAccount
	}
	return identifier.MaskAccount(a.PayeeAccount)
}

// LoanChoice is a loan an enterprise may apply for.
type LoanChoice struct {
	ID          uuid.UUID     `json:"id"`
	Number      string        `json:"number"`
	BankName    string        `json:"bank_name"`
	Principal   money.Amount  `json:"principal" doc:"放款金额"`
	DisbursedOn calendar.Date `json:"disbursed_on"`
	MaturesOn   calendar.Date `json:"matures_on"`
	Applied     []Kind        `json:"applied" nullable:"false" doc:"已申请过的补助种类"`
}

// Choices are the enterprise's loans that money has flowed on by the end of a call's year.
func Choices(tx postgres.Tx, orgID uuid.UUID, year int) ([]LoanChoice, error) {
	loans, err := loansOf(tx, orgID)
	if err != nil {
		return nil, err
	}
	applied, err := appliedFor(tx, orgID, year)
	out := []LoanChoice{}
	for _, l := range loans {
		if l.DisbursedOn.Year() > year {
			continue
		}
		id := uuid.MustParse(l.ID)
		choice := LoanChoice{ID: id, Number: l.Number, BankName: l.BankName, Principal: l.Principal, DisbursedOn: l.DisbursedOn, MaturesOn: l.MaturesOn, Applied: []Kind{}}
		for _, k := range Kinds {
			if applied[id.String()+" "+string(k)] {
				choice.Applied = append(choice.Applied, k)
			}
		}
		out = append(out, choice)
	}
	return out, err
}
