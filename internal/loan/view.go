package loan

import (
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/document"
	"ippledge/internal/money"
	"ippledge/internal/repayment"
)

// View is a loan as lists show it. The three sums stand side by side and are never added.
type View struct {
	ID               uuid.UUID        `json:"id"`
	Number           string           `json:"number"`
	NeedID           uuid.UUID        `json:"need_id"`
	NeedNumber       string           `json:"need_number"`
	BidID            uuid.UUID        `json:"bid_id"`
	BidNumber        string           `json:"bid_number"`
	PledgeID         *uuid.UUID       `json:"pledge_id,omitempty"`
	PledgeNumber     string           `json:"pledge_number"`
	BorrowerID       uuid.UUID        `json:"borrower_id"`
	BorrowerName     string           `json:"borrower_name"`
	AreaName         string           `json:"area_name"`
	BankID           uuid.UUID        `json:"bank_id"`
	BankName         string           `json:"bank_name"`
	ContractNo       string           `json:"contract_no"`
	RegisteredAmount *money.Amount    `json:"registered_amount,omitempty" doc:"质押登记金额"`
	CreditLine       money.Amount     `json:"credit_line" doc:"授信额度"`
	Principal        money.Amount     `json:"principal" doc:"合同金额"`
	DisbursedAmount  money.Amount     `json:"disbursed_amount" doc:"放款金额"`
	Outstanding      money.Amount     `json:"outstanding" doc:"贷款余额（本金）"`
	AnnualRate       money.Rate       `json:"annual_rate"`
	LPR              *money.Rate      `json:"lpr,omitempty" doc:"审批时1年期LPR"`
	SpreadBP         int              `json:"spread_bp" doc:"LPR加点（基点）"`
	Method           repayment.Method `json:"method" enum:"equal_instalment,equal_principal,interest_only_bullet,bullet"`
	TermMonths       int              `json:"term_months"`
	SignedOn         *calendar.Date   `json:"signed_on,omitempty"`
	DisbursedOn      *calendar.Date   `json:"disbursed_on,omitempty"`
	MaturesOn        calendar.Date    `json:"matures_on"`
	NextDueOn        *calendar.Date   `json:"next_due_on,omitempty" doc:"最近一期未还清的应还日"`
	NextDue          *money.Amount    `json:"next_due,omitempty"`
	DaysPastDue      int              `json:"days_past_due"`
	Bucket           string           `json:"bucket" enum:",1-30,31-60,61-90,91-180,181-270,271-360,361+" doc:"逾期区间（S71）"`
	Class            repayment.Class  `json:"class" enum:"normal,special_mention,substandard,doubtful,loss"`
	FirstLoan        bool             `json:"first_loan"`
	IPShare          money.Rate       `json:"ip_share"`
	Enrolled         bool             `json:"enrolled" doc:"已备案入库"`
	Status           Status           `json:"status"`
	StatusReason     string           `json:"status_reason"`
	SettledOn        *calendar.Date   `json:"settled_on,omitempty"`
	CreatedAt        time.Time        `json:"created_at"`
	Version          int64            `json:"version"`
	Actions          []string         `json:"available_actions" nullable:"false"`
}

// InstalmentView is one line of the schedule.
type InstalmentView struct {
	Number        int            `json:"number"`
	FromOn        calendar.Date  `json:"from_on"`
	DueOn         calendar.Date  `json:"due_on"`
	Provisional   bool           `json:"provisional" doc:"应还日越出已公布的放假安排，暂定"`
	Payment       money.Amount   `json:"payment"`
	Principal     money.Amount   `json:"principal"`
	Interest      money.Amount   `json:"interest"`
	PrincipalPaid money.Amount   `json:"principal_paid"`
	InterestPaid  money.Amount   `json:"interest_paid"`
	SettledOn     *calendar.Date `json:"settled_on,omitempty"`
	State         string         `json:"state" enum:"paid,partly_paid,overdue,due,upcoming"`
	DaysLate      int            `json:"days_late"`
}

// RepaymentView is one payment.
type RepaymentView struct {
	ID               uuid.UUID     `json:"id"`
	Number           string        `json:"number"`
	Source           string        `json:"source" enum:"borrower,recovery"`
	PaidOn           calendar.Date `json:"paid_on"`
	Amount           money.Amount  `json:"amount"`
	Costs            money.Amount  `json:"costs"`
	Penalty          money.Amount  `json:"penalty"`
	Compound         money.Amount  `json:"compound"`
	Interest         money.Amount  `json:"interest"`
	Principal        money.Amount  `json:"principal"`
	OutstandingAfter money.Amount  `json:"outstanding_after"`
	Prepayment       bool          `json:"prepayment"`
	RecordedByName   string        `json:"recorded_by_name"`
	CheckedByName    string        `json:"checked_by_name"`
	RecordedAt       time.Time     `json:"recorded_at"`
}

