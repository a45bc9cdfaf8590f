package fund

import (
	"time"

	"github.com/google/uuid"

	"ippledge/internal/calendar"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/policy"
	"ippledge/internal/state"
)

type (
	// Status is where an enrolment stands.
	Status string
	// Action moves it.
	Action string
)

// The life of an enrolment.
const (
	Draft       Status = "draft"
	Submitted   Status = "submitted"
	Enrolled    Status = "enrolled"
	Refused     Status = "refused"
	Withdrawn   Status = "withdrawn"
	Released    Status = "released"
	Claimed     Status = "claimed"
	Compensated Status = "compensated"

	Edit       Action = "edit"
	Submit     Action = "submit"
	Withdraw   Action = "withdraw"
	Enrol      Action = "enrol"
	Refuse     Action = "refuse"
	Return     Action = "return"
	Release    Action = "release"
	Claim      Action = "claim"
	Reopen     Action = "reopen"
	Compensate Action = "compensate"

	// Actions about the filing deadline leave the status as it is.
	RequestLate Action = "request_late"
	AllowLate   Action = "allow_late"
	DenyLate    Action = "deny_late"
)

// Transitions is the whole life of an enrolment. Enrol and refuse follow from the checks
// at the reviewer's signature; claim, reopen and compensate from the claim.
var Transitions = state.Table[Status, Action]{
	Draft:     {Edit: Draft, Submit: Submitted, Withdraw: Withdrawn, RequestLate: Draft, AllowLate: Draft, DenyLate: Draft},
	Submitted: {Enrol: Enrolled, Refuse: Refused, Return: Draft},
	Enrolled:  {Claim: Claimed, Release: Released, Refile: Enrolled, ConfirmRefiling: Enrolled, ReturnRefiling: Enrolled},
	Claimed:   {Compensate: Compensated, Reopen: Enrolled},
}

var _ = state.Name(map[string]string{
	"enrolled": "在保", "refused": "不予入库", "released": "已解除", "claimed": "补偿申请中", "compensated": "已补偿",
	"enrol": "入库", "refuse": "不予入库", "release": "解除在保", "claim": "申请补偿", "reopen": "恢复在保", "compensate": "补偿",
	"request_late": "申请逾期备案许可", "allow_late": "准许逾期备案", "deny_late": "不准逾期备案",
})

// live are the statuses in which a loan counts into leverage, caps and ratios.
var live = []Status{Enrolled, Claimed}

// Permits of a late filing.
const (
	LateRequested = "requested"
	LateAllowed   = "allowed"
	LateDenied    = "denied"
)

// Enrolment is a loan filed with a fund. Principal and CoveredPrincipal stand as of the
// disbursement; Outstanding, CoveredOutstanding and Exposure follow the repayments.
type Enrolment struct {
	ID          uuid.UUID
	Number      string
	FundID      uuid.UUID
	LoanID      uuid.UUID
	BankID      uuid.UUID
	BorrowerID  uuid.UUID
	PolicyID    uuid.UUID
	GuarantorID *uuid.UUID
	InsurerID   *uuid.UUID
	AppraiserID *uuid.UUID
	// CleanCredit is the bank's statement, on the credit report, that the borrower has no
	// bad record in the years the policy asks for.
	CleanCredit bool
	Note        string
	Principal   money.Amount
	IPShare     money.Rate
	// CoveredPrincipal is Principal × IPShare: what the fund's promise is about.
	CoveredPrincipal   money.Amount
	Outstanding        money.Amount
	CoveredOutstanding money.Amount
	// Exposure is the fund's share of CoveredOutstanding, as the ledger carries it.
	Exposure         money.Amount
	Shares           policy.Shares `gorm:"serializer:json"`
	DisbursedOn      calendar.Date
	DueOn            calendar.Date // the filing deadline
	FiledOn          *calendar.Date
	Late             bool
	LateReason       string
	LatePermit       string
	LatePermitReason string
	Checks           []Check `gorm:"serializer:json"`
	Movements        int     // how many entries of exposure it has, for their references
	Status           Status
	StatusReason     string
	EnrolledAt       *time.Time
	CreatedBy        uuid.UUID
	CreatedAt        time.Time
	Version          int64
}

func (e *Enrolment) move(a Action) (err error) {
	e.Status, err = Transitions.Next(e.Status, a)
	return err
}

// size takes the loan's sums as they stand and works out what of it the fund carries.
func (e *Enrolment) size(l loanFacts) {
	e.Principal, e.IPShare = l.DisbursedAmount, l.IPShare
	e.CoveredPrincipal = e.IPShare.Of(e.Principal)
	e.follow(l.Outstanding)
}

// follow sets what depends on the principal outstanding. Exposure is a function of it
// alone, so that repayments in any portions end at the same sum, and at zero with it.
func (e *Enrolment) follow(outstanding money.Amount) {
	e.Outstanding = outstanding
	e.CoveredOutstanding = e.IPShare.Of(outstanding)
	e.Exposure = e.Shares.Fund.Of(e.CoveredOutstanding)
}

// FindEnrolment reads an enrolment; fault enrolment_not_found.
func FindEnrolment(tx postgres.Tx, id uuid.UUID) (Enrolment, error) {
	return findEnrolment(tx, id, false)
}

// LockEnrolment reads an enrolment and holds its row.
func LockEnrolment(tx postgres.Tx, id uuid.UUID) (Enrolment, error) {
	return findEnrolment(tx, id, true)
}

// EnrolmentOf is the live enrolment (enrolled or claimed) of a loan, if it has one.
func EnrolmentOf(tx postgres.Tx, loanID uuid.UUID) (Enrolment, bool, error) {
	return liveOf(tx, loanID, false)
}
