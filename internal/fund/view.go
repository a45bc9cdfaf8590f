package fund

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
	"ippledge/internal/policy"
)

// View is an enrolment as lists show it.
type View struct {
	ID                 uuid.UUID      `json:"id"`
	Number             string         `json:"number"`
	Status             Status         `json:"status"`
	StatusReason       string         `json:"status_reason"`
	Version            int64          `json:"version"`
	CreatedAt          time.Time      `json:"created_at"`
	FundID             uuid.UUID      `json:"fund_id"`
	FundName           string         `json:"fund_name"`
	LoanID             uuid.UUID      `json:"loan_id"`
	LoanNumber         string         `json:"loan_number"`
	BankID             uuid.UUID      `json:"bank_id"`
	BankName           string         `json:"bank_name"`
	BorrowerID         uuid.UUID      `json:"borrower_id"`
	BorrowerName       string         `json:"borrower_name"`
	AreaName           string         `json:"area_name"`
	Principal          money.Amount   `json:"principal" doc:"放款金额"`
	IPShare            money.Rate     `json:"ip_share"`
	CoveredPrincipal   money.Amount   `json:"covered_principal" doc:"放款时在保本金"`
	Outstanding        money.Amount   `json:"outstanding" doc:"在保贷款余额"`
	CoveredOutstanding money.Amount   `json:"covered_outstanding" doc:"在保本金余额"`
	Exposure           money.Amount   `json:"exposure" doc:"基金敞口"`
	DisbursedOn        calendar.Date  `json:"disbursed_on"`
	DueOn              calendar.Date  `json:"due_on" doc:"备案期限"`
	DaysLeft           *int           `json:"days_left,omitempty" doc:"距备案期限的工作日数，负数为逾期；未备案时给出"`
	Provisional        bool           `json:"provisional"`
	FiledOn            *calendar.Date `json:"filed_on,omitempty"`
	Late               bool           `json:"late"`
	LatePermit         string         `json:"late_permit" enum:",requested,allowed,denied"`
	EnrolledAt         *time.Time     `json:"enrolled_at,omitempty"`
	Refiling           RefilingStatus `json:"refiling,omitempty" enum:"awaiting,filed" doc:"贷款已展期而展期尚未确认：awaiting 待银行重新备案，filed 待知识产权局确认"`
	RefilingDueOn      *calendar.Date `json:"refiling_due_on,omitempty" doc:"重新备案期限"`
	Actions            []Action       `json:"available_actions" nullable:"false"`
}

// Party is who takes a share of the loss.
type Party struct {
	Seat  string     `json:"seat" enum:"fund,bank,guarantor,insurer,appraiser"`
	ID    *uuid.UUID `json:"id,omitempty"`
	Name  string     `json:"name"`
	Share money.Rate `json:"share"`
}

// Detail is an enrolment with its checks and what happened to it.
type Detail struct {
	View
	GuarantorID      *uuid.UUID            `json:"guarantor_id,omitempty"`
	InsurerID        *uuid.UUID            `json:"insurer_id,omitempty"`
	AppraiserID      *uuid.UUID            `json:"appraiser_id,omitempty"`
	Parties          []Party               `json:"parties" nullable:"false"`
	CleanCredit      bool                  `json:"clean_credit"`
	Note             string                `json:"note"`
	LateReason       string                `json:"late_reason"`
	LatePermitReason string                `json:"late_permit_reason"`
	PolicyID         uuid.UUID             `json:"policy_id"`
	PolicyNumber     string                `json:"policy_number"`
	Checks           []Check               `json:"checks" nullable:"false"`
	Extensions       []RefilingView        `json:"extensions" nullable:"false" doc:"展期及其重新备案"`
	ChecksFinal      bool                  `json:"checks_final" doc:"false 表示按当前数据试算，以复核时的结果为准"`
	Documents        []document.View       `json:"documents" nullable:"false"`
	PendingApproval  *approval.PendingView `json:"pending_approval,omitempty"`
	Timeline         []audit.Line          `json:"timeline" nullable:"false"`
}

// listed is one row of the list: the enrolment and the names beside its ids.
type listed struct {
	Enrolment
	FundName     string
	LoanNumber   string
	BankName     string
	BorrowerName string
	AreaName     string
}

func (r listed) view(actor authz.Actor, pending bool, open *Refiling, today calendar.Date) View {
	e := r.Enrolment
	v := View{
		ID: e.ID, Number: e.Number, Status: e.Status, StatusReason: e.StatusReason, Version: e.Version, CreatedAt: e.CreatedAt,
		FundID: e.FundID, FundName: r.FundName, LoanID: e.LoanID, LoanNumber: r.LoanNumber, BankID: e.BankID, BankName: r.BankName,
		BorrowerID: e.BorrowerID, BorrowerName: r.BorrowerName, AreaName: r.AreaName, Principal: e.Principal, IPShare: e.IPShare,
		CoveredPrincipal: e.CoveredPrincipal, Outstanding: e.Outstanding, CoveredOutstanding: e.CoveredOutstanding, Exposure: e.Exposure,
		DisbursedOn: e.DisbursedOn, DueOn: e.DueOn, FiledOn: e.FiledOn, Late: e.Late, LatePermit: e.LatePermit, EnrolledAt: e.EnrolledAt,
		Actions: e.actions(actor, pending, open, today),
	}
	if e.Status == Draft || e.Status == Submitted {
		left := calendar.WorkingDaysBetween(today, e.DueOn)
		_, v.Provisional = calendar.NextWorkingDay(e.DueOn)
		v.DaysLeft, v.Late = &left, today.After(e.DueOn)
	}
	if open != nil && (e.Status == Enrolled || e.Status == Claimed) {
		v.Refiling, v.RefilingDueOn = open.Status, &open.DueOn
	}
	return v
}