// Payoff is what is owed on a day, and what would end the loan then.
type Payoff struct {
	On              calendar.Date   `json:"on"`
	Costs           money.Amount    `json:"costs"`
	Penalty         money.Amount    `json:"penalty"`
	Compound        money.Amount    `json:"compound"`
	OverdueInterest money.Amount    `json:"overdue_interest"`
	Interest        money.Amount    `json:"interest"`
	Principal       money.Amount    `json:"principal" doc:"已到期未还本金"`
	Due             money.Amount    `json:"due" doc:"截至当日到期应还合计"`
	FuturePrincipal money.Amount    `json:"future_principal" doc:"未到期本金"`
	AccruedInterest money.Amount    `json:"accrued_interest" doc:"未到期本金截至当日的利息"`
	Payoff          money.Amount    `json:"payoff" doc:"当日结清金额"`
	DaysPastDue     int             `json:"days_past_due"`
	Class           repayment.Class `json:"class" enum:"normal,special_mention,substandard,doubtful,loss"`
}

// PledgeLine is one pledge behind a loan.
type PledgeLine struct {
	ID               uuid.UUID     `json:"id"`
	Number           string        `json:"number"`
	Status           string        `json:"status"`
	RegistrationNo   string        `json:"registration_no"`
	SecuredAmount    money.Amount  `json:"secured_amount"`
	RegisteredAmount *money.Amount `json:"registered_amount,omitempty"`
}

// Detail is a loan with what its page shows.
type Detail struct {
	View
	DayCount           string                `json:"day_count" enum:"act_360,act_365,30_360"`
	DueDateRule        string                `json:"due_date_rule" enum:"extend,none"`
	PaymentDay         int                   `json:"payment_day" doc:"0 表示按还款方式的默认日"`
	PenaltyMarkup      money.Rate            `json:"penalty_markup"`
	PenaltyRate        money.Rate            `json:"penalty_rate" doc:"罚息年利率"`
	GraceDays          int                   `json:"grace_days"`
	EffectiveRate      money.Rate            `json:"effective_annual_rate_365" doc:"按 365 天折算的年利率"`
	OriginalMaturesOn  calendar.Date         `json:"original_matures_on"`
	BorrowerSignedName string                `json:"borrower_signed_name"`
	BorrowerSignedAt   *time.Time            `json:"borrower_signed_at,omitempty"`
	BankSignedName     string                `json:"bank_signed_name"`
	BankSignedAt       *time.Time            `json:"bank_signed_at,omitempty"`
	AcceleratedOn      *calendar.Date        `json:"accelerated_on,omitempty"`
	DefaultedOn        *calendar.Date        `json:"defaulted_on,omitempty"`
	RecoveryMeasure    string                `json:"recovery_measure" enum:",litigation,arbitration,bankruptcy,disposal"`
	RecoveryReference  string                `json:"recovery_reference"`
	RecoveryStartedOn  *calendar.Date        `json:"recovery_started_on,omitempty"`
	Conditions         []Condition           `json:"conditions" nullable:"false" doc:"放款条件"`
	Pledges            []PledgeLine          `json:"pledges" nullable:"false"`
	Instalments        []InstalmentView      `json:"instalments" nullable:"false"`
	Repayments         []RepaymentView       `json:"repayments" nullable:"false"`
	Owed               *Payoff               `json:"owed,omitempty" doc:"截至今天"`
	Warnings           []string              `json:"warnings" nullable:"false"`
	Timeline           []audit.Line          `json:"timeline" nullable:"false"`
	Pending            *approval.PendingView `json:"pending_approval,omitempty"`
	Documents          []document.View       `json:"documents" nullable:"false"`
}

func optional(d calendar.Date) *calendar.Date {
	if d.IsZero() {
		return nil
	}
	return &d
}

