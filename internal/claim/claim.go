// Package claim takes a bank's claim on the fund from filing to payout, and what comes
// back afterwards from recovery to write-off (domain §2.4, §4.3–4.6).
//
// The one hard rule: no fen leaves the fund but for a claim that bank, manager, bureau and
// finance bureau each looked at with two people, within its share and the caps as they
// stand at the moment of approval, and once. Approval and payout hold the fund's lock, and
// each is one entry of the ledger.
//
// Locks are taken in the order loan, claim, recovery, enrolment, fund, ledger book.
package claim

import (
	"time"

	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/state"
)

// Subjects of documents, proposals and the audit trail.
const (
	Subject         = "claim"
	RecoverySubject = "recovery"
)

type (
	// Status is where a claim stands.
	Status string
	// Action moves it.
	Action string
)

// The life of a claim (domain §2.4, CompensationClaim).
const (
	Draft           Status = "draft"
	Withdrawn       Status = "withdrawn"
	Submitted       Status = "submitted"
	Correction      Status = "correction"
	Accepted        Status = "accepted"
	FirstReviewed   Status = "first_reviewed"
	ExpertReviewed  Status = "expert_reviewed"
	BureauReviewed  Status = "bureau_reviewed"
	Publicised      Status = "publicised"
	Objected        Status = "objected"
	Endorsed        Status = "endorsed" // the bureau has approved, the finance bureau not yet
	Approved        Status = "approved"
	PartlyPaid      Status = "partly_paid"
	Paid            Status = "paid"
	Rejected        Status = "rejected"
	ClawbackOrdered Status = "clawback_ordered"
	ClawedBack      Status = "clawed_back"
	Closed          Status = "closed"
)

// What people do with a claim. Those after Close happen of themselves: an objection from
// the public, the last expert's score, the last fen paid.
const (
	Edit          Action = "edit"
	Submit        Action = "submit"
	Resubmit      Action = "resubmit"
	Withdraw      Action = "withdraw"
	Accept        Action = "accept"
	Correct       Action = "correct"
	Refuse        Action = "refuse" // by the fund's manager, for incompleteness
	FirstReview   Action = "first_review"
	Draw          Action = "draw"
	Recuse        Action = "recuse"
	Score         Action = "score"
	BureauReview  Action = "bureau_review"
	Publicise     Action = "publicise"
	Answer        Action = "answer"
	Reject        Action = "reject" // by the bureau
	Approve       Action = "approve"
	Confirm       Action = "confirm"
	SendBack      Action = "send_back"
	Pay           Action = "pay"
	OrderClawback Action = "order_clawback"
	ClawBack      Action = "claw_back"
	Close         Action = "close"

	firstReject  Action = "first_reject"
	bureauReject Action = "bureau_reject"
	conclude     Action = "conclude"
	object       Action = "object"
	answered     Action = "answered"
	paidUp       Action = "paid_up"
)

// Transitions is the whole life of a claim.
var Transitions = state.Table[Status, Action]{
	Draft:           {Edit: Draft, Submit: Submitted, Withdraw: Withdrawn},
	Submitted:       {Accept: Accepted, Correct: Correction, Refuse: Rejected},
	Correction:      {Edit: Correction, Resubmit: Submitted, Withdraw: Withdrawn},
	Accepted:        {FirstReview: FirstReviewed, firstReject: Rejected},
	FirstReviewed:   {Draw: FirstReviewed, Recuse: FirstReviewed, Score: FirstReviewed, conclude: ExpertReviewed, BureauReview: BureauReviewed, bureauReject: Rejected},
	ExpertReviewed:  {BureauReview: BureauReviewed, bureauReject: Rejected},
	BureauReviewed:  {BureauReview: BureauReviewed, bureauReject: Rejected, Publicise: Publicised, object: Objected, Approve: Endorsed, Reject: Rejected},
	Publicised:      {BureauReview: BureauReviewed, bureauReject: Rejected, object: Objected, Approve: Endorsed, Reject: Rejected},
	Objected:        {object: Objected, Answer: Objected, answered: BureauReviewed},
	Endorsed:        {Confirm: Approved, SendBack: BureauReviewed},
	Approved:        {Pay: PartlyPaid, paidUp: Paid},
	PartlyPaid:      {Pay: PartlyPaid, paidUp: Paid},
	Paid:            {OrderClawback: ClawbackOrdered, Close: Closed},
	Closed:          {OrderClawback: ClawbackOrdered},
	ClawbackOrdered: {ClawBack: ClawedBack},
}

