package fund

import (
	"encoding/json"
	"fmt"

	"github.com/google/uuid"

	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/event"
	"ippledge/internal/ledger"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
)

// OnPrincipalRepaid lowers the exposure of a loan's enrolment as its principal is repaid,
// in the transaction of the repayment; at nothing outstanding the enrolment is released.
// It implements loan.Exposure. A loan that isn't enrolled is no concern of the fund.
func (s *Service) OnPrincipalRepaid(tx postgres.Tx, loanID uuid.UUID, principal, outstanding money.Amount) error {
	e, found, err := liveOf(tx, loanID, true)
	if err != nil || !found {
		return err
	}
	before := e.Exposure
	e.follow(money.Min(outstanding, e.Outstanding))
	if err := s.lower(tx, &e, before, "还款"); err != nil {
		return err
	}
	if outstanding.IsZero() && e.Status == Enrolled {
		return s.release(tx, &e)
	}
	return s.keep(tx, authz.System, &e, "enrolment.exposure", map[string]any{"repaid": principal, "outstanding": e.Outstanding, "exposure": e.Exposure})
}

// OnLoanSettled releases what is left of a settled loan's enrolment, where a loan ended
// without a last repayment of principal; it listens to loan.settled.
func (s *Service) OnLoanSettled(tx postgres.Tx, payload json.RawMessage) error {
	var about struct {
		LoanID uuid.UUID `json:"loan_id"`
	}
	if err := json.Unmarshal(payload, &about); err != nil {
		return err
	}
	e, found, err := liveOf(tx, about.LoanID, true)
	if err != nil || !found || e.Status != Enrolled {
		return err
	}
	before := e.Exposure
	e.follow(money.Zero)
	if err := s.lower(tx, &e, before, "结清"); err != nil {
		return err
	}
	return s.release(tx, &e)
}

// lower posts the fall of exposure. Movements numbers the entries of one enrolment, so
// that each has a reference of its own.
func (s *Service) lower(tx postgres.Tx, e *Enrolment, before money.Amount, why string) error {
	fall := before.Sub(e.Exposure)
	if !fall.IsPositive() {
		return nil
	}
	f, err := Find(tx, e.FundID)
	if err != nil {
		return err
	}
	e.Movements++
	reference := fmt.Sprintf("%s-%d", e.Number, e.Movements)
	entry := ledger.ExposureDown(f.BookID, authz.System, authz.Actor{}, reference, calendar.DateOf(tx.Now()), fall, e.BankID, e.LoanID)
	entry.Narrative = "敞口减少：" + why
	_, err = ledger.Post(tx, entry)
	return err
}

func (s *Service) release(tx postgres.Tx, e *Enrolment) error {
	if err := e.move(Release); err != nil {
		return err
	}
	if err := s.keep(tx, authz.System, e, "enrolment.release", nil); err != nil {
		return err
	}
	return event.Publish(tx, "enrolment.released", map[string]any{"enrolment_id": e.ID, "loan_id": e.LoanID, "bank_id": e.BankID})
}

// MarkClaimed notes that a claim has been filed on an enrolment.
func MarkClaimed(tx postgres.Tx, actor authz.Actor, id uuid.UUID) (Enrolment, error) {
	return markBy(tx, actor, id, Claim, "enrolment.claim", func(*Enrolment) {})
}

// MarkReopened puts an enrolment back under cover after its claim came to nothing.
func MarkReopened(tx postgres.Tx, actor authz.Actor, id uuid.UUID) (Enrolment, error) {
	return markBy(tx, actor, id, Reopen, "enrolment.reopen", func(*Enrolment) {})
}

// MarkCompensated ends the cover of an enrolment whose claim was approved. The exposure
// it had is returned by the row as it was before, for ledger.ApproveClaim, whose entry
// takes it out of the ledger: the caller posts that entry in the same transaction.
func MarkCompensated(tx postgres.Tx, actor authz.Actor, id uuid.UUID) (exposure money.Amount, err error) {
	_, err = markBy(tx, actor, id, Compensate, "enrolment.compensate", func(e *Enrolment) {
		exposure, e.Exposure = e.Exposure, money.Zero
	})
	return exposure, err
}

func markBy(tx postgres.Tx, actor authz.Actor, id uuid.UUID, a Action, action string, change func(*Enrolment)) (Enrolment, error) {
	e, err := LockEnrolment(tx, id)
	if err != nil {
		return e, err
	}
	if err := e.move(a); err != nil {
		return e, err
	}
	change(&e)
	if err := saveEnrolment(tx, &e); err != nil {
		return e, err
	}
	return e, audit.Record(tx, actor, action, enrolmentSubject, e.ID, nil)
}

// ReduceExposure lowers an enrolment's cover to what is still outstanding for another
// reason than a repayment, such as money recovered before the claim was decided.
func (s *Service) ReduceExposure(tx postgres.Tx, id uuid.UUID, outstanding money.Amount, why string) error {
	e, err := LockEnrolment(tx, id)
	if err != nil {
		return err
	}
	before := e.Exposure
	e.follow(money.Min(outstanding, e.Outstanding))
	if err := s.lower(tx, &e, before, why); err != nil {
		return err
	}
	return s.keep(tx, authz.System, &e, "enrolment.exposure", map[string]any{"reason": why, "outstanding": e.Outstanding, "exposure": e.Exposure})
}