// actions are exactly what the actor may do now; signing goes through the proposal.
func (e Enrolment) actions(actor authz.Actor, pending bool, open *Refiling, today calendar.Date) []Action {
	out := []Action{}
	if pending && e.Status != Draft {
		return out
	}
	late := today.After(e.DueOn)
	asks := late && (e.LatePermit == "" || e.LatePermit == LateDenied)
	for _, a := range Transitions.Actions(e.Status) {
		may := false
		switch a {
		case Edit, Withdraw:
			may = actor.Can(authz.EnrolmentFile) && actor.ActsFor(e.BankID)
		case Submit:
			may = actor.Can(authz.EnrolmentFile) && actor.ActsFor(e.BankID) && (!late || e.LatePermit == LateAllowed)
		case RequestLate:
			may = actor.Can(authz.EnrolmentFile) && actor.ActsFor(e.BankID) && asks
		case AllowLate, DenyLate:
			may = actor.Can(authz.EnrolmentLate) && e.LatePermit == LateRequested && !pending
		case Refile:
			may = open != nil && open.Status == RefilingAwaiting && actor.Can(authz.EnrolmentFile) && actor.ActsFor(e.BankID)
		case ConfirmRefiling, ReturnRefiling:
			may = open != nil && open.Status == RefilingFiled && actor.Can(authz.EnrolmentLate)
		}
		if may {
			out = append(out, a)
		}
	}
	return out
}

func (s *Service) detail(tx postgres.Tx, actor authz.Actor, id uuid.UUID) (d Detail, err error) {
	r, err := findListed(tx, id)
	if err != nil {
		return d, err
	}
	e := r.Enrolment
	if !mayRead(actor, e) {
		return d, errNoEnrolment
	}
	pending, err := pendingAmong(tx, enrolmentSubject, []uuid.UUID{id})
	if err != nil {
		return d, err
	}
	v, err := policy.ByID(tx, e.PolicyID)
	if err != nil {
		return d, err
	}
	extensions, open, err := extensionsOf(tx, id)
	if err != nil {
		return d, err
	}
	d = Detail{
		View: r.view(actor, pending[id], open, calendar.DateOf(tx.Now())), Extensions: extensions, GuarantorID: e.GuarantorID, InsurerID: e.InsurerID, AppraiserID: e.AppraiserID,
		CleanCredit: e.CleanCredit, Note: e.Note, LateReason: e.LateReason, LatePermitReason: e.LatePermitReason,
		PolicyID: e.PolicyID, PolicyNumber: v.Number, Checks: e.Checks, ChecksFinal: true,
	}
	if d.Parties, err = partiesOf(tx, r); err != nil {
		return d, err
	}
	if e.Status == Draft || e.Status == Submitted {
		l, err := loanOf(tx, e.LoanID, false)
		if err != nil {
			return d, err
		}
		d.ChecksFinal = false
		if d.Checks, err = s.checksNow(tx, e, l); err != nil {
			return d, err
		}
	}
	if d.Checks == nil {
		d.Checks = []Check{}
	}
	if d.Documents, err = document.Of(tx, enrolmentSubject, id); err != nil {
		return d, err
	}
	if d.PendingApproval, err = s.approvals.PendingOn(tx, actor, enrolmentSubject, id); err != nil {
		return d, err
	}
	d.Timeline, err = audit.Timeline(tx, enrolmentSubject, id)
	return d, err
}

// partiesOf lists who bears the loss, those with a share only.
func partiesOf(tx postgres.Tx, r listed) ([]Party, error) {
	e := r.Enrolment
	names, err := namesOf(tx, e.GuarantorID, e.InsurerID, e.AppraiserID)
	if err != nil {
		return nil, err
	}
	out := []Party{}
	for _, p := range []Party{
		{"fund", nil, r.FundName, e.Shares.Fund}, {"bank", &e.BankID, r.BankName, e.Shares.Bank},
		{"guarantor", e.GuarantorID, "", e.Shares.Guarantor}, {"insurer", e.InsurerID, "", e.Shares.Insurer},
		{"appraiser", e.AppraiserID, "", e.Shares.Appraiser},
	} {
		if p.ID != nil && p.Name == "" {
			p.Name = names[*p.ID]
		}
		if p.Share.IsPositive() {
			out = append(out, p)
		}
	}
	return out, nil
}