// move takes the action the table allows.
func (c *Claim) move(a Action) (err error) {
	c.Status, err = Transitions.Next(c.Status, a)
	return err
}

// Claim is one claim. Asked, Adjusted and Approved are what the bank wants, what the
// reviews came to so far and what was decided: they stand side by side.
type Claim struct {
	ID          uuid.UUID
	Number      string
	EnrolmentID uuid.UUID
	FundID      uuid.UUID
	LoanID      uuid.UUID
	NeedID      uuid.UUID
	BankID      uuid.UUID
	BorrowerID  uuid.UUID
	// PolicyID is the version in force when the claim was filed: deadlines, caps and
	// thresholds. The shares are those of the enrolment.
	PolicyID            uuid.UUID
	Outstanding         money.Amount
	RecoveredBefore     money.Amount
	EligibleLoss        money.Amount
	Asked               money.Amount
	Adjusted            *money.Amount
	Approved            *money.Amount
	ApprovedOn          *calendar.Date
	Paid                money.Amount
	Computation         Computation `gorm:"serializer:json"`
	DaysPastDue         int
	LitigationKind      string
	LitigationNo        string
	LitigationOn        *calendar.Date
	Report              string
	RecoveryPlan        string
	ExpertsWanted       int // how many experts were asked for; 0 where none are needed
	PublicityRound      int
	PublicityFrom       *calendar.Date
	PublicityUntil      *calendar.Date // nil also where the last round no longer counts
	PublicityDocumentID *uuid.UUID
	ClawbackAmount      money.Amount
	ClawedBack          money.Amount
	StepDueOn           *calendar.Date
	Status              Status
	StatusReason        string
	SubmittedAt         *time.Time
	CreatedBy           uuid.UUID
	CreatedAt           time.Time
	Version             int64
}

// current is what the reviews have come to so far.
func (c Claim) current() money.Amount {
	if c.Adjusted != nil {
		return *c.Adjusted
	}
	return c.Asked
}

// unpaid is what the fund still owes the bank on the claim.
func (c Claim) unpaid() money.Amount {
	if c.Approved == nil {
		return money.Zero
	}
	return c.Approved.Sub(c.Paid)
}

// due sets the working days of the step that begins now; none clears the clock.
func (c *Claim) due(tx postgres.Tx, workingDays int) {
	on, _ := calendar.AddWorkingDays(today(tx), workingDays)
	c.StepDueOn = &on
}

func today(tx postgres.Tx) calendar.Date { return calendar.DateOf(tx.Now()) }

// Link is the front-end path of a claim.
func Link(id uuid.UUID) string { return "/console/claims/" + id.String() }

// RecoveryLink is the front-end path of a recovery.
func RecoveryLink(id uuid.UUID) string { return "/console/recoveries/" + id.String() }

// signers are the two people behind a step.
type signers struct{ maker, checker authz.Actor }

var (
	errNotFound   = fault.New(fault.NotFound, "claim_not_found", "没有这笔补偿申请，或您无权查看")
	errOneLive    = fault.InField("enrolment_id", "claim_already_filed", "该笔备案已有在办或已补偿的申请，不能重复申请")
	errPending    = fault.New(fault.Conflict, "approval_already_pending", "该事项已有待复核的步骤，请先处理完毕")
	errReason     = fault.InField("reason", "reason_required", "请填写理由")
	errOpinion    = fault.InField("opinion", "opinion_required", "请填写审核意见")
	errSamePerson = fault.New(fault.Rule, "maker_is_checker", "经办、复核与会签须为不同的人，请由其他同事办理")
)

var (
	_ = postgres.Rule("claim_one_live_per_enrolment", errOneLive)
	_ = postgres.Rule("claim_review_maker_is_not_checker", errSamePerson)
	_ = postgres.Rule("claim_objection_maker_is_not_checker", errSamePerson)
	_ = postgres.Rule("claim_payout_maker_is_not_checker", errSamePerson)
	_ = postgres.Rule("claim_paid_fits", fault.New(fault.Conflict, "payout_above_approved", "拨付合计不能超过核准金额"))
)
