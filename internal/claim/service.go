package claim

import (
	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/document"
	"ippledge/internal/event"
	"ippledge/internal/fault"
	"ippledge/internal/loan"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/policy"
)

// Books posts to the borrower's loan what a recovery brought in; *loan.Service answers.
type Books interface {
	RecordRecovery(tx postgres.Tx, loanID uuid.UUID, amount money.Amount, on calendar.Date) error
}

// Service is what people do with claims and recoveries.
type Service struct {
	db        *postgres.DB
	approvals *approval.Service
	documents *document.Service
	loans     Books
	objectors *limiter
}

// NewService makes the service and says who may see the documents of claims and
// recoveries: whoever sees the row.
func NewService(db *postgres.DB, approvals *approval.Service, documents *document.Service, loans Books) *Service {
	documents.Guard(Subject, func(tx postgres.Tx, actor authz.Actor, id uuid.UUID) error {
		_, err := findListed(tx, actor, id)
		return err
	})
	documents.Guard(RecoverySubject, func(tx postgres.Tx, actor authz.Actor, id uuid.UUID) error {
		_, err := findListedRecovery(tx, actor, id)
		return err
	})
	return &Service{db: db, approvals: approvals, documents: documents, loans: loans, objectors: newLimiter()}
}

// Kinds are the steps of this package that take two people.
func (s *Service) Kinds() []approval.Kind {
	return []approval.Kind{
		submitStep.kind(s), resubmitStep.kind(s), refuseStep.kind(s), firstReviewStep.kind(s), bureauReviewStep.kind(s),
		publiciseStep.kind(s), answerStep.kind(s), rejectStep.kind(s), approveStep.kind(s), payStep.kind(s),
		orderClawbackStep.kind(s), clawBackStep.kind(s), closeStep.kind(s),
		s.settleKind(), receiveStep.kind(s), exhaustStep.kind(s), transferStep.kind(s), applyWriteoffStep.kind(s), endorseWriteoffStep.kind(s),
	}
}

// lock takes the loan's row and then the claim's, as every step does.
func lock(tx postgres.Tx, id uuid.UUID) (c Claim, l loan.Loan, err error) {
	if c, err = find(tx, id, false); err != nil {
		return c, l, err
	}
	if l, err = loan.Lock(tx, c.LoanID); err != nil {
		return c, l, err
	}
	c, err = find(tx, id, true)
	return c, l, err
}

// rules are the parameters the claim is judged by: those in force when it was filed.
func (c Claim) rules(tx postgres.Tx) (policy.Parameters, error) {
	v, err := policy.ByID(tx, c.PolicyID)
	return v.Parameters, err
}

func (c Claim) publish(tx postgres.Tx, name string) error {
	payload := map[string]any{
		"claim_id": c.ID, "number": c.Number, "bank_id": c.BankID, "borrower_id": c.BorrowerID, "loan_id": c.LoanID,
		"enrolment_id": c.EnrolmentID, "fund_id": c.FundID, "status": c.Status,
		"amount": c.told(name), "due_on": c.StepDueOn,
	}
	switch name {
	case "claim.correction", "claim.rejected", "claim.clawback_ordered":
		payload["message"] = c.StatusReason
	}
	return event.Publish(tx, name, payload)
}

// told is the sum that an event is about.
func (c Claim) told(name string) money.Amount {
	switch name {
	case "claim.approved":
		return *c.Approved
	case "claim.paid", "claim.partly_paid":
		return c.Paid
	case "claim.clawback_ordered", "claim.clawed_back":
		return c.ClawbackAmount
	}
	return c.current()
}

func (c Claim) title() string { return c.Number + " 申请补偿 " + c.Asked.Text() }

// Find reads a claim; fault claim_not_found.
func Find(tx postgres.Tx, id uuid.UUID) (Claim, error) { return find(tx, id, false) }

// FindRecovery reads a recovery; fault recovery_not_found.
func FindRecovery(tx postgres.Tx, id uuid.UUID) (Recovery, error) {
	return findRecovery(tx, id, false)
}

// inPast refuses a day still to come, and is quiet otherwise.
func inPast(tx postgres.Tx, c *fault.Collector, field string, on calendar.Date) {
	switch {
	case on.IsZero():
		c.Add(field, "field_required", "请填写日期")
	case on.After(today(tx)):
		c.Add(field, "date_in_future", "日期 %s 尚未到来，请核对", on)
	}
}

// RecoveryOf reads the recovery of a paid claim; fault recovery_not_found.
func RecoveryOf(tx postgres.Tx, claimID uuid.UUID) (Recovery, error) { return recoveryOf(tx, claimID) }

// ReceiptIDs are the receipts of a recovery, the first to come in first.
func ReceiptIDs(tx postgres.Tx, recoveryID uuid.UUID) ([]uuid.UUID, error) {
	rows, err := receiptsOf(tx, recoveryID)
	return views(rows, func(r receiptRow) uuid.UUID { return r.Receipt.ID }), err
}