func view(actor authz.Actor, l listed) View {
	return View{
		ID: l.ID, Number: l.Number, NeedID: l.NeedID, NeedNumber: l.NeedNumber, BidID: l.BidID, BidNumber: l.BidNumber, PledgeID: l.PledgeID,
		PledgeNumber: l.PledgeNumber, BorrowerID: l.BorrowerID, BorrowerName: l.BorrowerName, AreaName: l.AreaName, BankID: l.BankID, BankName: l.BankName,
		ContractNo: l.ContractNo, RegisteredAmount: l.RegisteredAmount, CreditLine: l.CreditLine, Principal: l.Principal, DisbursedAmount: l.DisbursedAmount,
		Outstanding: l.Outstanding, AnnualRate: l.AnnualRate, LPR: l.LPR, SpreadBP: l.SpreadBP, Method: l.Method, TermMonths: l.TermMonths,
		SignedOn: optional(l.SignedOn), DisbursedOn: optional(l.DisbursedOn), MaturesOn: l.MaturesOn, NextDueOn: optional(l.NextDueOn), NextDue: l.NextDue,
		DaysPastDue: l.DaysPastDue, Bucket: repayment.Bucket(l.DaysPastDue), Class: l.Class, FirstLoan: l.FirstLoan, IPShare: l.IPShare, Enrolled: l.Enrolled,
		Status: l.Status, StatusReason: l.StatusReason, SettledOn: optional(l.SettledOn), CreatedAt: l.CreatedAt, Version: l.Version, Actions: actions(actor, l),
	}
}

// actions are exactly what this reader may do now: by the table, the role, the side, and
// what waits for a signature.
func actions(actor authz.Actor, l listed) []string {
	out := []string{}
	if l.Pending {
		return out
	}
	offer := func(a Action, p authz.Permission, side uuid.UUID) {
		if Transitions.Can(l.Status, a) && actor.Can(p) && actor.ActsFor(side) {
			out = append(out, string(a))
		}
	}
	if l.BorrowerSignedAt == nil {
		offer(Sign, authz.LoanSign, l.BorrowerID)
	}
	if l.BankSignedAt == nil {
		offer(Sign, authz.LoanCheck, l.BankID)
	}
	offer(Cancel, authz.LoanApprove, l.BankID)
	for _, w := range works() {
		if w.action == Accelerate && !l.AcceleratedOn.IsZero() || w.action == Default && !l.Class.NonPerforming() && l.AcceleratedOn.IsZero() {
			continue
		}
		offer(w.action, authz.LoanDraft, l.BankID)
	}
	return out
}

func instalmentView(l Instalment, on calendar.Date, grace int) InstalmentView {
	v := InstalmentView{
		Number: l.Number, FromOn: l.FromOn, DueOn: l.DueOn, Payment: l.Principal.Add(l.Interest), Principal: l.Principal, Interest: l.Interest,
		PrincipalPaid: l.PrincipalPaid, InterestPaid: l.InterestPaid, SettledOn: optional(l.SettledOn),
	}
	_, v.Provisional = calendar.IsWorkingDay(l.DueOn)
	switch {
	case l.paid():
		v.State = "paid"
	case l.DueOn.Before(on):
		v.State, v.DaysLate = "overdue", repayment.DaysPastDue(l.DueOn, on, grace)
	case l.DueOn == on:
		v.State = "due"
	case l.PrincipalPaid.IsPositive() || l.InterestPaid.IsPositive():
		v.State = "partly_paid"
	default:
		v.State = "upcoming"
	}
	return v
}

func repaymentView(r Repayment) RepaymentView {
	return RepaymentView{
		r.ID, r.Number, r.Source, r.PaidOn, r.Amount, r.Costs, r.Penalty, r.Compound, r.Interest, r.Principal, r.OutstandingAfter,
		r.Prepayment, r.RecordedByName, r.CheckedByName, r.RecordedAt,
	}
}

// payoffView is what the account owes on a day.
func (a *account) payoffView(on calendar.Date) Payoff {
	owed := a.owed(on, false)
	balance, since := a.ahead(on)
	accrued := repayment.InterestBetween(a.Terms(), balance, since, on)
	early := a.owed(on, true)
	// What a holiday put off is due only later, but who ends the loan pays it now.
	accrued = accrued.Add(early.Total().Sub(owed.Total()))
	tried := a.clone()
	tried.assess(on)
	return Payoff{
		On: on, Costs: owed.Costs, Penalty: owed.Penalty, Compound: owed.Compound, OverdueInterest: owed.OverdueInterest, Interest: owed.Interest,
		Principal: owed.Principal, Due: owed.Total(), FuturePrincipal: balance, AccruedInterest: accrued, Payoff: a.payoff(on),
		DaysPastDue: tried.DaysPastDue, Class: tried.Class,
	}
}

func readConditions(text string) ([]Condition, error) {
	list := []Condition{}
	if err := json.Unmarshal([]byte(text), &list); err != nil {
		return nil, err
	}
	if len(list) == 0 {
		list = append(list, conditions...)
	}
	return list, nil
}
